"""A reply that comes back: marked cells and answers are read, all else that was changed is named."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from app.domain.proposal import RosterIssue
from app.errors import Unreadable
from importers.grid import WorkbookGrid
from importers.reply import (
    Corrections,
    NotMarkable,
    corrections,
    is_reply_sheet,
    marked_copy,
    marks_of,
    overlaid,
    reply_in,
    reply_to,
    table_copy,
    without_reply_sheets,
)
from importers.roster.reader import read_workbook
from tests.importers.reply.asking import ASKED, about, filled_in, mark, opened, replied, saved

HEADS = ("企业名称", "设备名称", "容量", "台数", "备注")
ROWS = (
    ("甲铸造厂", "中频炉", 500, 1, "甲"),
    ("乙铸造厂", "中频炉", "0.75吨", 2, "乙"),
    ("丙铸造厂", "冲天炉", "3吨", 1, "丙"),
    ("丁铸造厂", "中频炉", 250, 1, "丁"),
    (None, "中频炉", 300, 1, None),
    (None, "中频炉", 350, 1, None),
    ("戊铸造厂", "电弧炉", "5吨", 1, "戊"),
)
CELLS = [("名册", "C2"), ("名册", "C5"), ("名册", "D3")]


def original(rows: tuple = ROWS) -> bytes:
    """A roster of few firms."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = "名册"
    for row in (HEADS, *rows):
        page.append(row)
    return saved(workbook)


def came_back(given: bytes, content: bytes) -> Corrections:
    """What a returned reply corrects of the original."""
    book = opened(content)
    returned = reply_in(book)
    assert returned is not None
    return corrections(returned, opened(given), book)


def texts(found: Corrections) -> dict[str, str]:
    """The corrected cells with what they say now."""
    return {one.cell: one.after.text if one.after else "" for one in found.cells}


def codes(issues: tuple[RosterIssue, ...]) -> list[str]:
    """The codes of issues."""
    return [issue.code for issue in issues]


def test_an_ordinary_workbook_is_no_reply() -> None:
    book = opened(original())
    assert reply_in(book) is None
    assert not any(map(is_reply_sheet, book.sheets))
    assert without_reply_sheets(book) is book


def test_a_reply_sent_back_untouched_corrects_nothing() -> None:
    given = original()
    found = came_back(given, replied(given, CELLS, asked=[ASKED]))
    assert found == Corrections((), (), (), (), ())


def test_only_marked_cells_are_read_and_the_others_are_named() -> None:
    given = original()
    reply = filled_in(replied(given, CELLS), {("名册", "C2"): "0.5吨", ("名册", "C3"): "9吨", ("名册", "E8"): None})
    found = came_back(given, reply)
    assert texts(found) == {"C2": "0.5吨"}
    assert found.cells[0].numbers == (1,)
    assert codes(found.issues) == ["reply.unmarked_changed"] * 2
    assert {(one.cell, one.before, one.after) for one in found.changed} == {("C3", "0.75吨", "9吨"), ("E8", "戊", "")}


def test_the_corrected_cells_alone_stand_in_the_original_when_it_is_read_again() -> None:
    given = original()
    book = opened(given)
    reply = filled_in(replied(given, CELLS), {("名册", "C2"): "0.5吨", ("名册", "C3"): "9吨"}, {2: "0.25吨"})
    mended = overlaid(book, came_back(given, reply))
    assert (mended.file, mended.sha256) == (book.file, book.sha256)
    before, after = read_workbook(book), read_workbook(mended)
    capacities = [one.get("capacity_t") for record in after.records for one in record.equipment]
    told = {fact.cell: fact.value for fact in capacities if fact is not None}
    assert told["C2"] == 0.5
    assert told["C5"] == 0.25
    assert told["C3"] == 0.75
    assert len(after.issues) < len(before.issues)


def test_a_marked_cell_that_was_cleared_is_blank() -> None:
    given = original()
    found = came_back(given, filled_in(replied(given, CELLS), {("名册", "C2"): None}))
    assert texts(found) == {"C2": ""}
    assert overlaid(opened(given), found).sheets[0].cell(2, 3) is None


