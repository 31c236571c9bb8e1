"""Text with delimiters (csv, tsv): a row of text cells a record."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from io import StringIO

from importers.container.charset import decode
from importers.container.content import BookContent, Issue, Row, SheetContent
from importers.container.limits import Limits
from importers.container.refusals import over_limit
from importers.container.written import text_cell
from importers.grid import Cell

SHEET = "Sheet1"
_QUOTED_FORMULA = re.compile(r'="([^"]*)"\Z')
#: An apostrophe before what would be a formula is how text is kept from becoming one; one more where it began with one.
_KEPT_TEXT = re.compile("'(?='*(\\s*[=+\\-@＝＋－＠]|[\t\r\n]))")
_DIRECTIVE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(content: bytes, form: str, limits: Limits) -> BookContent:
    """Every record is a row, blank ones too, numbered as Excel numbers them."""
    text = decode(content)
    told = _DIRECTIVE.match(text)
    delimiter = told[1] if told else find_delimiter(text)
    text = text[told.end() :] if told else text
    issues: list[Issue] = []
    csv.field_size_limit(10_000_000)
    rows, unbalanced = _survey(text, delimiter)
    if rows > limits.rows:
        raise over_limit(f"有内容的行超过 {limits.rows:,} 行")
    if unbalanced:
        issues.append((SHEET, None, "text.quotes_unbalanced", '"'))
    lines = StringIO(text, newline="")
    records = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if unbalanced else csv.QUOTE_MINIMAL)
    sheet = SheetContent(SHEET, _rows(records), issues=issues)
    return BookContent("tsv" if delimiter == "\t" else "csv", [sheet])


def find_delimiter(text: str) -> str:
    """Comma, tab or semicolon: the one that most of the first lines have, then the most frequent."""
    lines = [line for line in re.sub(r'"[^"]*"', "", text[:65_536]).splitlines() if line.strip()][:100]

    def weight(mark: str) -> tuple[int, int]:
        return sum(mark in line for line in lines), sum(line.count(mark) for line in lines)

    return max(",\t;", key=weight)


def _survey(text: str, delimiter: str) -> tuple[int, bool]:
    """How many rows there are, and whether a quote is never closed: it would swallow all rows after it."""
    rows = 0
    try:
        for _ in csv.reader(StringIO(text.rstrip(), newline=""), delimiter=delimiter, strict=True):
            rows += 1
    except csv.Error as fault:
        return rows, "end of data" in str(fault)
    return rows, False


def _rows(records: Iterator[list[str]]) -> Iterator[Row]:
    cell_of = lru_cache(maxsize=100_000)(_cell)
    for row, fields in enumerate(records, 1):
        yield row, [(column, cell) for column, text in enumerate(fields, 1) if (cell := cell_of(text))]


def _cell(text: str) -> Cell | None:
    match = _QUOTED_FORMULA.match(text)  # ="0123" is how text is kept from becoming a number
    return text_cell(match[1] if match else text[1:] if _KEPT_TEXT.match(text) else text)
