"""Rosters as they are kept: sealed when they come, and read again, without whoever was forgotten since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.register.desk import desk_queries
from app.register.personal import file_queries
from app.register.scope import REGISTER
from app.store import ids
from app.store.kept_bytes import FileForgotten, opened, sealed
from app.store.keys import Ring, ring_of
from app.store.models import Change, RedactedFile, SourceFile


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The bytes of a roster, and the name under which they are read: of a copy without somebody it may be another."""

    content: bytes
    name: str


def keep_bytes(
    session: Session, change: Change, name: str, sha256: str, content: bytes, numbers: Iterable[str] = ()
) -> None:
    """Keep a file as it was sent, once for its bytes. `numbers`: of the people whom it names, in their normal form."""
    if session.scalar(desk_queries.source_file(change.county, sha256, REGISTER)) is not None:
        return
    ring = ring_of(session)
    kept, key = sealed(ring, change.county, content)
    name_people(ring, change.county, key, numbers)
    common = {"county": change.county, "recorded_by": change.number}
    session.execute(insert(SourceFile).values(id=ids.new(), sha256=sha256, name=name, content=kept, **common))


def name_people(ring: Ring, county: str, key: bytes, numbers: Iterable[str]) -> None:
    """Keep which people a file names, so that it is found when one of them is forgotten."""
    if people := {ring.person(county, one) for one in numbers}:
        ring.file_names(county, key, people)


def is_kept(session: Session, county: str, sha256: str) -> bool:
    """Whether the register keeps a file of these bytes, or what stands in its place."""
    return session.scalar(desk_queries.source_file(county, sha256, REGISTER)) is not None


def kept_file(session: Session, county: str, sha256: str) -> KeptFile | None:
    """A roster to be read again; None where none of these bytes was kept.

    Raises:
        FileForgotten: when nothing stays of it.
    """
    file: SourceFile | None = session.scalar(desk_queries.source_file(county, sha256, REGISTER))
    if file is None:
        return None
    instead: RedactedFile | None = session.scalar(file_queries.of_source(county, file.id, REGISTER))
    stored, name = (file.content, file.name) if instead is None else (instead.content, instead.name)
    content = opened(ring_of(session), stored) if stored is not None else None
    if content is None or name is None:
        raise FileForgotten(f"“{file.name}”")
    return KeptFile(content, name)
