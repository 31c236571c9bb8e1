"""Files of evidence: looked at by their content, kept once for their bytes, handed out piece by piece and whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app.domain.file_types import FILE_TYPES, accepted, ending_of
from app.domain.masking import masked
from app.errors import Decided, NotFound
from app.register.papers import queries
from app.register.personal import file_queries
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.engine import reading
from app.store.kept_bytes import FileForgotten, opened_by_pieces, sealed
from app.store.keys import ring_of
from app.store.models import Change, Evidence


@dataclass(frozen=True, slots=True)
class File:
    """A file that may be kept: its bytes, as its sender calls it, what it is."""

    content: bytes
    name: str
    type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that the register keeps, without its bytes."""

    id: str
    sha256: str
    type: str
    size: int

    def as_dict(self, name: str | None) -> dict[str, Any]:
        """For commands and the API; a telephone or identity number in its name is made unreadable."""
        label = FILE_TYPES[self.type].zh
        shown = masked(name) if name else None
        return {"name": shown, "type": self.type, "label": label, "size": self.size, "sha256": self.sha256}


def looked_at(content: bytes, name: str) -> File:
    """A file as it is sent, once its content was looked at.

    Raises:
        BadInput: when it is too large, of a type that is not kept, or another one than its name says.
    """
    return File(content, name, accepted(content, name), sha256(content).hexdigest())


def keep(session: Session, change: Change, file: File) -> str:
    """Keep a file, once for its bytes; its digest.

    Raises:
        Decided: when it was kept, and nothing stays of it.
    """
    before = session.scalar(queries.file_of(change.county, file.sha256, REGISTER))
    if before is None:
        row = {"sha256": file.sha256, "media_type": file.type, "size_bytes": len(file.content)}
        key = {"county": change.county, "id": ids.new(), "recorded_by": change.number}
        kept, _ = sealed(ring_of(session), change.county, file.content)
        session.execute(insert(Evidence).values(**key, **row, content=kept))
    elif is_forgotten(session, change.county, before):
        fix = "有新的依据要再留存的，请重新扫描或拍照后再交"
        raise Decided("这份文件已按规定删除，不能原样再收", fix=fix, code="evidence.forgotten")
    return file.sha256


def is_forgotten(session: Session, county: str, evidence: str) -> bool:
    """Whether nothing stays of a file."""
    return session.scalar(file_queries.of_evidence(county, evidence, REGISTER)) is not None


def evidence_id(session: Session, county: str, digest: str) -> str:
    """The file of a digest.

    Raises:
        NotFound: when none such is kept.
    """
    found: str | None = session.scalar(queries.file_of(county, digest, REGISTER))
    if found is None:
        raise NotFound("没有这份证据文件", fix="请先交文件，再用它的校验值", code="evidence.unknown")
    return found


def pieces(engine: Engine, county: str, kept: Kept, actor: Actor) -> Iterator[bytes]:
    """A file's bytes in order. Each piece is a reading of its own: one who takes long holds up nobody.

    Raises:
        FileForgotten: at once, when nothing stays of it.
    """

    def read(start: int, length: int) -> bytes:
        with reading(engine) as session:
            some = session.scalar(queries.piece(county, kept.id, start + 1, length, actor))
        if some is None:
            raise NotFound("没有这份证据文件", fix="请核对编号", code="evidence.unknown")
        return bytes(some)

    with reading(engine) as session:
        if is_forgotten(session, county, kept.id):
            raise FileForgotten("这份文书")
    return opened_by_pieces(ring_of(engine), kept.size, read, "这份文书")


def handed_name(name: str, type: str) -> str:
    """The name under which a file is handed out: its sender's but for numbers of people, with an ending that fits.

    No file of Windows may have a star in its name.
    """
    endings = FILE_TYPES[type].endings
    shown = masked(name).replace("*", "x")
    return shown if ending_of(shown) in endings else f"{shown}.{endings[0]}"
