"""Groups that two sources count differently, and machines that replaced others: asked, answered, shown, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")
HEADS = ("企业名称", "设备名称", "炉号", "容量（吨）", "台数", "使用状态")
CLAUSE = ("--clause", "LOCAL-LANSHAN-AL-SHELL", "--as-of", "2024-12-31")
GROUP = ("兴旺铸造厂", "铝壳炉", "", 0.5, 3, "在用")
ROWS = [("兴旺铸造厂", "铝壳炉", f"{number}#", 0.5, 1, "在用") for number in (1, 2, 3)]


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


def asked(luzhang: Callable, *words: object) -> dict:
    return luzhang(*words, *COUNTY, "--json").objects[0]


def counted(luzhang: Callable) -> list[int]:
    """How many aluminium bodies each machine of the county has; none of them is disputed."""
    rows = asked(luzhang, "obsolete", *CLAUSE)["rows"]
    assert not any("conflict" in one for row in rows for one in row["furnaces"])
    return sorted(one["quantity"] for row in rows for one in row["furnaces"])


def test_a_group_that_the_bureau_divides_waits_and_is_divided_as_answered(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇", GROUP)
    told = sent("生态环境局", *ROWS)
    held = asked(luzhang, "desk")["held"]
    assert [(one["row"], one["why"]) for one in held] == [(row, "machine.splits_group") for row in (4, 5, 6)]
    assert [one["machine"] for one in held[0]["machines"]] == ["0.5吨铝壳炉"]
    assert counted(luzhang) == [3]

    luzhang("decide", "row", told["batch"], "名册", 5, "machine", "split", "--reason", "现场看过", *COUNTY)

    assert asked(luzhang, "desk")["held"] == []
    assert counted(luzhang) == [1, 1, 1]
    later = sent("新圩镇", GROUP, day="2024-03-31")
    assert (later["proposal"]["same"], counted(luzhang)) == (1, [1, 1, 1])
    refused = luzhang("undo", told["batch"], *COUNTY)
    assert (refused.status, "请先撤回后来的那次导入" in refused.err) == (2, True)
    for batch in (later["batch"], told["batch"]):
        assert luzhang("undo", batch, *COUNTY).status == 0
    assert (counted(luzhang), luzhang("verify").status) == ([3], 0)


def test_an_answer_of_a_row_is_shown_and_taken_back_while_it_waits(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇", GROUP)
    batch = sent("生态环境局", *ROWS)["batch"]
    place = (batch, "名册", 4, "machine")
    answer = asked(luzhang, "decide", "row", *place, "new", "--reason", "另一台")["decision"]
    [row] = asked(luzhang, "decide", "list")["decisions"]
    assert (row["kind"], row["about"]["row"], row["about"]["answer"], row["reason"]) == ("row", 4, "new", "另一台")
    assert len(asked(luzhang, "desk")["held"]) == 3
    assert "待定的行：名册 第 4 行" in luzhang("decide", "list", *COUNTY).out

    assert luzhang("decide", "back", answer, "--reason", "看错", *COUNTY).status == 0

    assert asked(luzhang, "decide", "list")["decisions"] == []
    carried = asked(luzhang, "decide", "row", *place, "split", "--reason", "现场看过")["decision"]
    refused = luzhang("decide", "back", carried, "--reason", "看错", *COUNTY)
    assert (refused.status, f"luzhang undo {batch}" in refused.err) == (2, True)


def test_split_answers_only_rows_that_divide_a_group(luzhang: Callable, sent: Callable) -> None:
    batch = sent("新圩镇", GROUP)["batch"]

    refused = luzhang("decide", "row", batch, "名册", 4, "machine", "split", "--reason", "试", *COUNTY)

    assert (refused.status, "不是等着问" in refused.err) == (2, True)


def test_a_replacement_that_the_roster_states_is_linked_shown_and_undone(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇", ("兴旺铸造厂", "铝壳中频炉", "", 0.5, 1, "在用"))
    gone, new = ("兴旺铸造厂", "铝壳中频炉", "", 0.5, 1, "已拆除"), ("兴旺铸造厂", "钢壳中频炉", "", 0.5, 1, "在用")

    batch = sent("新圩镇", gone, new, day="2024-03-31")["batch"]

    [row] = asked(luzhang, "decide", "list")["decisions"]
    about = row["about"]
    assert (row["kind"], about["batch"], about["old_machine"], about["new_machine"]) == (
        "replaced",
        batch,
        "0.5吨铝壳中频炉",
        "0.5吨钢壳中频炉",
    )
    assert "0.5吨铝壳中频炉" in luzhang("decide", "list", *COUNTY).out
    undone = asked(luzhang, "undo", batch)
    assert [one["before"] for one in undone["reversed"] if one["field"] == "replaced"] == [
        "0.5吨铝壳中频炉 换成 0.5吨钢壳中频炉"
    ]
    assert asked(luzhang, "decide", "list")["decisions"] == []
    assert luzhang("verify").status == 0


def test_a_replacement_that_is_only_likely_stands_on_the_desk_until_a_person_records_it(
    luzhang: Callable, sent: Callable
) -> None:
    sent("新圩镇", ("兴旺铸造厂", "铝壳中频炉", "", 0.5, 1, "在用"))
    told = sent("新圩镇", ("兴旺铸造厂", "钢壳中频炉", "", 0.5, 1, "在用"), day="2024-03-31")
    assert "machine.replaced" in [issue["code"] for issue in told["issues"]]
    [waits] = asked(luzhang, "desk")["replacements"]
    assert waits["enterprise"]["name"] == "兴旺铸造厂"
    [old], [new] = waits["out"], waits["come"]
    assert (old["machine"], new["machine"]) == ("0.5吨铝壳中频炉", "0.5吨钢壳中频炉")
    assert "设备换新：1 处" in luzhang("desk", *COUNTY).out

    luzhang("decide", "replaced", old["id"], new["id"], "--reason", "看过照片", *COUNTY)

    assert asked(luzhang, "desk")["replacements"] == []
    again = luzhang("decide", "replaced", old["id"], new["id"], "--reason", "再来", *COUNTY)
    assert (again.status, "请先撤回" in again.err) == (2, True)


def test_a_machine_of_another_firm_is_no_answer_to_a_row(luzhang: Callable, sent: Callable) -> None:
    sent("新圩镇", GROUP, ("旺兴铸造厂", *GROUP[1:]))
    batch = sent("生态环境局", *ROWS, *(("旺兴铸造厂", *row[1:]) for row in ROWS))["batch"]
    held = asked(luzhang, "desk")["held"]
    mine, others = (one["machines"][0]["id"] for one in (held[0], held[-1]))
    assert mine != others
    place = (batch, "名册", held[0]["row"], "machine")

    refused = luzhang("decide", "row", *place, others, "--reason", "试", *COUNTY)

    assert (refused.status, "不是这一行的企业的" in refused.err) == (2, True)
    assert asked(luzhang, "decide", "list")["decisions"] == []
    assert luzhang("decide", "row", *place, mine, "--reason", "说的是整组", *COUNTY).status != 2
