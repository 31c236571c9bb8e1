"""The acts as the edge asks for them: a paper recorded with its file, revised, withdrawn; each in one change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER, DateInterval
from app.domain.document_number import spelling
from app.domain.documents import kind_told
from app.domain.register import AsOf
from app.errors import BadInput, NotFound
from app.register.desk.who import firm_called
from app.register.limits.measuring import in_change
from app.register.papers import recording
from app.register.papers.documents import Document, chain, document, documents
from app.register.papers.evidence_files import File, handed_name, keep, pieces
from app.register.papers.recording import NewDocument
from app.register.scope import REGISTER, Actor
from app.register.successions.shown import names
from app.store.engine import reading
from app.store.models import Change

Told = dict[str, Any]

_LAST = FOREVER - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers are asked for; None asks nothing. `firm` by id, code or name."""

    kind: str | None = None
    firm: str | None = None
    number: str | None = None
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """What the revised paper says otherwise; None: as before. `file`: the revised paper's own."""

    number: str | None = None
    issuer: str | None = None
    dated: DateInterval | None = None
    title: str | None = None
    named: tuple[str, ...] | None = None
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it is handed out: its name, its size and digest, its bytes in order."""

    name: str
    size: int
    sha256: str
    pieces: Iterator[bytes]


def record(engine: Engine, county: str, said: NewDocument, file: File | None, *, reason: str, actor: Actor) -> Told:
    """Record a paper, with the file that shows it.

    Raises:
        UnknownCounty, NotFound, BadInput, Decided: as `recording.record_document`.
    """

    def verb(session: Session, change: Change) -> Told:
        return _recorded(session, change, said, file, reason, actor)

    return in_change(engine, county, "paper", verb, reason, actor)


def revise(engine: Engine, county: str, id: str, said: Revision, *, reason: str, actor: Actor) -> Told:
    """Record what stands in a paper's place; whatever is not told is as before, its file too.

    Raises:
        UnknownCounty, NotFound, BadInput, Decided: as `recording.record_document`.
        BadInput: when nothing is told.
    """
    if said == Revision():
        raise BadInput("没有写要改什么", fix="请写明新的文号、日期、名称、机关、点名的企业或文件", code="document.same")

    def verb(session: Session, change: Change) -> Told:
        before = document(session, county, id, change.number, actor)
        new = NewDocument(
            before.kind,
            said.number if said.number is not None else before.written_number,
            said.issuer if said.issuer is not None else before.issuer,
            said.dated or before.dated,
            said.title if said.title is not None else before.title,
            before.firm,
            before.evidence,
            before.id,
            before.named if said.named is None else said.named,
            before.file_name,
        )
        return _recorded(session, change, new, said.file, reason, actor)

    return in_change(engine, county, "paper", verb, reason, actor)


def withdraw(engine: Engine, county: str, id: str, *, reason: str, actor: Actor) -> Told:
    """Take a paper back.

    Raises:
        UnknownCounty, NotFound, Decided: as `recording.withdraw_document`.
    """

    def verb(session: Session, change: Change) -> Told:
        return recording.withdraw_document(session, change, id, actor)

    return in_change(engine, county, "withdraw", verb, reason, actor)


def listed(session: Session, county: str, wanted: Wanted, as_of: AsOf, actor: Actor) -> list[Told]:
    """The papers asked for that were there by the end of a day; `dated_by` null where that cannot be told.

    Raises:
        NotFound, BadInput: when there is no such firm or kind.
    """
    kind = kind_told(wanted.kind) if wanted.kind else None
    firm = firm_called(session, county, wanted.firm, actor) if wanted.firm else None
    number = spelling(wanted.number) if wanted.number else None
    found = [
        one
        for one in documents(session, county, as_of.known, actor, revised=wanted.revised)
        if kind in (None, one.kind)
        and (firm is None or firm in one.firms)
        and number in (None, one.number)
        and one.dated_by(as_of.day) is not False
    ]
    called = _called(session, county, found, as_of)
    return [one.as_dict(called) | {"dated_by": one.dated_by(as_of.day)} for one in found]


def shown(session: Session, county: str, id: str, known: int, actor: Actor) -> Told:
    """One paper, with those before and after it.

    Raises:
        NotFound: when there was none such.
    """
    line = chain(session, county, id, known, actor)
    called = _called(session, county, line, AsOf(_LAST, known))
    at = next(place for place, one in enumerate(line) if one.id == id)
    rows = [one.as_dict(called) for one in line]
    return rows[at] | {"county": county, "known": known, "earlier": rows[:at], "later": rows[at + 1 :]}


def handed(engine: Engine, county: str, id: str, known: int, actor: Actor) -> Handed:
    """The file of a paper, revised or not.

    Raises:
        NotFound: when there was no such paper, or it has no file.
    """
    with reading(engine) as session:
        paper = document(session, county, id, known, actor)
    if paper.file is None or paper.file_name is None:
        raise NotFound("这份文书没有附文件", fix="请用 luzhang paper revise 补交", code="document.no_file")
    kept = paper.file
    return Handed(handed_name(paper.file_name, kept.type), kept.size, kept.sha256, pieces(engine, county, kept, actor))


def _recorded(
    session: Session, change: Change, said: NewDocument, file: File | None, reason: str, actor: Actor
) -> Told:
    if file is not None:
        said = replace(said, evidence=keep(session, change, file), file_name=file.name)
    id = recording.record_document(session, change, said, reason, actor)
    return document(session, change.county, id, change.number, REGISTER).as_dict()


def _called(session: Session, county: str, papers: Sequence[Document], as_of: AsOf) -> dict[str, str]:
    """What the firms of papers are called; a firm that had no name that day by the name that it has now."""
    firms = {firm for one in papers for firm in one.firms}
    last = names(session, county, firms, AsOf(_LAST, as_of.known))
    return last | {firm: name for firm, name in names(session, county, firms, as_of).items() if name}