def test_what_is_written_beside_the_question_corrects_the_cell() -> None:
    given = original()
    found = came_back(given, filled_in(replied(given, CELLS), {}, {1: "0.5吨"}, "已核实"))
    assert texts(found) == {"C2": "0.5吨"}
    assert found.cells[0].where == ("待核实", "H5")
    assert found.notes == ((1, "已核实"),)


def test_a_cell_corrected_twice_alike_is_corrected_and_twice_differently_is_asked() -> None:
    given = original()
    reply = replied(given, CELLS)
    alike = came_back(given, filled_in(reply, {("名册", "C2"): "0.5吨"}, {1: "0.5吨"}))
    assert (texts(alike), alike.issues) == ({"C2": "0.5吨"}, ())
    apart = came_back(given, filled_in(reply, {("名册", "C2"): "0.5吨"}, {1: "0.6吨"}))
    assert (texts(apart), codes(apart.issues)) == ({}, ["reply.says_twice"])


def test_an_answer_is_one_of_the_choices() -> None:
    given = original()
    reply = replied(given, CELLS, asked=[ASKED])
    found = came_back(given, filled_in(reply, {}, {90: "搬迁"}, "去年搬到县外"))
    assert [(one.number, one.code, one.answer, one.note) for one in found.answers] == [
        (90, "enterprise.missing_this_time", "搬迁", "去年搬到县外")
    ]
    odd = came_back(given, filled_in(reply, {}, {90: "不知道"}))
    assert (odd.answers, codes(odd.issues)) == ((), ["reply.not_a_choice"])


def _page_moved(reply: bytes, change: str) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(reply))
    page = workbook["名册"]
    page["C2"], page["C5"] = "0.5吨", "0.25吨"
    if change == "inserted":
        page.insert_rows(2)
        page["A2"] = "新来的厂"
    elif change == "deleted":
        page.delete_rows(4)
    elif change == "titled":
        page.insert_rows(1, 3)
        page["A1"] = "某镇名册"
    elif change == "sorted":
        rows = sorted(page.iter_rows(min_row=2, values_only=True), key=lambda row: str(row[4]))
        for at, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                page.cell(at, column).value = value
    elif change == "renamed":
        page.title = "名册（已改）"
    elif change == "firm rewritten":
        page["A2"], page["B2"], page["E2"], page["D2"] = "另一家", "冲天炉", "x", 9
    elif change == "one more edit":
        page["E2"] = "甲厂已停"
    return saved(workbook)


@pytest.mark.parametrize("change", ["inserted", "deleted", "titled", "sorted", "renamed", "one more edit"])
def test_a_row_is_found_again_wherever_it_went(change: str) -> None:
    given = original()
    found = came_back(given, _page_moved(replied(given, CELLS), change))
    assert texts(found) == {"C2": "0.5吨", "C5": "0.25吨"}
    assert "reply.row_moved" not in codes(found.issues)


def test_a_row_that_is_not_found_again_is_named_and_not_guessed() -> None:
    given = original()
    found = came_back(given, _page_moved(replied(given, CELLS), "firm rewritten"))
    assert texts(found) == {"C5": "0.25吨"}
    assert "reply.row_moved" in codes(found.issues)


def test_rows_alike_are_not_told_apart_where_some_were_taken_out_between_them() -> None:
    given = original()
    workbook = openpyxl.load_workbook(io.BytesIO(replied(given, [("名册", "C6"), ("名册", "C7")])))
    workbook["名册"].delete_rows(6)
    found = came_back(given, saved(workbook))
    assert texts(found) == {}
    assert codes(found.issues).count("reply.row_moved") == 2


def test_a_row_that_moved_is_corrected_beside_its_question_all_the_same() -> None:
    given = original()
    reply = filled_in(_page_moved(replied(given, CELLS), "firm rewritten"), {}, {1: "0.5吨"})
    assert texts(came_back(given, reply))["C2"] == "0.5吨"


def test_a_line_of_the_questions_that_was_copied_and_changed_is_not_adopted() -> None:
    given = original()
    workbook = openpyxl.load_workbook(io.BytesIO(replied(given, CELLS)))
    page = workbook["待核实"]
    for row, number, text in ((5, 1, "0.5吨"), (20, 1, "0.6吨"), (21, 2, "0.25吨")):
        page.cell(row, 1).value, page.cell(row, 8).value = number, text
    found = came_back(given, saved(workbook))
    assert (texts(found), codes(found.issues)) == ({"C5": "0.25吨"}, ["reply.says_twice"])


