"""All that the rules on steps need of a county, read once: steps, papers, plans, what firms were on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import FOREVER, DateInterval
from app.domain.day_order import come
from app.domain.document_number import spelling
from app.domain.register import AsOf, Enterprise
from app.domain.statement import Value
from app.register.acceptances.records import of_steps
from app.register.calendar.holidays import calendar_of
from app.register.facts.identity import Same, same_as
from app.register.facts.views import snapshot
from app.register.papers.documents import Document, documents
from app.register.scope import Actor
from app.register.steps import bodies, queries
from app.rules.procedures.case import Case, Facts, no_calendar, taken
from app.store.models import Step

#: The last day of all: every step that was ever told of.
LAST = FOREVER - timedelta(days=1)

Span = tuple[date, date, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A step as a person recorded it, with the change that did."""

    row: Step
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Gathered:
    """A county's steps and papers as known at a change. Firms are those that stand.

    `about`: the ids of the papers that name a firm; under None of those that name nobody.
    """

    county: str
    known: int
    firms: Mapping[str, Enterprise]
    actions: Mapping[str, Sequence[Facts]]
    recorded: Mapping[str, Recorded]
    papers: Mapping[str, Document]
    statuses: Mapping[str, Sequence[Span]]
    stages: Mapping[str, Sequence[Span]]
    told: Mapping[str, Sequence[date]]
    about: Mapping[str | None, Sequence[str]]
    acceptances: Mapping[str, Sequence[Facts]] = field(default_factory=dict)
    holiday: Callable[[date], bool | None] = no_calendar

    def case(
        self,
        firm: str,
        day: date,
        step: Facts | None = None,
        *,
        recorded: bool = False,
        until: date | None = None,
        named: bool = False,
    ) -> Case:
        """What a step against a firm on a day is judged by.

        `until`: nothing that came only after that day. `named`: only papers that name the firm, or that the step names.
        """
        step = step or {}
        stage, status = _on(self.stages.get(firm, ()), day), self.status(firm, day)
        return Case(
            day,
            self.county,
            {"id": firm} | ({"status": status} if status else {}),
            [one for one in self.actions.get(firm, ()) if until is None or come(taken(one), until) is not False],
            self._documents(firm, step, until, named),
            [one for one in self.acceptances.get(firm, ()) if until is None or _had_come(one, until)],
            {"stage": stage} if stage else {},
            self.holiday,
            step,
            recorded,
        )

    def status(self, firm: str, day: date) -> str | None:
        """The firm's 生产状态 on a day."""
        return _on(self.statuses.get(firm, ()), day)

    def status_told(self, firm: str, day: date) -> date | None:
        """The last day up to that one for which a source stated it."""
        return max((one for one in self.told.get(firm, ()) if one <= day), default=None)

    def township(self, firm: str) -> str | None:
        """Where the firm stands."""
        own = self.firms.get(firm)
        return str(own.facts["township"]) if own and "township" in own.facts else None

    def _documents(self, firm: str, step: Facts, until: date | None, named: bool) -> list[Facts]:
        """The papers that are the firm's, or name nobody (but with `named`), or that the step names."""
        linked = [str(step[name]) for name in ("document", "request_document") if name in step]
        found = []
        about = {id: self.papers[id] for key in ([firm] if named else [firm, None]) for id in self.about.get(key, ())}
        about |= {id: self.papers[id] for id in linked if id in self.papers}
        for one in sorted(about.values(), key=lambda paper: (paper.change, paper.id)):
            if until is not None and one.dated_by(until) is False:
                continue
            found.append(as_facts(one, firm))
        return found


def as_facts(paper: Document, firm: str) -> Facts:
    """A paper as the rules read it."""
    told = {
        "id": paper.id,
        "kind": paper.kind,
        "number": paper.number,
        "issuer": paper.issuer,
        "dated": paper.dated,
        "title": paper.title,
        "evidence": paper.evidence,
        "firm": firm if firm in paper.firms else (paper.firms[0] if paper.firms else None),
    }
    return {name: value for name, value in told.items() if value is not None}


