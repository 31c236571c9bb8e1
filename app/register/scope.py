"""Who may see which rows. Every query of the register goes through `visible`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, event, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import NotFound
from app.store.acting import actor_of
from app.store.models import (
    OPEN,
    Base,
    Change,
    Document,
    DocumentFirm,
    EnterprisePlace,
    ImportBatch,
    Manifest,
    SameSubject,
    Succession,
)

__all__ = ["LOCAL_OPERATOR", "REGISTER", "Actor", "counties_of", "sees_county", "sees_township", "visible"]

Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])

_CHILDREN = ("equipment", "permit", "plan", "action")


#: The register's own reckoning, which sees all: what it writes must not depend on who asked.
REGISTER = Actor("登记库")


#: Of the whole county, so that who sees only townships of it sees nothing of them.
_WHOLE = frozenset(
    (
        "audit_record",
        "ledger_anchor",
        "ledger_check",
        "ledger_content",
        "ledger_issue",
        "manifest",
        "person_forgotten",
        "proposal",
        "proposal_answer",
        "redacted_file",
        "two_eyes",
    )
)


def counties_of(actor: Actor) -> frozenset[str] | None:
    """All counties that the actor may see anything of; None is no limit. Townships alone are limit enough."""
    if actor.counties is None and actor.townships is not None:
        return frozenset(township[:6] for township in actor.townships)
    return actor.counties


def sees_county(actor: Actor, county: str) -> bool:
    """Whether anything of a county is the actor's to see."""
    theirs = counties_of(actor)
    return theirs is None or county in theirs


def sees_township(actor: Actor, township: str | None) -> bool:
    """Whether a township is the actor's to see."""
    if actor.townships is not None:
        return township in actor.townships
    return township is None or sees_county(actor, township[:6])


def visible(chosen: Query, actor: Actor, *, led_by: Any = None) -> Query:
    """The same query, limited to what the actor may see, in every table that it reads from.

    `led_by`: the table to whose county all others are joined as equals; the counties are told of it alone. Told of
    each, PostgreSQL takes it that hardly a row is left, and goes through whole counties for every one (ADR 45).
    """
    theirs = counties_of(actor)
    if theirs is None:
        return chosen  # to find out what a query reads from takes longer than many a query
    for source in chosen.get_final_froms():
        for table in _tables(source):
            if "county" in table.c and (led_by is None or table is led_by):
                chosen = chosen.where(table.c.county.in_(sorted(theirs)))
            if actor.townships is not None:
                limit = _of_townships(table, sorted(actor.townships))
                chosen = chosen if limit is None else chosen.where(limit)
    return chosen


def _tables(source: Any) -> list[Any]:
    """The tables that a FROM names, both sides of a join."""
    return _tables(source.left) + _tables(source.right) if hasattr(source, "left") else [source]


def _of_townships(table: Any, codes: Sequence[str]) -> ColumnElement[bool] | None:
    """The limit that a table's rows get; None for what belongs to the county as a whole, or to everybody."""
    name = getattr(getattr(table, "element", table), "name", "")
    if name in _WHOLE:
        return false()
    if name == "enterprise":
        return _firm(table.c.county, table.c.id, codes)
    if name in ("import_batch", "upload_link", "waiting_file"):
        return table.c.township.in_(codes)  # type: ignore[no-any-return]
    if name == "link_upload":
        link = Base.metadata.tables["upload_link"].alias()
        same = (link.c.county == table.c.county, link.c.id == table.c.link_id)
        return exists(select(link.c.id).where(*same, link.c.township.in_(codes)))
    if name == "source_file":
        return _sent_by(table, codes)
    if name == "document":
        return _named_in(table, codes)
    if name == "evidence":
        paper = aliased(Document)
        shown = (paper.county == table.c.county, paper.evidence_id == table.c.id)
        return exists(select(paper.id).where(*shown, _named_in(paper, codes)))
    if name == "machine_replacement":
        ends = (table.c.old_id, table.c.new_id)
        return and_(*(_child("equipment", table.c.county, end, codes) for end in ends))
    if name == "learned_answer":
        whole = and_(table.c.batch_id.is_(None), table.c.enterprise_id.is_(None))
        return or_(whole, _of_batch(table, codes), _firm(table.c.county, table.c.enterprise_id, codes))
    if name == "equipment":
        return or_(_firm(table.c.county, table.c.enterprise_id, codes), _gone_over(table, codes))
    if name == "succession":
        return or_(*(_firm(table.c.county, table.c[side], codes) for side in ("enterprise_id", "into_id")))
    if "subject_id" in table.c:
        named = [table.c[name] for name in ("subject_id", "other_id") if name in table.c]
        return and_(*(_subject(table.c.county, subject, codes) for subject in named))
    if "batch_id" in table.c:
        return _of_batch(table, codes)
    if "enterprise_id" in table.c:
        return _firm(table.c.county, table.c.enterprise_id, codes)
    for kind in _CHILDREN:
        if f"{kind}_id" in table.c:
            return _child(kind, table.c.county, table.c[f"{kind}_id"], codes)
    return None


