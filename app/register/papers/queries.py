"""The queries on papers and their files in one place. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select

from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Change, Document, DocumentFirm, Evidence
from app.store.sealed import sealed_as


def documents(county: str, known: int, actor: Actor) -> Chosen:
    """The papers, as known at a change, with who recorded each and when; in the order of their recording."""
    chosen = (
        select(Document, Change.actor, Change.at)
        .join(Change, (Change.county == Document.county) & (Change.number == Document.recorded_by))
        .where(Document.county == county, Document.recorded_by <= known, Document.superseded_by > known)
        .order_by(Document.recorded_by, Document.id)
    )
    return visible(chosen, actor)


def revisions(county: str, known: int, actor: Actor) -> Chosen:
    """Which paper stands in whose place, as known at a change: the revised one's id, and the revision's."""
    of = Document
    chosen = select(of.revises_id, of.id).where(
        of.county == county, of.recorded_by <= known, of.superseded_by > known, of.revises_id.is_not(None)
    )
    return visible(chosen, actor)


def document(county: str, id: str, actor: Actor) -> Chosen:
    """One paper that stands."""
    own = (Document.county == county, Document.id == id, Document.superseded_by > NOW.known)
    return visible(select(Document).where(*own), actor)


def alike(county: str, kind: str, number: str | None, actor: Actor) -> Chosen:
    """The papers that stand, of a kind, with a number; None: with none."""
    of = Document
    numbered = of.number.is_(None) if number is None else of.number == sealed_as(of.number, county, number)
    chosen = select(of).where(of.county == county, of.kind == kind, numbered, of.superseded_by > NOW.known)
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def ever(county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every paper of one of the firms, or that names one, up to a change, taken back or not."""
    of, named = Document, DocumentFirm
    beside = exists(
        select(named.id).where(named.county == of.county, named.document_id == of.id, named.enterprise_id.in_(firms))
    )
    chosen = select(of).where(of.county == county, of.recorded_by <= known, or_(of.enterprise_id.in_(firms), beside))
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def named(county: str, documents: Sequence[str] | None, actor: Actor) -> Chosen:
    """The firms that papers (None: all) name beside the one whose they are."""
    of = DocumentFirm
    chosen = select(of.document_id, of.enterprise_id).where(of.county == county)
    if documents is not None:
        chosen = chosen.where(of.document_id.in_(documents))
    return visible(chosen.order_by(of.document_id, of.id), actor)


def files(county: str, evidence: Sequence[str] | None, actor: Actor) -> Chosen:
    """What the files (None: all) are, without their content."""
    of = Evidence
    chosen = select(of.id, of.sha256, of.media_type, of.size_bytes).where(of.county == county)
    if evidence is not None:
        chosen = chosen.where(of.id.in_(evidence))
    return visible(chosen, actor)


def file_of(county: str, sha256: str, actor: Actor) -> Chosen:
    """The file with these bytes."""
    return visible(select(Evidence.id).where(Evidence.county == county, Evidence.sha256 == sha256), actor)


def piece(county: str, evidence: str, start: int, length: int, actor: Actor) -> Chosen:
    """Some bytes of a file's content; the first is number 1."""
    some = func.substr(Evidence.content, start, length)
    return visible(select(some).where(Evidence.county == county, Evidence.id == evidence), actor)
