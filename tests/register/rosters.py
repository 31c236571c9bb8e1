"""Proposals and imports in a few words, for the tests of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import Engine

from app.domain.proposal import Entry, NewSubject, Proposal, RosterIssue, RosterRow, Said
from app.domain.register import AsOf, Snapshot, StatedFigure
from app.domain.statement import Evidence, Value
from app.register.facts.views import snapshot
from app.register.imports.applying import Applied, apply
from app.register.imports.undo import Undone, undo
from app.store import changes, ids
from app.store.engine import reading, unit
from tests.register.saying import day

COUNTY = "431127"
NEW = "new:"

_keys = count(1)
_bytes = count(1)

Facts = Mapping[str, Value]


@dataclass
class Thing:
    """A machine, permit, plan or action as a roster states it; `id` where the register has it already."""

    section: str
    facts: Facts
    id: str | None = None
    kind: str | None = None


@dataclass
class Firm:
    """A firm as a roster states it."""

    facts: Facts
    holds: Sequence[Thing] = ()
    id: str | None = None
    key: str = field(default_factory=lambda: f"{NEW}{next(_keys)}")


def machine(id: str | None = None, **facts: Value) -> Thing:
    return Thing("equipment", facts, id)


def permit(kind: str, id: str | None = None, **facts: Value) -> Thing:
    return Thing("permit", facts, id, kind)


def action(kind: str, id: str | None = None, **facts: Value) -> Thing:
    return Thing("action", {"kind": kind, **facts}, id, kind)


def plan(id: str | None = None, **facts: Value) -> Thing:
    return Thing("plan", facts, id)


def roster(
    *firms: Firm,
    on: str,
    by: str = "新圩镇人民政府",
    file: str | None = None,
    township: str | None = None,
    figures: Sequence[StatedFigure] = (),
) -> Proposal:
    """What a roster of a day, sent by a source, would record."""
    entries = tuple(_entry(firm, on, by, file or f"{by}.xlsx") for firm in firms)
    rows = tuple(
        RosterRow("Sheet1", place, {"A": "1"}, "record", enterprise=firm.id or firm.key)
        for place, firm in enumerate(firms, 5)
    )
    issue = RosterIssue("uscc.digits_lost", "error", "Sheet1", "C6", "enterprise.uscc", "9.1E+17", "丢失", "重填")
    return Proposal(
        COUNTY,
        file or f"{by}.xlsx",
        f"{next(_bytes):064x}",
        "xlsx",
        township,
        day(on),
        by,
        entries,
        rows=rows,
        issues=(issue,),
        figures=tuple(figures),
        counts={"rows_read": len(rows)},
    )


def _entry(firm: Firm, on: str, by: str, file: str) -> Entry:
    who = firm.id or firm.key
    subjects = [] if firm.id else [NewSubject(who, "enterprise")]
    said = _said(who, "enterprise", firm.facts, on, by, file)
    for thing in firm.holds:
        key = thing.id or f"{NEW}{next(_keys)}"
        if not thing.id:
            subjects.append(NewSubject(key, thing.section, who, thing.kind))
        said += _said(key, thing.section, thing.facts, on, by, file)
    return Entry("new", who, str(firm.facts.get("name", who)), tuple(subjects), tuple(said))


def _said(subject: str, section: str, facts: Facts, on: str, by: str, file: str) -> list[Said]:
    return [
        Said(subject, section, name, value, day(on), by, Evidence(file, "Sheet1", f"{letter}6", str(value)))
        for letter, (name, value) in zip("ABCDEFGHIJKLMNOP", facts.items(), strict=False)
    ]


def take_in(engine: Engine, proposal: Proposal) -> Applied:
    """Apply it in a change of its own."""
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "import", actor="测试", batch=ids.new())
        return apply(session, change, proposal)


def take_back(engine: Engine, batch: str) -> Undone:
    """Undo it in a change of its own."""
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "undo", actor="测试", reason="试", batch=batch)
        return undo(session, change, batch)


def seen(engine: Engine, on: str, known: int | None = None, source: str | None = None) -> Snapshot:
    """The county at the end of a day, as known now unless told."""
    with reading(engine) as session:
        number = changes.head(session, COUNTY) if known is None else known
        return snapshot(session, COUNTY, AsOf(day(on), number), source=source)


def head(engine: Engine) -> int:
    """The county's last change."""
    with reading(engine) as session:
        return changes.head(session, COUNTY)
