"""Kept files when people are forgotten: which name them, copies without them, and which keys of files then go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app.domain.taking_out import TakingOut
from app.errors import BadInput, Decided, NotFound
from app.register.imports.kept_files import KeptFile, kept_file, name_people
from app.register.personal import file_queries
from app.register.personal.file_copies import FileCopy, Redact
from app.register.personal.whom import Forgetting
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.engine import acting, reading
from app.store.kept_bytes import FileForgotten, key_name, sealed
from app.store.keys import ring_of
from app.store.models import RedactedFile


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be recorded. `copies`: by the rosters' ids; `papers`: ids of files of which nothing stays.

    `looked_at`: the keys of the rosters that were looked at, as they stood.
    """

    whom: Forgetting
    copies: tuple[tuple[str, FileCopy], ...]
    papers: tuple[str, ...]
    looked_at: frozenset[bytes | None]


@dataclass(frozen=True, slots=True)
class _Standing:
    """A roster as it stands: its row, its digest, and the key of what is kept of it now."""

    id: str
    sha256: str
    key: bytes | None


def counted(engine: Engine, whom: Forgetting, actor: Actor) -> dict[str, int]:
    """How many files perhaps name the people, and how many papers go.

    Raises:
        NotFound, BadInput: when a paper is named that is none, or has no file.
    """
    with reading(acting(engine, actor)) as session:
        return {"files": len(_naming(session, whom)), "papers": len(_papers(session, whom, actor))}


def prepared(engine: Engine, whom: Forgetting, actor: Actor, redact: Redact) -> Prepared:
    """Copies of all files that name the people; made before anything is written, for it may take long.

    Raises:
        NotFound, BadInput: when a paper is named that is none, or has no file.
    """
    with reading(acting(engine, actor)) as session:
        found, papers = _naming(session, whom), _papers(session, whom, actor)
    copies: list[tuple[str, FileCopy]] = []
    for one in found:
        with reading(engine) as session:
            file = _read(session, whom.county, one)
            taking = TakingOut(whom.numbers, whom.names, _rows_of_others(session, whom, one))
        copy = redact(file.content, file.name, taking) if file else None
        if copy is not None:
            copies.append((one.id, copy))
    return Prepared(whom, tuple(copies), tuple(papers), frozenset(one.key for one in found))


def record(session: Session, county: str, change: int, made: Prepared) -> dict[str, int]:
    """Record the copies, and that nothing stays of the papers' files; how many of each.

    Raises:
        Decided: when another file that names the people came meanwhile.
    """
    if frozenset(one.key for one in _naming(session, made.whom)) != made.looked_at:
        raise Decided("删除期间又来了提到此人的文件，没有删除", fix="请再做一次", code="personal.files_came")
    for source, copy in made.copies:
        _record(session, county, change, {"source_file_id": source}, copy)
    for paper in made.papers:
        _record(session, county, change, {"evidence_id": paper}, FileCopy(b"", "", alike=False))
    emptied = sum(not copy.content for _, copy in made.copies)
    return {"files": len(made.copies), "papers": len(made.papers), "files_emptied": emptied}


def to_remove(session: Session, county: str) -> set[bytes]:
    """The keys of files that go by what is recorded: of all in whose place something else stands."""
    heads: dict[str, Any] = {one.id: head for one, head in _sources(session, county)}
    papers: list[str] = []
    gone: set[bytes | None] = set()
    for source, evidence, head in session.execute(file_queries.redactions(county, REGISTER)):
        if source is not None:
            gone.add(key_name(bytes(heads.get(source) or b"")))
            heads[source] = head
        else:
            papers.append(evidence)
    if papers:
        found = session.execute(file_queries.evidence_heads(county, papers, REGISTER))
        gone |= {key_name(bytes(head)) for _, head in found}
    return {one for one in gone if one is not None}


def _record(session: Session, county: str, change: int, of: dict[str, str], copy: FileCopy) -> None:
    row: dict[str, Any] = {"name": None, "content": None, "alike": copy.alike}
    if copy.content:
        ring = ring_of(session)
        kept, key = sealed(ring, county, copy.content)
        name_people(ring, county, key, copy.numbers)
        row |= {"name": copy.name, "content": kept}
    session.execute(insert(RedactedFile).values(county=county, id=ids.new(), recorded_by=change, **of, **row))


def _naming(session: Session, whom: Forgetting) -> list[_Standing]:
    """The rosters that may name the people: by the numbers found in them when they came, or by their firms.

    What was never sealed, from before files were, is not among them: no key could end its being read.
    """
    ring = ring_of(session)
    named = ring.files_naming(whom.county, whom.persons)
    firms = sorted(whom.firms)
    sent = set(session.scalars(file_queries.sent_of_firms(whom.county, firms, REGISTER))) if firms else set()
    standing = _standing(session, whom.county)
    return [one for one in standing if one.key and (one.key in named or one.sha256 in sent)]


def _standing(session: Session, county: str) -> list[_Standing]:
    heads = {source: head for source, _, head in session.execute(file_queries.redactions(county, REGISTER)) if source}
    return [
        _Standing(one.id, one.sha256, key_name(bytes(heads.get(one.id, head) or b"")))
        for one, head in _sources(session, county)
    ]


def _sources(session: Session, county: str) -> list[tuple[Any, bytes]]:
    return [(row, row[3]) for row in session.execute(file_queries.sources(county, REGISTER))]


def _read(session: Session, county: str, one: _Standing) -> KeptFile | None:
    try:
        return kept_file(session, county, one.sha256)
    except FileForgotten:
        return None


def _rows_of_others(session: Session, whom: Forgetting, one: _Standing) -> frozenset[tuple[str, int]]:
    """The rows of a roster that speak of other firms, as far as it was applied."""
    if not whom.names:
        return frozenset()
    rows = session.execute(file_queries.rows_of_firms(whom.county, one.sha256, REGISTER))
    return frozenset((sheet, row) for sheet, row, firm in rows if firm not in whom.firms)


def _papers(session: Session, whom: Forgetting, actor: Actor) -> list[str]:
    """The files of the papers that were named."""
    if not whom.papers:
        return []
    asked = file_queries.files_of_papers(whom.county, whom.papers, actor)
    files: dict[str, str | None] = {row[0]: row[1] for row in session.execute(asked)}
    for paper in whom.papers:
        if paper not in files:
            raise NotFound(f"没有“{paper}”这份文书", fix="请核对文书的编号", code="document.unknown")
        if files[paper] is None:
            raise BadInput(f"文书“{paper}”没有附文件", fix="请核对文书的编号", code="document.no_file")
    found = session.execute(file_queries.redactions(whom.county, REGISTER))
    before = {evidence for _, evidence, _ in found if evidence}
    return sorted({one for one in files.values() if one is not None} - before)
