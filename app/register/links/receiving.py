"""What a link lets its bearer do: send a file that waits, and look at what became of that file; no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NoReturn

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.quarter import Quarter
from app.errors import BadInput, NoLink
from app.register.imports.kept_files import KeptFile, kept_file
from app.register.imports.waiting_files import Keeping, kept
from app.register.imports.waiting_files import keep as keep_file
from app.register.links import link_queries, secret
from app.register.links.links import moments, state_of
from app.register.places import townships_of
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.changes import open_change
from app.store.engine import acting, reading, retrying, unit
from app.store.kept_bytes import FileForgotten
from app.store.models import OPEN, LinkUpload, UploadLink

#: How long a receipt shows what was sent.
RECEIPT_DAYS = 30

#: A link that is not there is asked after all the same, so that an answer takes as long.
_NOBODY = ("000000", "00000000-0000-0000-0000-000000000000")

#: How a file stands, for its sender.
STANDINGS = {"waiting": "已收到，等县里核对写入", "applied": "县里已写入", "withdrawn": "县里没有采用，请向县里问明"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that can be used."""

    id: str
    county: str
    township: str
    township_name: str
    quarter: Quarter
    last_day: date

    def sender(self, origin: str) -> Actor:
        """As whom what comes by it is recorded. It is of the county: what waits must not depend on who sent it."""
        name = f"链接：{self.township_name} {self.quarter}"
        return Actor(name, counties=frozenset([self.county]), origin=origin)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came by a link: what its receipt shows."""

    id: str
    link: str
    county: str
    township: str
    quarter: Quarter
    file: str
    sha256: str
    size: int
    at: datetime
    standing: str


def opened(engine: Engine, text: str) -> Opened:
    """The link of a secret, if it can be used.

    Raises:
        NoLink: when it is unknown, expired, revoked or used up; all of these cost the same work and get the same words.
    """
    with reading(acting(engine, REGISTER)) as session:
        found = _usable(session, secret.digest(text))
        if found is None:
            raise NoLink
        names = dict(townships_of(session, found.county).values())
        name = names.get(found.township, found.township)
        return Opened(found.id, found.county, found.township, name, Quarter.parse(found.quarter), found.last_day)


def keep(engine: Engine, link: Opened, file: Keeping, *, actor: Actor, open_to: str) -> str:
    """Keep a file that came by a link, in one change with the record of it; the token of its receipt.

    Bytes that wait already, or were applied for that day, are not kept twice. `open_to`: the link's secret.

    Raises:
        NoLink: when the link was revoked or used up meanwhile.
    """
    token = secret.new()

    def act() -> None:
        with unit(acting(engine, actor)) as session:
            id = ids.new()
            change = open_change(session, link.county, "keep", actor=actor.name, batch=id)
            if _usable(session, secret.digest(open_to)) is None:  # asked under the lock, so that nothing slips in
                raise NoLink
            before = _known(session, link.county, file)
            if before is None:
                keep_file(session, change, id, file)
            result = "again" if before else "kept"
            of = file.proposal
            row: dict[str, Any] = {"link_id": link.id, "kept_id": before or id, "receipt": secret.digest(token)}
            row |= {"origin": actor.origin, "file": of.file, "sha256": of.sha256, "size": len(file.content)}
            common = {"county": link.county, "recorded_by": change.number}
            session.execute(insert(LinkUpload).values(id=ids.new(), result=result, **row, **common))

    retrying(act)
    return token


def refuse_copy(link: Opened) -> NoReturn:
    """Refuse a marked copy of what another township sent: applied, it would answer in that one's name.

    Raises:
        BadInput: always.
    """
    fix = "请交本乡镇自己的名册，或它的核对表"
    raise BadInput(f"这份核对表不是从{link.township_name}的名册标出来的", fix=fix, code="township.not_yours")


def sent(engine: Engine, token: str) -> Sent:
    """The upload of a receipt, how it stands now.

    Raises:
        NoLink: when there is none such, or it is too long ago.
    """
    with reading(acting(engine, REGISTER)) as session:
        found: LinkUpload | None = session.scalar(link_queries.upload_of_receipt(secret.digest(token), REGISTER))
        county, link = (found.county, found.link_id) if found else _NOBODY
        at = moments(session, county, [found.recorded_by if found else 0])
        of: UploadLink | None = session.scalar(link_queries.link(link, REGISTER))
        if found is None or of is None or at[found.recorded_by] < clock.now() - timedelta(days=RECEIPT_DAYS):
            raise NoLink
        stands = _standing(session, county, [found])[found.id]
        known = (found.file, found.sha256, found.size, at[found.recorded_by], stands)
        return Sent(found.id, link, county, of.township, Quarter.parse(of.quarter), *known)


def content_of(engine: Engine, one: Sent) -> KeptFile:
    """The file of an upload.

    Raises:
        NoLink: when they cannot be read any more.
    """
    content = sent_before(engine, one, one.sha256)
    if content is None:
        raise NoLink
    return content


def sent_before(engine: Engine, one: Sent, sha256: str) -> KeptFile | None:
    """A file that came by the same link, by its digest; None of what did not: no other's file is reached by it."""
    with reading(acting(engine, REGISTER)) as session:
        if session.scalars(link_queries.uploads_of_bytes(one.county, one.link, sha256, REGISTER)).first() is None:
            return None
        try:
            return kept_file(session, one.county, sha256)
        except FileForgotten:
            return None


