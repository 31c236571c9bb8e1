"""Foundries with plans and papers of the procedure, for the tests of plans: the days are paper 000's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from app import clock
from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.register.papers import acts
from app.register.papers.recording import NewDocument
from app.register.plans.recording import Advance, advance
from app.register.plans.standing import Standing, Standings, Wanted, standings
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, roster, take_in
from tests.register.saying import day

HALF = DateInterval(date(2024, 1, 1), date(2024, 6, 30), "half", "2024年上半年")
OCTOBER = DateInterval(date(2025, 10, 1), date(2025, 10, 31), "month", "2025年10月")
TOLD: dict[str, Any] = {"reason": "验收销号意见", "actor": LOCAL_OPERATOR}
TOWNSHIPS = {"新圩镇": "431127105", "土市镇": "431127107"}


@contextmanager
def at(text: str = "2026-01-05") -> Iterator[None]:
    """The clock on that day."""
    with clock.fixed(datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)):
        yield


def on(text: str) -> DateInterval:
    """Exactly that day."""
    return DateInterval.of_day(date.fromisoformat(text))


def enrol(engine: Engine, *names: str, township: str = "新圩镇", since: str = "2024-01-15") -> None:
    """Firms of one township's roster."""
    firms = [Firm({"name": name, "township": township}) for name in names]
    take_in(engine, roster(*firms, on=since, by=f"{township}人民政府", township=TOWNSHIPS[township]))


def paper(engine: Engine, kind: str, dated: DateInterval | None, *firms: str, **more: Any) -> str:
    """A paper of the procedure that names these firms; its id."""
    said = NewDocument(kind, dated=dated, named=firms, **more)
    return str(acts.record(engine, COUNTY, said, None, **TOLD)["document"])


def moved(engine: Engine, stage: str, days: DateInterval, *firms: str, **more: Any) -> dict[str, Any]:
    """Plans of firms advanced."""
    own = {name: more.pop(name) for name in ("reason", "actor") if name in more}
    return advance(engine, COUNTY, Advance(firms or ("甲铸造厂",), stage, days, **more), **{**TOLD, **own})


def whole(
    engine: Engine, as_of: str, known: int | None = None, actor: Actor = LOCAL_OPERATOR, **wanted: Any
) -> Standings:
    """The county's plans on a day."""
    with reading(engine) as session:
        moment = AsOf(day(as_of), head(engine) if known is None else known)
        return standings(session, COUNTY, Wanted(**wanted), moment, actor)


def one(engine: Engine, as_of: str, known: int | None = None, firm: str = "甲铸造厂") -> Standing:
    """The only plan of a firm on a day."""
    (found,) = whole(engine, as_of, known, firm=firm).plans
    return found


def missing(found: Standing) -> list[tuple[str, str, str]]:
    """What is missing: under which stage, what, how."""
    return [(gap.of, gap.what, gap.answer) for gap in found.gaps]


def brought_to_notice(engine: Engine, *firms: str) -> None:
    """Plans made in the first half of 2024 and notices of October 2025, on their papers."""
    named = firms or ("甲铸造厂",)
    enrol(engine, *named)
    plan = paper(engine, "plan", on("2024-06-28"), *named, issuer="蓝山县科工局", title="一企一策转型升级工作方案")
    notice = paper(
        engine, "rectification_notice", on("2025-10-01"), *named, issuer="蓝山县科工局", number="蓝科工〔2025〕12号"
    )
    moved(engine, "made", on("2024-06-28"), *named, document=plan)
    moved(engine, "notified", on("2025-10-20"), *named, document=notice)
