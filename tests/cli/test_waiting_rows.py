"""Rows that wait: a person says whose they are, and the batch is read again; nothing waiting is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")
HEADS = ("企业名称", "统一社会信用代码", "设备名称", "炉号", "容量（吨）")


@pytest.fixture
def sent(tmp_path: Path, luzhang: Callable) -> Callable[..., dict]:
    """Send a roster with these rows; what the import answers."""

    def taken(unit: str, *rows: tuple[object, ...], day: str = "2024-01-15") -> dict:
        path = tmp_path / f"{unit}{day}.xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("名册")
        lines = [("铸造企业名册",), (f"填报单位：{unit}", None, f"填报日期：{day}"), HEADS, *rows]
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
        book.close()
        return luzhang("import", path, *COUNTY, "--json").object

    return taken


def two_of_a_name(sent: Callable) -> dict:
    """Two firms of one name with a code each, and a roster that writes the name without a code."""
    sent("甲镇", ("兴旺铸造厂", code(1), "铝壳炉", "1#", 0.5))
    sent("乙镇", ("旺兴铸造厂", code(2), "钢壳炉", "2#", 1), ("旺兴铸造厂二厂", code(3), "钢壳炉", "3#", 2))
    return sent("科工局", ("旺兴铸造厂", code(1), "铝壳炉", "1#", 0.75), ("好炉铸造厂", "", "钢壳炉", "9#", 3))


def code(number: int) -> str:
    from app.domain.credit_code import check_character, organisation_check

    organisation = f"{10_000_000 + number}"
    body = f"91431127{organisation}{organisation_check(organisation)}"
    return body + check_character(body)


def waiting(luzhang: Callable) -> list[dict]:
    return luzhang("desk", *COUNTY, "--json").object["held"]


def machines(luzhang: Callable) -> dict[str, list[float]]:
    rows = luzhang("obsolete", *COUNTY, "--json", "--clause", "LOCAL-LANSHAN-AL-SHELL").object["rows"]
    return {row["enterprise"]["name"]: [one["capacity_t"] for one in row["furnaces"]] for row in rows}


def test_good_rows_are_applied_while_a_doubtful_one_waits(luzhang: Callable, sent: Callable) -> None:
    told = two_of_a_name(sent)

    (row,) = waiting(luzhang)

    assert told["proposal"]["new"] == 1
    assert (row["batch"], row["sheet"], row["row"]) == (told["batch"], "名册", 4)
    assert row["why"] == "firm.code_and_name_differ"
    assert row["cells"]["A"] == "旺兴铸造厂"
    assert row["question"] == "信用代码像这一家，名称像那一家，是哪一家"
    assert f"名册 第 4 行（批次 {told['batch']}）：{row['question']}" in luzhang("desk", *COUNTY).out


def test_a_row_whose_firm_is_told_is_applied_in_its_batch_and_undone_with_it(luzhang: Callable, sent: Callable) -> None:
    told = two_of_a_name(sent)
    (row,) = waiting(luzhang)
    place = (told["batch"], row["sheet"], row["row"])

    said = luzhang("decide", "row", *place, "firm", "兴旺铸造厂", "--reason", "名称写反了", *COUNTY, "--json")

    assert list(said.objects[0]) == ["decision", "change"]
    assert (said.objects[1]["batch"], said.objects[1]["applied"]["enterprises"]) == (told["batch"], 1)
    assert waiting(luzhang) == []
    again = luzhang("resume", told["batch"], *COUNTY)
    assert "没有新的可以写入" in again.out
    undone = luzhang("undo", told["batch"], *COUNTY, "--json").object
    assert undone["reversed"]
    assert luzhang("verify").status == 0


def test_a_row_of_a_new_firm_is_enrolled(luzhang: Callable, sent: Callable) -> None:
    told = two_of_a_name(sent)
    (row,) = waiting(luzhang)

    luzhang("decide", "row", told["batch"], "名册", row["row"], "firm", "new", "--reason", "第三家", *COUNTY)

    assert waiting(luzhang) == []


def test_a_machine_that_fits_several_is_told(luzhang: Callable, sent: Callable) -> None:
    sent("甲镇", ("兴旺铸造厂", "", "铝壳炉", "1#", 0.5), ("兴旺铸造厂", "", "铝壳炉", "2#", 0.5))
    told = sent("科工局", ("兴旺铸造厂", "", "铝壳中频炉", "", 0.5), day="2024-03-31")
    (row,) = waiting(luzhang)
    assert row["why"] == "machine.fits_several"

    luzhang("decide", "row", told["batch"], "名册", row["row"], "machine", "new", "--reason", "新装的", *COUNTY)

    assert waiting(luzhang) == []
    assert machines(luzhang)["兴旺铸造厂"] == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{batch}", "名册", "99", "firm", "兴旺铸造厂"), "不在待定之列"),
        (("{batch}", "名册", "4", "colour", "new"), "不能这样答"),
        (("{batch}", "名册", "4", "machine", "nothing"), "没有编号为“nothing”"),
        (("nothing", "名册", "4", "firm", "new"), "没有“nothing”这次导入"),
    ],
)
def test_an_answer_that_cannot_be_says_why(luzhang: Callable, sent: Callable, words: tuple, told: str) -> None:
    batch = two_of_a_name(sent)["batch"]
    said = luzhang("decide", "row", *(word.format(batch=batch) for word in words), "--reason", "试", *COUNTY)
    assert said.status == 2
    assert told in said.err
