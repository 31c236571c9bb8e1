"""The register's own questions on a reply: which are asked, what their answers state, what is only shown."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf, Enterprise
from app.domain.statement import Value
from app.register.clauses import acts as clause_acts
from app.register.facts.identity import Same
from app.register.facts.views import snapshot
from app.register.imports.replied import FactAnswered
from app.register.questioning.asked import Asked
from app.register.questioning.carrying import for_reply
from app.register.scope import LOCAL_OPERATOR
from app.store.changes import head
from app.store.engine import reading
from importers.beside import Answering
from importers.intake import Intake, Upload, take_in
from importers.reply import Answer, Asking
from importers.replying import reply_of
from tests.importers.reply.asking import filled_in, saved

COUNTY, DAY = "431127", date(2024, 1, 15)
YOKE = Asked(
    "firm", "甲铸造", "新圩镇", "machine", (("machine", 1),), "equipment.yoke", "3号炉有无磁轭？",
    ((True, "有"), (False, "无")), ("GDC24-IF-NOYOKE-AL",), standing=True, telling=True,
)  # fmt: skip
KIND = replace(YOKE, field="equipment.kind", words="3号炉炉型是否感应电炉，不是的是什么？", answers=())
SIZE = replace(YOKE, field="equipment.capacity_t", words="3号炉容量多少吨？", answers=())
OWNER = replace(YOKE, field="owner", words="3号炉归哪一家企业？", answers=(("firm", "甲铸造"), ("other", "乙铸造")))
WANTED = (YOKE, KIND, SIZE, OWNER)


def told(one: Asked, said: str) -> tuple[FactAnswered, ...]:
    """What an answer to a question states."""
    (line,) = for_reply([one])
    asking = Asking(7, True, line.code, None, None, None, line.question, line.choices, line.open)
    answering = Answering(WANTED, Same({"machine": "standing"}), "核对.xlsx")
    return answering.facts(Answer(7, line.code, said, "问过", ("待核实", "H11")), asking)


def values(one: Asked, said: str) -> dict[str, Value]:
    return {fact.field: fact.value for fact in told(one, said)}


def test_an_answer_is_stated_of_the_record_that_stands_with_its_cell_and_its_words() -> None:
    (fact,) = told(YOKE, "无")

    assert (fact.firm, fact.name, fact.subject, fact.section, fact.field, fact.value) == (
        "firm", "甲铸造", "standing", "equipment", "yoke", False,
    )  # fmt: skip
    assert (fact.evidence.file, fact.evidence.place) == ("核对.xlsx", "待核实!H11")
    assert fact.evidence.raw == "登记库要问：“甲铸造”3号炉有无磁轭？ 答复：无（问过）"


@pytest.mark.parametrize(("said", "tons"), [("0.5", 0.5), ("500公斤", 0.5), ("0.75吨", 0.75)])
def test_a_number_is_read_in_the_unit_that_the_question_names(said: str, tons: float) -> None:
    assert values(SIZE, said) == {"capacity_t": tons}


def test_a_word_that_states_more_states_it_too() -> None:
    assert values(KIND, "中频炉") == {"kind": "induction_furnace", "frequency": "medium"}
    assert values(SIZE, "0.5吨，已拆除") == {"capacity_t": 0.5, "state": "removed"}


@pytest.mark.parametrize(
    ("one", "said"), [(SIZE, "大概半吨"), (SIZE, "不清楚"), (SIZE, "0.5~1"), (YOKE, "好像有"), (OWNER, "乙铸造")]
)
def test_what_is_in_doubt_and_whose_a_machine_is_states_nothing(one: Asked, said: str) -> None:
    assert told(one, said) == ()


def test_nothing_is_stated_of_a_reply_that_asked_nothing() -> None:
    line = for_reply([YOKE])[0].question
    asking = Asking(7, True, "register.asked", None, None, None, line, ("有", "无"))

    assert Answering((), Same({}), "核对.xlsx").facts(Answer(7, "register.asked", "无", ""), asking) == ()


PRODUCING = """version: 1
sources:
  county: {title: 蓝山县方案, date: 2023-06-20}
clauses:
  - id: LS23-PRODUCING
    category: eliminate
    clause_text: 在产企业淘汰中频炉
    evidence: {level: paper, source: county}
    kind: induction_furnace
    jurisdiction: "431127"
    when:
      all:
        - {field: frequency, op: eq, value: medium}
        - {field: enterprise.status, op: eq, value: producing}
    effective_from: 2023-07-01
    examples: [{attrs: {frequency: mains}, expect: false}]
"""


def sent(engine: Engine, content: bytes, name: str) -> Intake:
    return take_in(engine, Upload(content, name), county=COUNTY)


def roster(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    about = ("填报单位：新圩镇人民政府", None, "填报日期：2024-01-15")
    for line in [("新圩镇铸造企业名册",), about, ("企业名称", "设备名称", "炉号", "容量"), *rows]:
        sheet.append(line)
    return saved(book)


def batch_of(intake: Intake) -> str:
    assert intake.applied is not None
    return intake.applied.batch


def asked_on(content: bytes) -> dict[str, int]:
    """The register's questions on a reply, with their numbers."""
    page: Any = openpyxl.load_workbook(io.BytesIO(content))["待核实"]
    lines = {str(row[4].value): row[0].value for row in page.iter_rows(min_row=5)}
    return {words: number for words, number in lines.items() if words.startswith("登记库要问：")}


def firm(engine: Engine) -> Enterprise:
    with reading(engine) as session:
        (found,) = snapshot(session, COUNTY, AsOf(DAY, head(session, COUNTY)), LOCAL_OPERATOR).enterprises
        return found


def test_a_fact_of_a_firm_comes_back_as_its_own(sqlite_engine: Engine) -> None:
    clause_acts.add(sqlite_engine, COUNTY, "县.yaml", PRODUCING, reason="县方案", adopting=True, actor=LOCAL_OPERATOR)
    batch = batch_of(sent(sqlite_engine, roster(("甲铸造厂", "钢壳中频炉", "1#", "0.5吨")), "一季度.xlsx"))
    copy = reply_of(sqlite_engine, batch)[1].content
    (number,) = [number for words, number in asked_on(copy).items() if "状态" in words]

    back = sent(sqlite_engine, filled_in(copy, {}, {number: "在产"}), "答复.xlsx")

    assert firm(sqlite_engine).facts["status"] == "producing"
    assert [issue.code for issue in back.proposal.issues] == ["reply.carried_out"]
    assert not any("状态" in words for words in asked_on(reply_of(sqlite_engine, batch_of(back))[1].content))


def test_what_a_marked_cell_asks_is_not_asked_beside_it_again(sqlite_engine: Engine) -> None:
    rows = (("甲铸造厂", "铝壳中频炉", "1#", "约0.5吨"), ("甲铸造厂", "铝壳中频炉", "2#", ""))
    batch = batch_of(sent(sqlite_engine, roster(*rows), "一季度.xlsx"))

    found = asked_on(reply_of(sqlite_engine, batch)[1].content)

    assert [words for words in found if "容量" in words] == ["登记库要问：“甲铸造厂”2号炉容量多少吨？"]
    assert {words for words in found if "磁轭" in words} == {
        f"登记库要问：“甲铸造厂”{code}号炉有无磁轭？" for code in (1, 2)
    }
