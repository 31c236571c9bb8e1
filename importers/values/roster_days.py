"""The day of a roster as its title, its file name or its 填报日期 line states it."""

from __future__ import annotations

import re

from app.domain.dates import PRECISIONS, DateInterval
from importers.values.days import NotADay, parse_days, plain_days

_LABEL = re.compile(
    r"(?:填报|填表|报出|上报|统计|制表|报送|截至|截止|更新|调查|摸底|排查|制作)(?:日期|时间|日)?[:：]?(?P<day>(?:截至|截止)?.+)$"
)
_DOCUMENT = re.compile(r"[〔\[【(（]\d{4}[〕\]】)）]第?\d+号|\d{4}[-—至~]\d{4}年?")
_PIECES = (
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}(?:日|号)?",
    r"(?<!\d)(?:19|20)\d{2}(?P<sep>[-/._])\d{1,2}(?P=sep)\d{1,2}(?!\d)",
    r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    r"(?:19|20)\d{2}年?(?:度)?第?[1-4一二三四]季度?",
    r"(?<!\d)(?:19|20)\d{2}年?[-_.]?[Qq][1-4](?!\d)",
    r"(?:19|20)\d{2}年?(?:度)?(?:上半年|下半年)",
    r"(?:19|20)\d{2}年\d{1,2}月份?(?:上旬|中旬|下旬|底|末)?",
    r"(?<!\d)(?:19|20)\d{2}[-/._]\d{1,2}(?!\d)",
    r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?!\d)",
)
_FOUND = tuple(re.compile(rf"(?P<until>截至|截止到?)?(?P<day>{piece})") for piece in _PIECES)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-/._]\d|\d{4}(?!\d)|[Qq][1-4])")


def roster_day(text: str) -> DateInterval | None:
    """The day, ten days, month, quarter or half that a title or line names; a bare year is no day of a roster."""
    plain = _DOCUMENT.sub(" ", plain_days(text))
    label = _LABEL.search(plain)
    if label and (told := _read(label["day"], "截" in label[0][:2])):
        return told
    found = [match for pattern in _FOUND for match in [pattern.search(plain)] if match]
    read = [day for match in found if (day := _read(match["day"], bool(match["until"])))]
    return min(read, key=lambda day: PRECISIONS.index(day.precision), default=None)


def roster_year(text: str) -> int | None:
    """The year that a title or line speaks of, the only one in it; None where there is none or several."""
    plain = _DOCUMENT.sub(" ", plain_days(text))
    years = {int(found) for found in _YEAR.findall(plain)}
    return years.pop() if len(years) == 1 else None


def _read(text: str, until: bool) -> DateInterval | None:
    """Read a piece, shortened from its end until it parses: 2024.1.26 填报人 张三 is a day with company."""
    cut = re.match(r"(?:截至|截止到?)?[\d年月日号上中下旬底末前第一二三四季度半Qq./_-]+", text)
    if not cut:
        return None
    try:
        day = parse_days(cut[0].replace("_", "-").strip("-./"))
    except NotADay:
        return None
    return DateInterval(None if until else day.since, day.until, day.precision, day.text) if day.until else None