def test_sheets_that_are_gone_or_were_added_are_named() -> None:
    given = original()
    workbook = openpyxl.load_workbook(io.BytesIO(replied(given, CELLS)))
    workbook.create_sheet("附表")["A1"] = "又一张表"
    assert codes(came_back(given, saved(workbook)).issues) == ["reply.sheet_added"]
    del workbook["名册"]
    workbook.create_sheet("另一张")["A1"] = "再一张表"
    assert "reply.sheet_missing" in codes(came_back(given, saved(workbook)).issues)
    del workbook["待核实"]
    assert "reply.no_questions" in codes(came_back(given, saved(workbook)).issues)


def test_a_reply_to_another_file_is_refused() -> None:
    returned = reply_in(opened(replied(original(), CELLS)))
    other = opened(original(ROWS[:3]))
    assert returned is not None
    with pytest.raises(Unreadable) as refused:
        corrections(returned, other, other)
    assert refused.value.code == "reply.other_original"


def test_the_sheets_of_a_reply_are_no_roster() -> None:
    given = original()
    book = opened(replied(given, CELLS, asked=[ASKED]))
    assert [is_reply_sheet(grid) for grid in book.sheets] == [False, True, True]
    plain = without_reply_sheets(book)
    assert [grid.name for grid in plain.sheets] == ["名册"]
    assert read_workbook(plain).records == read_workbook(opened(given)).records


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("B1", "2"),
        ("B2", "=1+1"),
        ("B2", "0" * 63 + "g"),
        ("B4", "湖南"),
        ("A10", "x' OR 1=1"),
        ("A9", "99999999999"),
        ("B9", "run"),
        ("E9", "ZZZZ1"),
        ("E9", "A99999999"),
        ("D9", "别的表"),
        ("C9", "<script>"),
        ("A10", "1"),
        ("A2", None),
    ],
)
def test_a_tampered_record_is_refused(cell: str, value: object) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(replied(original(), CELLS)))
    workbook["luzhang_reply"][cell] = value
    with pytest.raises(Unreadable) as refused:
        reply_in(opened(saved(workbook)))
    assert refused.value.code == "reply.damaged"


def test_texts_that_look_like_formulas_are_texts() -> None:
    evil = ("=HYPERLINK(1)", "+1", "-1", "@x")
    given = original((*ROWS, *((text, text, text, 1, text) for text in evil)))
    book = opened(given)
    marks = [mark(at, "名册", f"C{at + 8}") for at in range(1, 5)]
    asked = [ASKED.__class__(80 + at, "a.b", None, None, text, text, text, text, ()) for at, text in enumerate(evil)]
    reply = openpyxl.load_workbook(io.BytesIO(reply_to(given, book, marks, asked, about(book)).content))
    for name in ("待核实", "luzhang_reply"):
        assert all(cell.data_type != "f" for row in reply[name].iter_rows() for cell in row)


def test_the_issues_of_a_reading_become_marks_and_questions() -> None:
    book = opened(original())
    place = ("名册", "C2", "equipment.capacity_t", "500")
    issues = [
        RosterIssue("x.file", "warning", None, None, None, None, "文件有宏", "请另存"),
        RosterIssue("value.unit_unknown", "question", *place, "只写了数字", "请写明单位，如0.5吨"),
        RosterIssue("value.not_understood", "question", "名册", "D3", "equipment.quantity", "2", "看不懂", "请核对"),
        RosterIssue("enterprise.similar", "question", "名册", "A3", "enterprise.name", "乙", "名称相近", "请核对"),
        RosterIssue("told.column", "warning", "名册", "M", None, None, "没有这一列", "请核对"),
    ]
    marks, asked = marks_of(issues, book, firms={("名册", 2): "甲铸造厂"})
    assert [(one.number, one.cell, one.firm, one.example) for one in marks] == [
        (1, "C2", "甲铸造厂", ""),
        (3, "D3", "", "2台"),
    ]
    assert [(one.number, one.cell, one.choices) for one in asked] == [
        (2, "A3", ("同一家", "不是同一家")), (4, None, ()), (5, None, ()),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "html", "ods", "xls"])
