"""A county's clauses: those that come with the program, and those that it added by files of its own."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import BadInput, CatalogueFault, Decided, NotAdoptable
from app.register.scope import REGISTER, Actor, visible
from app.rules.catalogue_loader import Catalogue, load_own, shipped
from app.rules.clause import Clause
from app.store import ids
from app.store.models import OPEN, Change, ClauseAdoption, ClauseFile
from app.store.superseding import supersede

#: A file of clauses is a page or ten; what is larger is none.
LARGEST_FILE = 1_000_000

_NOW = OPEN - 1


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A county's own file of clauses, as it was added."""

    id: str
    name: str
    sha256: str
    text: str
    reason: str
    change: int

    @property
    def catalogue(self) -> Catalogue:
        """The clauses, editions and sources that it states itself."""
        return _read(self.name, self.text)

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `clauses show`."""
        named = {"id": self.id, "name": self.name, "sha256": self.sha256}
        return {**named, "change": self.change, "reason": self.reason, "clauses": list(self.catalogue.clauses)}


def read_own(name: str, text: str, county: str) -> Catalogue:
    """What a file that a county would add states.

    Raises:
        CatalogueFault: with every fault of it.
        BadInput: when it is too large, or states no clause.
    """
    if len(text) > LARGEST_FILE:
        raise BadInput("条款文件太大", fix="一个条款文件不超过 1 MB，请分成几个", code="clauses.too_large")
    if not name.isprintable() or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadInput("条款文件不是 UTF-8 文字", fix="请另存为 UTF-8 编码的文本", code="clauses.encoding")
    catalogue = load_own(name, text, county)
    if not catalogue.clauses:
        raise BadInput("文件里没有条款", fix="请在 clauses 下面写明条款", code="clauses.none")
    return catalogue


@lru_cache(maxsize=64)
def _read(name: str, text: str) -> Catalogue:
    return load_own(name, text)


def catalogue_of(session: Session, county: str, known: int, actor: Actor) -> Catalogue:
    """The clauses by which a county decides, or may, as known at a change.

    Of a clause with several texts the one that was the newest when the county adopted it; without an adoption, the one
    that ships as adopted, else the newest. So adding a file alters no verdict until its clauses are adopted.
    """
    files = own_files(session, county, known, actor)
    if not files:
        return shipped()
    adopted_at = adoptions(session, county, known, actor)
    chosen = dict(shipped().clauses)
    for clause_id in {clause_id for file in files for clause_id in file.catalogue.clauses}:
        clause = _standing(clause_id, files, adopted_at.get(clause_id), county)
        if clause is not None:
            chosen[clause_id] = clause
    editions, sources = dict(shipped().editions), dict(shipped().sources)
    for file in files:
        editions |= file.catalogue.editions
        sources |= file.catalogue.sources
    return Catalogue(chosen, editions, sources)


def _standing(clause_id: str, files: Sequence[OwnFile], adopted_at: int | None, county: str) -> Clause | None:
    """The county's own text of a clause that stands; None where the shipped one does."""
    before = shipped().clauses.get(clause_id)
    if adopted_at is None and before is not None and before.shipped_for(county):
        return None
    file = stating(clause_id, files, adopted_at)
    return file.catalogue.clauses[clause_id] if file else None


def stating(clause_id: str, files: Sequence[OwnFile], adopted_at: int | None) -> OwnFile | None:
    """The last of the files that states a clause; of those known at its adoption, where it is adopted."""
    known = [file for file in files if adopted_at is None or file.change <= adopted_at]
    return next((file for file in reversed(known) if clause_id in file.catalogue.clauses), None)


def newest(session: Session, county: str, clause_id: str, actor: Actor, known: int = _NOW) -> Clause:
    """The newest text of a clause, whether or not it decides yet: what `adopt` adopts.

    Raises:
        UnknownClause: when there is none.
    """
    sought = clause_id.strip().upper()
    for file in reversed(own_files(session, county, known, actor)):
        if sought in file.catalogue.clauses:
            return file.catalogue.clauses[sought]
    return shipped().clause(clause_id)


