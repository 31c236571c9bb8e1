"""Whether a machine is past its years: made or put to use on a day that may be known only as an interval."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.dates import DateInterval
from app.rules.limits.limit import Life
from app.rules.limits.verdict import FAILS, MEETS, Case, Verdict, untold

_BEGINNINGS = {"made_on": "制造（出厂）", "commissioned_on": "投运"}


def judge(life: Life, case: Case) -> Verdict:
    """Past the last day of its years, within them, or not to be told."""
    begun = case.facts.get(life.counted_from)
    word = _BEGINNINGS[life.counted_from]
    if life.years is None:
        return untold("文件没有写使用年限，本县也没有定")
    if not isinstance(begun, DateInterval):
        return untold(f"没有写{word}时间", life.counted_from)
    first = years_after(begun.since, life.years) if begun.since else None
    last = years_after(begun.until, life.years) if begun.until else None
    told = f"{begun.text}{word}，使用年限 {life.years} 年"
    numbers = {"years": str(life.years), "begun": begun.text}
    if last is not None and case.day > last:
        return Verdict(FAILS, f"{told}，{last.isoformat()} 已满：超过年限", numbers=numbers)
    if first is not None and case.day <= first:
        return Verdict(MEETS, f"{told}，{first.isoformat()} 才满：在年限内", numbers=numbers)
    return untold(f"{told}：{word}时间只知道大概，是否已满不能确定", life.counted_from, **numbers)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) - timedelta(days=1)