def gathered(
    session: Session,
    county: str,
    known: int,
    actor: Actor,
    *,
    firm: str | None = None,
    township: str | None = None,
) -> Gathered:
    """Read a county, one township of it or one firm (an id) for the rules on steps, as known at a change.

    Raises:
        UnknownTownship: when the county has none such.
    """
    same = same_as(session, county, known)
    firms = [firm] if firm is not None and township is None else None
    whole = snapshot(session, county, AsOf(LAST, known), actor, township=township, firms=firms, sections=("action",))
    recorded = {
        same.of(row.action_id): Recorded(row, by, at)
        for row, by, at in session.execute(queries.steps(county, known, actor))
    }
    every = {one.id: one for one in documents(session, county, known, actor, revised=True)}
    papers = {one.id: one for one in every.values() if one.revised_by is None}
    actions = {
        firm.id: [_action(one.id, one.facts, recorded.get(one.id), every) for one in firm.actions]
        for firm in whole.enterprises
    }
    stood = _numbered(session, county, known, actions, recorded, same)
    actions = {firm: [one | stood.get(str(one["id"]), {}) for one in own] for firm, own in actions.items()}
    spans = [_spans(session.execute(of(county, known, actor)), same.of) for of in (queries.statuses, queries.stages)]
    told: defaultdict[str, list[date]] = defaultdict(list)
    for firm, day in session.execute(queries.told_statuses(county, known, actor)):
        told[same.of(firm)].append(day)
    standing = {one.id: one for one in whole.enterprises}
    beside = (of_steps(session, county, known), calendar_of(session, county, known).statutory)
    return Gathered(
        county, known, standing, actions, recorded, papers, spans[0], spans[1], told, _about(papers), *beside
    )


def _numbered(
    session: Session,
    county: str,
    known: int,
    actions: Mapping[str, Sequence[Facts]],
    recorded: Mapping[str, Recorded],
    same: Same,
) -> dict[str, dict[str, Value]]:
    """By action, how many bodies its step takes down or seals, and how many stood: reckoned anew, as known."""
    own = {
        str(one["id"]): recorded[str(one["id"])].row
        for each in actions.values()
        for one in each
        if one["id"] in recorded
    }
    stood = bodies.before(session, county, known, own.values(), same)
    found: dict[str, dict[str, Value]] = {}
    for action, row in own.items():
        if row.id in stood and row.quantity is not None:
            found[action] = {"quantity": row.quantity}
            present = stood[row.id]
            if present is not None:
                found[action]["present"] = present
    return found


def _about(papers: Mapping[str, Document]) -> dict[str | None, list[str]]:
    found: defaultdict[str | None, list[str]] = defaultdict(list)
    for one in papers.values():
        for firm in one.firms or (None,):
            found[firm].append(one.id)
    return found


def _had_come(acceptance: Facts, day: date) -> bool:
    """Whether an acceptance had, or may have, come by the end of a day."""
    on = acceptance.get("accepted_on")
    return not isinstance(on, DateInterval) or come(on, day) is not False


def _spans(rows: Any, of: Callable[[str], str]) -> dict[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for firm, since, until, value in rows:
        found[of(firm)].append((since, until, value))
    return found


def _on(spans: Sequence[Span], day: date) -> str | None:
    return next((value for since, until, value in spans if since <= day < until), None)


def _action(id: str, facts: Facts, recorded: Recorded | None, papers: Mapping[str, Document]) -> dict[str, Value]:
    """An action with the particulars that a person recorded of it, which go before what rosters say."""
    told: dict[str, Value | None] = {"id": id, **facts}
    if recorded is not None:
        row = recorded.row
        told |= {name: value for name, value in particulars(row).items() if value is not None}
        told |= {name: _latest(told.get(name), papers) for name in ("document", "request_document")}
        paper = papers.get(str(told["document"]))
        if paper is not None and not told.get("document_no"):
            told["document_no"] = paper.number
    if told.get("document_no"):
        told["document_no"] = spelling(str(told["document_no"]))
    return {name: value for name, value in told.items() if value is not None}


def _latest(id: Value | None, papers: Mapping[str, Document]) -> str | None:
    """The paper that stands where one that a step names stood; None where it was taken back."""
    paper = papers.get(str(id))
    while paper is not None and paper.revised_by in papers:
        paper = papers[paper.revised_by or ""]
    return paper.id if paper else None


def particulars(row: Step) -> dict[str, Value | None]:
    """What a recorded step states beside its action."""
    return {
        "decided_on": interval(row, "decided_on"),
        "served_on": interval(row, "served_on"),
        "effective_on": interval(row, "effective_on"),
        "effective_time": row.effective_time,
        "authority": row.authority,
        "document_no": row.document_no,
        "basis": row.basis,
        "document": row.document_id,
        "request_document": row.request_document_id,
    }


def interval(row: Step, stem: str) -> DateInterval | None:
    """One of a step's three days."""
    precision = getattr(row, f"{stem}_precision")
    if precision is None:
        return None
    return DateInterval(
        getattr(row, f"{stem}_from"), getattr(row, f"{stem}_to"), precision, getattr(row, f"{stem}_text")
    )
