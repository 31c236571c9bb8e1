"""Papers as records: whose, of which kind, with which number and file; the latest revision is the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.day_order import come
from app.domain.document_number import understood
from app.domain.documents import DOCUMENT_KINDS
from app.domain.masking import masked
from app.errors import NotFound
from app.register.facts.identity import Same, same_as
from app.register.papers import queries
from app.register.papers.evidence_files import Kept
from app.register.scope import REGISTER, Actor
from app.store.models import Document as DocumentRow

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as it stands in the register; firms are those that stand now.

    `number` in its normal form, `written_number` as it was written; `firm`: whose it is, where it is one firm's;
    `named`: the firms that it names beside. `evidence`: the digest of its file. `revised_by`: the paper that stands in
    its place; then this one is shown, and counts no more.
    """

    id: str
    kind: str
    number: str | None
    written_number: str | None
    issuer: str | None
    dated: DateInterval | None
    title: str
    firm: str | None
    evidence: str | None
    revises: str | None
    change: int
    named: tuple[str, ...] = ()
    revised_by: str | None = None
    file: Kept | None = None
    file_name: str | None = None
    reason: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def firms(self) -> tuple[str, ...]:
        """Every firm that it is about."""
        return tuple(dict.fromkeys((*([self.firm] if self.firm else []), *self.named)))

    def is_about(self, firm: str) -> bool | None:
        """Whether it is about a firm; None where it names nobody, so that this cannot be told."""
        return firm in self.firms if self.firms else None

    @property
    def doubts(self) -> tuple[str, ...]:
        """What does not fit together in what is told of it."""
        number = understood(self.number or "")
        if number is None or number.year is None or self.dated is None:
            return ()
        since, until = self.dated.since, self.dated.until
        fits = (since is None or since.year <= number.year) and (until is None or number.year <= until.year)
        return () if fits else (f"文号的年份是 {number.year} 年，成文日期写的是“{self.dated.text}”",)

    def dated_by(self, day: date) -> bool | None:
        """Whether it was there by the end of a day: None where its date does not tell."""
        return come(self.dated, day)

    def as_dict(self, called: Mapping[str, str] | None = None) -> Told:
        """For commands and the API; `called`: the names of firms."""
        names = called or {}
        return {
            "document": self.id,
            "kind": self.kind,
            "label": DOCUMENT_KINDS[self.kind],
            "number": self.number,
            "written_number": self.written_number,
            "issuer": self.issuer,
            "dated": self.dated.as_dict() if self.dated else None,
            "title": masked(self.title),
            "enterprise": {"id": self.firm, "name": names.get(self.firm, "")} if self.firm else None,
            "named": [{"id": firm, "name": names.get(firm, "")} for firm in self.named],
            "file": self.file.as_dict(self.file_name) if self.file else None,
            "revises": self.revises,
            "revised_by": self.revised_by,
            "doubts": list(self.doubts),
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat() if self.at else None,
        }


def documents(session: Session, county: str, known: int, actor: Actor, *, revised: bool = False) -> list[Document]:
    """The papers of a county, as known at a change; with `revised` those too in whose place another one stands."""
    rows = session.execute(queries.documents(county, known, actor)).all()
    # Whether a paper was revised does not depend on who asks.
    later: dict[str, str] = dict(session.execute(queries.revisions(county, known, REGISTER)).all())
    same = same_as(session, county, known)
    kept = {row.id: Kept(*row) for row in session.execute(queries.files(county, None, actor))}
    named: dict[str, list[str]] = {}
    for id, firm in session.execute(queries.named(county, None, actor)):
        named.setdefault(id, []).append(same.of(firm))
    found = [_document(row, same, kept, named.get(row.id, ()), later, by, at) for row, by, at in rows]
    return [one for one in found if revised or one.revised_by is None]


def document(session: Session, county: str, id: str, known: int, actor: Actor) -> Document:
    """One paper, as known at a change, revised or not.

    Raises:
        NotFound: when there was none such.
    """
    return _among(documents(session, county, known, actor, revised=True), id)


def chain(session: Session, county: str, id: str, known: int, actor: Actor) -> list[Document]:
    """A paper with those that it stands in the place of and those that stand in its place, the earliest first.

    Raises:
        NotFound: when there was none such.
    """
    every = documents(session, county, known, actor, revised=True)
    by_id = {one.id: one for one in every}
    line = [_among(every, id)]
    while line[0].revises in by_id:
        line.insert(0, by_id[line[0].revises or ""])
    while line[-1].revised_by in by_id:
        line.append(by_id[line[-1].revised_by or ""])
    return line


def unknown(id: str) -> NotFound:
    """That no such paper stands."""
    return NotFound(
        f"没有编号为“{id}”的文书，或已撤回", fix="请用 luzhang paper list 查看编号", code="document.unknown"
    )


def _among(every: Iterable[Document], id: str) -> Document:
    found = next((one for one in every if one.id == id), None)
    if found is None:
        raise unknown(id)
    return found


def _document(
    row: DocumentRow,
    same: Same,
    kept: Mapping[str, Kept],
    named: Iterable[str],
    later: Mapping[str, str],
    by: str,
    at: datetime,
) -> Document:
    firm = same.of(row.enterprise_id) if row.enterprise_id else None
    file = kept.get(row.evidence_id or "")
    return Document(
        row.id,
        row.kind,
        row.number,
        row.written_number,
        row.issuer,
        interval(row),
        row.title or DOCUMENT_KINDS[row.kind],
        firm,
        file.sha256 if file else None,
        row.revises_id,
        row.recorded_by,
        tuple(one for one in dict.fromkeys(named) if one != firm),
        later.get(row.id),
        file,
        row.file_name,
        row.reason,
        by,
        at,
    )


def interval(row: DocumentRow) -> DateInterval | None:
    """The days on which a paper is dated."""
    if row.dated_precision is None:
        return None
    return DateInterval(row.dated_from, row.dated_to, row.dated_precision, row.dated_text or "")
