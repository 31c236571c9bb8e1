"""Recording a paper, revising it, taking it back: everything told is checked before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.document_number import SOURCE, normal, spelling, understood
from app.domain.documents import DOCUMENT_KINDS, OFFICIAL, kind_told
from app.domain.file_types import FILE_TYPES
from app.errors import BadInput, Decided
from app.register.desk.who import firm_called
from app.register.facts.identity import same_as
from app.register.papers import queries
from app.register.papers.documents import unknown
from app.register.papers.evidence_files import evidence_id
from app.register.queries import enrolled
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.models import OPEN, Change, DocumentFirm
from app.store.models import Document as DocumentRow
from app.store.superseding import supersede

#: What the register itself demands of papers, as its refusals say it.
SAME_PAPER = "修订件顶替原件，只能是同一家企业的同一种文书（炉账文书规则）"
NOT_YET = "成文日期是会议通过或负责人签发的日期，不能晚于今天（炉账文书规则）"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What is told of a paper. Firms by id, code or name; `evidence`: the digest of a file that is kept already.

    `named`: the firms that it names, where it is of several or names others beside `firm`. `revises`: the id of the
    paper in whose place it stands.
    """

    kind: str
    number: str | None = None
    issuer: str | None = None
    dated: DateInterval | None = None
    title: str | None = None
    firm: str | None = None
    evidence: str | None = None
    revises: str | None = None
    named: tuple[str, ...] = ()
    file_name: str | None = None


def record_document(session: Session, change: Change, said: NewDocument, reason: str, actor: Actor) -> str:
    """Record a paper, or the revision of one; its id.

    Raises:
        NotFound: when a firm, the file or the paper to be revised is not there.
        BadInput: when its kind, number or date is none, or it is another firm's or kind's than what it revises.
        Decided: when it is recorded already, or what it revises was revised before.
    """
    kind = kind_told(said.kind)
    _in_time(said)
    firm = _firm(session, change.county, said.firm, actor) if said.firm else None
    named = dict.fromkeys(_firm(session, change.county, words, actor) for words in said.named)
    row = {
        "kind": kind,
        "number": _number(kind, said.number),
        "written_number": _text(said.number),
        "issuer": _text(said.issuer),
        **_days(said.dated),
        "title": _text(said.title),
        "enterprise_id": firm,
        **_file(session, change.county, said),
        "revises_id": said.revises,
    }
    before = _revised(session, change.county, row, actor) if said.revises else None
    _refuse_twice(session, change.county, row, named, before)
    made = ids.new()
    key = {"county": change.county, "recorded_by": change.number}
    session.execute(insert(DocumentRow).values(**key, id=made, superseded_by=OPEN, reason=reason, **row))
    rows = [{**key, "id": ids.new(), "document_id": made, "enterprise_id": one} for one in named if one != firm]
    if rows:
        session.execute(insert(DocumentFirm), rows)
    return made


def withdraw_document(session: Session, change: Change, id: str, actor: Actor) -> dict[str, Any]:
    """Take a paper back; what it revised stands again, and it stays as what was known until now.

    Raises:
        NotFound: when no such paper stands.
        Decided: when another one stands in its place.
    """
    if session.scalar(queries.document(change.county, id, actor)) is None:
        raise unknown(id)
    _refuse_revised(session, change.county, id, "撤回")
    supersede(session, change, DocumentRow, [id])
    return {"document": id, "taken_back": "document", "change": change.number}


def _in_time(said: NewDocument) -> None:
    """Refuse what was certainly not there by today."""
    today, dated, number = clock.today(), said.dated, understood(said.number or "")
    if dated is not None and dated.since is not None and dated.since > today:
        raise BadInput(
            f"成文日期“{dated.text}”晚于今天（{today.isoformat()}）：{NOT_YET}",
            fix="请核对文书上的日期；还没有发的文书，发了再记",
            code="document.future",
        )
    if number is not None and number.year is not None and number.year > today.year:
        raise BadInput(
            f"文号“{number}”的年份晚于今年：年份是发文的年份（{SOURCE}）", fix="请核对文号", code="document.number_year"
        )


def _number(kind: str, written: str | None) -> str | None:
    """The normal form: of what an authority issues it has to be one, of other papers it may be."""
    if kind in OFFICIAL:
        found = normal(written)
        return found.text if found else None
    return spelling(written or "") or None


def _text(words: str | None) -> str | None:
    return (words or "").strip() or None


