"""Links, charts, drop-downs and who signs, as Excel and WPS have them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from workbook_samples import IMPRINT, everything, firms, opened, progress, summary

from importers.container import open_bytes
from reports.tables import Column, Imprint, Table
from reports.workbook import places, workbook
from reports.workbook.choices import CODES


def test_a_cell_leads_to_the_rows_behind_it() -> None:
    sheet = opened(everything())["汇总"]
    assert sheet["B4"].hyperlink.location == "'企业底数'!A4:C5"
    assert sheet["B7"].hyperlink.location == "'企业底数'!A4:C6"
    assert sheet["B4"].value == 3
    assert (sheet["B4"].font.underline, sheet["B4"].font.color.rgb) == ("single", "FF000000")
    assert sheet["B5"].hyperlink is None
    assert sheet["B5"].font.underline is None


def test_a_link_to_a_sheet_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="汇总!B4 leads to '企业底数'!A4:C5"):
        workbook([summary()], IMPRINT)


def test_a_chart_of_a_sheet_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="a chart of 企业底数 draws 汇总"):
        workbook([replace(firms(), charts=(progress(),))], IMPRINT)


def test_places_are_told_both_ways() -> None:
    assert places.cell(0, 1) == "B4"
    assert places.row_and_column("$AB$12") == (8, 27)
    assert places.row_and_column("B3") is None
    assert places.row_and_column("合计") is None
    assert places.letters(701) == "ZZ"
    assert places.rows_of("甲'乙", 1, 2, 3) == "'甲''乙'!A5:C6"


@pytest.mark.parametrize(("kind", "element"), [("column", b"barChart"), ("bar", b"barChart"), ("line", b"lineChart")])
def test_a_chart_reckons_from_cells_and_keeps_their_values(kind: str, element: bytes) -> None:
    data = workbook([summary(progress(kind)), firms()], IMPRINT)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        chart = parts.read("xl/charts/chart1.xml")
    assert b"<c:" + element in chart
    assert "<c:f>汇总!$B$4:$B$6</c:f>".encode() in chart
    assert "<c:f>汇总!$A$4:$A$6</c:f>".encode() in chart
    for stored in ("塔峰镇", "11"):
        assert f"<c:v>{stored}</c:v>".encode() in chart
    assert "各镇进展（家、台）" in chart.decode()


def test_charts_are_printed_with_their_table_and_not_across_pages() -> None:
    sheet = opened(everything())["汇总"]
    assert sheet.print_area == "'汇总'!$A$1:$M$63"
    assert len(sheet._charts) == 4
    assert [one.id for one in sheet.row_breaks.brk] == sorted(one.id for one in sheet.row_breaks.brk)
    assert sheet.row_breaks.brk


def test_a_table_without_charts_is_printed_to_its_last_line() -> None:
    assert opened(workbook([firms()], IMPRINT))["企业底数"].print_area == "'企业底数'!$A$1:$C$8"


def test_a_drop_down_takes_its_words_from_the_hidden_sheet() -> None:
    book = opened(everything())
    (rule,) = book["企业底数"].data_validations.dataValidation
    assert (str(rule.sqref), rule.type, rule.formula1, rule.errorStyle) == ("C4:C6", "list", "代码_状态", "warning")
    assert book.defined_names["代码_状态"].attr_text == "'代码表'!$A$2:$A$4"
    assert book[CODES].sheet_state == "hidden"
    assert [cell.value for cell in book[CODES]["A"]] == ["状态", "在产", "停产", "关停"]


def test_the_same_words_are_one_list_and_others_of_the_same_name_another() -> None:
    columns = (
        Column("状态", choices=("甲", "乙")),
        Column("状态二", choices=("甲", "乙")),
        Column("状态", choices=("丙",)),
    )
    book = opened(workbook([Table("表", "表", columns, (("甲", "乙", "丙"),))], IMPRINT))
    assert set(book.defined_names) == {"代码_状态", "代码_状态_2"}


def test_a_book_without_drop_downs_has_no_sheet_of_words() -> None:
    assert opened(workbook([replace(summary(), links={})], IMPRINT)).sheetnames == ["汇总"]


def test_who_signs_stands_below_the_notes() -> None:
    sheet = opened(everything())["汇总"]
    assert sheet["A8"].value == "家数指企业。"
    assert sheet["A9"].value.split() == ["填报人：张三", "审核人：", "负责人："]
    assert opened(workbook([firms()], Imprint("蓝山县", "某日")))["企业底数"]["A8"].value is None


def test_a_sheet_of_one_column_has_title_and_day() -> None:
    sheet = opened(workbook([Table("表", "题", (Column("甲"),), (("a",),))], IMPRINT))["表"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["题", "填报单位：蓝山县　数据截至2025-12-31"]


def test_our_own_reader_opens_it() -> None:
    grid = open_bytes(everything(), "台账.xlsx")
    assert [sheet.name for sheet in grid.sheets] == ["汇总", "企业底数", CODES]
    assert [grid.sheets[1].text(row, 2) for row in (4, 5, 6)] == ["0746123", "138****1234", "007"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_opens_it_and_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "ledger.xlsx").write_bytes(everything())
    for kind in ("pdf", "xlsx:Calc MS Excel 2007 XML"):
        told = [f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
        subprocess.run(
            ["soffice", *told, "--outdir", tmp_path / "out", tmp_path / "ledger.xlsx"],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    assert (tmp_path / "out" / "ledger.pdf").read_bytes().startswith(b"%PDF")
    given, kept = opened(everything()), opened((tmp_path / "out" / "ledger.xlsx").read_bytes())
    assert kept.sheetnames == given.sheetnames
    for sheet in given:
        same = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert {place: kept[sheet.title][place].value for place in same} == same
    assert len(kept["汇总"]._charts) == 4
    assert kept["汇总"]["B4"].hyperlink is not None
    assert kept["企业底数"].data_validations.dataValidation
    assert kept[CODES].sheet_state == "hidden"
