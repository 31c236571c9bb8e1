"""The same file back: marked for its sender; what she mends in the marked cells is read, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.usefixtures("register")

COUNTY = ("--county", "431127")
HEADS = ("企业名称", "设备名称", "炉号", "容量", "台数")


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    """A roster with a capacity that has no unit, and whatever rows are added."""

    def written(*rows: tuple[object, ...], day: str = "2024-01-15", name: str = "新圩镇.xlsx") -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "名册"
        lines = [("铸造企业名册",), ("填报单位：新圩镇人民政府", None, f"填报日期：{day}"), HEADS, *rows]
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


def test_the_marked_copy_of_a_csv_is_a_table(luzhang: Callable, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("企业名称,设备名称,容量\n甲铸造厂,铝壳炉,约0.5吨\n", encoding="utf-8")
    back = tmp_path / "核对.xlsx"

    luzhang("import", path, *COUNTY, "--valid-from", "2024-01-15", "--reply", back)

    assert any(cell.comment for row in marked(back).worksheets[0].iter_rows() for cell in row)


def test_a_reply_is_for_one_file(luzhang: Callable, roster: Callable, tmp_path: Path) -> None:
    said = luzhang("import", roster(FIRST), roster(SECOND, name="乙.xlsx"), *COUNTY, "--reply", tmp_path / "x.xlsx")
    assert (said.status, "一次只能给一个文件" in said.err) == (2, True)
