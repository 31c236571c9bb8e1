"""The package is what ECMA-376 says: every part typed and reachable, every sheet's elements in their order."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from workbook_samples import IMPRINT, MAIN, everything, firms, part, summary

from reports.tables import Column, Table
from reports.workbook import workbook

#: CT_Worksheet (ECMA-376 part 1, 18.3.1.99), in the order that Excel insists on.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def empty() -> bytes:
    return workbook([Table("空表", "空表", (Column("甲"),), ())], IMPRINT)


BOOKS = pytest.mark.parametrize("data", [everything(), empty(), workbook([], IMPRINT)], ids=["all", "empty", "none"])


@BOOKS
def test_the_elements_of_a_sheet_stand_in_the_order_of_the_schema(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    for name in sheets:
        told = [child.tag.removeprefix(MAIN) for child in part(data, name)]
        assert told == sorted(set(told), key=ORDER.index)


def test_a_sheet_with_everything_has_everything() -> None:
    first = {child.tag.removeprefix(MAIN) for child in part(everything(), "xl/worksheets/sheet1.xml")}
    second = {child.tag.removeprefix(MAIN) for child in part(everything(), "xl/worksheets/sheet2.xml")}
    assert first >= {"autoFilter", "mergeCells", "hyperlinks", "headerFooter", "rowBreaks", "ignoredErrors", "drawing"}
    assert second >= {"dataValidations", "autoFilter", "mergeCells"}


@BOOKS
def test_rows_and_cells_stand_in_their_order_once_each(data: bytes) -> None:
    sheet = part(data, "xl/worksheets/sheet1.xml")
    rows = [int(row.attrib["r"]) for row in sheet.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))
    cells = [cell.attrib["r"] for cell in sheet.iter(f"{MAIN}c")]
    assert len(cells) == len(set(cells))
    assert not any(cell for cell in sheet.iter(f"{MAIN}c") if cell.attrib.get("t") == "s")


@BOOKS
def test_merged_ranges_do_not_overlap(data: bytes) -> None:
    merged = [one.attrib["ref"] for one in part(data, "xl/worksheets/sheet1.xml").iter(f"{MAIN}mergeCell")]
    rows = [cell.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for span in merged for cell in span.split(":")[:1]]
    assert len(rows) == len(set(rows))


@BOOKS
def test_every_part_is_well_formed_typed_and_reachable(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert parts.testzip() is None
        names = parts.namelist()
        assert len(names) == len(set(names))
        for name in names:
            ElementTree.fromstring(parts.read(name))
    types = part(data, "[Content_Types].xml")
    typed = {one.attrib["PartName"].lstrip("/") for one in types if "PartName" in one.attrib}
    assert typed <= set(names)
    assert {name for name in names if not name.endswith(".rels")} - {"[Content_Types].xml"} == typed
    reached = {target for name in names if name.endswith(".rels") for target in _targets(data, name)}
    assert reached == typed


def _targets(data: bytes, name: str) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    targets = [one.attrib["Target"] for one in part(data, name).iter(RELATIONS)]
    return [posixpath.normpath(posixpath.join(folder, target)).lstrip("/") for target in targets]


def test_styles_that_cells_name_exist() -> None:
    data = everything()
    listed = len(part(data, "xl/styles.xml").find(f"{MAIN}cellXfs") or ())
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert all(int(cell.attrib["s"]) < listed for cell in part(data, name).iter(f"{MAIN}c"))


def test_entries_tell_no_moment_and_no_machine() -> None:
    with zipfile.ZipFile(BytesIO(everything())) as parts:
        told = {(one.date_time, one.create_system, one.external_attr) for one in parts.infolist()}
    assert told == {((1980, 1, 1, 0, 0, 0), 0, 0)}


def test_nothing_refers_to_what_excel_2010_and_wps_lack() -> None:
    data = workbook([summary(), firms()], IMPRINT)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert b"office/spreadsheetml/201" not in whole
    assert b"_xlfn" not in whole
    assert b"xl/metadata" not in whole
