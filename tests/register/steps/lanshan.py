"""A firm of 蓝山 with papers and steps in a few words, for the tests of steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.register.papers.recording import NewDocument, record_document
from app.register.scope import LOCAL_OPERATOR
from app.register.steps.acts import recorded
from app.register.steps.asked import Asked, Asking, asked
from app.register.steps.gaps import Gap, gaps
from app.register.steps.recording import NewStep
from app.store import changes
from app.store.engine import reading, unit
from tests.register.rosters import COUNTY, Firm, Thing, machine, roster, take_in

FIRM = "兴鼎铸造有限公司"
BUREAU = "永州市生态环境局蓝山分局"
OFFICE = "蓝山县科工局"
ASSOCIATION = "湖南省铸造协会"

LETTER = "LS25-CUT-LETTER"
ACCEPTED = "LS25-ACCEPTED"


def on(text: str) -> DateInterval:
    """2025-12-10, or 2025-11-21..2025-11-30 as 2025年11月下旬 is."""
    first, _, last = text.partition("..")
    if not last:
        return DateInterval.of_day(date.fromisoformat(first))
    since = date.fromisoformat(first) if first else None
    return DateInterval(since, date.fromisoformat(last), "ten_days", text)


def enrolled(engine: Engine, *holds: Thing, name: str = FIRM, day: str = "2025-10-01", **facts: Any) -> str:
    """A firm that a roster lists."""
    take_in(engine, roster(Firm({"name": name, "township": "新圩镇", **facts}, holds or [machine()]), on=day))
    return name


def paper(engine: Engine, kind: str, issuer: str, dated: str, *, firm: str | None = FIRM, **more: Any) -> str:
    """A paper that comes into the register."""
    said = NewDocument(kind=kind, issuer=issuer, dated=on(dated), firm=firm, **more)
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "paper", actor="测试", reason="收到")
        return record_document(session, change, said, "收到", LOCAL_OPERATOR)


def step(
    engine: Engine, kind: str, day: str | None, *, firm: str = FIRM, reason: str = "办理", **more: Any
) -> dict[str, Any]:
    """A step that is recorded."""
    said = NewStep(firm, kind, on(day) if day else None, **more)
    return recorded(engine, COUNTY, said, reason=reason, actor=LOCAL_OPERATOR)


def cut(engine: Engine, day: str = "2025-12-10", **more: Any) -> dict[str, Any]:
    """A power cut as the county office makes it."""
    told = {"authority": OFFICE, "document_no": "蓝科工停〔2025〕1号"} | more
    return step(engine, "cut", day, **told)


def may_it(engine: Engine, kind: str, day: str, *, firm: str = FIRM, known: int | None = None, **more: Any) -> Asked:
    """May it be done on that day?"""
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        return asked(session, COUNTY, Asking(firm, kind, **more), date.fromisoformat(day), at, LOCAL_OPERATOR)


def gaps_on(engine: Engine, day: str = "2026-01-31", known: int | None = None, firm: str | None = None) -> list[Gap]:
    """The county's gaps, or one firm's (an id)."""
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        return gaps(session, COUNTY, date.fromisoformat(day), at, LOCAL_OPERATOR, firm=firm)


def open_ids(engine: Engine, kind: str, day: str = "2026-01-31", known: int | None = None) -> set[str]:
    """The conditions of which a step of that kind lacks something."""
    return {one.condition.id for one in gaps_on(engine, day, known) if one.open and one.kind == kind}