def _days(dated: DateInterval | None) -> dict[str, Any]:
    return {
        "dated_from": dated.since if dated else None,
        "dated_to": dated.until if dated else None,
        "dated_precision": dated.precision if dated else None,
        "dated_text": dated.text if dated else None,
    }


def _file(session: Session, county: str, said: NewDocument) -> dict[str, str | None]:
    if said.evidence is None:
        return {"evidence_id": None, "file_name": None}
    id = evidence_id(session, county, said.evidence)
    ((_, _, type, _),) = session.execute(queries.files(county, [id], REGISTER)).all()
    return {"evidence_id": id, "file_name": said.file_name or f"{said.evidence[:12]}.{FILE_TYPES[type].endings[0]}"}


def _firm(session: Session, county: str, words: str, actor: Actor) -> str:
    """The firm of these words; of an id without reading what tells all firms apart."""
    standing = same_as(session, county).of(words.strip())
    if session.scalar(enrolled(county, [standing], actor)) is not None:
        return standing
    return firm_called(session, county, words, actor)


def _revised(session: Session, county: str, row: dict[str, Any], actor: Actor) -> DocumentRow:
    """The paper that another one is to stand in the place of."""
    before: DocumentRow | None = session.scalar(queries.document(county, row["revises_id"], actor))
    if before is None:
        raise unknown(row["revises_id"])
    _refuse_revised(session, county, before.id, "修订")
    same = same_as(session, county)
    had, has = ((same.of(one) if one else None) for one in (before.enterprise_id, row["enterprise_id"]))
    if had != has:
        raise BadInput(
            f"要修订的文书（编号 {before.id}）不是这家企业的：{SAME_PAPER}",
            fix="请核对要修订的编号；是另一家的，另记一份",
            code="document.other_firm",
        )
    if before.kind != row["kind"]:
        kinds = f"“{DOCUMENT_KINDS[before.kind]}”，这一份是“{DOCUMENT_KINDS[row['kind']]}”"
        raise BadInput(
            f"要修订的文书是{kinds}：{SAME_PAPER}", fix="种类记错了的，先撤回再记", code="document.other_kind"
        )
    return before


def _refuse_revised(session: Session, county: str, id: str, what: str) -> None:
    later: dict[str, str] = dict(session.execute(queries.revisions(county, OPEN - 1, REGISTER)).all())
    if id in later:
        fix = f"要{what}，请先看修订件：luzhang paper show {later[id]}"
        raise Decided(f"这份文书已被修订（修订件编号 {later[id]}）", fix=fix, code="document.revised")


def _refuse_twice(
    session: Session, county: str, row: dict[str, Any], named: Iterable[str], before: DocumentRow | None
) -> None:
    """Refuse the same paper again: of one kind and number, about one firm; without a number, alike in everything.

    The number that an authority gives tells papers apart by itself, other numbers only together with their issuer.
    """
    same = same_as(session, county)
    of = ("issuer",) if row["number"] else ("issuer", "title", "evidence_id", *_days(None))
    of = () if row["number"] and row["kind"] in OFFICIAL else of
    whose = same.of(row["enterprise_id"]) if row["enterprise_id"] else None
    about = {whose, *map(same.of, named)} - {None}
    for one in session.scalars(queries.alike(county, row["kind"], row["number"], REGISTER)).all():
        own_line = before is not None and _line(session, county, one.id, before.id)
        if own_line or any(getattr(one, name) != row[name] for name in of):
            continue
        theirs = same.of(one.enterprise_id) if one.enterprise_id else None
        beside = session.execute(queries.named(county, [one.id], REGISTER))
        others = {theirs, *(same.of(firm) for _, firm in beside)} - {None}
        if about & others or not (about or others) or (row["number"] and whose is theirs is None):
            told = row["number"] or DOCUMENT_KINDS[row["kind"]]
            raise Decided(
                f"这份文书（{told}）已经记过：第 {one.recorded_by} 号变更，编号 {one.id}",
                fix=f"不必再记；要改、要补点名的企业，请修订：luzhang paper revise {one.id}",
                code="document.already",
            )


def _line(session: Session, county: str, id: str, end: str) -> bool:
    """Whether a paper is the one revised, or one that it stands in the place of."""
    earlier: dict[str, str] = {new: old for old, new in session.execute(queries.revisions(county, OPEN - 1, REGISTER))}
    at: str | None = end
    while at is not None:
        if at == id:
            return True
        at = earlier.get(at)
    return False
