"""Whether a duty asks a procedure of a firm on a day: yes, no, or cannot tell, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.names import plain_name
from app.domain.vocabulary import ENUMS
from app.rules.duties.duty import TRADES, Duty
from app.rules.duties.trade import trade_of
from app.rules.limits.permits import stands
from app.rules.limits.ranges import Facts

_STATUSES = ENUMS["enterprise_status"]
_CLASSES = ENUMS["permit_class"]
_KINDS = ENUMS["permit_kind"]

#: A firm that is no more there of itself needs no procedure.
GONE = ("closed", "relocated", "merged")


@dataclass(frozen=True, slots=True)
class Case:
    """A firm (facts under `enterprise.`) with all its permits, on a day."""

    facts: Facts
    day: date
    permits: tuple[Facts, ...] = ()

    def of(self, kind: str) -> tuple[Facts, ...]:
        """Its permits of a kind."""
        return tuple(one for one in self.permits if one.get("kind") == kind)


@dataclass(frozen=True, slots=True)
class Required:
    """Whether it is asked (None: cannot be told), why, and what would settle it."""

    answer: bool | None
    why: str = ""
    lacks: tuple[str, ...] = ()


def required(duty: Duty, kind: str, case: Case) -> Required:
    """Whether the duty asks for a procedure of this kind of the firm."""
    status = case.facts.get("enterprise.status")
    if status in GONE:
        return Required(False, f"生产状态是“{_STATUSES[str(status)]}”")
    if duty.named and _is_named(duty, case.facts):
        return Required(True)
    parts = [_trade(duty, case), _applies(duty, case), _begun(duty, case), _classed(duty, kind, case)]
    parts += [_with(duty, case), Required(None, duty.depends) if duty.depends else Required(True)]
    refused = next((one for one in parts if one.answer is False), None)
    if refused is not None:
        return refused
    open_ones = [one for one in parts if one.answer is None]
    if not open_ones:
        return Required(True)
    lacks = tuple(dict.fromkeys(name for one in open_ones for name in one.lacks))
    return Required(None, "；".join(dict.fromkeys(one.why for one in open_ones)), lacks)


def _is_named(duty: Duty, facts: Facts) -> bool:
    own = {plain_name(str(facts[name])) for name in ("enterprise.name", "enterprise.former_name") if name in facts}
    return bool(own & {plain_name(name) for name in duty.named})


def _trade(duty: Duty, case: Case) -> Required:
    if not duty.trades:
        return Required(True)
    wanted = "、".join(TRADES[one] for one in duty.trades)
    found = trade_of(case.facts)
    if found is None:
        return Required(None, f"不知道是不是{wanted}", ("enterprise.industry_code",))
    return Required(found in duty.trades, f"要求只对{wanted}")


def _applies(duty: Duty, case: Case) -> Required:
    answer = duty.applies.holds(case.facts)
    if answer is None:
        return Required(None, f"不知道是不是{duty.applies.words}", duty.applies.lacks(case.facts))
    return Required(answer, f"要求只对{duty.applies.words}的企业")


def _begun(duty: Duty, case: Case) -> Required:
    """A firm founded since then began all it built since then; of an older one it cannot be told what it built."""
    if duty.begun_since is None:
        return Required(True)
    since = duty.begun_since.isoformat()
    founded = case.facts.get("enterprise.established_on")
    if not isinstance(founded, DateInterval):
        return Required(None, f"要求对 {since} 以后建的项目，不知道企业哪年成立", ("enterprise.established_on",))
    if founded.since is not None and founded.since >= duty.begun_since:
        return Required(True)
    settled = founded.until is not None and founded.until < duty.begun_since
    why = f"要求对 {since} 以后建的项目；企业{founded.text}成立，此后有没有新建、改建没有写"
    return Required(None, why, () if settled else ("enterprise.established_on",))


def _classed(duty: Duty, kind: str, case: Case) -> Required:
    if not duty.of_class:
        return Required(True)
    words = "、".join(_CLASSES[one] for one in duty.of_class)
    told = {str(one["class"]) for one in case.of(kind) if one.get("class") is not None}
    if not told:
        return Required(None, f"不知道是不是{words}", ("permit.class",))
    return Required(bool(told & set(duty.of_class)), f"要求只对{words}的单位")


def _with(duty: Duty, case: Case) -> Required:
    if duty.with_permit is None:
        return Required(True)
    label = _KINDS[duty.with_permit]
    answers = [stands(one, case.day, term_needed=False)[0] for one in case.of(duty.with_permit)]
    if True in answers:
        return Required(True)
    # That it is lacking frees of nothing: what should have been applied for is still owed.
    return Required(None, f"要求对办了{label}的项目，没有写明已办", (f"permit.{duty.with_permit}",))
