"""Acceptances and items to be mended as values, firms being those that stand; as the rules look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.day_order import not_after
from app.domain.documents import ACCEPTANCE_LEVELS, ACCEPTANCE_RESULTS, DOCUMENT_KINDS
from app.domain.falling_due import DUE_STATES, due_state
from app.domain.masking import masked
from app.register.acceptances import queries
from app.register.facts.identity import same_as
from app.register.papers.documents import Document, documents
from app.register.plans.standing import latest
from app.register.scope import REGISTER, Actor
from app.rules.acceptance import judging

Told = dict[str, Any]

_OPINION = "acceptance_opinion"


@dataclass(frozen=True, slots=True)
class Done:
    """That an item was mended."""

    id: str
    on: DateInterval
    document: str | None
    change: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be mended by a day: sent back by an acceptance, or set by a notice (`action`)."""

    id: str
    firm: str
    acceptance: str | None
    action: str | None
    text: str
    unit: str | None
    due: DateInterval | None
    reason: str
    change: int
    by: str
    at: datetime
    done: Done | None = None

    def state(self, day: date) -> str:
        """How it stands at the end of a day: see `DUE_STATES`."""
        return due_state(self.due, self.done.on if self.done else None, day)

    def as_dict(self, day: date) -> Told:
        """For commands and the API, as of a day."""
        state = self.state(day)
        return {
            "item": self.id,
            "acceptance": self.acceptance,
            "action": self.action,
            "text": masked(self.text),
            "responsible_unit": masked(self.unit) if self.unit else None,
            "due": self.due.as_dict() if self.due else None,
            "state": state,
            "state_label": DUE_STATES[state],
            "done_on": self.done.on.as_dict() if self.done else None,
            "done": self.done.id if self.done else None,
            "document": self.done.document if self.done else None,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One acceptance as recorded. `paper`: the opinion that it names as it stands now, or another of the firm."""

    id: str
    firm: str
    level: str
    result: str
    on: DateInterval
    units: str | None
    people: str | None
    document: str | None
    with_gap: bool
    note: str | None
    reason: str
    change: int
    by: str
    at: datetime
    items: tuple[Item, ...] = ()
    paper: Document | None = None
    opinion: Document | None = None

    @property
    def judged(self) -> judging.Acceptance:
        """As the rules look at it."""
        items = tuple(judging.Item(one.text, one.done.on if one.done else None) for one in self.items)
        paper = self.opinion.change if self.opinion else None
        own = (self.id, self.level, self.result, self.on, self.change, self.units, self.people)
        return judging.Acceptance(*own, paper, items, self.paper_fault)

    @property
    def paper_fault(self) -> str | None:
        """Why the paper that it names is no opinion on it."""
        if self.paper is None:
            return None
        if self.paper.kind != _OPINION:
            return f"写的文书是{DOCUMENT_KINDS[self.paper.kind]}，不是验收意见"
        if self.paper.dated is not None and not_after(self.on, self.paper.dated) is False:
            return f"写的验收意见（{self.paper.dated.text}）早于这次验收"
        return None

    def as_dict(self, day: date) -> Told:
        """For commands and the API, as of a day."""
        paper = self.paper or self.opinion
        return {
            "acceptance": self.id,
            "level": self.level,
            "level_label": ACCEPTANCE_LEVELS[self.level],
            "result": self.result,
            "result_label": ACCEPTANCE_RESULTS[self.result],
            "accepted_on": self.on.as_dict(),
            "units": masked(self.units) if self.units else None,
            "people": masked(self.people) if self.people else None,
            "document": paper.as_dict() if paper else None,
            "items": [one.as_dict(day) for one in self.items],
            "with_gap": self.with_gap,
            "note": masked(self.note) if self.note else None,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


def items(session: Session, county: str, known: int, actor: Actor) -> list[Item]:
    """The items to be mended, as known at a change, with what of them was."""
    same = same_as(session, county, known)
    done: dict[str, Done] = {}
    for row, _, _ in session.execute(queries.recorded("done", county, known, actor)):
        on = DateInterval(row.done_on_from, row.done_on_to, row.done_on_precision, row.done_on_text)
        done[row.returned_item_id] = Done(row.id, on, row.document_id, row.recorded_by)
    found = []
    for row, by, at in session.execute(queries.recorded("item", county, known, actor)):
        due = DateInterval(row.due_from, row.due_to, row.due_precision, row.due_text) if row.due_precision else None
        action = same.of(row.action_id) if row.action_id else None
        told = (row.id, same.of(row.enterprise_id), row.acceptance_id, action, row.item, row.responsible_unit, due)
        found.append(Item(*told, row.reason, row.recorded_by, by, at, done.get(row.id)))
    return found


def acceptances(session: Session, county: str, known: int, actor: Actor) -> dict[str, list[Acceptance]]:
    """The acceptances of a county by firm, as known at a change, in the order of their days."""
    same = same_as(session, county, known)
    own: dict[str, list[Item]] = {}
    for item in items(session, county, known, actor):
        own.setdefault(item.acceptance or "", []).append(item)
    every = documents(session, county, known, actor, revised=True)
    by_id = latest(every)
    found: dict[str, list[Acceptance]] = {}
    for row, by, at in session.execute(queries.recorded("acceptance", county, known, actor)):
        firm = same.of(row.enterprise_id)
        on = DateInterval(row.accepted_on_from, row.accepted_on_to, row.accepted_on_precision, row.accepted_on_text)
        told = (row.id, firm, row.level, row.result, on, row.units, row.people, row.document_id, row.with_gap)
        beside = (row.note, row.reason, row.recorded_by, by, at, tuple(own.get(row.id, ())))
        found.setdefault(firm, []).append(Acceptance(*told, *beside, by_id.get(row.document_id or "")))
    opinions = _opinions(every)
    for firm, mine in found.items():
        papers = _with_papers(mine, opinions.get(firm, ()))
        found[firm] = sorted(papers, key=lambda one: (one.on.until or date.max, one.change))
    return found


def as_facts(found: dict[str, list[Acceptance]]) -> dict[str, list[dict[str, Any]]]:
    """As the rules on steps read them."""
    return {
        firm: [{"level": one.level, "result": one.result, "accepted_on": one.on} for one in own]
        for firm, own in found.items()
    }


def of_steps(session: Session, county: str, known: int) -> dict[str, list[dict[str, Any]]]:
    """The acceptances by which steps are judged: whoever asks, they are the same."""
    return as_facts(acceptances(session, county, known, REGISTER))


def _opinions(papers: Sequence[Document]) -> dict[str, list[Document]]:
    """The opinions that stand, by the firms that they name."""
    found: dict[str, list[Document]] = {}
    for one in papers:
        if one.kind == _OPINION and one.revised_by is None:
            for firm in one.firms:
                found.setdefault(firm, []).append(one)
    return found


def _with_papers(own: Sequence[Acceptance], opinions: Sequence[Document]) -> list[Acceptance]:
    """Each with its opinion: the one that it names, else one that is dated on its days and fits no other acceptance."""
    own = [one if one.paper_fault else replace(one, opinion=one.paper) for one in own]
    named = {one.opinion.id for one in own if one.opinion}
    bare = [one for one in own if not one.opinion]
    free: dict[str, Document] = {}
    for paper in opinions:
        fits = [one for one in bare if _fits(paper, one)] if paper.id not in named else []
        if len(fits) == 1:
            free.setdefault(fits[0].id, paper)
    return [replace(one, opinion=free[one.id]) if one.id in free else one for one in own]


def _fits(paper: Document, one: Acceptance) -> bool:
    return paper.dated is not None and paper.dated.same_days(one.on)
