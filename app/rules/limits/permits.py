"""Whether a permit stands on a day, and whether its renewal is in time; a term known as an interval may not tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.dates import DateInterval
from app.domain.vocabulary import ENUMS
from app.rules.limits.limit import PermitRule
from app.rules.limits.ranges import Facts
from app.rules.limits.verdict import FAILS, MEETS, NOT_APPLICABLE, Case, Verdict, untold

_GONE = ("lacking", "revoked")
_STANDINGS = ENUMS["permit_standing"]


def judge(rule: PermitRule, case: Case) -> Verdict:
    """The firm's permit of that kind on the day."""
    own = [one for one in case.permits if one.get("kind", rule.permit) == rule.permit]
    if not own and rule.rule == "renewal":
        return Verdict(NOT_APPLICABLE, "没有说明有没有证，先要问清")
    if not own:
        return untold("没有说明有没有排污许可证", f"permit.{rule.permit}")
    freed = next((one for one in own if _needs_none(one)), None)
    if freed is not None:
        said = "登记管理" if freed.get("class") == "registration" else "无需办理"
        if rule.rule == "renewal":
            return Verdict(NOT_APPLICABLE, f"{said}，没有证要延续")
        return Verdict(MEETS, f"{said}：填报排污登记表，不需要申请取得排污许可证")
    if rule.rule == "renewal":
        return _renewal(rule, own, case.day)
    answers = [stands(one, case.day) for one in own]
    holding = [why for holds, why in answers if holds]
    unknown = [why for holds, why in answers if holds is None]
    if holding:
        return Verdict(MEETS, holding[0])
    if unknown:
        return untold(unknown[0], *_lacking(own))
    return Verdict(FAILS, "；".join(dict.fromkeys(why for _, why in answers)))


def stands(permit: Facts, day: date, *, term_needed: bool = True) -> tuple[bool | None, str]:
    """Whether a permit is in force on a day, and why. `term_needed`: a permit without a term cannot be told."""
    standing = permit.get("standing")
    if standing in _GONE:
        return False, f"办理情况是“{_STANDINGS[str(standing)]}”"
    if standing == "applying":
        return None, "正在办理：是首次申请，还是延续、原证还在有效期内，没有说明"
    since, until = permit.get("valid_from"), permit.get("valid_to")
    begun = _not_before(since, day) if isinstance(since, DateInterval) else True
    lasting = _not_after(until, day) if isinstance(until, DateInterval) else None
    term = _term(since, until)
    if standing == "expired":
        if lasting and begun:
            return None, f"写着过期，但{term}还没有到期"
        return False, "已过期"
    if begun is False:
        return False, f"还没有生效（{term}）"
    if lasting is False:
        return False, f"已过有效期（{term}）"
    if begun and lasting:
        return True, f"在有效期内（{term}）"
    if standing == "held" and not isinstance(until, DateInterval) and begun and not term_needed:
        return True, "已办（没有写有效期）"
    if not isinstance(until, DateInterval):
        return None, "没有写有效期到哪一天"
    return None, f"有效期只知道大概（{term}），那一天在不在期内不能确定"


def renew_by(until: DateInterval, days: int) -> tuple[date | None, date | None]:
    """The last day for asking: the earliest and the latest that it can be."""
    before = timedelta(days=days)
    return (until.since - before if until.since else None, until.until - before if until.until else None)


def _renewal(rule: PermitRule, own: Sequence[Facts], day: date) -> Verdict:
    """In time, too late to tell whether it was asked for, or unknown."""
    if any(one.get("standing") == "applying" for one in own):
        return Verdict(MEETS, "正在办理")
    terms = [until for one in own if isinstance(until := one.get("valid_to"), DateInterval)]
    if not terms:
        if all(one.get("standing") in (*_GONE, "expired") for one in own):
            return Verdict(NOT_APPLICABLE, "没有有效的证可以延续")
        return untold("没有写有效期到哪一天", "permit.valid_to")
    last = max(terms, key=lambda term: term.until or date.max)
    first, latest = renew_by(last, rule.days_before)
    numbers = {"renew_by": _range(first, latest), "valid_to": last.text}
    if _not_after(last, day) is False:
        return Verdict(NOT_APPLICABLE, f"有效期到{last.text}，已经过了", numbers=numbers)
    told = f"有效期到{last.text}，应在 {numbers['renew_by']} 以前（届满 {rule.days_before} 日前）申请延续"
    if first is not None and day <= first:
        return Verdict(MEETS, f"{told}，还没有到期限", numbers=numbers)
    if latest is not None and day > latest:
        return untold(f"{told}，已过这一天，登记库里没有已申请的记录", "permit.renewal", **numbers)
    return untold(f"{told}，到期日只知道大概", "permit.valid_to", "permit.renewal", **numbers)


def _needs_none(permit: Facts) -> bool:
    registered = permit.get("class") == "registration" and permit.get("standing") not in _GONE
    return registered or permit.get("standing") == "not_required"


def _lacking(own: Sequence[Facts]) -> list[str]:
    if any(one.get("standing") == "applying" for one in own):
        return ["permit.renewal"]
    return ["permit.valid_to"]


def _not_before(since: DateInterval, day: date) -> bool | None:
    """Whether the day is on or after a day known as an interval."""
    if since.until is not None and day >= since.until:
        return True
    return False if since.since is not None and day < since.since else None


def _not_after(until: DateInterval, day: date) -> bool | None:
    """Whether the day is on or before a day known as an interval."""
    if until.since is not None and day <= until.since:
        return True
    return False if until.until is not None and day > until.until else None


def _term(since: object, until: object) -> str:
    first = since.text if isinstance(since, DateInterval) else ""
    last = until.text if isinstance(until, DateInterval) else "没有写"
    return f"有效期 {first} 至 {last}" if first else f"有效期至 {last}"


def _range(first: date | None, latest: date | None) -> str:
    if first == latest and first is not None:
        return first.isoformat()
    return f"{first.isoformat() if first else '不明'} 至 {latest.isoformat() if latest else '不明'} 之间的某一天"
