"""What was told once of a layout is understood next quarter, is recorded with the batch, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, select

from app.domain.credit_code import check_character
from app.errors import BadInput, Decided
from app.register.desk.decisions import Decision, correct, decide, take_decision_back
from app.register.desk.what_waits import decided
from app.register.imports.taking_back import take_back
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from app.store.models import ImportTerms
from importers.intake import Intake, resume, take_in
from importers.replying import reply_of
from importers.roster.told import told_from
from importers.summary import outcome

COUNTY = "431127"
HEADS = ("企业名称", "乡镇", "铝壳炉（台）", "老板怎么称呼")
FIRMS = (("甲铸造厂", "新圩镇", 1, "李国庆"), ("乙铸造厂", "新圩镇", 2, "王建军"))
MEANING = {"columns": [{"header": "老板怎么称呼", "field": "enterprise.legal_representative"}]}

Send = Callable[..., Intake]


@pytest.fixture
def send(engine: Engine, tmp_path: Path) -> Send:
    """Import a roster of these lines for a quarter, with a map or without."""

    def sent(quarter: str, *lines: tuple[Any, ...], told: dict[str, Any] | None = None, **words: Any) -> Intake:
        book = openpyxl.Workbook()
        for line in ((f"2024年第{quarter}季度铸造企业名册",), *(lines or (HEADS, *FIRMS))):
            book.worksheets[0].append(line)
        path = tmp_path / f"新圩镇{quarter}.xlsx"
        book.save(path)
        return take_in(engine, path, county=COUNTY, told=told_from(told) if told else None, **words)

    return sent


def columns(intake: Intake) -> dict[str, tuple[str | None, str | None]]:
    found = [column for table in intake.reading.sheets[0].tables for column in table.columns]
    return {column.header: (column.field, column.by) for column in found}


def codes(intake: Intake) -> list[str]:
    return [issue["code"] for issue in intake.as_dict()["issues"]]


def learned(engine: Engine) -> list[dict[str, Any]]:
    with reading(engine) as session:
        return [one for one in decided(session, COUNTY, LOCAL_OPERATOR) if one["kind"] == "learned"]


def test_a_column_told_once_is_understood_next_quarter_and_the_map_is_recorded(engine: Engine, send: Send) -> None:
    assert "column.not_understood" in codes(send("一"))
    told = send("二", told=MEANING)
    assert columns(told)["老板怎么称呼"] == ("enterprise.legal_representative", "told")

    later = send("三")

    assert columns(later)["老板怎么称呼"] == ("enterprise.legal_representative", "learned")
    assert columns(later)["企业名称"][1] == "lexicon"
    assert "column.not_understood" not in codes(later)
    assert "1 列按以前说明过的读" in "".join(outcome(later))
    assert later.applied is not None
    with reading(engine) as session:
        terms = session.scalars(select(ImportTerms).where(ImportTerms.batch_id == later.applied.batch)).one()
    field = "enterprise.legal_representative"
    assert terms.told is None
    assert json.loads(terms.learned or "") == {
        "columns": [{"sheet": "Sheet", "header": "老板怎么称呼", "field": field}],
        "rows": [],
    }


def test_what_is_remembered_says_of_what_since_when_and_why(engine: Engine, send: Send) -> None:
    sent = send("一", told={"columns": [*MEANING["columns"], {"header": "没有这一列", "field": None}]})

    (one,) = learned(engine)

    assert sent.applied is not None
    assert (one["reason"], one["by"], one["change"]) == ("导入时指明（新圩镇一.xlsx）", "本机操作员", sent.change)
    assert (one["about"]["what"], one["about"]["key"]) == ("column", "老板怎么称呼")
    assert one["about"]["batch"] == sent.applied.batch
    assert one["about"]["answer"]["field"] == "enterprise.legal_representative"


def test_what_was_taken_back_is_asked_again_and_its_batch_stays_as_it_was_read(engine: Engine, send: Send) -> None:
    send("一", told=MEANING)
    second = send("二")
    (one,) = learned(engine)

    told = take_decision_back(engine, COUNTY, one["decision"], reason="写错了", actor=LOCAL_OPERATOR)

    assert told["taken_back"] == "learned"
    assert learned(engine) == []
    assert "column.not_understood" in codes(send("三"))
    assert second.applied is not None
    again = resume(engine, second.applied.batch)
    assert columns(again)["老板怎么称呼"] == ("enterprise.legal_representative", "learned")
    assert (again.applied, again.change) == (None, None)
    assert reply_of(engine, second.applied.batch)[0] == "新圩镇二.xlsx"


def test_what_is_told_now_goes_before_what_was_learned_and_takes_its_place(engine: Engine, send: Send) -> None:
    send("一", told=MEANING)

    now = send("二", told={"columns": [{"header": "老板怎么称呼", "field": "enterprise.contact_person"}]})

    assert columns(now)["老板怎么称呼"] == ("enterprise.contact_person", "told")
    assert columns(send("三"))["老板怎么称呼"] == ("enterprise.contact_person", "learned")
    (one,) = learned(engine)
    assert one["change"] == now.change


def test_an_undone_import_teaches_nothing(engine: Engine, send: Send) -> None:
    batch = send("一", told=MEANING).as_dict()["batch"]

    undone = take_back(engine, batch, actor=LOCAL_OPERATOR)

    named = [(one.field, one.before, one.after) for one in undone.reversed if one.section == "learned"]
    assert named == [("老板怎么称呼", "学到的读法", None)]
    assert learned(engine) == []
    assert "column.not_understood" in codes(send("二"))


def test_a_dry_run_teaches_nothing_and_shows_what_was_learned(engine: Engine, send: Send) -> None:
    send("一", told=MEANING, dry_run=True)
    assert learned(engine) == []
    send("一", told=MEANING)

    shown = send("二", dry_run=True)

    assert columns(shown)["老板怎么称呼"][1] == "learned"
    assert (shown.applied, shown.learned is not None) == (None, True)


def test_another_layout_and_another_county_learn_nothing_of_it(engine: Engine, send: Send) -> None:
    send("一", told=MEANING)

    other = send("二", ("企业名称", "老板怎么称呼", "铝壳炉（台）"), ("甲铸造厂", "李国庆", 1))

    assert columns(other)["老板怎么称呼"] == (None, None)


def test_a_table_that_only_the_map_makes_one_is_found_again_by_its_head(engine: Engine, send: Send) -> None:
    heads = ("户头", "炉子多大(吨)", "谁包的")
    lines = (heads, ("甲铸造厂", 0.5, "李某"), ("乙铸造厂", 1, "王某"))
    told = {
        "columns": [
            {"header": "户头", "field": "enterprise.name"},
            {"header": "炉子多大(吨)", "field": "equipment.capacity_t", "unit": "吨"},
            {"header": "谁包的", "field": None},
        ],
        "rows": [{"sheet": "Sheet", "row": 2, "as": "header"}],
    }
    first = send("一", *lines, told=told)
    assert len(first.reading.records) == 2

    later = send("二", *lines)

    assert {by for _, by in columns(later).values()} == {"learned"}
    assert [record.enterprise["name"].value for record in later.reading.records] == ["甲铸造厂", "乙铸造厂"]
    assert later.learned is not None
    assert later.learned["rows"] == [{"sheet": "Sheet", "row": 2, "as": "header"}]


def test_a_row_told_to_be_none_is_left_out_next_time_and_said_so(engine: Engine, send: Send) -> None:
    lines = (HEADS, *FIRMS, ("样例铸造厂", "新圩镇", 9, "张三"))
    first = send("一", *lines, told={"rows": [{"sheet": "Sheet", "row": 5, "as": "ignore"}]})
    assert len(first.reading.records) == 2

    moved = send("二", HEADS, ("样例铸造厂", "新圩镇", 9, "张三"), *FIRMS)

    assert [record.enterprise["name"].value for record in moved.reading.records] == ["甲铸造厂", "乙铸造厂"]
    assert codes(moved).count("row.learned") == 1
    changed = send("三", HEADS, *FIRMS, ("样例铸造厂", "新圩镇", 8, "张三"))
    assert len(changed.reading.records) == 3


def test_a_spelling_of_a_township_is_told_once_and_the_held_rows_go_in(engine: Engine, send: Send) -> None:
    held = send("一", HEADS, ("甲铸造厂", "新墟", 1, "李国庆"))
    assert "township.unknown" in codes(held)
    said = Decision("township", "老写法", written="新墟", township="新圩镇")

    told = decide(engine, COUNTY, said, actor=LOCAL_OPERATOR)

    done = resume(engine, held.as_dict()["batch"])
    assert done.applied is not None
    assert "township.unknown" not in codes(send("二", HEADS, ("乙铸造厂", "新 墟", 1, "李国庆")))
    take_decision_back(engine, COUNTY, told["decision"], reason="看错", actor=LOCAL_OPERATOR)
    assert "township.unknown" in codes(send("三", HEADS, ("丙铸造厂", "新墟", 1, "李国庆")))


def test_a_spelling_of_a_firm_is_told_once_and_finds_it(engine: Engine, send: Send) -> None:
    send("一")
    said = Decision("name", "镇里这样叫", written="老甲家", firm="甲铸造厂")
    decide(engine, COUNTY, said, actor=LOCAL_OPERATOR)

    later = send("二", HEADS, ("老甲家", "新圩镇", 1, "李国庆"), FIRMS[1])

    assert later.proposal.totals()["new"] == 0
    assert "enterprise.missing_this_time" not in codes(later)
    with pytest.raises(Decided):
        decide(engine, COUNTY, said, actor=LOCAL_OPERATOR)
    with pytest.raises(BadInput):
        decide(engine, COUNTY, Decision("name", "错", written="乙铸造厂", firm="甲铸造厂"), actor=LOCAL_OPERATOR)


def test_what_would_also_name_a_column_of_another_layout_on_the_sheet_is_asked(engine: Engine, send: Send) -> None:
    first = (HEADS, *FIRMS)
    second = (("企业名称", "冲天炉（台）", "老板怎么称呼"), ("丙铸造厂", 1, "厂区西侧"), ("丁铸造厂", 2, "厂区东侧"))
    send("一", *first, told=MEANING)

    both = send("二", *first, ("冲天炉企业名册",), *second)

    assert len(both.reading.sheets[0].tables) == 2
    assert columns(both)["老板怎么称呼"] == (None, None)
    assert codes(both).count("column.not_understood") == 2


def test_two_columns_of_one_head_are_each_remembered_by_their_letter(engine: Engine, send: Send) -> None:
    lines = (
        ("企业名称", "铝壳炉（台）", "说明", "说明"),
        ("甲铸造厂", 1, "李国庆", "已谈"),
        ("乙铸造厂", 2, "王建军", ""),
    )
    send("一", *lines, told={"columns": [{"column": "C", "field": "enterprise.legal_representative"}]})

    later = send("二", *lines)

    found = [(one.field, one.by) for one in later.reading.sheets[0].tables[0].columns]
    assert found[2:] == [("enterprise.legal_representative", "learned"), ("enterprise.remark", "lexicon")]


def test_a_row_that_a_person_spoke_of_teaches_its_name(engine: Engine, send: Send) -> None:
    heads = ("企业名称", "统一社会信用代码", "铝壳炉（台）")
    code = "91431127MA4L0AXQ0" + check_character("91431127MA4L0AXQ0")
    for quarter, name in (("一", "甲铸造厂"), ("二", "甲机械厂")):
        send(quarter, heads, (name, "", 1))
        facts = {"uscc": code}
        correct(engine, COUNTY, "enterprise", name, facts, date(2024, 1, 1), reason="执照", actor=LOCAL_OPERATOR)
    held = send("三", heads, ("老甲家", code, 1))
    assert "firm.several_of_code" in codes(held)
    batch = held.as_dict()["batch"]
    said = {"batch": batch, "sheet": "Sheet", "row": 3, "about": "firm", "answer": "甲铸造厂"}
    decide(engine, COUNTY, Decision("row", "电话", **said), actor=LOCAL_OPERATOR)  # type: ignore[arg-type]

    resume(engine, batch)

    (one,) = learned(engine)
    assert (one["about"]["what"], one["about"]["answer"]) == ("name", {"written": "老甲家"})
    assert (one["about"]["firm"], one["reason"]) == ("老甲家", "待定行的答复：电话")


def test_a_row_learned_elsewhere_does_not_cost_a_sheet_its_tables(engine: Engine, send: Send) -> None:
    note = ("新圩镇经济发展办公室制表",)
    send("一", note, HEADS, *FIRMS, told={"rows": [{"sheet": "Sheet", "row": 2, "as": "ignore"}]})
    beside = ("企业名称", "铝壳炉（台）", None, "企业名称", "铝壳炉（台）")
    lines = (beside, ("甲铸造厂", 1, None, "丙铸造厂", 1), ("乙铸造厂", 2, None, "丁铸造厂", 2))

    found = send("二", note, *lines)

    assert [len(found.reading.sheets[0].tables), len(found.reading.records)] == [2, 4]


def test_the_map_that_is_recorded_holds_what_was_used_alone(engine: Engine, send: Send) -> None:
    send("一", told=MEANING)

    now = send("二", told={"columns": [{"header": "老板怎么称呼", "field": None}]})

    assert now.learned is None
    assert columns(now)["老板怎么称呼"] == (None, "told")