def own_files(session: Session, county: str, known: int, actor: Actor) -> tuple[OwnFile, ...]:
    """The files that a county had added by a change, in the order in which they came."""
    rows = (
        select(ClauseFile)
        .where(ClauseFile.county == county, ClauseFile.recorded_by <= known, ClauseFile.superseded_by > known)
        .order_by(ClauseFile.recorded_by, ClauseFile.id)
    )
    return tuple(
        OwnFile(row.id, row.name, row.sha256, row.text, row.reason, row.recorded_by)
        for row in session.scalars(visible(rows, actor))
    )


def adoptions(session: Session, county: str, known: int, actor: Actor) -> dict[str, int]:
    """The clauses that a county had adopted by its own act, as known at a change, each with the adopting change."""
    rows = select(ClauseAdoption.clause, ClauseAdoption.recorded_by).where(
        ClauseAdoption.county == county, ClauseAdoption.recorded_by <= known, ClauseAdoption.superseded_by > known
    )
    return {row.clause: row.recorded_by for row in session.execute(visible(rows, actor))}


def deciding_changes(session: Session, county: str, known: int, actor: Actor) -> dict[str, list[int]]:
    """By clause the changes up to a knowledge by which a county adopted it, or dropped it again."""
    rows = select(ClauseAdoption.clause, ClauseAdoption.recorded_by, ClauseAdoption.superseded_by).where(
        ClauseAdoption.county == county, ClauseAdoption.recorded_by <= known
    )
    found: defaultdict[str, set[int]] = defaultdict(set)
    for clause, *numbers in session.execute(visible(rows, actor)):
        found[clause] |= {number for number in numbers if number <= known}
    return {clause: sorted(numbers) for clause, numbers in found.items()}


def add_file(session: Session, change: Change, name: str, text: str, reason: str) -> OwnFile:
    """Keep a file of clauses as the change's county's own.

    Raises:
        CatalogueFault: with every fault of the file.
        Decided: when the county has this very file already.
    """
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    read_own(name, text, change.county)
    had = select(ClauseFile.recorded_by).where(
        ClauseFile.county == change.county, ClauseFile.sha256 == digest, ClauseFile.superseded_by == OPEN
    )
    before = session.scalar(had)
    if before is not None:
        raise Decided(
            f"这个条款文件第 {before} 号变更已经加入",
            fix="不必再加；要采用其中的条款，请用 luzhang clauses adopt",
            code="clauses.already",
        )
    said = {"name": name, "sha256": digest, "text": text, "reason": reason}
    row = ClauseFile(county=change.county, id=ids.new(), recorded_by=change.number, **said)
    session.add(row)
    session.flush()
    return OwnFile(row.id, name, digest, text, reason, change.number)


def file_called(session: Session, county: str, named: str, actor: Actor) -> OwnFile | None:
    """The county's file of an id, if it is one."""
    return next((file for file in own_files(session, county, _NOW, actor) if file.id == named), None)


def take_out(session: Session, change: Change, file: OwnFile) -> None:
    """Take a file of the county's own out of force; the clauses that it replaced stand again.

    Raises:
        NotAdoptable: when the county decides by a clause as this file states it.
    """
    held = _decided_by(session, change.county, file)
    if held:
        raise NotAdoptable(
            f"{file.name} 的条款还在采用：{'、'.join(held)}",
            fix="请先用 luzhang clauses drop 停用这些条款",
            code="clauses.adopted",
        )
    supersede(session, change, ClauseFile, [file.id])


def _decided_by(session: Session, county: str, file: OwnFile) -> list[str]:
    """The clauses that the county adopted as a file states them; of one that can no longer be read, none are known."""
    adopted_at = adoptions(session, county, _NOW, REGISTER)
    files = own_files(session, county, _NOW, REGISTER)
    try:
        stated = file.catalogue.clauses
    except CatalogueFault:
        return []
    return [one for one in stated if one in adopted_at and stating(one, files, adopted_at[one]) == file]
