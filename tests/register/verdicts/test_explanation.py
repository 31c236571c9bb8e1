"""Why a verdict is what it is: every fact that it used is named with its cell, on registers filled from rosters."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from app.domain.statement import Value
from app.register.scope import LOCAL_OPERATOR
from app.register.verdicts.explanation import Explanation, in_sentences
from app.register.verdicts.obsolete import obsolete
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, machine, roster, take_in
from tests.register.verdicts.test_who_holds import CLAUSES, write_register

DAY = date(2025, 7, 1)
NOYOKE = "GDC24-IF-NOYOKE-AL"
SHELL: dict[str, Value] = {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium"}


def lines(engine: Engine, *clauses: str, day: date = DAY) -> list[Any]:
    """All lines of the county."""
    with reading(engine) as session:
        told = obsolete(session, county=COUNTY, clauses=clauses, as_of=day, known=head(engine), actor=LOCAL_OPERATOR)
    return [line for row in told.rows for line in row.lines]


def of(because: Explanation) -> dict[str, Explanation]:
    """The comparisons by their fact."""
    return {one.fact: one for one in because.facts()}


def test_a_verdict_says_which_comparison_held_and_by_which_cell(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "甲"}, [machine(**SHELL, yoke=False, capacity_t=0.5)]), on="2024-01-15"))

    (line,) = lines(engine, NOYOKE)

    found = of(line.because)
    assert line.because.answer is True
    assert {fact: one.answer for fact, one in found.items()} == dict.fromkeys(
        ("present", "kind", "frequency", "shell", "yoke", "capacity_t"), True
    )
    cells = {fact: [(told.value, told.cell) for told in one.stated] for fact, one in found.items() if fact != "present"}
    assert cells == {
        "kind": [("induction_furnace", "Sheet1!A6")],
        "shell": [("aluminium", "Sheet1!B6")],
        "frequency": [("medium", "Sheet1!C6")],
        "yoke": [(False, "Sheet1!D6")],
        "capacity_t": [(0.5, "Sheet1!E6")],
    }
    assert found["capacity_t"].words == "容量不小于 0.25 t"
    assert "符合：炉壳为铝壳（新圩镇人民政府.xlsx Sheet1!B6）" in in_sentences(line.because.as_dict())


def test_a_verdict_that_cannot_be_told_says_which_fact_nobody_stated(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "甲"}, [machine(**SHELL)]), on="2024-01-15"))

    (line,) = lines(engine, NOYOKE)

    lacking = {fact for fact, one in of(line.because).items() if one.answer is None}
    assert line.because.answer is None
    assert lacking == set(line.decides.lacks) == {"yoke", "capacity_t"}
    assert [one.stated for one in of(line.because).values() if one.answer is None] == [(), ()]
    assert "没有写明：有无磁轭为否" in in_sentences(line.because.as_dict())


def test_both_sides_of_a_dispute_stand_under_the_fact(engine: Engine) -> None:
    for by, capacity in (("乙县", 0.5), ("甲县", 0.2)):
        known = lines(engine, NOYOKE)
        thing = machine(known[0].machine.id if known else None, **SHELL, yoke=False, capacity_t=capacity)
        firm = Firm({"name": "甲"}, [thing])
        if known:
            with reading(engine) as session:
                told = obsolete(session, county=COUNTY, clauses=[NOYOKE], as_of=DAY, known=1, actor=LOCAL_OPERATOR)
            firm.id = told.rows[0].enterprise.id
        take_in(engine, roster(firm, on="2024-01-15", by=by))

    found = of(lines(engine, NOYOKE)[0].because) if lines(engine, NOYOKE) else {}

    assert found["capacity_t"].answer is None
    assert {(told.value, told.source) for told in found["capacity_t"].stated} == {(0.2, "甲县"), (0.5, "乙县")}


def test_every_fact_that_an_explanation_used_has_its_cell(engine: Engine) -> None:
    write_register(engine, 6)
    used, unclear = 0, 0
    for day in (date(2024, 1, 15), date(2024, 3, 12), DAY):
        for line in lines(engine, *CLAUSES, day=day):
            assert line.because.answer is (True if line.decides.holds else None)
            facts = line.machine.facts
            for one in line.because.facts():
                if one.fact == "present" or one.fact in facts or one.fact in line.machine.disputed:
                    used += 1
                    assert one.stated, one
                    assert all(told.cell.startswith("Sheet1!") and told.file for told in one.stated)
                else:
                    unclear += 1
                    assert (one.answer, one.stated) == (None, ())
    assert used > 50
    assert unclear > 5