def test_a_format_that_carries_no_marks_comes_back_as_the_same_table(form: str) -> None:
    lines = [[str(value or "") for value in row] for row in (HEADS, *ROWS)]
    if form == "csv":
        content = "\n".join(",".join(line) for line in lines).encode("gb18030")
    elif form == "html":
        body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in lines)
        content = f"<html><meta charset='utf-8'><table>{body}</table></html>".encode()
    else:
        zoo = Path(__file__).resolve().parents[4] / "shared" / "rosters" / "zoo"
        path = zoo / {"ods": "07.ods", "xls": "02.xls"}[form]
        if not path.exists():
            pytest.skip("the rosters are not here")
        content = path.read_bytes()
    book = opened(content, f"名册.{form}")
    grid = book.sheets[0]
    places = [place for place in grid.cells if place[0] > 3][:3]
    marks = [
        mark(at, grid.name, f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column - 1]}{row}")
        for at, (row, column) in enumerate(places, 1)
    ]
    with pytest.raises(NotMarkable):
        marked_copy(content, book, marks, [], about(book))
    reply = reply_to(content, book, marks, [ASKED], about(book))
    assert "不能加标注" in reply.instead
    back = opened(reply.content)
    for before, after in zip(book.sheets, back.sheets, strict=False):
        assert {place: cell.text for place, cell in after.cells.items()} == {
            place: cell.text for place, cell in before.cells.items()
        }
        assert (after.merges, after.hidden_rows, after.hidden) == (before.merges, before.hidden_rows, before.hidden)
    assert came_back_of(book, reply.content) == Corrections((), (), (), (), ())
    page = openpyxl.load_workbook(io.BytesIO(reply.content)).worksheets[0]
    assert all("改法" in page.cell(*place).comment.text for place in places)
    sent = openpyxl.load_workbook(io.BytesIO(reply.content))
    sent.worksheets[0].cell(*places[0]).value = "改好了"
    assert [one.after.text for one in came_back_of(book, saved(sent)).cells if one.after] == ["改好了"]


def came_back_of(book: WorkbookGrid, content: bytes) -> Corrections:
    """The same of a workbook that is open."""
    back = opened(content)
    returned = reply_in(back)
    assert returned is not None
    return corrections(returned, book, back)


def test_a_table_of_odd_sheet_names_finds_its_sheets_again() -> None:
    content = original()
    book = opened(content)
    odd = WorkbookGrid(
        book.file, book.sha256, "ods",
        (book.sheets[0].__class__("一[二]/三" + "长" * 40, book.sheets[0].cells), book.sheets[0].__class__("'", {})),
    )  # fmt: skip
    reply = table_copy(odd, [mark(1, odd.sheets[0].name, "C2")], [], about(odd))
    assert came_back_of(odd, reply) == Corrections((), (), (), (), ())
    sent = openpyxl.load_workbook(io.BytesIO(reply))
    sent.worksheets[0]["C2"] = "0.5吨"
    assert [(one.sheet, one.cell) for one in came_back_of(odd, saved(sent)).cells] == [(odd.sheets[0].name, "C2")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_reply_saved_by_another_program_is_still_read(tmp_path: Path) -> None:
    given = original()
    reply = filled_in(replied(given, CELLS, asked=[ASKED]), {("名册", "C2"): "0.5吨"}, {2: "0.25吨", 90: "漏报"})
    (tmp_path / "reply.xlsx").write_bytes(reply)
    told = [
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run(
        ["soffice", *told, "--outdir", tmp_path / "out", tmp_path / "reply.xlsx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    saved_again = (tmp_path / "out" / "reply.xlsx").read_bytes()
    found = came_back(given, saved_again)
    assert texts(found) == {"C2": "0.5吨", "C5": "0.25吨"}
    assert [one.answer for one in found.answers] == ["漏报"]
    assert found.issues == ()
    page = openpyxl.load_workbook(io.BytesIO(saved_again))
    assert "改法" in page["名册"]["C2"].comment.text
    assert page["名册"]["C2"].fill.fgColor.rgb == "FFFFFF99"
    assert page["待核实"]["C5"].hyperlink.location.replace("$", "").replace("'", "") in (
        "名册!C2",
        "#名册!C2",
        "#名册.C2",
    )
    assert page["luzhang_reply"].sheet_state in ("hidden", "veryHidden")
