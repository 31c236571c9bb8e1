"""The queries of upload links and of what came by them. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.store.models import OPEN, Change, ImportBatch, LinkUpload, UploadLink, WaitingFile


def links(county: str, actor: Actor) -> Chosen:
    """Every link of a county, revoked or not, the latest first."""
    chosen = select(UploadLink).where(UploadLink.county == county)
    return visible(chosen.order_by(UploadLink.recorded_by.desc(), UploadLink.township, UploadLink.id), actor)


def link(id: str, actor: Actor) -> Chosen:
    """One link by its id."""
    return visible(select(UploadLink).where(UploadLink.id == id), actor)


def link_of_secret(digest: str, actor: Actor) -> Chosen:
    """The link of a secret, in whichever county."""
    return visible(select(UploadLink).where(UploadLink.digest == digest), actor)


def used(county: str, link_id: str, actor: Actor) -> Chosen:
    """How many files came by a link, and how many bytes."""
    chosen = select(func.count(LinkUpload.id), func.coalesce(func.sum(LinkUpload.size), 0))
    return visible(chosen.where(LinkUpload.county == county, LinkUpload.link_id == link_id), actor)


def uploads(county: str, actor: Actor) -> Chosen:
    """All that came by links of a county, the latest first."""
    chosen = select(LinkUpload).where(LinkUpload.county == county)
    return visible(chosen.order_by(LinkUpload.recorded_by.desc(), LinkUpload.id), actor)


def upload_of_receipt(digest: str, actor: Actor) -> Chosen:
    """The upload of a receipt, in whichever county."""
    return visible(select(LinkUpload).where(LinkUpload.receipt == digest), actor)


def uploads_of_bytes(county: str, link_id: str, sha256: str, actor: Actor) -> Chosen:
    """The uploads of these bytes by one link."""
    chosen = select(LinkUpload).where(
        LinkUpload.county == county, LinkUpload.link_id == link_id, LinkUpload.sha256 == sha256
    )
    return visible(chosen.order_by(LinkUpload.recorded_by), actor)


def made_at(county: str, numbers: Sequence[int], actor: Actor) -> Chosen:
    """When changes of a county were made: number, instant."""
    chosen = select(Change.number, Change.at).where(Change.county == county, Change.number.in_(numbers))
    return visible(chosen, actor)


def batches_of_bytes(county: str, sha256s: Sequence[str], actor: Actor) -> Chosen:
    """The imports of these bytes, undone or not."""
    chosen = select(ImportBatch).where(ImportBatch.county == county, ImportBatch.sha256.in_(sha256s))
    return visible(chosen.order_by(ImportBatch.recorded_by), actor)


def waiting_of_bytes(county: str, sha256s: Sequence[str], actor: Actor) -> Chosen:
    """The files of these bytes that wait."""
    chosen = select(WaitingFile).where(
        WaitingFile.county == county, WaitingFile.sha256.in_(sha256s), WaitingFile.superseded_by == OPEN
    )
    return visible(chosen.order_by(WaitingFile.recorded_by), actor)
