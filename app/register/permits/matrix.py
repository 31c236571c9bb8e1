"""What each firm must hold against what it holds, on a day: one answer for each firm and procedure, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from math import prod
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, Snapshot, Subject
from app.domain.statement import Value
from app.domain.vocabulary import ENUMS, SECTIONS
from app.errors import BadInput
from app.register.desk.who import firm_called
from app.register.facts.cells import Cells, where_written
from app.register.facts.evidence import Evidence
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.permits.shown import paper
from app.register.scope import Actor
from app.rules.duties.duty import Duty
from app.rules.duties.judging import STATES, Cell, judge, kinds_of
from app.rules.duties.loader import shipped_duties
from app.rules.duties.required import Case

_KINDS = ENUMS["permit_kind"]
#: The facts that an answer may hang on; where sources differ on one, every way is judged.
_OF_FIRM = ("name", "former_name", "status", "scale", "industry", "industry_code", "established_on")
_OF_PERMIT = ("standing", "class", "valid_from", "valid_to")
_MOST = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers are asked for; None asks for all."""

    firm: str | None = None
    township: str | None = None
    kind: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One firm with its answers, by kind."""

    firm: Enterprise
    cells: tuple[Cell, ...]

    def as_dict(self, written: Cells) -> dict[str, Any]:
        """As it stands in `rows`."""
        firm = self.firm
        named = {"id": firm.id, "name": firm.name, "uscc": firm.facts.get("uscc")}
        return {
            "enterprise": {**named, "township": firm.facts.get("township")},
            "cells": [_cell(cell, firm, written) for cell in self.cells],
        }


@dataclass(frozen=True, slots=True)
class Matrix:
    """A county's answers. `duties`: those in force that decide; `not_deciding`: drafts, shown and counted nowhere."""

    county: str
    day: date
    known: int
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    duties: tuple[Duty, ...]
    not_deciding: tuple[Duty, ...]
    written: Cells = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, dict[str, int]]:
        """Firms by kind and answer."""
        found = {kind: dict.fromkeys(STATES, 0) for kind in self.kinds}
        for row in self.rows:
            for cell in row.cells:
                found[cell.kind][cell.state] += 1
        return found

    @property
    def status(self) -> int:
        """1 where something is owed or cannot be told."""
        looked = ("lacking", "expired", "cannot_tell")
        return int(any(cell.state in looked for row in self.rows for cell in row.cells))

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang permits check --json` prints."""
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "kinds": [{"kind": kind, "label": _KINDS[kind]} for kind in self.kinds],
            "totals": self.totals,
            "rows": [row.as_dict(self.written) for row in self.rows],
            "duties": [one.as_dict() for one in self.duties],
            "not_deciding": [one.as_dict() for one in self.not_deciding],
        }


def check(
    session: Session, county: str, wanted: Wanted, as_of: AsOf, actor: Actor, *, whole: Snapshot | None = None
) -> Matrix:
    """The answers of the county's firms under the duties in force that day.

    `whole`: the county's snapshot of that moment, where the asker has it at hand; then no township is asked for.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
        BadInput: when there is no such kind or answer.
    """
    kind = coded(wanted.kind, _KINDS, "手续", "permit.kind") if wanted.kind else None
    state = coded(wanted.state, STATES, "结论", "permit.state") if wanted.state else None
    duties = in_force(county, as_of.day)
    whole = whole or snapshot(session, county, as_of, actor, township=wanted.township)
    if wanted.firm is not None:
        one = firm_called(session, county, wanted.firm, actor)
        whole = replace(whole, enterprises=tuple(own for own in whole.enterprises if own.id == one))
    deciding = tuple(one for one in duties if one.rule.decides)
    stated = {str(one.facts.get("kind")) for firm in whole.enterprises for one in firm.permits}
    kinds = tuple(name for name in _KINDS if name in {*kinds_of(deciding), *stated} and kind in (None, name))
    disputed = any(_doubts(firm) for firm in whole.enterprises)
    evidence = grounds(session, whole, actor) if disputed else None
    rows = (Row(firm, tuple(cells_of(firm, kinds, deciding, as_of.day, evidence))) for firm in whole.enterprises)
    kept = (replace(row, cells=tuple(cell for cell in row.cells if state in (None, cell.state))) for row in rows)
    found = tuple(row for row in kept if row.cells)
    drafts = tuple(one for one in duties if not one.rule.decides)
    return Matrix(county, as_of.day, as_of.known, kinds, found, deciding, drafts)


def with_cells(session: Session, found: Matrix, actor: Actor) -> Matrix:
    """The same answers, with the cells that tell of each permit."""
    permits = [one.id for row in found.rows for one in row.firm.permits]
    return replace(found, written=where_written(session, found.county, permits, AsOf(found.day, found.known), actor))


def in_force(county: str, day: date) -> tuple[Duty, ...]:
    """The duties in force that day in the county, drafts among them."""
    found = shipped_duties().values()
    return tuple(one for one in found if one.rule.in_force(day, county) and one.rule.status != "historical")


def coded(text: str, words: Mapping[str, str], what: str, code: str) -> str:
    """A code, from itself or its Chinese word.

    Raises:
        BadInput: when there is none such.
    """
    found = {zh: name for name, zh in words.items()}.get(text.strip(), text.strip())
    if found not in words:
        raise BadInput(f"没有“{text}”这种{what}", fix=f"可以写：{'、'.join(words.values())}", code=code)
    return found


def cells_of(
    firm: Enterprise, kinds: Sequence[str], duties: Sequence[Duty], day: date, evidence: Evidence | None
) -> Iterable[Cell]:
    """A firm's answers; where sources differ, the answer that every way gives."""
    claimed = _claimed(firm, evidence)
    many = prod(len(values) for *_, values in claimed) > _MOST
    cases = list(_cases(firm, day, [] if many else claimed))
    for kind in kinds:
        found = [cell for case in cases if (cell := judge(kind, duties, case)) is not None]
        if found:
            yield _too_many(found[0]) if many else _agreed(found, firm)


def _claimed(firm: Enterprise, evidence: Evidence | None) -> list[tuple[str, str, Sequence[Value]]]:
    """What sources claim of each thing on which they differ: whose, which field, the values."""
    found = [] if evidence is None else [(*one, evidence.values(*one)) for one in _doubts(firm)]
    return [one for one in found if one[2]]


def _cases(firm: Enterprise, day: date, claimed: Sequence[tuple[str, str, Sequence[Value]]]) -> Iterable[Case]:
    """The firm as it stands, or under every combination of what is claimed where sources differ."""
    for chosen in product(*(values for *_, values in claimed)):
        supposed = {(id, name): value for (id, name, _), value in zip(claimed, chosen, strict=True)}
        facts = {f"enterprise.{name}": value for name, value in _of(firm, supposed).items()}
        yield Case(facts, day, tuple(_of(one, supposed) for one in firm.permits))


def _of(subject: Subject, supposed: Mapping[tuple[str, str], Value]) -> dict[str, Value]:
    return {**subject.facts, **{name: value for (id, name), value in supposed.items() if id == subject.id}}


def _doubts(firm: Enterprise) -> list[tuple[str, str]]:
    """What sources differ on, of all that an answer may hang on: whose, which field."""
    found = [(firm.id, name) for name in _OF_FIRM if name in firm.disputed]
    return found + [(one.id, name) for one in firm.permits for name in _OF_PERMIT if name in one.disputed]


def _too_many(cell: Cell) -> Cell:
    """The answer where more combinations are claimed than are tried: none."""
    why = "各来源说法不一的地方太多，请先逐项定下以哪个来源为准"
    return replace(cell, state="cannot_tell", because=why, required=None, duties=(), lacks=(), overdue=False)


def _agreed(found: Sequence[Cell], firm: Enterprise) -> Cell:
    first = found[0]
    if all(cell.state == first.state for cell in found):
        return first
    ways = "；".join(dict.fromkeys(f"{STATES[cell.state]}：{cell.because}" for cell in found))
    ids = {one.id for one in firm.permits if one.facts.get("kind") == first.kind}
    of = [("enterprise", name) for name in _OF_FIRM if name in firm.disputed]
    of += [("permit", name) for id, name in _doubts(firm) if id in ids]
    labels = "、".join(dict.fromkeys(SECTIONS[section][name].zh for section, name in of))
    why = f"各来源对{labels}说法不一，结论不同（{ways}）"
    owed = first.required if len({cell.required for cell in found}) == 1 else None
    return replace(first, state="cannot_tell", because=why, lacks=(), overdue=False, required=owed)


def _cell(cell: Cell, firm: Enterprise, written: Cells) -> dict[str, Any]:
    return {
        "kind": cell.kind,
        "label": _KINDS[cell.kind],
        "state": cell.state,
        "state_label": STATES[cell.state],
        "required": cell.required,
        "because": cell.because,
        "question": cell.question,
        "overdue": cell.overdue,
        "duties": [one.rule.id for one in cell.duties],
        "permits": [paper(one, written) for one in firm.permits if one.facts.get("kind") == cell.kind],
    }
