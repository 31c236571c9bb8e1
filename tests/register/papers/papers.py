"""Two firms in two townships, and papers told in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.register.papers import acts
from app.register.papers.documents import Document, documents
from app.register.papers.evidence_files import looked_at
from app.register.papers.recording import NewDocument
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, machine, roster, take_in
from tests.register.saying import day

FIRST, SECOND = "甲铸造厂", "乙铸造厂"
OURS, THEIRS = "431127105", "431127107"
DAY = DateInterval.of_day(day("2025-12-09"), "2025年12月9日")
TOLD: dict[str, Any] = {"reason": "来函登记", "actor": LOCAL_OPERATOR}
SCAN = b"%PDF-1.7\n" + bytes(range(256)) * 40


def two_firms(engine: Engine) -> None:
    """One in each of two townships."""
    for name, township, code in ((FIRST, "新圩镇", OURS), (SECOND, "土市镇", THEIRS)):
        firm = Firm({"name": name, "township": township}, [machine(code="1号", kind="cupola")])
        take_in(engine, roster(firm, on="2024-01-15", by=township, township=code))


def letter(number: str | None = "湘环蓝函[2025]18号", firm: str | None = FIRST, **more: Any) -> NewDocument:
    """A letter of the ecology bureau."""
    told = {"issuer": "市生态环境局蓝山分局", "dated": DAY, "title": "关于采取停电措施的函", **more}
    return NewDocument(told.pop("kind", "letter"), number, firm=firm, **told)


def recorded(engine: Engine, said: NewDocument, content: bytes | None = None, name: str = "函.pdf") -> dict[str, Any]:
    """Record it, with a file."""
    return acts.record(engine, COUNTY, said, looked_at(content, name) if content else None, **TOLD)


def known(engine: Engine, at: int | None = None, actor: Actor = LOCAL_OPERATOR, **more: bool) -> list[Document]:
    """The papers, as known."""
    with reading(engine) as session:
        return documents(session, COUNTY, head(engine) if at is None else at, actor, **more)


def refused(engine: Engine, act: Callable[[], object], kind: type[Exception]) -> Any:
    """The error of an act that writes nothing."""
    before = head(engine)
    try:
        act()
    except kind as error:
        assert head(engine) == before
        return error
    raise AssertionError("nothing was refused")
