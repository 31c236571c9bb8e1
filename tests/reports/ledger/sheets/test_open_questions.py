"""待核实: every question that a figure waits for, with who, what, why and where it comes from."""

from __future__ import annotations

from reports.ledger.gathered.content import Content
from reports.ledger.making.suite import suite
from reports.ledger.sheets import questions
from tests.reports.ledger.drawn import content, firm


def test_every_remainder_of_the_ledger_is_a_question(county: Content) -> None:
    kinds = [(one.words, one.firm) for one in county.questions]

    for name, asked in (("status", "是什么生产状态"), ("township", "在哪个乡镇")):
        silent = {one.id for one in county.snapshot.enterprises if name not in one.facts and name not in one.disputed}
        if silent != {one.id for one in county.snapshot.enterprises} or name == "township":
            assert {firm for words, firm in kinds if asked in words} == silent


def test_what_cannot_be_told_of_obsolete_equipment_is_asked_with_its_cells(lanshan_in_march: Content) -> None:
    unclear = [
        furnace["machine"]
        for row in lanshan_in_march.holding["rows"]
        for furnace in row["furnaces"]
        if furnace["answer"] == "cannot_tell"
    ]
    asked = [one for one in lanshan_in_march.questions if "淘汰类设备" in one.about]

    assert {id for one in asked for section, id in one.records if section == "equipment"} >= set(unclear)
    assert all(one.places for one in asked)
    assert all(one.words.endswith("？") for one in lanshan_in_march.questions)


def test_no_fact_is_asked_twice(county: Content) -> None:
    asked = [(one.firm, one.words, one.records) for one in county.questions]

    assert len(asked) == len(set(asked))


def test_the_answers_that_a_question_has_stand_in_the_drop_down(county: Content) -> None:
    table = questions.questions(county)
    (column,) = [one for one in table.columns if one.title == "答复"]

    assert set(column.choices) == {word for one in county.questions for word in one.answers}
    assert all(row[-1] == "" for row in table.rows)


def test_a_county_without_questions_has_no_such_sheet_and_says_so() -> None:
    told = suite(content(firm("甲厂", status="producing", township="新圩镇")))

    assert "待核实" not in [table.name for table in told]
    assert "待核实（没有待核实的事项）" in str([row for row in told[-1].rows if row[0] == "未出的表"])
