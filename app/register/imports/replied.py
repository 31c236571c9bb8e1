"""What a sender answered beside the questions of a returned copy, recorded in the batch of that copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.names import plain_name
from app.domain.proposal import Entry, Proposal, Said
from app.domain.statement import Evidence, Value
from app.register import queries
from app.register.desk import desk_queries
from app.register.imports import applying as imports
from app.register.machines import replacing
from app.register.machines.apart import not_replaced
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.models import OPEN, Change, RowAnswer
from app.store.superseding import supersede

#: What a sender says of two firms that may be one; a person at the desk decides.
SAME_FIRM, NOT_SAME_FIRM = "同一家", "不是同一家"
SAYS_OF_TWO = "reply.says_of_two"


@dataclass(frozen=True, slots=True)
class RowAnswered:
    """Whose a row is, or which machine it speaks of: an id, `new` or `split`."""

    sheet: str
    row: int
    about: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class FactAnswered:
    """What is said of a firm or of one of its machines (`subject`: the id), and the cell that says so.

    `section`: `enterprise` or `equipment`.
    """

    firm: str
    name: str
    subject: str
    field: str
    value: Value
    evidence: Evidence
    section: str = "equipment"


@dataclass(frozen=True, slots=True)
class PairAnswered:
    """That the machine `new` came in the place of `old`, or that they have nothing to do with each other."""

    old: str
    new: str
    replaced: bool
    reason: str


@dataclass(frozen=True, slots=True)
class AbsenceAnswered:
    """Why a firm was left out by a batch: 关停, 搬迁, 被整合 or 漏报."""

    firm: str
    answer: str
    reason: str


def record_pairs(session: Session, change: Change, batch: str, answered: Iterable[PairAnswered]) -> None:
    """Record which machine came in the place of which, as the batch says, and which did not.

    Raises:
        Decided: when somebody has decided otherwise since the answers were read.
    """
    for one in answered:
        if one.replaced:
            replacing.replace(session, change, one.old, one.new, one.reason, batch)
        else:
            not_replaced(session, change, one.old, one.new, one.reason)


def record_rows(session: Session, change: Change, batch: str, answered: Iterable[RowAnswered]) -> None:
    """Record whose rows of a batch are, in place of what was recorded of them before."""
    for one in answered:
        place = (batch, one.sheet, one.row, one.about)
        standing = session.scalar(desk_queries.row_answer(change.county, *place, REGISTER))
        if standing is not None:
            supersede(session, change, RowAnswer, [standing.id])
        common = {"county": change.county, "recorded_by": change.number, "superseded_by": OPEN}
        row = {"batch_id": batch, "sheet": one.sheet, "row": one.row, "about": one.about}
        told = {"id": ids.new(), "answer": one.answer, "reason": one.reason}
        session.execute(insert(RowAnswer).values(**common, **row, **told))


def record_facts(session: Session, change: Change, batch: str, answered: Sequence[FactAnswered]) -> None:
    """State what was said of firms and machines as the batch's own source, for its day; undoing it takes that back.

    It comes after what the batch's rows state, so it is the source's last word for the day.
    """
    of = session.scalars(queries.batch(change.county, batch, REGISTER)).one()
    entries = tuple(
        Entry(
            "changed",
            one.firm,
            one.name,
            statements=(Said(one.subject, one.section, one.field, one.value, of.valid_day, of.source, one.evidence),),
        )
        for one in answered
    )
    if entries:
        told = (change.county, of.file, of.sha256, of.format, of.township, of.valid_day, of.source)
        imports.add(session, change, batch, Proposal(*told, entries=entries), ())


def said_of_two(session: Session, county: str, actor: Actor) -> Mapping[frozenset[str], str]:
    """What returned copies that stand say of two firms, by their plain names: that they are one, or are not."""
    corrections = set(session.scalars(desk_queries.correcting(county, actor)))
    found: dict[frozenset[str], str] = {}
    for batch in session.scalars(desk_queries.rosters(county, actor)):
        if batch.id not in corrections:
            continue
        for issue in session.scalars(desk_queries.issues_of(county, batch.id, actor)):
            if issue.code == SAYS_OF_TWO and issue.raw:
                answer, *names = issue.raw.split("\n")
                found.setdefault(frozenset(map(plain_name, names)), answer)
    return found
