"""The import desk: what waits for a person, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain import vocabulary
from app.domain.dates import DateInterval
from app.domain.masking import masked_field, masked_label
from app.domain.register import AsOf, Enterprise, Subject
from app.domain.statement import Statement
from app.register.desk import desk_queries
from app.register.desk.decided import decided
from app.register.desk.left_out import unanswered
from app.register.desk.who import pairs, particulars, shown
from app.register.desk.why_held import asked_of
from app.register.facts.evidence import Evidence
from app.register.facts.grounds import grounds
from app.register.facts.identity import same_as
from app.register.facts.views import snapshot
from app.register.machines.of_firm import machines_of
from app.register.machines.open_replacements import open_replacements
from app.register.machines.replacing import named
from app.register.scope import Actor
from app.register.successions.shown import left_open
from app.store.changes import head
from app.store.models import ImportRow

__all__ = ["Desk", "decided", "desk", "disputes", "subjects_of"]

Row = dict[str, Any]

_LISTS = ("pairs", "disputes", "missing", "held", "replacements", "owner_unknown")


@dataclass(frozen=True, slots=True)
class Desk:
    """All that waits in a county as of a day: firms that may be one, disputes, missing firms, rows that are held.

    `replacements`: machines that went out and came in, of which it is open which replaced which. `owner_unknown`:
    machines of split firms of which nobody said whose they are.
    """

    county: str
    day: date
    pairs: tuple[Row, ...]
    disputes: tuple[Row, ...]
    missing: tuple[Row, ...]
    held: tuple[Row, ...]
    replacements: tuple[Row, ...] = ()
    owner_unknown: tuple[Row, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether anything that must be answered waits; what only may be one firm, or may be replaced, need not."""
        likely = any(pair["level"] == "likely" for pair in self.pairs)
        return bool(likely or self.disputes or self.missing or self.held or self.owner_unknown)

    def as_dict(self) -> Row:
        """As `luzhang desk --json` prints it."""
        lists = {name: list(getattr(self, name)) for name in _LISTS}
        return {"county": self.county, "as_of": self.day.isoformat(), **lists}


def desk(session: Session, county: str, actor: Actor, day: date | None = None) -> Desk:
    """What waits for a person as of a day (today unless told)."""
    on = day or clock.today()
    firms = {firm.id: shown(firm) for firm in particulars(session, county, actor)}
    return Desk(
        county,
        on,
        tuple(pair.as_dict() for pair in pairs(session, county, actor)),
        tuple(disputes(session, county, actor, on)),
        tuple(_missing(session, county, actor, firms)),
        tuple(_held(session, county, session.scalars(desk_queries.held_rows(county, actor)).all(), firms)),
        tuple(open_replacements(session, county, actor, firms)),
        tuple(left_open(session, county, AsOf(on, head(session, county)), actor)),
    )


def disputes(session: Session, county: str, actor: Actor, day: date) -> Iterator[Row]:
    """Each field on which sources contradict each other that day, with every claim by its statement's id."""
    whole = snapshot(session, county, AsOf(day, head(session, county)), actor)
    evidence = grounds(session, whole, actor)
    for firm in whole.enterprises:
        for section, subject in subjects_of(firm):
            for name in sorted(subject.disputed):
                claims = _claims(evidence, firm, subject, name)
                known = vocabulary.SECTIONS[section].get(name)
                yield {
                    "enterprise": {"id": firm.id, "name": firm.name},
                    "section": section,
                    "subject": subject.id,
                    "field": name,
                    "label": known.zh if known else name,
                    "claims": [_claim(one) for one in claims],
                }


def subjects_of(firm: Enterprise) -> Iterator[tuple[str, Subject]]:
    """A firm and all that it holds, each with its section."""
    yield "enterprise", firm
    for section, held in (
        ("equipment", firm.equipment),
        ("permit", firm.permits),
        ("plan", firm.plans),
        ("action", firm.actions),
    ):
        for subject in held:
            yield section, subject


def _claims(evidence: Evidence, firm: Enterprise, subject: Subject, name: str) -> list[Statement]:
    """The statements between which it is; where only some tell of a removal, those and what lists the machine."""
    words = list(evidence.on(subject.id, name))
    if len(evidence.values(subject.id, name)) > 1 or name != "state":
        return words
    removals = evidence.removals(firm.id, subject.id)
    days = {said.day for said in (*words, *removals)}
    listed: dict[str, Statement] = {}
    for said in evidence.all_on(subject.id):
        if said.day in days:
            listed.setdefault(said.source, said)
    found = {said.source: said for said in (*listed.values(), *words, *removals)}
    return list(found.values())


def _claim(said: Statement) -> Row:
    value = said.value.as_dict() if isinstance(said.value, DateInterval) else said.value
    value = masked_field(said.field, value) if isinstance(value, str) else value
    place = {"file": said.evidence.file, "cell": said.evidence.place}
    label = masked_label(said.section, said.field, said.value)
    return {"statement": said.id, "field": said.field, "value": value, "label": label, "source": said.source,
            "day": said.day.isoformat(), "evidence": place}  # fmt: skip


def _missing(session: Session, county: str, actor: Actor, names: dict[str, str]) -> Iterator[Row]:
    """The firms that a source's latest roster left out and of which nobody has said why."""
    for batch, firm in unanswered(session, county, actor):
        yield {
            "batch": batch.id,
            "file": batch.file,
            "day": batch.valid_day.isoformat(),
            "enterprise": {"id": firm, "name": names.get(firm, "")},
        }


def _held(session: Session, county: str, rows: Sequence[ImportRow], names: dict[str, str]) -> Iterator[Row]:
    """The rows that wait; where it is of which machine a row speaks, with the machines of its firm."""
    same = same_as(session, county)
    firms = {row.id: same.of(row.enterprise_id) for row in rows if row.enterprise_id}
    asked = {firms[row.id] for row in rows if row.id in firms and (row.why or "").startswith("machine.")}
    machines = _machines(session, county, asked)
    for row in rows:
        id = firms.get(row.id)
        firm = {"id": id, "name": names.get(id, "")} if id else None
        place = {"batch": row.batch_id, "sheet": row.sheet, "row": row.row, "why": row.why}
        held = {"machines": machines[id]} if id in asked else {}
        yield {**place, "question": asked_of(row.why), "enterprise": firm, "cells": json.loads(row.cells), **held}


def _machines(session: Session, county: str, firms: Collection[str]) -> dict[str, list[Row]]:
    """The machines of firms that anybody speaks of, each in a few words."""
    found: dict[str, list[Row]] = {firm: [] for firm in firms}
    same = same_as(session, county)
    for firm in firms:
        ids = machines_of(session, county, firm, same)
        words = named(session, county, ids)
        found[firm] = [{"id": id, "machine": words[id]} for id in ids if id in words]
    return found
