"""A number stands in no part of a copy: not in notes, properties, headers, links, boxes, runs of letters."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from app.domain.masking import REMOVED
from app.domain.taking_out import TakingOut, numbers_named
from importers.container import open_bytes
from importers.kept import people_in
from importers.redaction import redacted
from importers.redaction.markup import with_texts_changed
from importers.redaction.texts import texts_of
from importers.roster import read_workbook
from tests.importers.container.packages import Entry, archive
from tests.importers.container.samples import unzipped
from tests.importers.redaction.test_redaction import everything

NUMBER, LAND = "13812345678", "07462345678"
TAKING = TakingOut(frozenset([NUMBER, LAND]))
HEAD = ("序号", "企业名称", "炉型", "容量（吨）", "数量（台）", "备注")


def drawn(draw: Callable[[Any, Any], None], name: str = "名册") -> bytes:
    """A small roster with something drawn into it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    for row, line in enumerate((HEAD, (1, "甲铸造厂", "中频感应电炉", 0.5, 2, "铝壳"))):
        sheet.write_row(row, 0, line)
    draw(book, sheet)
    book.close()
    return out.getvalue()


def _rich(book: Any, sheet: Any) -> None:
    sheet.write_rich_string(1, 5, "电话", book.add_format({"bold": True}), "138", "12345678")


#: Where a number may stand beside plain cells.
PLACES: dict[str, Callable[[Any, Any], None]] = {
    "note": lambda _, sheet: sheet.write_comment(1, 5, f"找 {NUMBER}", {"author": NUMBER}),
    "property": lambda book, _: book.set_properties({"title": f"名册 {NUMBER}", "comments": NUMBER}),
    "own property": lambda book, _: book.set_custom_property("电话", NUMBER),
    "header": lambda _, sheet: sheet.set_header(f"&C联系电话 {NUMBER}"),
    "choices": lambda _, sheet: sheet.data_validation(5, 5, 9, 5, {"validate": "list", "source": [NUMBER, "其他"]}),
    "link": lambda _, sheet: sheet.write_url(1, 5, f"http://example.org/{NUMBER}", string="联系"),
    "runs": _rich,
    "name": lambda book, _: book.define_name("电话", f'="{NUMBER}"'),
    "box": lambda _, sheet: sheet.insert_textbox(8, 1, f"联系 {NUMBER}"),
    "number": lambda _, sheet: sheet.write_number(1, 5, int(NUMBER)),
    "land line": lambda _, sheet: sheet.write(1, 5, "找 0746-2345678"),
    "formula": lambda _, sheet: sheet.write_formula(1, 5, f'="电话"&"{NUMBER}"', None, f"电话{NUMBER}"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_taken_out_wherever_it_stands(place: str) -> None:
    content = drawn(PLACES[place])
    book = open_bytes(content, "名册.xlsx")
    named = people_in(content, book, read_workbook(book))
    assert named & {NUMBER, LAND}

    copy = redacted(content, "名册.xlsx", TAKING)
    assert copy is not None
    assert copy.alike
    assert copy.name == "名册.xlsx"
    again = open_bytes(copy.content, copy.name)
    said = everything(copy.content)
    assert NUMBER not in said
    assert "12345678" not in said
    assert "2345678" not in said
    assert not numbers_named(texts_of(copy.content, again)) & {NUMBER, LAND}
    assert again.sheets[0].text(2, 2) == "甲铸造厂"


def test_a_sheet_called_by_a_number_is_called_otherwise() -> None:
    copy = redacted(drawn(lambda *_: None, NUMBER), "名册.xlsx", TAKING)
    assert copy is not None
    assert [sheet.name for sheet in open_bytes(copy.content, copy.name).sheets] == [REMOVED]


def test_a_part_that_cannot_be_looked_into_is_not_carried_over() -> None:
    content = drawn(PLACES["number"])
    hidden = archive([*unzipped(content), Entry("xl/embeddings/oleObject1.bin", f"电话 {NUMBER}".encode("utf-16-le"))])
    copy = redacted(hidden, "名册.xlsx", TAKING)
    assert copy is not None
    assert b"oleObject" not in copy.content
    assert open_bytes(copy.content, copy.name).sheets[0].text(2, 6) == REMOVED


def test_what_is_not_changed_stays_as_it_was_written() -> None:
    markup = "<?xml version='1.0'?><a b='&lt;1&gt;' c=\"x\"><!-- y --><t>&#65;</t> <![CDATA[z]]><u/></a>"
    assert with_texts_changed(markup, lambda text: text) == markup


def test_a_text_in_several_runs_is_changed_as_one() -> None:
    markup = "<si><r><t>电话138</t></r><r><rPr/><t>12345678</t></r></si><si><t>138</t></si>"
    made = with_texts_changed(markup, lambda text: text.replace(NUMBER, "×"))
    assert made == "<si><r><t>电话×</t></r><r><rPr/><t></t></r></si><si><t>138</t></si>"
