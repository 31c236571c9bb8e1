"""Who holds obsolete equipment, asked of a register on both engines: days, knowledge, places, sources, adoption."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.proposal import Entry, NewSubject, Proposal, Said
from app.domain.register import AsOf
from app.domain.statement import Evidence, Value
from app.errors import NotAdoptable, UnknownClause, UnknownSource, UnknownTownship
from app.register.clauses.adoption import adopt, adopted
from app.register.facts.views import snapshot
from app.register.imports import applying as imports
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.holding import Holding
from app.register.verdicts.obsolete import obsolete
from app.rules.catalogue_loader import shipped
from app.store import changes
from app.store.engine import reading, unit

COUNTY = "431127"
SURVEY, REPORT = date(2024, 1, 15), date(2025, 12, 22)
LANSHAN, NEWER, MAINS = "LOCAL-LANSHAN-AL-SHELL", "GDC24-IF-NOYOKE-AL", "GDC24-IF-MAINS-CORELESS"
REMOVED = DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")
SHELL: dict[str, Value] = {"kind": "induction_furnace", "shell": "aluminium"}


def lists(
    engine: Engine,
    facts: Mapping[str, Value],
    *,
    by: str = "新圩镇人民政府",
    file: str = "新圩镇.xlsx",
    day: date = SURVEY,
    firm: str | None = None,
    machine: str | None = None,
    township: str = "新圩镇",
) -> None:
    """A source lists a machine of a firm (甲 unless told): both are enrolled unless their ids are given."""
    owner, furnace = firm or "F", machine or "M"
    named: dict[str, Value] = {} if firm else {"name": f"甲铸造（{township}）", "township": township}
    words: list[tuple[str, str, str, Value]] = [("enterprise", owner, name, value) for name, value in named.items()]
    words += [("equipment", furnace, name, value) for name, value in facts.items()]
    said = tuple(
        Said(subject, section, name, value, day, by, Evidence(file, "Sheet1", f"{chr(66 + place)}6", str(value)))
        for place, (section, subject, name, value) in enumerate(words)
    )
    enrolled = ((firm, NewSubject("F", "enterprise")), (machine, NewSubject("M", "equipment", owner)))
    entry = Entry("new", owner, "甲", tuple(new for known, new in enrolled if known is None), said)
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "import", actor="本机操作员")
        imports.apply(
            session, change, Proposal(COUNTY, file, sha256(file.encode()).hexdigest(), "xlsx", None, day, by, (entry,))
        )


def adds(engine: Engine, facts: Mapping[str, Value], **more: Any) -> None:
    """A further source speaks of the register's first machine."""
    with reading(engine) as session:
        firm = snapshot(session, COUNTY, AsOf(SURVEY, 1)).enterprises[0]
    lists(engine, facts, firm=firm.id, machine=firm.equipment[0].id, **more)


def ask(engine: Engine, day: date = SURVEY, *names: str, known: int | None = None, **more: Any) -> Holding:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        asked: dict[str, Any] = {"county": COUNTY, "actor": LOCAL_OPERATOR} | more
        return obsolete(session, clauses=names, as_of=day, known=at, **asked)


def answers(holding: Holding) -> dict[str, tuple[int, int]]:
    return {word: tuple(count.values()) for word, count in (holding.totals or {}).items()}  # type: ignore[misc]


def test_a_removal_by_the_end_of_march_day_by_day(engine: Engine) -> None:
    lists(engine, {**SHELL, "state": "idle"})
    adds(engine, {"state": "removed", "removed_on": REMOVED}, by="蓝山县", file="整改报告.xlsx", day=REPORT)

    assert answers(ask(engine, SURVEY, LANSHAN)) == {"holds": (1, 1), "cannot_tell": (0, 0)}
    for day in (date(2024, 1, 16), date(2024, 2, 29), date(2024, 3, 30)):
        assert answers(ask(engine, day, LANSHAN)) == {"holds": (0, 0), "cannot_tell": (1, 1)}
    assert answers(ask(engine, date(2024, 3, 31), LANSHAN)) == {"holds": (0, 0), "cannot_tell": (0, 0)}

    (row,) = ask(engine, date(2024, 2, 29), LANSHAN).as_dict()["rows"]
    (furnace,) = row["furnaces"]
    assert (furnace["lacks"], furnace["state"]) == (["state"], None)
    assert {source["file"] for source in furnace["sources"]} == {"新圩镇.xlsx", "整改报告.xlsx"}
    assert "conflict" not in furnace


def test_as_we_knew_it_before_the_report(engine: Engine) -> None:
    lists(engine, SHELL)
    adds(engine, {"removed_on": REMOVED}, by="蓝山县", file="整改报告.xlsx", day=REPORT)

    before = ask(engine, date(2024, 4, 1), LANSHAN, known=1)

    assert answers(before) == {"holds": (1, 1), "cannot_tell": (0, 0)}
    assert before.as_dict()["known"]["change"] == 1
    assert before.as_dict()["known"]["at"].endswith("+08:00")


def test_an_empty_register_holds_nothing(engine: Engine) -> None:
    answer = ask(engine)

    assert answer.as_dict()["known"] == {"change": 0, "at": None}
    assert (answer.rows, answer.status) == ((), 0)


