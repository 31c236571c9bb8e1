"""A binary workbook gives what the same workbook in XML gives; one that is cut or lies is refused."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from datetime import date, time
from random import Random

import pytest

from app.errors import Unreadable
from importers.container import DEFAULT, open_bytes
from importers.container.xlsb_records import records
from importers.container.xlsb_sheet import walk_sheet
from importers.grid import Cell, Merge, WorkbookGrid
from tests.importers.container.answers import answer
from tests.importers.container.mutated_records import IN_XLSB
from tests.importers.container.samples import xlsb_record
from tests.importers.container.xlsb_parts import (
    Error,
    Formula,
    Look,
    Rich,
    Told,
    as_xlsb,
    as_xlsx,
    binary_parts,
    cell_record,
    packed,
    row_record,
    sheet_part,
    strings_part,
    styles_part,
    wide,
)

MONTH = Look('yyyy"年"m"月"')
DAY = Look("yyyy-mm-dd")
STRUCK = Look(struck=True)


def both(told: Told) -> WorkbookGrid:
    """The sheet read from the xlsb, which must be what is read from the xlsx."""
    binary, twin = open_bytes(as_xlsb(told), "名册.xlsb"), open_bytes(as_xlsx(told), "名册.xlsx")

    assert binary.sheets == twin.sheets
    assert binary.date1904 == twin.date1904
    assert codes(binary) == codes(twin)
    return binary


def one(value: object, look: Look | None = None, *, date1904: bool = False) -> Cell | None:
    """The only cell of a sheet, read from the xlsb and the same in the xlsx."""
    looks = (look,) if look else ()
    told = Told({(2, 2): (value, look) if look else value}, looks, date1904=date1904)
    return both(told).sheets[0].cell(2, 2)


def codes(book: WorkbookGrid) -> list[tuple[str | None, str, str]]:
    return [(cell, code, text) for sheet, cell, code, text in book.engine_issues if sheet]


def read(sheet: bytes, **others: bytes) -> WorkbookGrid:
    return open_bytes(packed(binary_parts({"名册": sheet}, **others)), "名册.xlsb")


def refusal(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        open_bytes(content, "名册.xlsb")
    return refused.value


@pytest.mark.parametrize("value", [5, "停产", True, Error("#REF!"), Rich(((False, "停产"),), inline=True)])
def test_what_a_style_strikes_out_is_struck_out_whatever_the_value(value: object) -> None:
    cell = one(value, STRUCK)

    assert cell is not None
    assert cell.struck


@pytest.mark.parametrize("inline", [False, True])
def test_what_a_run_strikes_out_is_left_out_and_said(inline: bool) -> None:
    cells = {
        (1, 1): Rich(((False, "三"), (True, "四𠮷"), (False, "台")), inline),
        (1, 2): Rich(((True, "作废"), (False, " ")), inline),
        (1, 3): Rich(((False, "照旧"), (False, "有效")), inline),
    }

    book = both(Told(cells))

    assert [book.sheets[0].text(1, column) for column in (1, 2, 3)] == ["三台", "作废 ", "照旧有效"]
    assert [cell.struck for cell in book.sheets[0].cells.values()] == [False, True, False]
    assert codes(book) == [("A1", "cell.struck_part", "四𠮷")]


def test_a_month_without_a_day_stays_a_month() -> None:
    assert one(45352, MONTH) == Cell("2024年3月", "2024年3月")


@pytest.mark.parametrize(("number", "text"), [(57, "2024年3月"), (14, "2024-03-01"), (58, "2024-03-01")])
def test_a_built_in_format_needs_no_code(number: int, text: str) -> None:
    cell = one(45352, Look(number))

    assert cell is not None
    assert cell.text == text


def test_zeros_before_a_number_and_a_unit_behind_it_are_written() -> None:
    assert one(12, Look("00000")) == Cell(12, "00012")
    assert one(5, Look('0"吨"')) == Cell(5, "5吨")
    assert one(0.5, Look('0.0"吨"')) == Cell(0.5, "0.5吨")


@pytest.mark.parametrize("serial", [60, -5, 2_958_466])
def test_a_serial_that_is_no_day_is_not_made_one(serial: int) -> None:
    cell = one(serial, DAY)

    assert cell == Cell(None, str(serial), "date_out_of_range")


@pytest.mark.parametrize("serial", [60, 0.0, 45352])
def test_days_are_counted_from_1904_where_the_workbook_says_so(serial: float) -> None:
    told = Told({(1, 1): (serial, DAY)}, (DAY,), date1904=True)

    book = open_bytes(as_xlsb(told), "名册.xlsb")

    assert book.date1904
    assert book.sheets[0].cells[1, 1].value == date.fromordinal(date(1904, 1, 1).toordinal() + int(serial))


@pytest.mark.parametrize("date1904", [False, True])
def test_a_time_of_day_is_no_day(date1904: bool) -> None:
    assert one(0.75, Look("h:mm"), date1904=date1904) == Cell(time(18), "18:00:00")
    assert one(1.25, Look("[h]:mm"), date1904=date1904) == Cell(1.25, "30:00:00")


@pytest.mark.parametrize("value", [7, -7, 0.25, 1e20, -3.125, 123456789.5, True, False, "甲铸造厂", Error("#N/A")])
def test_a_formula_gives_its_saved_result(value: object) -> None:
    assert one(Formula(value)) == one(value)


def test_a_formula_without_a_saved_result_is_said() -> None:
    """As in an xlsx, but what the formula is stands in the records only for programs that reckon."""
    told = Told({(2, 2): (Formula(None), STRUCK)}, (STRUCK,))
    binary, twin = open_bytes(as_xlsb(told), "名册.xlsb"), open_bytes(as_xlsx(told), "名册.xlsx")

    cell, other = binary.sheets[0].cells[2, 2], twin.sheets[0].cells[2, 2]
    assert (cell.error, cell.text, cell.struck) == (other.error, "=", other.struck)
    assert codes(binary) == [("B2", "cell.formula_without_value", "=")]
    assert [code for _, code, _ in codes(twin)] == ["cell.formula_without_value"]


def test_a_blank_text_is_a_blank_cell() -> None:
    assert one(Formula("")) is None
    assert one("  ") is None


def test_an_error_is_said_where_it_stands() -> None:
    assert codes(both(Told({(3, 2): Error("#DIV/0!")}))) == [("B3", "cell.error", "#DIV/0!")]


def test_what_is_hidden_and_merged_is_told() -> None:
    cells = {(1, 1): "名册", (1, 2): "盖住", (2, 1): 1, (3, 1): 2, (3, 4): 3}
    told = Told(cells, (), (Merge(1, 1, 1, 3),), frozenset({2, 9}), ((2, 2), (4, 9)), hidden=True)

    sheet = both(told).sheets[0]

    assert sheet.merges == (Merge(1, 1, 1, 3),)
    assert sheet.hidden
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2, 4})


def test_numbers_of_thirty_bits_are_whole_or_the_upper_half_of_a_float_and_perhaps_hundredths() -> None:
    upper = struct.unpack("<i", struct.pack("<d", 0.5)[4:])[0]
    told = (7 << 2 | 2, -7 << 2 | 2, 725 << 2 | 3, upper, upper | 1)
    cells = b"".join(xlsb_record(2, struct.pack("<IIi", column, 0, number)) for column, number in enumerate(told))

    grid = read(sheet_part(row_record(1) + cells)).sheets[0]

    assert [cell.value for cell in grid.cells.values()] == [7, -7, 7.25, 0.5, 0.005]


def test_a_row_without_height_and_a_column_without_width_are_hidden() -> None:
    flat = xlsb_record(0, struct.pack("<IIHBBB", 6, 0, 0, 0, 0x20, 0) + b"\0\0\0\0")
    narrow = xlsb_record(60, struct.pack("<IIIIH", 2, 99_999, 0, 0, 0))

    sheet = walk_sheet([sheet_part(flat, before=narrow)], "sheet", DEFAULT)

    assert sheet.hidden_rows == {7}
    assert sheet.hidden_columns == set(range(3, DEFAULT.columns + 1))


# Records that are cut, or lie.


def test_records_are_the_same_however_the_part_comes_in_pieces() -> None:
    stream = xlsb_record(176, b"abc") + xlsb_record(600, b"y" * 300) + xlsb_record(1, b"x" * 130) + xlsb_record(130)

    def bodies(pieces: Iterable[bytes]) -> list[tuple[int, int]]:
        return [(kind, len(body)) for kind, body in records(pieces, "part", (176, 1), 130)]

    assert bodies([stream]) == [(176, 3), (1, 130)]
    for size in (1, 2, 7, 150):
        assert bodies(stream[at : at + size] for at in range(0, len(stream), size)) == [(176, 3), (1, 130)]


def endless() -> Iterator[bytes]:
    yield b"\x07\xff\xff\xff\x7f"
    while True:
        yield b"\0" * 100_000


def test_a_record_of_a_quarter_of_a_gigabyte_is_refused_before_it_is_held() -> None:
    with pytest.raises(Unreadable) as refused:
        list(records(endless(), "part", (7,), 130))

    assert refused.value.code == "file.hostile"


@pytest.mark.parametrize(
    "tail",
    [b"", b"\x82", xlsb_record(7, b"\0" * 12)[:-3], b"\x07\xff\xff\xff\xff\x01", b"\x90\x01\xff\xff\xff\x7f"],
)
def test_a_sheet_whose_records_do_not_end_is_damaged(tail: bytes) -> None:
    assert refusal(packed(binary_parts({"名册": sheet_part(row_record(1), end=tail)}))).code == "file.damaged"


def test_a_sheet_cut_short_costs_itself_alone() -> None:
    whole = sheet_part(row_record(1) + cell_record(1, "一"))
    content = packed(binary_parts({"甲": whole, "乙": whole[:-4], "丙": whole}))

    book = open_bytes(content, "名册.xlsb")

    assert [sheet.text(1, 1) for sheet in book.sheets] == ["一", "", "一"]
    assert [(sheet, code) for sheet, _, code, _ in book.engine_issues if sheet] == [("乙", "sheet.damaged")]


@pytest.mark.parametrize("part", ["xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"])
def test_a_part_that_all_sheets_lean_on_costs_the_file(part: str) -> None:
    made = binary_parts({"名册": sheet_part(b"")}, styles=styles_part(()), strings=strings_part(["一"]))

    assert refusal(packed(made | {part: made[part][:-5]})).code == "file.damaged"
    assert refusal(packed({path: body for path, body in made.items() if path != "xl/worksheets/sheet1.bin"})).code == (
        "file.damaged"
    )


@pytest.mark.parametrize(
    "short", [xlsb_record(43, b"\0\0"), xlsb_record(44, b"\0"), xlsb_record(44, b"\0\0\xff\0\0\0")]
)
def test_a_style_that_ends_before_what_it_announces_is_damaged(short: bytes) -> None:
    content = packed(binary_parts({"名册": sheet_part(b"")}, styles=short + xlsb_record(279)))

    assert refusal(content).code == "file.damaged"


@pytest.mark.parametrize(
    "body",
    [
        xlsb_record(5, b"\0" * 12),
        xlsb_record(6, b"\0" * 8 + b"\xff\0\0\0"),
        xlsb_record(62, b"\0" * 8 + b"\1" + wide("一")),
    ],
)
def test_a_cell_that_ends_before_its_value_is_an_error_and_costs_nothing_else(body: bytes) -> None:
    struck = styles_part((STRUCK,))  # without a font that strikes out, the runs of a text are not looked at

    book = read(sheet_part(row_record(1) + body + cell_record(2, "二")), styles=struck)

    assert [(cell.text, cell.error) for cell in book.sheets[0].cells.values()] == [("#ERR!", "#ERR!"), ("二", None)]
    assert codes(book) == [("A1", "cell.error", "#ERR!")]


def test_a_text_that_is_not_in_the_table_is_said() -> None:
    book = read(sheet_part(row_record(1) + xlsb_record(7, b"\0" * 8 + b"\x09\0\0\0")), strings=strings_part(["一"]))

    assert codes(book) == [("A1", "cell.text_missing", "#REF!")]


def test_a_style_that_is_not_there_is_a_plain_one() -> None:
    book = read(sheet_part(row_record(1) + cell_record(1, 45352, 0xFFFFFF)), styles=styles_part(()))

    assert book.sheets[0].cells[1, 1].value == 45352


def test_a_cell_or_a_row_that_comes_twice_is_said() -> None:
    twice = row_record(1) + cell_record(1, "一") + cell_record(1, "二") + row_record(1) + cell_record(2, "三")

    book = read(sheet_part(twice))

    assert [cell.text for cell in book.sheets[0].cells.values()] == ["二", "三"]
    assert [(cell, code) for cell, code, _ in codes(book)] == [("A1", "cell.repeated"), ("A1", "row.repeated")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (cell_record(1, "一"), "file.damaged"),
        (row_record(9) + row_record(3), "file.damaged"),
        (xlsb_record(0, b"\0\0"), "file.damaged"),
        (row_record(1) + xlsb_record(4, b"\0\0\0"), "file.damaged"),
        (row_record(1_048_577), "file.hostile"),
        (row_record(1) + cell_record(16_385, "一"), "file.hostile"),
        (xlsb_record(176, struct.pack("<IIII", 0, 1_048_576, 0, 1)), "file.hostile"),
        (row_record(200_001) + cell_record(1, "一"), "file.over_limit"),
        (row_record(1) + cell_record(513, "一"), "file.over_limit"),
    ],
)
def test_a_place_that_no_sheet_has_is_refused(body: bytes, code: str) -> None:
    assert refusal(packed(binary_parts({"名册": sheet_part(body)}))).code == code


def test_numbers_that_are_none_are_errors() -> None:
    told = b"".join(cell_record(column, value, 1) for column, value in enumerate((float("nan"), float("inf")), 1))

    grid = read(sheet_part(row_record(1) + told), styles=styles_part((DAY,))).sheets[0]

    assert [cell.error for cell in grid.cells.values()] == ["#NUM!", "#NUM!"]


def test_a_number_format_of_any_length_does_not_hold_the_reader_up() -> None:
    styles = styles_part((Look('"' * 4000 + "[" * 4000),))

    grid = read(sheet_part(row_record(1) + cell_record(1, 5, 1)), styles=styles).sheets[0]

    assert grid.cells[1, 1].value == 5


def test_two_sheets_of_the_same_name_keep_each_its_own_content() -> None:
    made = binary_parts({"甲": sheet_part(row_record(1) + cell_record(1, "一"))})
    listed = b"".join(xlsb_record(156, struct.pack("<II", 0, n) + wide(f"rId{n}") + wide("甲")) for n in (1, 2))
    relations = made["xl/_rels/workbook.bin.rels"]
    entry = relations[relations.index(b"<Relationship ") : relations.index(b"</Relationships>")]
    second = entry.replace(b"rId1", b"rId2").replace(b"sheet1", b"sheet2")
    made |= {
        "xl/workbook.bin": xlsb_record(131) + listed + xlsb_record(132),
        "xl/_rels/workbook.bin.rels": relations.replace(entry, entry + second),
        "xl/worksheets/sheet2.bin": sheet_part(row_record(1) + cell_record(1, "二")),
    }

    book = open_bytes(packed(made), "名册.xlsb")

    assert [sheet.text(1, 1) for sheet in book.sheets] == ["一", "二"]
    assert len({sheet.name for sheet in book.sheets}) == 2


MIXED = Told(
    {
        (1, 1): "测试镇铸造企业熔炼设备名册",
        **{(2, column): text for column, text in enumerate(("序号", "企业名称", "容量（吨）", "投产日期", "备注"), 1)},
        **{(row, 1): (row, Look("000")) for row in range(3, 9)},
        **{(row, 2): (f"第{row}铸造厂", STRUCK) if row == 5 else f"第{row}铸造厂" for row in range(3, 9)},
        **{(row, 3): Formula(row / 2) for row in range(3, 9)},
        **{(row, 4): (43_000 + row, MONTH if row % 2 else DAY) for row in range(3, 9)},
        **{(row, 5): Rich(((False, "铝壳"), (True, "作废")), inline=row % 2 == 0) for row in range(3, 9)},
    },
    (MONTH, DAY, STRUCK, Look("000")),
    (Merge(1, 1, 1, 5),),
    frozenset({7}),
    ((9, 10),),
)


def test_all_kinds_of_cells_beside_one_another_are_as_in_the_twin() -> None:
    both(MIXED)


@pytest.mark.parametrize("seed", range(40))
def test_changed_records_of_sheet_styles_or_texts_are_read_or_refused_in_words(seed: int) -> None:
    chance, content = Random(seed), as_xlsb(MIXED)
    for _ in range(chance.choice((1, 1, 2, 3))):
        content = chance.choice(IN_XLSB)(chance, content)

    assert answer(content, "名册.xlsb") in ("read", "file.damaged", "file.hostile", "file.over_limit")
