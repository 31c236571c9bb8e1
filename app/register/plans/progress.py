"""How far the plans of a county are, by township: firms, plans by stage, what is overdue, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, StatedFigure
from app.register.facts.views import snapshot
from app.register.places import spelling, townships_of
from app.register.plans.standing import Standing, Wanted, standings
from app.register.scope import Actor
from app.rules.duties.required import GONE
from app.rules.plans.ladder import ORDER, STAGES, rank

_PLANS = "plan"


@dataclass(frozen=True, slots=True)
class Line:
    """One township, or the county as a whole; `gone`: firms that are closed, moved away or merged."""

    name: str | None
    code: str | None
    firms: int
    gone: int
    plans: tuple[Standing, ...]
    without: int

    def as_dict(self, day: date) -> dict[str, Any]:
        """As it stands in `townships`."""
        stages = [one.stage for one in self.plans]
        at = {stage: stages.count(stage) for stage in STAGES}
        # A stage is reached where somebody says so; that a later one was reached says nothing of it.
        passed = [{one.stage for one in plan.reached} for plan in self.plans]
        reached = {stage: sum(stage in one for one in passed) for stage in ORDER}
        measures = [measure.state(day) for one in self.plans for measure in one.measures]
        return {
            "township": self.name,
            "code": self.code,
            "firms": self.firms,
            "gone": self.gone,
            "plans": len(self.plans),
            "without_plan": self.without,
            "at": at,
            "unknown": stages.count(None),
            "reached": reached,
            "not_certified": sum(stage is not None and rank(stage) < rank("certified") for stage in stages),
            "measures": {name: measures.count(name) for name in ("overdue", "cannot_tell", "due", "no_due", "done")},
            "overdue": sum(bool(one.overdue) for one in self.plans),
            "with_gaps": sum(bool(one.gaps) for one in self.plans),
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """The county's townships, and what papers state of plans as numbers, kept beside and never spread over firms."""

    county: str
    day: date
    known: int
    lines: tuple[Line, ...]
    whole: Line
    stated: tuple[StatedFigure, ...]

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang plan progress --json` prints."""
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "total": self.whole.as_dict(self.day),
            "townships": [line.as_dict(self.day) for line in self.lines],
            "stated": [_figure(one) for one in self.stated],
        }


def progress(session: Session, county: str, as_of: AsOf, actor: Actor) -> Progress:
    """How far the plans are on a day, as known."""
    whole = snapshot(session, county, as_of, actor)
    found = standings(session, county, Wanted(), as_of, actor).plans
    places = townships_of(session, county, as_of.day)
    of: dict[str, tuple[str, str]] = {}
    for firm in whole.enterprises:
        place = places.get(spelling(str(firm.facts.get("township") or "")))
        of[firm.id] = place or ("", "")
    codes = sorted(set(of.values()), key=lambda one: (one[0] == "", one[0]))
    lines = []
    for code, name in codes:
        firms = [firm for firm in whole.enterprises if of[firm.id] == (code, name)]
        lines.append(
            _line(name or None, code or None, firms, [one for one in found if of[one.firm.id] == (code, name)])
        )
    stated = tuple(one for one in whole.figures if one.topic == _PLANS or "一企一策" in one.phrase)
    return Progress(county, as_of.day, as_of.known, tuple(lines), _line(None, None, whole.enterprises, found), stated)


def _line(name: str | None, code: str | None, firms: Sequence[Enterprise], plans: Sequence[Standing]) -> Line:
    there = [firm for firm in firms if firm.facts.get("status") not in GONE]
    return Line(name, code, len(firms), len(firms) - len(there), tuple(plans), sum(not firm.plans for firm in there))


def _figure(one: StatedFigure) -> dict[str, Any]:
    return {
        "phrase": one.phrase,
        "number": one.number,
        "unit": one.unit,
        "when": one.when,
        "source": one.source,
        "file": one.evidence_file,
        "cell": one.evidence_cell,
    }
