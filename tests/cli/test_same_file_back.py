"""The same file back: marked for its sender; what she mends in the marked cells is read, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from app.domain.credit_code import check_character, organisation_check

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")
HEADS = ("企业名称", "设备名称", "炉号", "容量", "台数")
CODED = ("企业名称", "统一社会信用代码", "设备名称", "炉号", "容量（吨）")
#: Two credit codes that are valid.
CODES = tuple(
    body + check_character(body)
    for number in (10000001, 10000002)
    if (body := f"91431127{number}{organisation_check(str(number))}")
)


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    """A roster with a capacity that has no unit, and whatever rows are added."""

    def written(
        *rows: tuple[object, ...], day: str = "2024-01-15", name: str = "新圩镇.xlsx", heads: tuple[str, ...] = HEADS
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "名册"
        lines = [("铸造企业名册",), ("填报单位：新圩镇人民政府", None, f"填报日期：{day}"), heads, *rows]
        for line in lines:
            sheet.append(line)
        path = tmp_path / name
        book.save(path)
        return path

    return written


FIRST = ("甲铸造厂", "铝壳炉", "1#", "约0.5吨", 1)
SECOND = ("乙铸造厂", "钢壳炉", "2#", "1吨", 1)


def marked(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def capacities(home: Path) -> set[str]:
    with sqlite3.connect(home / "home" / "luzhang.db") as connection:
        rows = connection.execute("SELECT value, file FROM statement WHERE field = 'capacity_t'")
        return {f"{value} {file}" for value, file in rows}


def test_a_doubtful_cell_is_marked_in_the_senders_own_workbook(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back = tmp_path / "核对.xlsx"

    said = luzhang("import", roster(FIRST, SECOND), *COUNTY, "--reply", back)

    assert "标注好的副本写到了 核对.xlsx" in said.err
    sheet = marked(back)["名册"]
    assert "确定的数" in sheet["D4"].comment.text
    assert sheet["D4"].fill.fgColor.rgb != sheet["D5"].fill.fgColor.rgb
    assert sheet["D5"].comment is None
    assert [sheet.cell(4, column).value for column in range(1, 6)] == list(FIRST)
    assert "待核实" in marked(back).sheetnames


def test_only_marked_cells_of_the_returned_copy_change_anything(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back = tmp_path / "核对.xlsx"
    luzhang("import", roster(FIRST, SECOND), *COUNTY, "--reply", back)
    book = marked(back)
    book["名册"]["D4"] = "0.5吨"
    book["名册"]["D5"] = "9吨"
    book.save(tmp_path / "改好.xlsx")

    said = luzhang("import", tmp_path / "改好.xlsx", *COUNTY, "--json").object

    assert {key: count for key, count in said["proposal"].items() if count} == {"changed": 1, "same": 1}
    assert capacities(tmp_path) == {"1.0 新圩镇.xlsx", "0.5 改好.xlsx"}
    (unread,) = [issue for issue in said["issues"] if issue["code"] == "reply.unmarked_changed"]
    assert "9吨" in unread["message"]
    assert luzhang("verify").status == 0


def test_the_reply_to_a_corrected_copy_is_the_senders_workbook_with_what_is_settled_unmarked(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    sent = roster(FIRST, ("乙铸造厂", "钢壳炉", "2#", "约1吨", 1))
    before = openpyxl.load_workbook(sent)
    before["名册"]["A1"].font = openpyxl.styles.Font(name="黑体", size=20)
    before["名册"].merge_cells("A1:E1")
    before.save(sent)
    luzhang("import", sent, *COUNTY, "--reply", tmp_path / "核对.xlsx")
    book = marked(tmp_path / "核对.xlsx")
    book["名册"]["D4"] = "0.5吨"
    book["名册"]["A6"] = "没有标色的一行"
    book.save(tmp_path / "改好.xlsx")

    said = luzhang("import", tmp_path / "改好.xlsx", *COUNTY, "--reply", tmp_path / "再核对.xlsx")

    assert "没有在" not in said.err
    sheet = marked(tmp_path / "再核对.xlsx")["名册"]
    assert [sheet["D4"].value, sheet["D5"].value, sheet["A6"].value] == ["0.5吨", "约1吨", None]
    assert (sheet["A1"].font.name, sheet["A1"].font.size) == ("黑体", 20)
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:E1"]
    assert (sheet["D4"].comment, sheet["D4"].fill.fill_type) == (None, None)
    assert "确定的数" in sheet["D5"].comment.text
    book = marked(tmp_path / "再核对.xlsx")
    book["名册"]["D5"] = "1吨"
    book.save(tmp_path / "又改好.xlsx")
    again = luzhang("import", tmp_path / "又改好.xlsx", *COUNTY, "--json").object
    assert {key: count for key, count in again["proposal"].items() if count} == {"changed": 1, "same": 1}
    assert [issue["code"] for issue in again["issues"]] == []
    assert {"0.5 改好.xlsx", "1.0 又改好.xlsx"} <= capacities(tmp_path)


def test_an_original_is_undone_only_after_its_corrected_copy(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    sent = luzhang("import", roster(FIRST, SECOND), *COUNTY, "--json", "--reply", tmp_path / "核对.xlsx").object
    book = marked(tmp_path / "核对.xlsx")
    book["名册"]["D4"] = "0.5吨"
    book.save(tmp_path / "改好.xlsx")
    copy = luzhang("import", tmp_path / "改好.xlsx", *COUNTY, "--json").object

    refused = luzhang("undo", sent["batch"], *COUNTY)

    assert (refused.status, f"请先撤回副本：luzhang undo {copy['batch']}" in refused.err) == (2, True)
    assert furnaces(luzhang, "2024-02-01") == ["0.5"]
    assert [luzhang("undo", told["batch"], *COUNTY).status for told in (copy, sent)] == [0, 0]
    assert furnaces(luzhang, "2024-02-01") == []


def test_what_is_written_beside_the_question_is_read_as_the_cell(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back = tmp_path / "核对.xlsx"
    luzhang("import", roster(FIRST), *COUNTY, "--reply", back)
    book = marked(back)
    questions = book["待核实"]
    (heads,) = [row for row in questions.iter_rows() if any(cell.value == "更正为" for cell in row)]
    column = next(cell.column for cell in heads if cell.value == "更正为")
    line = next(cell.row for row in questions.iter_rows(min_row=heads[0].row + 1) for cell in row if cell.value == "D4")
    questions.cell(line, column).value = "0.5吨"
    book.save(tmp_path / "改好.xlsx")

    luzhang("import", tmp_path / "改好.xlsx", *COUNTY, "--json")

    assert "0.5 改好.xlsx" in capacities(tmp_path)


def test_a_copy_whose_original_is_not_known_is_read_as_a_roster(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back = tmp_path / "核对.xlsx"
    luzhang("import", roster(FIRST), *COUNTY, "--dry-run", "--reply", back)

    said = luzhang("import", back, *COUNTY, "--json").object

    assert said["proposal"]["new"] == 1
    assert "reply.original_unknown" in [issue["code"] for issue in said["issues"]]


def test_a_copy_whose_original_is_not_known_is_answered_by_a_table_that_can_be_sent_back(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back, again = tmp_path / "核对.xlsx", tmp_path / "再核对.xlsx"
    luzhang("import", roster(FIRST), *COUNTY, "--dry-run", "--reply", back)

    said = luzhang("import", back, *COUNTY, "--reply", again)

    assert "原件没有留存" in said.err
    assert marked(again).sheetnames == ["名册", "待核实", "luzhang_reply"]
    book = marked(again)
    book["名册"]["D4"] = "0.5吨"
    book.save(tmp_path / "改好.xlsx")
    luzhang("import", tmp_path / "改好.xlsx", *COUNTY)
    assert "0.5 改好.xlsx" in capacities(tmp_path)


def test_an_answer_to_why_a_firm_is_missing_comes_back(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    back = tmp_path / "核对.xlsx"
    luzhang("import", roster(FIRST, SECOND), *COUNTY)
    later = roster(SECOND, day="2024-06-30", name="二季度.xlsx")
    luzhang("import", later, *COUNTY, "--reply", back)
    book = marked(back)
    questions = book["待核实"]
    (heads,) = [row for row in questions.iter_rows() if any(cell.value == "更正为" for cell in row)]
    column = next(cell.column for cell in heads if cell.value == "更正为")
    cells = (cell for row in questions.iter_rows(min_row=heads[0].row + 1) for cell in row)
    (line,) = [cell.row for cell in cells if str(cell.value).startswith("“甲铸造厂”上次在册")]
    questions.cell(line, column).value = "关停"
    book.save(tmp_path / "改好.xlsx")

    luzhang("import", tmp_path / "改好.xlsx", *COUNTY)

    decisions = luzhang("decide", "list", *COUNTY, "--json").object["decisions"]
    assert luzhang("desk", *COUNTY, "--json").object["missing"] == []
    assert {(one["kind"], one["reason"]) for one in decisions} == {
        ("absent", "来件答复：关停"),
        ("value", "来件答复：关停"),
    }


def test_undoing_a_copy_takes_back_why_a_firm_is_missing_as_it_answered(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(FIRST, SECOND), *COUNTY)
    luzhang("import", roster(SECOND, day="2024-06-30", name="二季度.xlsx"), *COUNTY, "--reply", tmp_path / "核对.xlsx")
    back = answered(tmp_path / "核对.xlsx", "上次在册", "关停")
    told = luzhang("import", back, *COUNTY, "--json").object
    assert "reply.carried_out" in codes(told)

    undone = luzhang("undo", told["batch"], *COUNTY)

    assert "甲铸造厂　生产状态：关停退出 → 空" in undone.out
    (missing,) = luzhang("desk", *COUNTY, "--json").object["missing"]
    assert missing["enterprise"]["name"] == "甲铸造厂"
    assert luzhang("decide", "list", *COUNTY, "--json").object["decisions"] == []
    assert luzhang("verify").status == 0
    again = luzhang("import", back, *COUNTY, "--json").object
    assert "reply.carried_out" in codes(again)
    assert luzhang("desk", *COUNTY, "--json").object["missing"] == []


def test_an_answer_to_why_a_firm_is_missing_is_shown_where_the_desk_answered_otherwise(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(FIRST, SECOND), *COUNTY)
    later = roster(SECOND, day="2024-06-30", name="二季度.xlsx")
    sent = luzhang("import", later, *COUNTY, "--json", "--reply", tmp_path / "核对.xlsx").object
    luzhang("decide", "absent", sent["batch"], "甲铸造厂", "漏报", "--reason", "电话", *COUNTY)

    told = luzhang("import", answered(tmp_path / "核对.xlsx", "上次在册", "关停"), *COUNTY, "--json").object
    agreed = luzhang("import", answered(tmp_path / "核对.xlsx", "上次在册", "漏报"), *COUNTY, "--json").object

    assert [code for code in codes(told) if code.startswith("reply.")] == ["reply.answered"]
    assert [code for code in codes(agreed) if code.startswith("reply.")] == ["reply.carried_out"]
    (decision,) = luzhang("decide", "list", *COUNTY, "--json").object["decisions"]
    assert decision["reason"] == "电话"


def answered(path: Path, question: str, answer: str, note: str = "") -> Path:
    """A copy in which the question that holds these words is answered."""
    book = marked(path)
    questions = book["待核实"]
    (heads,) = [row for row in questions.iter_rows() if any(cell.value == "更正为" for cell in row)]
    column = next(cell.column for cell in heads if cell.value == "更正为")
    rows = questions.iter_rows(min_row=heads[0].row + 1)
    (line,) = [row[0].row for row in rows if question in str(row[4].value)]
    questions.cell(line, column).value = answer
    questions.cell(line, column + 1).value = note or None
    to = path.with_name(f"{path.stem}答复.xlsx")
    book.save(to)
    return to


def choices(path: Path) -> list[str]:
    """The drop-downs of the questions."""
    return [one.formula1.strip('"') for one in marked(path)["待核实"].data_validations.dataValidation]


def furnaces(luzhang: Callable, day: str) -> list[str]:
    told = luzhang("obsolete", *COUNTY, "--json", "--clause", "LOCAL-LANSHAN-AL-SHELL", "--as-of", day).object
    return [str(one["capacity_t"]) for row in told["rows"] for one in row["furnaces"]]


def codes(told: dict) -> list[str]:
    return [issue["code"] for issue in told["issues"]]


OTHER = ("甲铸造厂", "铝壳炉", "2#", "0.75吨", 1)


def left_out(luzhang: Callable, roster: Callable, tmp_path: Path) -> Path:
    """The copy of a roster that leaves one of two furnaces out."""
    luzhang("import", roster(("甲铸造厂", "铝壳炉", "1#", "0.5吨", 1), OTHER), *COUNTY)
    later = roster(OTHER, day="2024-06-30", name="二季度.xlsx")
    luzhang("import", later, *COUNTY, "--reply", tmp_path / "核对.xlsx")
    return tmp_path / "核对.xlsx"


def test_a_machine_that_is_answered_to_be_dismantled_is_gone_from_the_rosters_day_on(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back = left_out(luzhang, roster, tmp_path)
    assert "漏报,已拆除" in choices(back)

    told = luzhang("import", answered(back, "没有列出", "已拆除", "五月拆的"), *COUNTY, "--json").object

    assert "reply.carried_out" in codes(told)
    assert (furnaces(luzhang, "2024-06-29"), furnaces(luzhang, "2024-06-30")) == (["0.5", "0.75"], ["0.75"])
    with sqlite3.connect(tmp_path / "home" / "luzhang.db") as connection:
        ((source, day, file, sheet, raw),) = connection.execute(
            "SELECT source, day, file, sheet, raw FROM statement WHERE value = '\"removed\"'"
        )
    assert (source, str(day), file, sheet) == ("新圩镇人民政府", "2024-06-30", "核对答复.xlsx", "待核实")
    assert "已拆除（五月拆的）" in raw
    assert luzhang("verify").status == 0
    assert luzhang("undo", told["batch"], *COUNTY).status == 0
    assert furnaces(luzhang, "2024-06-30") == ["0.5", "0.75"]


def test_a_machine_that_was_only_forgotten_is_stated_for_that_day_and_not_asked_again(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    back = answered(left_out(luzhang, roster, tmp_path), "没有列出", "漏报")

    told = luzhang("import", back, *COUNTY, "--json", "--reply", tmp_path / "再核对.xlsx").object

    assert "reply.carried_out" in codes(told)
    assert furnaces(luzhang, "2024-06-30") == ["0.5", "0.75"]
    assert not any("没有列出" in str(cell.value) for row in marked(tmp_path / "再核对.xlsx")["待核实"] for cell in row)


def test_an_answer_that_is_not_understood_is_shown_by_its_number(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(("甲铸造厂", "铝壳炉", "", "0.5吨", 1), ("甲铸造厂", "铝壳炉", "", "0.5吨", 1)), *COUNTY)
    later = roster(OTHER, day="2024-06-30", name="二季度.xlsx")
    luzhang("import", later, *COUNTY, "--reply", tmp_path / "核对.xlsx")
    book = marked(tmp_path / "核对.xlsx")
    alike = [row[0].value for row in book["待核实"].iter_rows(min_row=5) if "没有列出" in str(row[4].value)]
    book["待核实"].cell(4 + alike[0], 8).value = "已拆除"
    book.save(tmp_path / "答.xlsx")

    told = luzhang("import", tmp_path / "答.xlsx", *COUNTY, "--json").object

    assert [issue["message"] for issue in told["issues"] if issue["code"] == "reply.answered"] == [
        f"第 {alike[0]} 问来件答复“已拆除”"
    ]
    assert furnaces(luzhang, "2024-06-30") == ["0.5", "0.5", "0.75"]


def test_a_machine_that_fits_several_is_the_one_that_is_answered(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    rows = (("甲铸造厂", "铝壳炉", "1#", "0.5吨", 1), ("甲铸造厂", "铝壳炉", "2#", "0.5吨", 1))
    luzhang("import", roster(*rows), *COUNTY)
    later = roster(("甲铸造厂", "铝壳中频炉", "", "0.5吨", 1), day="2024-06-30", name="二季度.xlsx")
    luzhang("import", later, *COUNTY, "--reply", tmp_path / "核对.xlsx")
    (words,) = [one for one in choices(tmp_path / "核对.xlsx") if "另一台" in one]
    assert words == "0.5吨1#铝壳炉,0.5吨2#铝壳炉,都不是，是另一台"
    meant = words.split(",")[1]

    told = luzhang("import", answered(tmp_path / "核对.xlsx", "分不清是哪一台", meant), *COUNTY, "--json").object
    luzhang("resume", told["batch"], *COUNTY)

    assert luzhang("desk", *COUNTY, "--json").object["held"] == []
    assert furnaces(luzhang, "2024-06-30") == ["0.5", "0.5"]
    with sqlite3.connect(tmp_path / "home" / "luzhang.db") as connection:
        rows = connection.execute(
            "SELECT c.value FROM statement s JOIN statement c ON c.subject_id = s.subject_id AND c.field = 'code'"
            " WHERE s.field = 'frequency'"
        ).fetchall()
    assert rows == [('"2#"',)]


def test_undoing_a_copy_lets_the_rows_of_its_original_wait_again(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    rows = (("甲铸造厂", "铝壳炉", "1#", "0.5吨", 1), ("甲铸造厂", "铝壳炉", "2#", "0.5吨", 1))
    luzhang("import", roster(*rows), *COUNTY)
    later = roster(("甲铸造厂", "铝壳中频炉", "", "0.5吨", 1), day="2024-06-30", name="二季度.xlsx")
    sent = luzhang("import", later, *COUNTY, "--json", "--reply", tmp_path / "核对.xlsx").object
    meant = answered(tmp_path / "核对.xlsx", "分不清是哪一台", "0.5吨2#铝壳炉")
    told = luzhang("import", meant, *COUNTY, "--json").object
    assert luzhang("desk", *COUNTY, "--json").object["held"] == []

    luzhang("undo", told["batch"], *COUNTY)

    held = luzhang("desk", *COUNTY, "--json").object["held"]
    assert [(one["batch"], one["row"], one["why"]) for one in held] == [(sent["batch"], 4, "machine.fits_several")]
    again = luzhang("import", meant, *COUNTY, "--json").object
    assert "reply.carried_out" in codes(again)
    assert luzhang("desk", *COUNTY, "--json").object["held"] == []


def test_the_firm_of_a_name_that_several_have_is_the_one_that_is_answered(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    named = [("甲铸造厂", CODES[0], "铝壳炉", "1#", 0.5), ("甲铸造厂", CODES[1], "铝壳炉", "9#", 2)]
    for at, row in enumerate(named):
        sent = luzhang("import", roster(row, heads=CODED, name=f"{at}.xlsx"), *COUNTY, "--json").object
    luzhang("decide", "row", sent["batch"], "名册", 4, "firm", "new", "--reason", "同名的另一家", *COUNTY)
    later = roster(("甲铸造厂", None, "铝壳炉", "1#", 0.75), heads=CODED, day="2024-06-30", name="二季度.xlsx")
    luzhang("import", later, *COUNTY, "--reply", tmp_path / "核对.xlsx")
    assert "另一家新企业" in choices(tmp_path / "核对.xlsx")

    back = answered(tmp_path / "核对.xlsx", "企业叫“甲铸造厂”", f"代码是 {CODES[0]} 的那家")
    told = luzhang("import", back, *COUNTY, "--json").object
    luzhang("resume", told["batch"], *COUNTY)

    assert "reply.carried_out" in codes(told)
    assert luzhang("desk", *COUNTY, "--json").object["held"] == []
    assert sorted(furnaces(luzhang, "2024-06-30")) == ["0.75", "2.0"]


def test_what_a_person_answered_of_a_row_counts_in_its_corrected_copy_too(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(("甲铸造厂", CODES[0], "铝壳炉", "1#", 0.5), heads=CODED), *COUNTY)
    rows = (("甲铸造厂", CODES[1], "铝壳炉", "9#", 2), ("乙铸造厂", None, "铝壳炉", "2#", "约1吨"))
    second = roster(*rows, heads=CODED, name="二.xlsx")
    sent = luzhang("import", second, *COUNTY, "--json", "--reply", tmp_path / "核对.xlsx").object
    luzhang("decide", "row", sent["batch"], "名册", 4, "firm", "new", "--reason", "同名的另一家", *COUNTY)
    book = marked(tmp_path / "核对.xlsx")
    book["名册"]["E5"] = 1
    book.save(tmp_path / "改好.xlsx")

    told = luzhang("import", tmp_path / "改好.xlsx", *COUNTY, "--json").object
    luzhang("resume", told["batch"], *COUNTY)

    assert luzhang("desk", *COUNTY, "--json").object["held"] == []
    assert sorted(furnaces(luzhang, "2024-01-15")) == ["0.5", "1.0", "2.0"]
    assert luzhang("verify").status == 0


def test_two_firms_that_a_sender_calls_one_are_shown_at_the_desk_and_not_merged(
    luzhang: Callable, roster: Callable, tmp_path: Path
) -> None:
    luzhang("import", roster(("蓝山县骅强金属制品有限公司", "铝壳炉", "1#", "0.5吨", 1), name="一.xlsx"), *COUNTY)
    later = roster(("骅强金属制品厂", "铝壳炉", "1#", "0.5吨", 1), day="2024-06-30", name="二.xlsx")
    luzhang("import", later, *COUNTY, "--reply", tmp_path / "核对.xlsx")
    assert "同一家,不是同一家" in choices(tmp_path / "核对.xlsx")

    back = answered(tmp_path / "核对.xlsx", "可能就是已有的", "同一家")
    told = luzhang("import", back, *COUNTY, "--json").object

    (pair,) = luzhang("desk", *COUNTY, "--json").object["pairs"]
    assert (pair["level"], pair["reasons"][-1]) == ("likely", "来件答复：是同一家")
    assert "reply.says_of_two" in codes(told)
    luzhang("undo", told["batch"], *COUNTY)
    (pair,) = luzhang("desk", *COUNTY, "--json").object["pairs"]
    assert "来件答复：是同一家" not in pair["reasons"]


def test_the_marked_copy_of_a_csv_is_a_table(luzhang: Callable, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("企业名称,设备名称,容量\n甲铸造厂,铝壳炉,约0.5吨\n", encoding="utf-8")
    back = tmp_path / "核对.xlsx"

    luzhang("import", path, *COUNTY, "--valid-from", "2024-01-15", "--reply", back)

    assert any(cell.comment for row in marked(back).worksheets[0].iter_rows() for cell in row)


def test_a_reply_is_for_one_file(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    said = luzhang("import", roster(FIRST), roster(SECOND, name="乙.xlsx"), *COUNTY, "--reply", tmp_path / "x.xlsx")
    assert (said.status, "一次只能给一个文件" in said.err) == (2, True)
