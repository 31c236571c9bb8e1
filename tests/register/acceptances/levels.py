"""Acceptances in a few words, for the tests of acceptances and of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.register.acceptances.recording import NewAcceptance, NewItem, record
from app.register.acceptances.shown import Standing, Standings, standings
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.rosters import COUNTY, head
from tests.register.saying import day

TOLD: dict[str, Any] = {"reason": "现场验收", "actor": LOCAL_OPERATOR}
WHO: dict[str, Any] = {"units": ("县科工局", "新圩镇人民政府"), "people": ("张三", "李四")}


def on(text: str) -> DateInterval:
    """2025-12-10, or 2025-12-01..2025-12-31 as 2025年12月 is."""
    first, _, last = text.partition("..")
    since = date.fromisoformat(first)
    return DateInterval(since, date.fromisoformat(last or first), "month" if last else "day", text)


def by(text: str) -> DateInterval:
    """By that day."""
    return DateInterval(None, date.fromisoformat(text), "day", f"{text}前")


def accept(
    engine: Engine, level: str, result: str, text: str, *items: NewItem, firm: str = "甲铸造厂", **more: Any
) -> dict[str, Any]:
    """An acceptance that is recorded."""
    own = {name: more.pop(name) for name in ("reason", "actor") if name in more}
    said = NewAcceptance(firm, level, result, on(text), items=items, **{**WHO, **more})
    return record(engine, COUNTY, said, **{**TOLD, **own})


def whole(
    engine: Engine, as_of: str, known: int | None = None, actor: Actor = LOCAL_OPERATOR, **wanted: Any
) -> Standings:
    """How far the county's firms are accepted."""
    with reading(engine) as session:
        moment = AsOf(day(as_of), head(engine) if known is None else known)
        return standings(session, COUNTY, moment, actor, **wanted)


def one(engine: Engine, as_of: str, known: int | None = None, firm: str = "甲铸造厂") -> Standing:
    """How far one firm is."""
    (found,) = whole(engine, as_of, known, firm=firm).firms
    return found


def passed(engine: Engine, as_of: str, known: int | None = None) -> list[bool | None]:
    """The three levels' answers."""
    moment = AsOf(day(as_of), head(engine) if known is None else known)
    return [level["passed"] for level in one(engine, as_of, known).levels(moment)]


def lacking(engine: Engine, as_of: str, known: int | None = None) -> list[tuple[str, str]]:
    """What the acceptances lack."""
    return [(gap.rule.of, gap.standing) for gap in one(engine, as_of, known).gaps]
