"""Groups written apart and machines that came and went: asked on a reply, answered there or at the desk, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")
HEADS = ("企业名称", "设备名称", "炉号", "容量（吨）", "台数", "使用状态")
FIRM = "兴旺铸造厂"
GROUP = (FIRM, "铝壳炉", "", 0.5, 3, "在用")
ROWS = [(FIRM, "铝壳炉", f"{number}#", 0.5, 1, "在用") for number in (1, 2, 3)]
OLD, NEW = (FIRM, "铝壳中频炉", "", 0.5, 1, "在用"), (FIRM, "钢壳中频炉", "", 0.5, 1, "在用")
CLAUSE = ("--clause", "LOCAL-LANSHAN-AL-SHELL", "--as-of", "2024-12-31")

Sent = Callable[..., dict[str, Any]]


@pytest.fixture
def sent(tmp_path: Path, luzhang: Callable) -> Sent:
    """Send a roster with these rows; what the import answers. The marked copy is 核对.xlsx."""

    def taken(unit: str, *rows: tuple[object, ...], day: str = "2024-01-15") -> dict[str, Any]:
        path = tmp_path / f"{unit}{day}.xlsx"
        book = openpyxl.Workbook()
        book.worksheets[0].title = "名册"
        for line in [("铸造企业名册",), (f"填报单位：{unit}", None, f"填报日期：{day}"), HEADS, *rows]:
            book.worksheets[0].append(line)
        book.save(path)
        told: dict[str, Any] = luzhang("import", path, *COUNTY, "--json", "--reply", tmp_path / "核对.xlsx").object
        return told

    return taken


@pytest.fixture
def answer(tmp_path: Path, luzhang: Callable) -> Sent:
    """Answer the question that holds these words on the marked copy, and send that back."""

    def given(question: str, answer: str) -> dict[str, Any]:
        book = openpyxl.load_workbook(tmp_path / "核对.xlsx")
        (line,) = [row for row in book["待核实"].iter_rows(min_row=5) if question in str(row[4].value)]
        line[7].value = answer
        book.save(tmp_path / "答复.xlsx")
        told: dict[str, Any] = luzhang("import", tmp_path / "答复.xlsx", *COUNTY, "--json").object
        return told

    return given


def choices(tmp_path: Path) -> list[str]:
    page = openpyxl.load_workbook(tmp_path / "核对.xlsx")["待核实"]
    return [one.formula1.strip('"') for one in page.data_validations.dataValidation]


def fixes(tmp_path: Path) -> str:
    page = openpyxl.load_workbook(tmp_path / "核对.xlsx")["待核实"]
    return "\n".join(str(row[6].value) for row in page.iter_rows(min_row=5))


def asked(luzhang: Callable, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = luzhang(*words, *COUNTY, "--json").objects[0]
    return found


def counted(luzhang: Callable) -> list[int]:
    rows = asked(luzhang, "obsolete", *CLAUSE)["rows"]
    return sorted(one["quantity"] for row in rows for one in row["furnaces"])


def decided(luzhang: Callable) -> list[tuple[str, str, str]]:
    """Which machine came in the place of which, or did not, as it stands decided."""
    rows = asked(luzhang, "decide", "list")["decisions"]
    return [(one["kind"], one["about"]["old_machine"], one["about"]["new_machine"]) for one in rows]


def codes(told: dict[str, Any]) -> list[str]:
    return [issue["code"] for issue in told["issues"]]


@pytest.mark.parametrize(("said", "bodies"), [("同一组拆开写的", [1, 1, 1]), ("那一组之外另有的设备", [1, 1, 1, 3])])
def test_rows_that_divide_a_group_are_what_their_sender_chooses(
    luzhang: Callable, sent: Sent, answer: Sent, tmp_path: Path, said: str, bodies: list[int]
) -> None:
    sent("新圩镇", GROUP)
    sent("生态环境局", *ROWS)
    assert "同一组拆开写的,那一组之外另有的设备" in choices(tmp_path)
    assert "split" not in fixes(tmp_path)

    told = answer("报的是一组", said)

    assert "reply.carried_out" in codes(told)
    assert (asked(luzhang, "desk")["held"], counted(luzhang)) == ([], bodies)
    assert luzhang("undo", told["batch"], *COUNTY).status == 0
    assert (counted(luzhang), luzhang("verify").status) == ([3], 0)


def test_rows_of_two_questions_on_one_firm_are_not_taken_for_one_another(
    luzhang: Callable, sent: Sent, answer: Sent
) -> None:
    other = (FIRM, "钢壳炉", "", 2, 2, "在用")
    sent("新圩镇", GROUP, other)
    sent("生态环境局", *ROWS, *[(FIRM, "钢壳炉", f"{number}#", 2, 1, "在用") for number in (8, 9)])

    told = answer("0.5吨铝壳炉", "那一组之外另有的设备")

    assert "reply.answered" in codes(told)
    assert (len(asked(luzhang, "desk")["held"]), counted(luzhang)) == (5, [3])


def test_a_machine_that_its_sender_says_replaced_the_old_one_is_linked_until_the_copy_is_undone(
    luzhang: Callable, sent: Sent, answer: Sent, tmp_path: Path
) -> None:
    sent("新圩镇", OLD)
    sent("新圩镇", NEW, day="2024-03-31")
    assert "旧的换成了新的,没有换，两台没有关系" in choices(tmp_path)
    assert "luzhang" not in fixes(tmp_path)

    told = answer("可能是更新替换", "旧的换成了新的")

    assert "reply.carried_out" in codes(told)
    assert decided(luzhang) == [("replaced", "0.5吨铝壳中频炉", "0.5吨钢壳中频炉")]
    assert asked(luzhang, "desk")["replacements"] == []
    undone = luzhang("undo", told["batch"], *COUNTY)
    assert f"{FIRM}　设备换新：0.5吨铝壳中频炉 换成 0.5吨钢壳中频炉 → 空" in undone.out
    assert (decided(luzhang), len(asked(luzhang, "desk")["replacements"])) == ([], 1)


def test_machines_that_their_sender_says_have_nothing_to_do_with_each_other_are_asked_about_no_more(
    luzhang: Callable, sent: Sent, answer: Sent
) -> None:
    sent("新圩镇", OLD)
    sent("新圩镇", NEW, day="2024-03-31")

    told = answer("可能是更新替换", "没有换，两台没有关系")

    assert decided(luzhang) == [("not_replaced", "0.5吨铝壳中频炉", "0.5吨钢壳中频炉")]
    assert asked(luzhang, "desk")["replacements"] == []
    assert "没有换新：0.5吨铝壳中频炉" in luzhang("decide", "list", *COUNTY).out
    undone = luzhang("undo", told["batch"], *COUNTY)
    assert f"{FIRM}　没有换新：0.5吨铝壳中频炉 与 0.5吨钢壳中频炉 → 空" in undone.out
    assert (decided(luzhang), len(asked(luzhang, "desk")["replacements"])) == ([], 1)
    assert luzhang("verify").status == 0


BIG, BIGGER = (FIRM, "铝壳中频炉", "", 1, 1, "在用"), (FIRM, "钢壳中频炉", "", 2, 1, "在用")


def test_of_several_machines_the_pairs_are_chosen_or_written(
    luzhang: Callable, sent: Sent, answer: Sent, tmp_path: Path
) -> None:
    sent("新圩镇", OLD, BIG)
    sent("新圩镇", NEW, BIGGER, day="2024-03-31")
    (words,) = [one for one in choices(tmp_path) if "都没有换" in one]
    pair, other = "0.5吨铝壳中频炉换成2吨钢壳中频炉", "1吨铝壳中频炉换成0.5吨钢壳中频炉"
    assert {pair, other} < set(words.split(","))
    assert len(words.split(",")) == 5

    told = answer("对不上", f"{pair}；{other}")

    assert "reply.carried_out" in codes(told)
    assert sorted(decided(luzhang)) == [
        ("replaced", "0.5吨铝壳中频炉", "2吨钢壳中频炉"),
        ("replaced", "1吨铝壳中频炉", "0.5吨钢壳中频炉"),
    ]
    assert asked(luzhang, "desk")["replacements"] == []


@pytest.mark.parametrize(
    "said", ["0.5吨铝壳中频炉换成2吨钢壳中频炉；0.5吨铝壳中频炉换成0.5吨钢壳中频炉", "小的换成大的", "换了"]
)
def test_an_answer_that_names_no_certain_pairs_is_shown_and_links_nothing(
    luzhang: Callable, sent: Sent, answer: Sent, said: str
) -> None:
    sent("新圩镇", OLD, BIG)
    sent("新圩镇", NEW, BIGGER, day="2024-03-31")

    told = answer("对不上", said)

    assert [issue["message"] for issue in told["issues"] if issue["code"] == "reply.answered"] == [
        next(issue["message"] for issue in told["issues"] if said in issue["message"])
    ]
    assert (decided(luzhang), len(asked(luzhang, "desk")["replacements"])) == ([], 1)


def test_a_person_decides_that_a_machine_did_not_come_in_the_place_of_another(luzhang: Callable, sent: Sent) -> None:
    sent("新圩镇", OLD)
    sent("新圩镇", NEW, day="2024-03-31")
    [waits] = asked(luzhang, "desk")["replacements"]
    pair = (waits["out"][0]["id"], waits["come"][0]["id"])

    decision = asked(luzhang, "decide", "replaced", *pair, "--none", "--reason", "看过，两台无关")["decision"]

    assert asked(luzhang, "desk")["replacements"] == []
    later = sent("新圩镇", NEW, day="2024-06-30")
    assert "machine.replaced" not in codes(later)
    assert asked(luzhang, "desk")["replacements"] == []
    for words in (("--none",), ()):
        refused = luzhang("decide", "replaced", *pair, *words, "--reason", "再定", *COUNTY)
        assert (refused.status, "没有换新的关系" in refused.err) == (2, True)
    assert luzhang("decide", "back", decision, "--reason", "看错", *COUNTY).status == 0
    assert len(asked(luzhang, "desk")["replacements"]) == 1
    luzhang("decide", "replaced", *pair, "--reason", "照片", *COUNTY)
    refused = luzhang("decide", "replaced", *pair, "--none", "--reason", "再定", *COUNTY)
    assert (refused.status, "已记为旧的这台换成了新的这台" in refused.err) == (2, True)
    assert luzhang("verify").status == 0


def test_the_history_of_a_firm_says_that_a_machine_did_not_come_in_the_place_of_another(
    luzhang: Callable, sent: Sent
) -> None:
    sent("新圩镇", OLD)
    sent("新圩镇", NEW, day="2024-03-31")
    [waits] = asked(luzhang, "desk")["replacements"]
    pair = (waits["out"][0]["id"], waits["come"][0]["id"])
    luzhang("decide", "replaced", *pair, "--none", "--reason", "两台无关", *COUNTY)

    told = luzhang("history", FIRM, *COUNTY).out

    assert "定为没有换新的关系" in told
    assert "定为不是一家" not in told
