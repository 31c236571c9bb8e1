"""The lines around a table: the roster's year, what its marks mean, the numbers of its pages."""

from __future__ import annotations

import pytest

from importers.roster.legends import legend_in
from tests.importers.sheets import codes, names, read, sheet

PERMITS = "企业名称|环评批复|排污许可证\n甲铸造厂|√|○\n乙铸造厂|×|○"


def standings(text: str) -> list[list[object]]:
    """The standings of the permits of each firm, and the codes of the issues behind them."""
    reading = read(sheet(text))
    said: list[list[object]] = [[one["standing"].value for one in firm.permits] for firm in reading.records]
    return [*said, [code for code, _ in codes(reading)]]


@pytest.mark.parametrize(
    "above",
    ["铸造企业手续办理情况一览表（√已办 ×未办 ○在办）", "注：“√”表示已办，“×”表示未办，“○”表示在办", "（○为在办）"],
)
def test_a_mark_says_what_the_lines_around_the_table_say_of_it(above: str) -> None:
    expected = [["held", "applying"], ["lacking", "applying"], []]

    assert standings(f"{above}\n{PERMITS}") == expected
    assert standings(f"{PERMITS}\n注：√已办，×未办，○在办") == expected


def test_a_mark_says_what_its_own_head_says_of_it() -> None:
    assert standings("企业名称|排污许可证（√已办 ×未办 ○在办）\n甲铸造厂|○\n乙铸造厂|√") == [["applying"], ["held"], []]


def test_a_mark_keeps_its_own_text_as_the_raw_of_its_fact() -> None:
    reading = read(sheet(f"手续一览（√已办 ×未办 ○在办）\n{PERMITS}"))

    assert [(one["standing"].raw, one["standing"].cell) for one in reading.records[0].permits] == [
        ("√", "B3"), ("○", "C3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "在办○ 已办√ 未办×",
        "已办 √ 未办 × 在办 ○",
        "√未办 ×已办 ○在办",
        "○企业自查 ○部门检查",
        "○填报要求：逐项填写",
        "铸造企业名单",
        "□新建 ☑改建",
    ],
)
def test_a_text_that_explains_its_marks_doubtfully_explains_none(text: str) -> None:
    assert legend_in(text) == {}


def test_a_mark_that_nobody_explains_is_asked_about() -> None:
    table = "企业名称|环评批复|排污许可证\n甲铸造厂|√|√\n乙铸造厂|×|○"

    assert standings(f"手续办理情况一览表（√已办 ×未办）\n{table}") == [
        ["held", "held"], ["lacking"], ["value.mark_unclear"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "until"),
    [
        ("铸造作坊名单\n（2020年度）", "2020-10-31"),
        ("铸造作坊名单\n登记单位：区经信局   ２０２１年度", "2021-10-31"),
        ("2019年铸造作坊名单\n（2020年度）", "2019-10-31"),
        ("铸造作坊名单\n（2020年度）\n2021年", None),
        ("铸造作坊名单\n（蓝政办〔2020〕3号）", None),
    ],
)
def test_the_roster_s_year_may_stand_by_itself_above_it(above: str, until: str | None) -> None:
    reading = read(sheet(f"{above}\n序号|企业名称|完成时限\n1|甲铸造厂|10月底前\n2|乙铸造厂|2020年5月"))
    said = reading.records[0].enterprise.get("deadline")

    assert (said.value.until.isoformat() if said else None) == until  # type: ignore[union-attr]
    assert codes(reading) == ([] if until else [("value.year_unknown", f"C{reading.records[0].rows[0]}")])


def test_the_number_of_a_page_is_no_row_of_a_firm() -> None:
    head = "序号|企业名称|铝壳炉数量"
    reading = read(sheet(f"名单\n{head}\n1|甲铸造厂|1\n||第1页 共2页\n名单\n||第2页 共2页\n{head}\n2|乙铸造厂|1"))

    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert codes(reading) == []
    assert reading.rows_held == 0


def test_a_line_for_seals_and_signatures_is_no_firm_s_row() -> None:
    reading = read(sheet("序号|企业名称|电话\n1|甲铸造厂|13800001111\n\n县科工局（盖章）：||生态环境局（盖章）："))

    assert reading.sheets[0].tables[0].ignored_rows[-1] == (4, "footer")
    assert reading.issues == ()


def test_a_legend_may_end_with_what_a_stroke_means() -> None:
    assert legend_in("说明：√表示已办，△表示正在办，×表示未办，/表示不涉及") == {"△": "正在办"}
