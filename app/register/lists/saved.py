"""What is asked of lists, kept under names of the county: each save, replacement and drop is one recorded act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.masking import masked
from app.errors import BadInput, NotFound
from app.register.limits.measuring import in_change
from app.register.lists.asked import address, ask_for
from app.register.queries import Chosen
from app.register.scope import REGISTER, Actor, visible
from app.store import ids
from app.store.engine import reading
from app.store.models import OPEN, Change
from app.store.models import SavedView as Row
from app.store.sealed import sealed_as
from app.store.superseding import supersede

_NOW = OPEN - 1
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list and its filters under a name, by whom and when."""

    name: str
    county: str
    noun: str
    query: str
    reason: str
    change: int
    by: str
    at: datetime

    @property
    def address(self) -> str:
        """Where it is asked."""
        return address(self.noun, self.county, self.query)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query keys and values that it stands for."""
        return [("county", self.county), *parse_qsl(self.query, keep_blank_values=True)]

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "name": self.name,
            "county": self.county,
            "noun": self.noun,
            "address": self.address,
            "reason": self.reason,
            "change": self.change,
            "by": self.by,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
        }


def views(session: Session, county: str, known: int, actor: Actor) -> list[SavedView]:
    """The views of a county as known at a change, by name."""
    found = (_view(*row) for row in session.execute(_chosen(county, known, actor)))
    return sorted(found, key=lambda one: one.name)


def view_called(session: Session, county: str, name: str, known: int, actor: Actor) -> SavedView:
    """The view of a name.

    Raises:
        NotFound: when none is kept under it.
    """
    own = views(session, county, known, actor)
    found = next((one for one in own if masked(one.name) == masked(name.strip())), None)
    if found is None:
        told = "、".join(one.name for one in own[:20]) or "还没有"
        raise NotFound(f"没有名为“{name[:_LONGEST]}”的查询", fix=f"已存的查询：{told}", code="view.unknown")
    return found


def save_view(
    engine: Engine, county: str, name: str, noun: str, pairs: Iterable[tuple[str, str]], *, reason: str, actor: Actor
) -> SavedView:
    """Keep what is asked under a name, in one change; what was kept there gives way. The same again changes nothing.

    Raises:
        BadInput: when the name or a filter is none.
        NotFound: when the list, or something that a filter names, is not there.
    """
    called = _name(name)
    if not "".join(reason.split()).isprintable():
        raise BadInput("理由里有不能用的字符", fix="请只写文字", code="view.reason")
    told = [(key, value) for key, value in pairs if key != "county"]

    def verb(session: Session, change: Change) -> None:
        asked = ask_for(session, noun, [("county", county), *told], REGISTER)
        before = _standing(session, county, called)
        if before is not None:
            supersede(session, change, Row, [before])
        common = {"county": county, "id": ids.new(), "recorded_by": change.number, "superseded_by": OPEN}
        said = {"name": called, "noun": noun, "query": asked.saved, "reason": reason.strip()}
        session.execute(insert(Row).values(**common, **said))

    kept = _same_kept(engine, county, called, noun, told, actor)
    if kept is not None:
        return kept
    in_change(engine, county, "save_view", verb, reason, actor)
    return _kept(engine, county, called, actor)


def drop_view(engine: Engine, county: str, name: str, *, reason: str, actor: Actor) -> dict[str, Any]:
    """Drop the view of a name in one change; what was known before can still be asked.

    Raises:
        NotFound: when none is kept under it.
    """

    def verb(session: Session, change: Change) -> dict[str, Any]:
        kept = view_called(session, county, name, _NOW, actor)
        supersede(session, change, Row, [str(_standing(session, county, kept.name))])
        return {"name": kept.name, "taken_back": "view", "change": change.number}

    return in_change(engine, county, "withdraw", verb, reason, actor)


def _same_kept(
    engine: Engine, county: str, name: str, noun: str, told: list[tuple[str, str]], actor: Actor
) -> SavedView | None:
    """The view that stands, where it asks the very same; whatever is wrong with what is asked is said here."""
    with reading(engine) as session:
        asked = ask_for(session, noun, [("county", county), *told], actor)
        own = {one.name: one for one in views(session, county, _NOW, actor)}
    kept = own.get(name)
    return kept if kept is not None and (kept.noun, kept.query) == (noun, asked.saved) else None


def _kept(engine: Engine, county: str, name: str, actor: Actor) -> SavedView:
    with reading(engine) as session:
        return view_called(session, county, name, _NOW, actor)


def _chosen(county: str, known: int, actor: Actor) -> Chosen:
    chosen: Chosen = (
        select(Row, Change.actor, Change.at)
        .join(Change, (Change.county == Row.county) & (Change.number == Row.recorded_by))
        .where(Row.county == county, Row.recorded_by <= known, Row.superseded_by > known)
    )
    return visible(chosen, actor)


def _standing(session: Session, county: str, name: str) -> str | None:
    own = select(Row.id).where(
        Row.county == county, Row.name == sealed_as(Row.name, county, name), Row.superseded_by == OPEN
    )
    return session.scalar(visible(own, REGISTER))


def _view(row: Row, by: str, at: datetime) -> SavedView:
    return SavedView(row.name, row.county, row.noun, row.query, row.reason, row.recorded_by, by, at)


def _name(text: str) -> str:
    name = text.strip()
    if masked(name) != name:
        raise BadInput("查询的名称里有电话或身份证号码", fix="请换一个不带号码的名称", code="view.name")
    if not name.strip(".") or len(name) > _LONGEST or not name.isprintable() or set(name) & set("/\\?#%"):
        raise BadInput(
            f"“{text[:20]}”不能作查询的名称",
            fix=f"请写 {_LONGEST} 个字以内的名称，不带 / \\ ? # %",
            code="view.name",
        )
    return name