def test_states_in_conflict_are_both_shown_until_a_source_is_named(engine: Engine) -> None:
    lists(engine, {**SHELL, "state": "in_use"}, by="省督察组", file="督察.xlsx")
    adds(engine, {"state": "idle"}, by="蓝山县", file="整改报告.xlsx")

    (row,) = ask(engine, SURVEY, LANSHAN).as_dict()["rows"]
    assert row["furnaces"][0]["answer"] == "holds"
    assert [(claim["value"], claim["source"]) for claim in row["furnaces"][0]["conflict"]] == [
        ("in_use", "省督察组"),
        ("idle", "蓝山县"),
    ]

    (row,) = ask(engine, SURVEY, LANSHAN, source="整改报告.xlsx").as_dict()["rows"]
    assert row["furnaces"][0]["state"] == "idle"
    assert "conflict" not in row["furnaces"][0]


def test_two_tellings_of_a_removal_are_a_conflict_until_a_source_is_named(engine: Engine) -> None:
    fifth, twentieth = (DateInterval.of_day(date(2024, 3, number)) for number in (5, 20))
    lists(engine, {**SHELL, "state": "in_use"})
    adds(engine, {"removed_on": fifth}, by="县政府", file="县.xlsx", day=REPORT)
    adds(engine, {"removed_on": twentieth}, by="督察组", file="督察.xlsx", day=REPORT)
    between = date(2024, 3, 10)

    (furnace,) = ask(engine, between, LANSHAN).as_dict()["rows"][0]["furnaces"]

    assert (furnace["answer"], furnace["lacks"], furnace["state"]) == ("cannot_tell", ["state"], None)
    assert [(one["field"], one["value"]["to"], one["source"]) for one in furnace["conflict"]] == [
        ("removed_on", "2024-03-05", "县政府"),
        ("removed_on", "2024-03-20", "督察组"),
    ]
    assert answers(ask(engine, between, LANSHAN, source="县政府")) == {"holds": (0, 0), "cannot_tell": (0, 0)}
    assert answers(ask(engine, between, LANSHAN, source="督察组")) == {"holds": (1, 1), "cannot_tell": (0, 0)}


def test_a_source_that_tells_of_a_removal_is_believed_against_a_later_listing(engine: Engine) -> None:
    lists(engine, {**SHELL, "state": "in_use"})
    adds(engine, {"state": "in_use"}, day=date(2024, 4, 15), file="四月.xlsx")
    adds(engine, {"state": "removed", "removed_on": REMOVED}, by="县政府", file="县.xlsx", day=REPORT)

    assert answers(ask(engine, date(2024, 4, 15), LANSHAN))["holds"] == (1, 1)
    assert answers(ask(engine, date(2024, 4, 15), LANSHAN, source="县政府"))["holds"] == (0, 0)


def test_a_source_that_never_spoke_is_refused(engine: Engine) -> None:
    lists(engine, SHELL)

    with pytest.raises(UnknownSource, match="整改报告"):
        ask(engine, source="整改报告.xlsx")


def test_one_township_at_a_time(engine: Engine) -> None:
    lists(engine, SHELL, township="新圩镇")
    lists(engine, SHELL, township="太平圩镇", file="太平圩镇.xlsx")

    assert answers(ask(engine, SURVEY, LANSHAN))["holds"] == (2, 2)
    (row,) = ask(engine, SURVEY, LANSHAN, township="太平圩镇").rows
    assert row.enterprise.facts["township"] == "太平圩镇"
    with pytest.raises(UnknownTownship):
        ask(engine, township="没有镇")


def test_a_clerk_of_another_township_sees_nothing(engine: Engine) -> None:
    lists(engine, SHELL, township="新圩镇")

    clerk = Actor("某镇", townships=frozenset({"431127999"}))

    assert ask(engine, SURVEY, LANSHAN, actor=clerk).rows == ()


def test_a_clause_that_is_not_in_force_gives_no_totals(engine: Engine) -> None:
    lists(engine, SHELL)

    answer = ask(engine, SURVEY, NEWER)

    assert (answer.totals, answer.status, answer.as_dict()["why"]) == (None, 1, "no_clause")
    assert ask(engine, SURVEY, NEWER, LANSHAN).why is None
    with pytest.raises(UnknownClause):
        ask(engine, SURVEY, "GDC24-IF-NOYOK")


def test_a_clause_answers_unnamed_once_it_is_adopted(engine: Engine) -> None:
    lists(engine, {"kind": "induction_furnace", "frequency": "mains", "core": "coreless", "shell": "steel"})
    day = date(2024, 3, 1)
    assert ask(engine, day).rows == ()

    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "adopt", actor="本机操作员")
        assert adopt(session, change, shipped().clause(MAINS))
        assert not adopt(session, change, shipped().clause(MAINS))
        assert not adopt(session, change, shipped().clause(LANSHAN))

    assert ask(engine, day).rows[0].lines[0].decides.clause.id == MAINS
    assert ask(engine, day, known=1).rows == ()
    with reading(engine) as session:
        assert adopted(session, COUNTY, 2, LOCAL_OPERATOR) == {MAINS}


@pytest.mark.parametrize(
    "name", ["GDC-SAND-OIL-CORE", "DRAFT09-IF-NOYOKE-1T", "AQ15-PIT-HT-FURNACE", "XZ24-FLANGE-FUEL"]
)
def test_what_cannot_decide_here_cannot_be_adopted(engine: Engine, name: str) -> None:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "adopt", actor="本机操作员")
        with pytest.raises(NotAdoptable, match=name):
            adopt(session, change, shipped().clause(name))
