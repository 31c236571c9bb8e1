"""What is recorded beside plans, as values: steps with their papers, measures with what of them was carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.day_order import come
from app.domain.falling_due import DUE_STATES, due_state
from app.register.papers.documents import Document
from app.register.plans import queries
from app.register.scope import Actor
from app.rules.plans.gaps import Paper
from app.rules.plans.ladder import STAGES

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a plan reached, as recorded. `paper`: what stands now in the place of the paper that it named."""

    id: str
    plan: str
    stage: str
    on: DateInterval
    document: str | None
    unit: str | None
    with_gap: bool
    reason: str
    entry: str | None
    change: int
    by: str
    at: datetime
    paper: Document | None = None

    @property
    def came_later(self) -> bool:
        """Whether its paper came into the register after it."""
        return self.paper is not None and self.paper.change > self.change

    def as_dict(self) -> Told:
        """For commands and the API."""
        return {
            "step": self.id,
            "stage": self.stage,
            "stage_label": STAGES[self.stage],
            "reached_on": self.on.as_dict(),
            "document": self.paper.as_dict() if self.paper else None,
            "document_came_later": self.came_later,
            "unit": self.unit,
            "with_gap": self.with_gap,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Done:
    """That a measure was carried out."""

    id: str
    measure: str
    on: DateInterval
    document: str | None
    reason: str
    change: int


@dataclass(frozen=True, slots=True)
class Extension:
    """That a measure's day was put off from `former` to `due`."""

    id: str
    former: DateInterval | None
    due: DateInterval
    document: str | None
    reason: str
    change: int
    by: str
    at: datetime

    def as_dict(self) -> Told:
        """For commands and the API."""
        return {
            "extension": self.id,
            "former_due": self.former.as_dict() if self.former else None,
            "due": self.due.as_dict(),
            "document": self.document,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a plan promises, and what of it was carried out. `due`: as last extended."""

    id: str
    plan: str
    text: str
    unit: str | None
    due: DateInterval | None
    document: str | None
    reason: str
    change: int
    by: str
    at: datetime
    done: Done | None = None
    extensions: tuple[Extension, ...] = ()

    def state(self, day: date) -> str:
        """How it stands at the end of a day: see `DUE_STATES`."""
        return due_state(self.due, self.done.on if self.done else None, day)

    @property
    def late(self) -> bool | None:
        """Whether it was carried out after its day; None where that cannot be told, or it was not."""
        if self.done is None or self.due is None:
            return None
        on, due = self.done.on, self.due
        if due.until is not None and on.since is not None and on.since > due.until:
            return True
        first = due.since or due.until
        return False if on.until is not None and first is not None and on.until <= first else None

    def as_dict(self, day: date) -> Told:
        """For commands and the API, as of a day."""
        state = self.state(day)
        done = self.done if self.done is not None and come(self.done.on, day) is not False else None
        return {
            "measure": self.id,
            "text": self.text,
            "responsible_unit": self.unit,
            "due": self.due.as_dict() if self.due else None,
            "extensions": [one.as_dict() for one in self.extensions],
            "state": state,
            "state_label": DUE_STATES[state],
            "done_on": done.on.as_dict() if done else None,
            "done": done.id if done else None,
            "late": self.late if done else None,
            "document": done.document if done else self.document,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


def steps(
    session: Session, county: str, known: int, papers: dict[str, Document], actor: Actor
) -> dict[str, list[Step]]:
    """The steps of plans, by plan. `papers`: by id, those that stand now in the place of others under those ids too."""
    found: dict[str, list[Step]] = {}
    for row, by, at in session.execute(queries.recorded("step", county, known, actor)):
        on = DateInterval(row.reached_on_from, row.reached_on_to, row.reached_on_precision, row.reached_on_text)
        told = (row.id, row.plan_id, row.stage, on, row.document_id, row.unit, row.with_gap, row.reason, row.entry_id)
        one = Step(*told, row.recorded_by, by, at, papers.get(row.document_id or ""))
        found.setdefault(one.plan, []).append(one)
    return found


def measures(session: Session, county: str, known: int, actor: Actor) -> dict[str, list[Measure]]:
    """The measures of plans, by plan."""
    done: dict[str, Done] = {}
    for row, _, _ in session.execute(queries.recorded("done", county, known, actor)):
        on = DateInterval(row.done_on_from, row.done_on_to, row.done_on_precision, row.done_on_text)
        done[row.measure_id] = Done(row.id, row.measure_id, on, row.document_id, row.reason, row.recorded_by)
    put_off: dict[str, list[Any]] = {}
    for told in session.execute(queries.recorded("extension", county, known, actor)):
        put_off.setdefault(told[0].measure_id, []).append(told)
    found: dict[str, list[Measure]] = {}
    for row, by, at in session.execute(queries.recorded("measure", county, known, actor)):
        due = DateInterval(row.due_from, row.due_to, row.due_precision, row.due_text) if row.due_precision else None
        extended = _extensions(due, put_off.get(row.id, ()))
        last = extended[-1].due if extended else due
        own = (row.id, row.plan_id, row.measure, row.responsible_unit, last, row.document_id, row.reason)
        one = Measure(*own, row.recorded_by, by, at, done.get(row.id), extended)
        found.setdefault(one.plan, []).append(one)
    return found


def _extensions(due: DateInterval | None, rows: Iterable[Any]) -> tuple[Extension, ...]:
    """How a day was put off, each time from the one before, in the order of recording."""
    found: list[Extension] = []
    for row, by, at in rows:
        until = DateInterval(row.due_from, row.due_to, row.due_precision, row.due_text)
        former = found[-1].due if found else due
        found.append(Extension(row.id, former, until, row.document_id, row.reason, row.recorded_by, by, at))
    return tuple(found)


def paper_of(document: Document) -> Paper:
    """A paper as the rules look at it."""
    called = f"{document.title}{document.number or ''}"
    return Paper(document.id, document.kind, document.issuer, document.dated, called)
