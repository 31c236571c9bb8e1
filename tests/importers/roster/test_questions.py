"""Headers that ask in whole sentences."""

from __future__ import annotations

import pytest

from importers.roster.header_words import header_words
from importers.roster.questions import in_roster_words
from tests.importers.sheets import machines, read, sheet, values


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("贵企业全称是?(与公章一致)", "企业全称(与公章一致)"),
        ("企业目前的生产状态是", "生产状态"),
        ("现有职工多少人?", "职工人数"),
        ("几口人干活", "职工人数"),
        ("厂里有铝壳炉几台?", "铝壳炉台数"),
        ("有多少台铝壳炉?", "铝壳炉台数"),
        ("贵厂占地多少亩?", "占地(亩)"),
        ("一年出多少货(吨)", "年产量(吨)"),
        ("用何燃料", "燃料"),
        ("法定代表人是谁", "法定代表人"),
    ],
)
def test_a_question_is_put_into_the_words_of_a_roster(asked: str, meant: str) -> None:
    assert in_roster_words(asked) == meant


def test_what_only_looks_like_a_question_stays() -> None:
    for text in ("是", "是否规上?", "几何尺寸", "什么时候投用", "何时投产", "贵州企业名称"):
        assert in_roster_words(text).rstrip("?") == text.rstrip("?")


def test_a_question_that_the_lexicon_knows_is_left_to_it() -> None:
    assert header_words("每炉几吨").bare == "每炉几吨"


def test_the_answers_of_a_questionnaire_are_read() -> None:
    (firm,) = read(
        sheet("""
1、贵企业全称是？|2、企业目前的生产状态是|3、现有职工多少人？|4、厂里有铝壳炉几台？|5、厂里有钢壳炉几台？
甲铸造厂|停产|6|1|0
""")
    ).records

    assert values(firm.enterprise) == {"name": "甲铸造厂", "status": "suspended", "employees": 6}
    assert machines(firm) == [{"kind": "induction_furnace", "shell": "aluminium", "quantity": 1}]