def _of_batch(table: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That it came in with a batch of one of the townships."""
    batch = aliased(ImportBatch)
    return exists(
        select(batch.id).where(batch.county == table.c.county, batch.id == table.c.batch_id, batch.township.in_(codes))
    )


def _named_in(paper: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a paper is a firm's of the townships, or names one; what is no firm's is the county's alone."""
    of = getattr(paper, "c", paper)
    named = aliased(DocumentFirm)
    beside = (named.county == of.county, named.document_id == of.id, _firm(of.county, named.enterprise_id, codes))
    return or_(_firm(of.county, of.enterprise_id, codes), exists(select(named.id).where(*beside)))


def _sent_by(table: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a file is one of a township's own."""
    batch = aliased(ImportBatch)
    return exists(
        select(batch.id).where(
            batch.county == table.c.county, batch.sha256 == table.c.sha256, batch.township.in_(codes)
        )
    )


def _subject(county: Any, subject: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a firm, or whatever it holds, is of one of the townships."""
    return or_(_firm(county, subject, codes), *(_child(kind, county, subject, codes) for kind in _CHILDREN))


def _firm(county: Any, firm: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a firm, or the one that stands for it, is or was in one of the townships."""
    place, stands, same = aliased(EnterprisePlace), aliased(EnterprisePlace), aliased(SameSubject)
    own = (place.county == county, place.enterprise_id == firm)
    aside = (same.county == county, same.subject_id == firm, same.superseded_by == OPEN)
    taken = (stands.county == same.county, stands.enterprise_id == same.into_id)
    # Each is looked up by its firm: asked with OR in one, SQLite goes through the whole township for every row. By
    # itself SQLAlchemy takes a column for one of the next statement around and no further; further in, what is asked
    # about would stand in FROM once more, and any row of its table would do.
    here = select(place.id).where(*own, *_there(place, codes)).correlate_except(place)
    with_it = select(same.id).where(*aside, *taken, *_there(stands, codes)).correlate_except(same, stands)
    return or_(exists(here), exists(with_it))


def _there(place: Any, codes: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return place.township_code.in_(codes), place.superseded_by == OPEN


def _child(kind: str, county: Any, subject: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a machine, permit, plan or action belongs to such a firm, or a machine went or may have gone over to one."""
    child = Base.metadata.tables[kind].alias()
    whose = _firm(child.c.county, child.c.enterprise_id, codes)
    if kind == "equipment":
        whose = or_(whose, _gone_over(child, codes))
    return exists(select(child.c.id).where(and_(child.c.county == county, child.c.id == subject, whose)))


def _gone_over(machine: Any, codes: Sequence[str]) -> ColumnElement[bool]:
    """That a succession names a firm of the townships as whose the machine is then."""
    of = aliased(Succession)
    all_or_it = or_(
        of.equipment_id == machine.c.id, and_(of.equipment_id.is_(None), of.enterprise_id == machine.c.enterprise_id)
    )
    return exists(
        select(of.id).where(
            of.county == machine.c.county, of.superseded_by == OPEN, all_or_it, _firm(of.county, of.into_id, codes)
        )
    )


#: What is kept beside every change of whoever makes it, and files, of which the same bytes are kept once for all.
_BESIDE = frozenset(("change", "manifest", "source_file"))


#: Under this name a session knows the changes that it made.
_MADE = "changes made"


@event.listens_for(Session, "before_flush")
def refuse_county(session: Session, *_: Any) -> None:
    """Refuse a change in a county of which nothing is theirs who act.

    Raises:
        NotFound: when it is such a county.
    """
    for change in (one for one in session.new if isinstance(one, Change)):
        if not sees_county(actor_of(session), change.county):
            raise NotFound
        session.info.setdefault(_MADE, []).append((change.county, change.number))


@event.listens_for(Session, "before_commit")
def refuse_rows(session: Session) -> None:
    """The last look before a change is kept: who sees only townships neither writes nor ends what they may not see.

    Every verb finds what it writes about through `visible`; this holds where one forgets it.

    Raises:
        NotFound: when a row of another's was touched.
    """
    made, actor = session.info.pop(_MADE, ()), actor_of(session)
    for county, number in made if actor.townships is not None else ():
        touched = select(Manifest.table_name).where(Manifest.county == county, Manifest.number == number)
        for name in sorted(set(session.scalars(touched)) - _BESIDE):
            table = Base.metadata.tables[name]
            numbered = [table.c[one] == number for one in ("recorded_by", "superseded_by") if one in table.c]
            rows = select(func.count()).select_from(table).where(table.c.county == county, or_(*numbered))
            limited = _of_townships(table, sorted(actor.townships or ())) is not None
            if not limited or session.scalar(rows) != session.scalar(visible(rows, actor)):
                raise NotFound
