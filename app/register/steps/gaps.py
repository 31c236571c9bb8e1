"""What is missing of the steps that were taken: reckoned anew as of any day, as known at any change, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.day_order import come
from app.domain.register import AsOf
from app.register.facts.cells import where_written
from app.register.scope import Actor
from app.register.steps.gathered import LAST, Gathered, gathered
from app.rules.procedures.case import Condition, Facts, taken
from app.rules.procedures.judging import may
from app.rules.procedures.procedure import STEPS

#: How a gap stands. The first two are open; of the others the paper is there, and came later than the step.
STANDINGS = {
    "missing": "缺",
    "cannot_tell": "不能确定",
    "late": "后补（晚于这一步）",
    "recorded_later": "补录（文书在前，收进登记库在后）",
}
OPEN_GAPS = ("missing", "cannot_tell")


@dataclass(frozen=True, slots=True)
class Gap:
    """A condition that a step did not meet, or met only later, or of which it cannot be told."""

    firm: str
    name: str
    township: str | None
    action: str
    kind: str
    on: DateInterval | None
    step: str | None
    change: int | None
    with_gap: bool
    standing: str
    condition: Condition
    sources: tuple[Mapping[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is still lacking."""
        return self.standing in OPEN_GAPS

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "enterprise": {"id": self.firm, "name": self.name, "township": self.township},
            "action": self.action,
            "step": self.step,
            "kind": self.kind,
            "label": STEPS[self.kind],
            "on": self.on.as_dict() if self.on else None,
            "change": self.change,
            "with_gap": self.with_gap,
            "standing": self.standing,
            "standing_label": STANDINGS[self.standing],
            "open": self.open,
            "sources": [dict(one) for one in self.sources],
            **condition_dict(self.condition),
        }


def condition_dict(one: Condition) -> dict[str, Any]:
    """A condition for commands and the API."""
    return {
        "condition": one.id,
        "sentence": one.sentence,
        "source": one.source,
        "answer": one.answer,
        "found": list(one.found),
        "lacks": list(one.lacks),
        "late": list(one.late),
        "force": one.force,
        "mend": one.mend,
        "note": one.note,
    }


def gaps(
    session: Session,
    county: str,
    as_of: date,
    known: int,
    actor: Actor,
    *,
    firm: str | None = None,
    township: str | None = None,
) -> list[Gap]:
    """The gaps of the steps that had been taken by a day, as known at a change; `firm`: of that one alone (an id).

    Raises:
        UnknownTownship: when the county has none such.
    """
    of = gathered(session, county, known, actor, firm=firm, township=township)
    wanted: Iterable[str] = of.actions if firm is None else [firm]
    found = [gap for one in wanted for gap in gaps_of(of, one, as_of)]
    written = where_written(session, county, {gap.action for gap in found}, AsOf(LAST, known), actor)
    return [replace(gap, sources=written.get(gap.action, ())) for gap in found]


def gaps_of(of: Gathered, firm: str, as_of: date) -> Iterator[Gap]:
    """The gaps of one firm's steps, in the order of their days."""
    taken_steps = [one for one in of.actions.get(firm, ()) if come(taken(one), as_of) is not False]
    for action in sorted(taken_steps, key=_when):
        on = taken(action)
        day = (on.until or on.since if on else None) or as_of
        found = may(str(action["kind"]), of.case(firm, min(day, as_of), action, recorded=True, until=as_of))
        for condition in found.conditions:
            standing = _standing(of, action, condition)
            if standing is not None:
                yield _gap(of, firm, action, standing, condition)


def _standing(of: Gathered, action: Facts, condition: Condition) -> str | None:
    """How a condition stands as a gap; None where it was met in time."""
    if condition.answer is None:
        return "cannot_tell"
    if condition.answer is False:
        return "late" if condition.late and not condition.lacks else "missing"
    recorded = of.recorded.get(str(action["id"]))
    papers = [of.papers[id] for id in condition.used if id in of.papers]
    if recorded is not None and papers and all(one.change > recorded.row.recorded_by for one in papers):
        return "recorded_later"
    return None


def _gap(of: Gathered, firm: str, action: Facts, standing: str, condition: Condition) -> Gap:
    recorded = of.recorded.get(str(action["id"]))
    own = of.firms[firm]
    return Gap(
        firm,
        own.name,
        of.township(firm),
        str(action["id"]),
        str(action["kind"]),
        taken(action),
        recorded.row.id if recorded else None,
        recorded.row.recorded_by if recorded else None,
        recorded.row.with_gap if recorded else False,
        standing,
        condition,
    )


def _when(action: Facts) -> tuple[date, str]:
    on = taken(action)
    return ((on.since or on.until if on else None) or date.max, str(action["id"]))
