"""Odd and real workbooks kept outside the project: each is read whole, with what was seen in it by other readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from importers.container import open_workbook
from importers.grid import SheetGrid, WorkbookGrid, column_number
from importers.roster import read_workbook
from tests.importers.container.answers import require_sums

ROSTERS = Path(__file__).resolve().parents[4] / "shared" / "rosters"
pytestmark = pytest.mark.skipif(not ROSTERS.exists(), reason="the folder of rosters is not beside the project")


@dataclass(frozen=True)
class Seen:
    """What a file holds. `sheets`: name → last row, last column, cells, merges; `cells`: some of its texts."""

    form: str
    sheets: dict[str, tuple[int, int, int, int]]
    cells: dict[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


BLANK = (0, 0, 0, 0)
ODD = {
    # Far more is declared than there is: A1:XFD1048576.
    "01_calamine_issue_174.xlsx": Seen("xlsx", {"Sheet1": (2, 11, 22, 0)}, {"Sheet1!K2": "My Company?"}),
    "02_MiniExcel_TestEmptySelfClosingRow.xlsx": Seen("xlsx", {"Sheet1": (10, 3, 6, 1)}, {"Sheet1!A10": "1"}),
    "03_easyexcel_t03.xlsx": Seen("xlsx", {"重算文件": (2, 12, 24, 0)}, {"重算文件!A1": "单据号"}),
    "04_ExcelDataReader_Test_git_issue_271_InvalidDimension.xlsx": Seen(
        "xlsx", {"Sheet1": (9, 3, 13, 0), "Sheet2": BLANK, "Sheet3": BLANK}, {"Sheet1!A4": "clo 1", "Sheet1!C9": "3"}
    ),
    # No cell says where it stands.
    "05_ExcelDataReader_NoDimensionOrCellReferenceAttribute.xlsx": Seen(
        "xlsx",
        {"Continent": (7, 8, 56, 0), "Country": (20, 8, 160, 0)},
        {"Continent!A2": "2017-03-06", "Country!B11": "GPR 250 EUR HKG", "Country!H20": "37.5355934679813"},
    ),
    "07_roo_wrong_coordinates.xlsx": Seen("xlsx", {"Format": (1, 1, 1, 0)}, {"Format!A1": "PBer"}),
    "09_ExcelDataReader_Test_MergedCell.xlsx": Seen(
        "xlsx", {"Sheet1": (7, 3, 10, 4)}, {"Sheet1!A7": "Merge Cell 4", "Sheet1!B6": "B6"}
    ),
    "11_hutool_merge_test.xlsx": Seen(
        "xlsx",
        {"Sheet1": (4, 4, 15, 1), "Sheet2": (1, 3, 3, 0), "Sheet3": BLANK},
        {"Sheet1!A3": "李四", "Sheet1!D4": "43.22"},
    ),
    "12_hutool_priceIndex.xls": Seen(
        "xls", {"sheet1": (5, 11, 55, 0)}, {"sheet1!A1": "指数名称", "sheet1!K5": "测试4"}
    ),
    "13_hutool_1899bug_demo.xlsx": Seen("xlsx", {"Sheet1": (7, 1, 7, 0)}, {"Sheet1!A3": "00:58:00"}),
    "14_hutool_blankAndDateTest.xlsx": Seen("xlsx", {"Sheet1": (22, 6, 94, 0)}, {"Sheet1!F1": "2017-12-16"}),
    # The compound file contradicts itself; the workbook inside is whole.
    "36_poi_45290.xls": Seen(
        "xls", {"Sheet1": (46, 11, 461, 0)}, {"Sheet1!A2": "2005-07-14", "Sheet1!K46": "280.4446"}
    ),
    "37_calamine_date_1904.xlsx": Seen(
        "xlsx", {"Sheet1": (3, 2, 6, 0)}, {"Sheet1!A1": "2021-01-01", "Sheet1!A3": "255:10:10"}
    ),
    "42_readxl_texty-dates-xlsx.xlsx": Seen("xlsx", {"Sheet1": (3, 1, 3, 0)}, {"Sheet1!A3": "1985-03-11 13:23:32"}),
    "44_readxl_big-texty-numbers-xlsx.xlsx": Seen("xlsx", {"Sheet1": (7, 3, 21, 0)}, {"Sheet1!A7": "-2147483649"}),
    "51_calamine_any_sheets.xlsx": Seen(
        "xlsx",
        {"Visible": (5, 2, 7, 0), "Hidden": BLANK, "VeryHidden": BLANK, "Chart": BLANK},
        {"Visible!B3": "6"},
        hidden=("Hidden", "VeryHidden"),
        codes=("sheet.hidden", "sheet.hidden"),
    ),
    "53_ExcelDataReader_CollapsedHide.xlsx": Seen(
        "xlsx",
        {"Sheet1": (4, 2, 3, 0)},
        {"Sheet1!B4": "This row is collapsed to zero height"},
        hidden=("Sheet1!4", "Sheet1!A"),
    ),
    # The strict namespaces of ISO 29500.
    "60_ExcelDataReader_TestOpen.xlsx": Seen(
        "xlsx",
        {"Sheet1": (7, 11, 56, 0), "Sheet2": (4, 161, 644, 0), "Sheet3": (13, 13, 169, 0)},
        {"Sheet1!E1": "2009-01-01 11:00:00", "Sheet1!K1": "11:00:00", "Sheet2!FE4": "161", "Sheet3!M1": "4096.4096"},
    ),
    # Row heights that are negative, or no number.
    "66_ExcelDataReader_Test_git_issue_711_OpenXml_Row_height_parsing.xlsx": Seen(
        "xlsx",
        {"Sheet1": (18, 1, 18, 0)},
        {"Sheet1!A18": "17"},
        hidden=("Sheet1!3", "Sheet1!8", "Sheet1!9", "Sheet1!14", "Sheet1!15", "Sheet1!18"),
    ),
    "68_PhpSpreadsheet_issue.1482.xlsx": Seen("xlsx", {"Page 1": (16, 13, 60, 63)}, {"Page 1!G16": "35.1273"}),
    "77_calamine_has_x000D_.xlsx": Seen("xlsx", {"Sheet1": (1, 1, 1, 0)}, {"Sheet1!A1": "ABC\nDEF"}),
    "79_MiniExcel_gb2312_Encoding_Read_Test.csv": Seen("csv", {"Sheet1": (2, 1, 2, 0)}, {"Sheet1!A2": "世界你好"}),
    "80_easyexcel_office_bom.csv": Seen("csv", {"Sheet1": (11, 2, 22, 0)}, {"Sheet1!A1": "姓名", "Sheet1!B11": "20"}),
    "81_easyexcel_no_bom.csv": Seen("csv", {"Sheet1": (11, 2, 22, 0)}, {"Sheet1!A1": "姓名", "Sheet1!A11": "姓名9"}),
    "82_ExcelDataReader_utf16le_bom.csv": Seen("csv", {"Sheet1": (3, 3, 9, 0)}, {"Sheet1!A1": "a", "Sheet1!C3": "ʤ"}),
    # An xls by the name of xlsx.
    "83_roo_type_excel.xlsx": Seen(
        "xls",
        {"Sheet1": (13, 6, 66, 0), "Sheet2": BLANK, "Sheet3": BLANK},
        {"Sheet1!A3": "Date", "Sheet1!F13": "Task 1"},
    ),
    "86_calamine_covered.ods": Seen("ods", {"sheet1": (2, 1, 2, 1)}, {"sheet1!A3": "a2"}, codes=("cell.under_merge",)),
    "88_calamine_header-row.xlsx": Seen("xlsx", {"Sheet1": (10, 4, 9, 0)}, {"Sheet1!C3": "Note 1", "Sheet1!D10": "3"}),
    "90_calamine_merge_cells.xls": Seen(
        "xls", {"Sheet1": (2, 3, 4, 3)}, {"Sheet1!B1": "Row Merge", "Sheet1!C4": "Chunk Merged"}
    ),
}
_BRANCH = (12, 12, 77, 9)
REAL = {
    "AutoGen_sbqd.xlsx": Seen(
        "xlsx", {"DeviceList": (14, 14, 110, 4)}, {"DeviceList!A13": "合计", "DeviceList!A14": "备注："}
    ),
    "DeviceMgr_设备维保.xlsx": Seen(
        "xlsx",
        {"设备使用明细": (208, 12, 1632, 59), "数据显示栏": BLANK, "数据栏": (53, 2, 106, 0)},
        {"设备使用明细!A1": "组别", "数据栏!A28": "技术中心", "数据栏!B53": "38"},
    ),
    "TableEval_132_规上工业利润.xlsx": Seen(
        "xlsx", {"Sheet": (10, 9, 89, 1)}, {"Sheet!B6": "5.70", "Sheet!I10": "61.8"}
    ),
    "TableEval_172_产能利用率.xlsx": Seen(
        "xlsx", {"Sheet": (21, 5, 102, 3)}, {"Sheet!A12": "医药制造业", "Sheet!E21": "-2.1"}
    ),
    "baobiao_模板.xlsx": Seen(
        "xlsx",
        {
            "总表": (37, 15, 447, 18),
            "市本级": (20, 12, 157, 9),
            "东港": _BRANCH,
            "凤城": _BRANCH,
            "宽甸": _BRANCH,
            "排名": (25, 8, 112, 47),
            "占比": (33, 7, 194, 13),
            "各渠道复核业务来源统计": (44, 13, 62, 12),
            " 复核业务量统计": (53, 9, 66, 17),
            "Sheet3": (27, 3, 58, 0),
        },
        {"总表!O36": "31994", "东港!B8": "农行东港支行", "占比!G32": "2750", " 复核业务量统计!A52": "业务量总计"},
    ),
    "sabrina_固定资产.xlsx": Seen(
        "xlsx",
        {
            "固定资产查询": (45, 16, 655, 3),
            "Sheet2": (11, 11, 17, 16),
            "年限总和法提计折旧表": (50, 8, 135, 8),
            "双倍余额递减法": (25, 8, 110, 8),
            "直线法提计折旧表": (50, 8, 290, 8),
        },
        {"固定资产查询!F4": "2005-12-30", "固定资产查询!P45": "正常使用", "直线法提计折旧表!C27": "FALSE"},
        hidden=("Sheet2",),
        codes=("sheet.hidden",),
    ),
}
CASES = [(folder, name, seen) for folder, files in (("odd", ODD), ("real", REAL)) for name, seen in files.items()]


def of(book: WorkbookGrid, place: str) -> str:
    name, _, spot = place.rpartition("!")
    letters = spot.rstrip("0123456789")
    grid = next(sheet for sheet in book.sheets if sheet.name == name)
    return grid.text(int(spot[len(letters) :]), column_number(letters))


def hidden_parts(sheet: SheetGrid) -> set[str]:
    columns = {f"{sheet.name}!{chr(64 + column)}" for column in sheet.hidden_columns}
    rows = {f"{sheet.name}!{row}" for row in sheet.hidden_rows}
    return columns | rows | ({sheet.name} if sheet.hidden else set())


@pytest.mark.parametrize(("folder", "name", "seen"), CASES, ids=lambda told: told if isinstance(told, str) else "")
def test_an_odd_file_gives_what_others_see_in_it(folder: str, name: str, seen: Seen) -> None:
    book = open_workbook(ROSTERS / folder / name)

    assert book.format == seen.form
    laid = {one.name: (one.height, one.width, len(one.cells), len(one.merges)) for one in book.sheets}
    assert laid == seen.sheets
    assert {place: of(book, place) for place in seen.cells} == seen.cells
    assert {part for sheet in book.sheets for part in hidden_parts(sheet)} == set(seen.hidden)
    assert tuple(issue[2] for issue in book.engine_issues) == seen.codes


@pytest.mark.parametrize(("folder", "name", "seen"), CASES, ids=lambda told: told if isinstance(told, str) else "")
def test_no_firm_is_found_where_none_is_and_the_rows_add_up(folder: str, name: str, seen: Seen) -> None:
    reading = read_workbook(open_workbook(ROSTERS / folder / name))

    require_sums(reading)
    assert reading.records == ()
    assert {sheet.name: sheet.why_no_table for sheet in reading.sheets} == {
        sheet: "blank" if laid == BLANK else "not_a_roster" for sheet, laid in seen.sheets.items()
    }


def test_every_odd_and_real_file_was_looked_at() -> None:
    at_hand = {path.name for folder in ("odd", "real") for path in (ROSTERS / folder).iterdir()}

    assert at_hand == {name for _, name, _ in CASES}
