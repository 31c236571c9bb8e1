"""A county's own files of limits and of programmes: kept word for word by a recorded act, read anew, taken out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import BadInput, Decided, NotFound
from app.register.scope import REGISTER, Actor, visible
from app.store import ids
from app.store.dictionary import shipped_divisions
from app.store.models import OPEN, Change, PolicyFile
from app.store.superseding import supersede

#: A file of this kind is a page or ten; what is larger is none.
LARGEST_FILE = 1_000_000

#: As known now.
LATEST = OPEN - 1

_CALLED = {"limits": "限值", "programmes": "方案"}


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A county's own file, as it was added."""

    id: str
    kind: str
    name: str
    sha256: str
    text: str
    reason: str
    change: int

    def as_dict(self) -> dict[str, Any]:
        """As lists show it."""
        named = {"id": self.id, "kind": self.kind, "name": self.name, "sha256": self.sha256}
        return {**named, "change": self.change, "reason": self.reason}


def sound_text(kind: str, name: str, text: str) -> None:
    """Refuse what is too large, or no text, before anything is parsed.

    Raises:
        BadInput: when it is.
    """
    if len(text) > LARGEST_FILE:
        raise BadInput(f"{_CALLED[kind]}文件太大", fix="一个文件不超过 1 MB，请分成几个", code=f"{kind}.too_large")
    if not name.isprintable() or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadInput(f"{_CALLED[kind]}文件不是 UTF-8 文字", fix="请另存为 UTF-8 编码的文本", code=f"{kind}.encoding")


def files_of(session: Session, county: str, kind: str, known: int, actor: Actor) -> tuple[OwnFile, ...]:
    """The files of a kind that a county had added by a change, in the order in which they came."""
    rows = (
        select(PolicyFile)
        .where(
            PolicyFile.county == county,
            PolicyFile.kind == kind,
            PolicyFile.recorded_by <= known,
            PolicyFile.superseded_by > known,
        )
        .order_by(PolicyFile.recorded_by, PolicyFile.id)
    )
    return tuple(
        OwnFile(row.id, row.kind, row.name, row.sha256, row.text, row.reason, row.recorded_by)
        for row in session.scalars(visible(rows, actor))
    )


def keep(session: Session, change: Change, kind: str, name: str, text: str, reason: str) -> OwnFile:
    """Keep a file, which was read without a fault, as the county's own.

    Raises:
        Decided: when the county has this very file already.
    """
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    before = next(
        (one for one in files_of(session, change.county, kind, LATEST, REGISTER) if one.sha256 == digest), None
    )
    if before is not None:
        raise Decided(
            f"这个{_CALLED[kind]}文件第 {before.change} 号变更已经加入（编号 {before.id}）",
            fix="不必再加",
            code=f"{kind}.already",
        )
    said = {"kind": kind, "name": name, "sha256": digest, "text": text, "reason": reason}
    row = PolicyFile(county=change.county, id=ids.new(), recorded_by=change.number, **said)
    session.add(row)
    session.flush()
    return OwnFile(row.id, kind, name, digest, text, reason, change.number)


def file_called(session: Session, county: str, kind: str, named: str, actor: Actor) -> OwnFile:
    """The county's file of an id, or of a name that only one of its files has.

    Raises:
        NotFound: when there is none, or several are called so.
    """
    own = files_of(session, county, kind, LATEST, actor)
    found = [one for one in own if one.id == named.strip()] or [one for one in own if one.name == named.strip()]
    if len(found) == 1:
        return found[0]
    listed = "；".join(f"{one.id}（{one.name}，第 {one.change} 号变更）" for one in own)
    why = f"叫“{named}”的有 {len(found)} 个" if found else f"{county} 没有叫“{named}”的{_CALLED[kind]}文件"
    raise NotFound(why, fix=f"请写文件编号，现有：{listed or '没有'}", code=f"{kind}.file_unknown")


def take_out(session: Session, change: Change, file: OwnFile) -> None:
    """Take a file out of force; what it replaced stands again, and what was known until now is kept."""
    supersede(session, change, PolicyFile, [file.id])


def told_reason(given: str) -> str:
    """What a person says of why; something must be said.

    Raises:
        BadInput: when nothing is.
    """
    told = "".join(letter for letter in given if letter.isprintable() or letter.isspace()).strip()
    if not told:
        raise BadInput("没有写理由", fix="请用 --reason 写明依据，例如文号", code="reason.missing")
    return told


@lru_cache(maxsize=1)
def division_codes() -> frozenset[str]:
    """Every code of the dictionary that ships: a slip in a code would leave firms out without a word."""
    return frozenset(place["code"] for place in shipped_divisions())
