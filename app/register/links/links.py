"""Links made, revoked and listed by an officer of the county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.quarter import Quarter
from app.errors import BadInput, Decided, NotFound
from app.register.links import link_queries, secret
from app.register.places import Place, county_of, township_in, townships_of
from app.register.queries import in_parts
from app.register.scope import REGISTER, Actor, sees_township
from app.settings import Settings
from app.store import ids
from app.store.changes import open_change
from app.store.engine import retrying, unit
from app.store.models import OPEN, UploadLink
from app.store.superseding import supersede

#: No link is good for longer than a quarter.
LONGEST = 92

STATES = {"open": "可用", "expired": "已过期", "revoked": "已停用", "used_up": "已用完"}


@dataclass(frozen=True, slots=True)
class Made:
    """A link just made. `secret` is told this once and kept nowhere."""

    id: str
    county: str
    township: str
    township_name: str
    quarter: Quarter
    last_day: date
    secret: str

    @property
    def path(self) -> str:
        """Where it leads, below the server's own address."""
        return f"/u/{self.secret}"

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "link": self.id,
            "county": self.county,
            "township": self.township,
            "township_name": self.township_name,
            "quarter": str(self.quarter),
            "until": self.last_day.isoformat(),
            "path": self.path,
        }


def make(
    engine: Engine,
    county: str,
    townships: Sequence[str],
    quarter: Quarter,
    *,
    until: date | None = None,
    note: str | None = None,
    actor: Actor,
) -> list[Made]:
    """Make a link for each township, in one change; for every township of the county where none is named.

    Raises:
        UnknownTownship: when the county has none such, or it is not the actor's to see.
        BadInput: when the last day is over, too far off, or has to be told.
    """
    last_day = _last_day(quarter, until)

    def act() -> list[Made]:
        with unit(engine) as session:
            places = _places(session, county, townships, actor)
            change = open_change(session, county, "link", actor=actor.name, reason=note)
            made = [Made(ids.new(), county, *place, quarter, last_day, secret.new()) for place in places]
            common = {"county": county, "recorded_by": change.number, "superseded_by": OPEN, "made_by": actor.name}
            session.execute(insert(UploadLink), [{**common, "note": note, **_row(one)} for one in made])
            return made

    return retrying(act)


def revoke(engine: Engine, id: str, *, reason: str, actor: Actor) -> dict[str, Any]:
    """Revoke a link: from now on it is as if it had never been. What came by it stays.

    Raises:
        NotFound: when there is none such.
        Decided: when it is revoked already.
        BadInput: when no reason is told.
    """
    if not reason.strip():
        raise BadInput("没有写明理由", fix="请写明为什么停用", code="reason.empty")

    def act() -> dict[str, Any]:
        with unit(engine) as session:
            county = _open(session, id, actor).county
            change = open_change(session, county, "revoke_link", actor=actor.name, reason=reason)
            session.expire_all()
            _open(session, id, actor)  # again under the lock: somebody may have revoked it meanwhile
            supersede(session, change, UploadLink, [id])
            return {"link": id, "change": change.number}

    return retrying(act)


def listed(session: Session, county: str, actor: Actor) -> list[dict[str, Any]]:
    """The county's links, the latest first, each with its state and how much came by it. Secrets are not known."""
    found = list(session.scalars(link_queries.links(county, actor)))
    at = moments(session, county, [one.recorded_by for one in found])
    names = dict(townships_of(session, county).values())
    rows = []
    for one in found:
        files, size = session.execute(link_queries.used(county, one.id, REGISTER)).one()
        rows.append(
            {
                "link": one.id,
                "township": one.township,
                "township_name": names.get(one.township, one.township),
                "quarter": one.quarter,
                "until": one.last_day.isoformat(),
                "state": state_of(one, files, int(size)),
                "files": files,
                "bytes": int(size),
                "by": one.made_by,
                "at": at[one.recorded_by].astimezone(clock.CHINA).isoformat(),
                "note": one.note,
            }
        )
    return rows


def state_of(link: UploadLink, files: int, size: int) -> str:
    """Whether a link can still be used."""
    allowed = Settings()
    if link.superseded_by != OPEN:
        return "revoked"
    if link.last_day < clock.today():
        return "expired"
    return "used_up" if files >= allowed.link_files or size >= allowed.link_bytes else "open"


def link_told(session: Session, id: str, actor: Actor) -> UploadLink:
    """One link by its id.

    Raises:
        NotFound: when there is none such.
    """
    found: UploadLink | None = session.scalar(link_queries.link(id, actor))
    if found is None:
        raise NotFound(f"没有编号为“{id}”的上传链接", fix="请用 luzhang link list 核对编号", code="link.unknown")
    return found


def moments(session: Session, county: str, numbers: Iterable[int]) -> dict[int, datetime]:
    """When changes of the county were made."""
    return {
        number: at
        for some in in_parts(sorted(set(numbers)))
        for number, at in session.execute(link_queries.made_at(county, some, REGISTER))
    }


def _open(session: Session, id: str, actor: Actor) -> UploadLink:
    found = link_told(session, id, actor)
    if found.superseded_by != OPEN:
        raise Decided("这个链接已经停用", fix="不用再停用", code="link.revoked")
    return found


def _last_day(quarter: Quarter, until: date | None) -> date:
    """The last day told; else that of the time for filing the quarter, as far as a link may reach."""
    today = clock.today()
    farthest = today + timedelta(days=LONGEST)
    if until is None:
        until = min(quarter.last + timedelta(days=Settings().filing_days), farthest)
        if until < today:
            raise BadInput(
                f"{quarter.chinese}的报送时间已过", fix="请用 until（--until）写明用到哪一天", code="link.quarter_over"
            )
    if until < today:
        raise BadInput(f"{until} 已经过去", fix="请写今天或以后的日子", code="link.until_past")
    if until > farthest:
        fix = f"请写 {farthest} 或更早的日子；到期后可以再开新的"
        raise BadInput(f"链接最多用 {LONGEST} 天", fix=fix, code="link.until_far")
    return until


def _places(session: Session, county: str, townships: Iterable[str], actor: Actor) -> list[Place]:
    named = [township_in(session, county, one) for one in townships]
    if named:
        if not all(sees_township(actor, code) for code, _ in named):
            raise NotFound("没有这个乡镇（街道）", fix="请用本县乡镇的名称或9位代码", code="township.unknown")
        return list(dict.fromkeys(named))
    county_of(session, county)
    every = sorted(set(townships_of(session, county).values()))
    return [place for place in every if sees_township(actor, place[0])]


def _row(made: Made) -> dict[str, Any]:
    return {
        "id": made.id,
        "township": made.township,
        "quarter": str(made.quarter),
        "digest": secret.digest(made.secret),
        "last_day": made.last_day,
    }
