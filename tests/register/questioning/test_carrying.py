"""Questions as the reply and the template carry them, and what an answer that came back states."""

from __future__ import annotations

from dataclasses import replace

from app.domain.statement import Value
from app.register.questioning.asked import Asked
from app.register.questioning.carrying import CODE, Stated, for_reply, for_template, stated

YOKE = Asked(
    "firm", "甲铸造", "新圩镇", "machine", (("machine", 1),), "equipment.yoke", "3号炉有无磁轭？",
    ((True, "有"), (False, "无")), ("GDC24-IF-NOYOKE-AL",), standing=False, telling=True,
)  # fmt: skip
SIZE = replace(YOKE, field="equipment.capacity_t", words="3号炉容量多少吨？", answers=(), standing=True)
STATUS = replace(
    YOKE,
    machine=None,
    field="enterprise.status",
    words="该企业生产状态是在产、停产、在建、关停退出、搬迁还是被整合？",
    answers=(("producing", "在产"), ("closed", "关停退出")),
    claimed=("蓝山县：在产", "督察组：关停退出"),
)
ASKED = (YOKE, SIZE, STATUS)


def read(path: str, text: str) -> Value | None:
    """As the readers of cells would."""
    return float(text) if path == "equipment.capacity_t" and text.replace(".", "").isdigit() else None


def test_a_line_of_the_reply_is_marked_the_registers_and_what_decides_comes_first() -> None:
    first, second, third = for_reply(ASKED)

    assert first.question == "登记库要问：“甲铸造”3号炉容量多少吨？"
    assert (first.code, first.open, first.choices) == (CODE, True, ())
    assert (second.choices, second.open, second.fix) == (("有", "无"), False, "请填：有、无")
    assert third.fix == "请填：在产、关停退出（各来源说法不一：蓝山县：在产；督察组：关停退出）"


def test_a_cell_of_the_template_has_its_question_as_comment() -> None:
    notes = for_template(ASKED)

    assert notes["machine", "yoke"] == "登记库要问：3号炉有无磁轭？\n请填：有、无"
    assert set(notes) == {("machine", "yoke"), ("machine", "capacity_t"), ("firm", "status")}


def test_an_answer_that_came_back_is_a_statement_of_its_subject() -> None:
    size, yoke, status = (one.question for one in for_reply(ASKED))

    assert stated(ASKED, yoke, "无", read) == Stated("firm", "machine", "equipment", "yoke", False)
    assert stated(ASKED, size, "0.5", read) == Stated("firm", "machine", "equipment", "capacity_t", 0.5)
    assert stated(ASKED, status, "关停退出", read) == Stated("firm", "firm", "enterprise", "status", "closed")


def test_what_is_not_understood_states_nothing() -> None:
    size, yoke, _ = (one.question for one in for_reply(ASKED))

    assert stated(ASKED, yoke, "好像有", read) is None
    assert stated(ASKED, size, "不清楚", read) is None
    assert stated(ASKED, yoke, "  ", read) is None
    assert stated(ASKED, "3号炉有无磁轭？", "无", read) is None


def test_a_line_that_two_firms_of_one_name_share_states_nothing() -> None:
    other = replace(YOKE, firm="other", machine="another")

    assert stated((YOKE, other), for_reply([YOKE])[0].question, "无", read) is None


def test_of_too_many_those_that_decide_alone_are_kept_in_their_order() -> None:
    beside = replace(SIZE, telling=False)
    also = replace(SIZE, field="equipment.power_kw", words="3号炉功率多少千瓦？")

    assert [one.question for one in for_reply([YOKE, beside, also], 2)] == [
        "登记库要问：“甲铸造”3号炉容量多少吨？",
        "登记库要问：“甲铸造”3号炉功率多少千瓦？",
    ]
    assert len(for_reply([YOKE, beside, also], 1)) == 1
    assert for_reply([YOKE, beside, also], 1)[0].question.endswith("功率多少千瓦？")


def test_answers_that_no_list_can_hold_are_written_out() -> None:
    names = (("one", "甲铸造，甲,乙"), ("two", "乙铸造"))
    (line,) = for_reply([replace(YOKE, field="owner", words="3号炉归哪一家企业？", answers=names)])

    assert (line.choices, line.open) == ((), True)
    assert line.fix == "请填：甲铸造，甲,乙、乙铸造"


def test_what_sources_claim_stands_once_in_a_templates_comment() -> None:
    assert "说法不一" not in for_template([STATUS])["firm", "status"]
