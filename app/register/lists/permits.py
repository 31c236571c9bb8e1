"""Whether a firm has a permit of a kind on a day, lacks it, let it expire, or soon will: yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Subject
from app.domain.vocabulary import ENUMS
from app.errors import BadInput
from app.register.lists.reading import coded
from app.register.lists.wants import Answer, opposite, some
from app.rules.limits.permits import stands

#: Any kind of permit that is stated of the firm.
ANY = "any"
_KINDS = {**ENUMS["permit_kind"], ANY: "任何"}
_LONGEST = 36_500
_NOT_IN_FORCE = ("lacking", "applying", "not_required", "revoked")


@dataclass(frozen=True, slots=True)
class PermitWant:
    """What is asked of a kind of permit; `days`: within how many days it expires."""

    asked: str
    kind: str
    days: int = 0

    @property
    def text(self) -> str:
        """As addresses have it."""
        return f"{self.kind}:{self.days}" if self.asked == "expiring" else self.kind

    def of(self, firm: Enterprise, day: date) -> Answer:
        """The firm's answer on the day; a kind of which nothing is stated cannot be told, `any` of none is no."""
        own = [one for one in firm.permits if self.kind in (ANY, one.facts.get("kind"))]
        answer = _ANSWERS[self.asked]
        if not own:
            return False if self.kind == ANY else None
        if self.asked == "lacking" and self.kind != ANY:
            return _lacking_all(own, day)
        return some(answer(one, day, self.days) for one in own)


def permit_wanted(asked: str, value: str) -> PermitWant:
    """What a filter such as `permit.expiring=pollutant_discharge:60` wants.

    Raises:
        BadInput: when there is no such kind, or the days are none.
    """
    kind, colon, days = value.replace("：", ":").partition(":")
    code = coded("手续类别", _KINDS, kind.strip())
    if asked != "expiring":
        if colon:
            raise BadInput(f"permit.{asked} 不写天数", fix=f"请写 permit.{asked}={code}", code="filter.value")
        return PermitWant(asked, code)
    if not (days.isascii() and days.isdigit() and int(days[:9]) <= _LONGEST and len(days) < 9):
        raise BadInput(
            f"permit.expiring“{value[:50]}”没有写天数",
            fix=f"请写成 {code}:60 的样子，60 天之内到期",
            code="filter.value",
        )
    return PermitWant(asked, code, int(days))


def _held(permit: Subject, day: date, _: int) -> Answer:
    if permit.disputed & {"standing", "valid_from", "valid_to"}:
        return None
    return stands(permit.facts, day, term_needed=False)[0]


def _lacking(permit: Subject, day: date, _: int) -> Answer:
    if "standing" in permit.disputed:
        return None
    return False if permit.facts.get("standing") == "not_required" else opposite(_held(permit, day, 0))


def _lacking_all(own: Sequence[Subject], day: date) -> Answer:
    """A kind is lacked where none of the firm's papers of it stands, and none says that it needs none."""
    answers = [_lacking(one, day, 0) for one in own]
    return False if False in answers else None if None in answers else True


def _expired(permit: Subject, day: date, _: int) -> Answer:
    standing, until = permit.facts.get("standing"), permit.facts.get("valid_to")
    if "standing" in permit.disputed or "valid_to" in permit.disputed:
        return None
    if standing in _NOT_IN_FORCE:
        return False
    if not isinstance(until, DateInterval):
        return True if standing == "expired" else None
    passed = _ended(until, day, -1)
    return passed if standing != "expired" or passed else None


def _expiring(permit: Subject, day: date, days: int) -> Answer:
    """In force on the day, and its last day falls within so many days of it."""
    until, held = permit.facts.get("valid_to"), _held(permit, day, 0)
    if held is False or permit.facts.get("standing") in _NOT_IN_FORCE:
        return False
    if "valid_to" in permit.disputed or not isinstance(until, DateInterval):
        return None
    soon = _ended(until, day, days)
    return False if soon is False else None if held is None else soon


def _ended(until: DateInterval, day: date, days: int) -> Answer:
    """Whether its last day is so many days after the day, or before that."""
    if until.until is not None and (until.until - day).days <= days:
        return True
    return False if until.since is not None and (until.since - day).days > days else None


_ANSWERS: dict[str, Callable[[Subject, date, int], Answer]] = {
    "held": _held,
    "lacking": _lacking,
    "expired": _expired,
    "expiring": _expiring,
}