def uploads(session: Session, county: str, actor: Actor, link: str | None = None) -> list[dict[str, Any]]:
    """What came by the county's links, the latest first; of one link, where it is named."""
    found = [one for one in session.scalars(link_queries.uploads(county, actor)) if link in (None, one.link_id)]
    links = {one.id: one for one in session.scalars(link_queries.links(county, actor))}
    names = dict(townships_of(session, county).values())
    at = moments(session, county, [one.recorded_by for one in found])
    stands = _standing(session, county, found)
    return [
        {
            "upload": one.id,
            "link": one.link_id,
            "township": links[one.link_id].township,
            "township_name": names.get(links[one.link_id].township, links[one.link_id].township),
            "quarter": links[one.link_id].quarter,
            "at": at[one.recorded_by].astimezone(clock.CHINA).isoformat(),
            "origin": one.origin,
            "file": one.file,
            "sha256": one.sha256,
            "bytes": one.size,
            "result": one.result,
            "batch": one.kept_id,
            "standing": stands[one.id],
        }
        for one in found
        if one.link_id in links
    ]


def _usable(session: Session, digest: str) -> UploadLink | None:
    found: UploadLink | None = session.scalar(link_queries.link_of_secret(digest, REGISTER))
    county, id = (found.county, found.id) if found else _NOBODY
    files, size = session.execute(link_queries.used(county, id, REGISTER)).one()
    return found if found is not None and state_of(found, files, int(size)) == "open" else None


def _known(session: Session, county: str, file: Keeping) -> str | None:
    """As which the same bytes wait already, on whatever terms, or were applied for that day."""
    waits = kept(session, county, file)
    if waits:
        return waits
    sha256 = [file.proposal.sha256]
    other = session.scalars(link_queries.waiting_of_bytes(county, sha256, REGISTER))
    batches = session.scalars(link_queries.batches_of_bytes(county, sha256, REGISTER))
    same = [one for one in (*other, *batches) if one.superseded_by == OPEN and one.valid_day == file.day]
    return same[0].id if same else None


def _standing(session: Session, county: str, found: Sequence[LinkUpload]) -> dict[str, str]:
    """How uploads stand: applied under the id that they were kept as, or, told anew since, by the same bytes."""
    sha256s = sorted({one.sha256 for one in found})
    waits = {one.sha256 for one in session.scalars(link_queries.waiting_of_bytes(county, sha256s, REGISTER))}
    batches = list(session.scalars(link_queries.batches_of_bytes(county, sha256s, REGISTER)))
    applied = {one.sha256 for one in batches if one.superseded_by == OPEN}
    return {
        one.id: "applied" if one.sha256 in applied else "waiting" if one.sha256 in waits else "withdrawn"
        for one in found
    }
