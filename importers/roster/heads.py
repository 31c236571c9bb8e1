"""Header rows: where a table's head begins and ends, and the joined path of words over each column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from string import ascii_uppercase

from importers.grid import Cell, column_letter
from importers.roster.furniture import is_form_line
from importers.roster.header_words import HeaderWords, angle_part, header_words, unit_in
from importers.roster.meanings import Meaning, meanings
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.values.text import compact

_MOST_ROWS = 4
#: A line of a form, and how a title ends: neither is a head over others.
_LABELLED = re.compile(r"(?<!其中)[:：].")
_TITLE = re.compile(r"..(表|清单|名册|台[账帐]|名录|名单|一览)([(（].*[)）])?$")
_BLANK_MARKS = {"/", "-", "—", "——", "\\"}
#: A head has a word: letters alone (QYMC, Company Name) or a sign that is not ASCII.
_WORDED = re.compile(r"\A[A-Za-z _.-]{2,}\Z|[^\x00-\x7f]")
_SIZE = re.compile(r"\d[\d.,]*(?P<unit>\D{1,6})")
#: The number of a column, in brackets or not, and what it is worked out of: (4)=(5)+(6).
_COLUMN_NUMBER = re.compile(
    r"[(]?(?P<number>\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[A-Z])(?:\.0)?[)]?栏?(?:=[\d甲乙丙丁戊己庚辛壬癸A-Z()+\-*/×÷%栏.]+)?"
)
_NUMBERING_WORDS = {"栏次", "列次", "行次", "栏目", "栏号", "列号"}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
#: Words that say how a column is to be filled in, and no value.
_ADVICE = re.compile(
    r"必填项?|选填项?|非必填|可不填|下拉.*|[(（]?(请|需|应|须)?(按|填|选择?|填写|输入|参照|写明|注明)[^:：]{2,}|(如|例如?|格式)[:：].+|与.+一致"
    r"|\d+位([,，、].*|数字|代码|文本)?|.*(文本格式|不得为空|不能为空|保留.{0,3}小数|精确到.+)"
)
#: Heads that stand alone at a table's edge: no group whose merges were lost spreads over them.
_ALONE = {"序号", "备注", "说明", "备考", "备注说明"}


@dataclass(frozen=True, slots=True)
class Head:
    """The words over one column, from the top down, and where they stand. `key` names the column within its table."""

    key: int
    path: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    unit: str | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where its last word stands, or the head's own place where nothing is written."""
        return self.places[-1]

    @property
    def header(self) -> str:
        """The joined path, or the column's letter where nothing stands over it."""
        return "/".join(self.path) or f"{column_letter(self.place[1])}列"

    @property
    def words(self) -> tuple[HeaderWords, ...]:
        """The path as the lexicon compares it."""
        return tuple(header_words(text) for text in self.path)

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What it can mean by the lexicon."""
        return meanings(self.words, self.unit)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table: its rows and what stands over each column."""

    rows: tuple[int, ...]
    heads: tuple[Head, ...]

    @property
    def names(self) -> tuple[Head, ...]:
        """The columns that may hold the enterprise's name."""
        return tuple(head for head in self.heads if any(one.path == "enterprise.name" for one in head.meanings))


def name_meaning(text: str) -> Meaning | None:
    """The meaning of a single cell's text as the head of the name column, if it can be one: a word, no number."""
    return _name_meaning(text) if len(text) <= 40 and _WORDED.search(text) else None


@lru_cache(maxsize=8192)
def _name_meaning(text: str) -> Meaning | None:
    words = header_words(text)
    spelling, weak = spellings().fields["enterprise.name"], spellings().weak_names
    if any(
        said in weak or spelling.rank(said) is not None or spelling.fits(said) for said in (words.bare, words.named)
    ):
        return next((one for one in meanings((words,)) if one.path == "enterprise.name"), None)
    if any(spelling.rank(remark) is not None for remark in words.remarks):
        return Meaning("value", "enterprise.name", weak=True, rank=70)
    return None


def header_around(view: SheetRows, row: int, column: int, above: int) -> Header:
    """The header that the name's cell belongs to; no row above `above` is taken into it."""
    top = row
    while top - 1 > above and row - top < 2 and _is_group_row(view, top - 1, row):
        top -= 1
    bottom = max(row, min(view.depth(row, column), row + _MOST_ROWS - 1))
    while bottom - top + 1 < _MOST_ROWS and _is_lower_row(view, top, bottom + 1, column):
        bottom += 1
    worded = tuple(range(top, bottom + 1))
    numbers, units = _rows_below(view, bottom, column)
    return Header((*worded, *numbers), _heads(view, worded, units))


def header_of_rows(view: SheetRows, rows: tuple[int, ...]) -> Header:
    """The header of rows that were told to be one."""
    return Header(rows, _heads(view, rows, None))


def _is_group_row(view: SheetRows, row: int, below: int) -> bool:
    """Whether this row holds group heads over the one below: some cell spans several columns that are named below."""
    cells = view.own(row)
    if not cells or is_form_line(cell.text for _, cell in cells) or any(is_datum(cell) for _, cell in cells):
        return False
    if any(len(compact(cell.text)) > 24 or _LABELLED.search(header_words(cell.text).bare) for _, cell in cells):
        return False
    if any(_is_stated(cell.text) for _, cell in cells):
        return False
    if ends_title(cells[0][1].text) and cells[0][0] <= view.own(below)[0][0]:
        return False
    first, last = view.own(below)[0][0], view.own(below)[-1][0]
    spans = []
    runs = _runs(view, row)
    for at, (column, end) in enumerate(runs):
        if end == column and view.depth(row, column) == row:
            end = (runs[at + 1][0] if at + 1 < len(runs) else last + 1) - 1
        named = sum(bool(view.own_text(below, one)) for one in range(column, end + 1))
        spans.append((column, end, named))
    if len(runs) == 1 and (spans[0][0] <= first or spans[0][1] == spans[0][0]):
        return False
    return any(named >= 2 for _, _, named in spans)


def ends_title(text: str) -> bool:
    """Whether a text ends as titles do: …表, …清单, …名单."""
    return bool(_TITLE.search(compact(text)))


def _runs(view: SheetRows, row: int) -> list[tuple[int, int]]:
    """The cells of a row from left to right, each with its last column; a word told again beside itself goes on."""
    runs: list[tuple[int, int]] = []
    said = ""
    for column, cell in view.own(row):
        text = compact(cell.text)
        if runs and text == said and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], view.reach(row, column))
        else:
            runs.append((column, view.reach(row, column)))
        said = text
    return runs


def _is_stated(text: str) -> bool:
    """Whether a text is a firm's name, or a number with its unit: no word of a head."""
    plain = compact(text)
    firm = len(plain) > 5 and not plain.endswith("企业") and bool(spellings().shapes["firm"].fullmatch(plain))
    if firm and not name_meaning(text) and not meanings((header_words(text),)):
        return True
    size = _SIZE.fullmatch(plain)
    return bool(size and unit_in(size["unit"]) and not spellings().numbered.fullmatch(plain))


def _is_lower_row(view: SheetRows, top: int, row: int, name_column: int) -> bool:
    """Whether this row is a lower part of the head: under groups, in words of the lexicon, no value among them."""
    cells = view.own(row)
    if not cells or any(is_datum(cell) for _, cell in cells):
        return False
    divided = _divides_name(view, top, row, name_column)
    again = view.own_text(row, name_column) == view.text(row - 1, name_column)
    if view.own_text(row, name_column) and not (divided or again):
        return False
    if any(len(compact(cell.text)) > 24 for _, cell in cells):
        return False
    if _are_units([compact(cell.text) for _, cell in cells]):
        return False
    known = grouped = 0
    for column, _ in cells:
        path = _path(view, tuple(range(top, row + 1)), column)
        if len(path) < 2 and not (divided and meanings(tuple(header_words(text) for text in path))):
            return False
        known += bool(meanings(tuple(header_words(text) for text in path)) or angle_part(path))
        grouped += _in_group(view, tuple(range(top, row + 1)), column)
    return bool(grouped) and (known > 0 or (grouped == len(cells) and len(cells) > 1)) and known * 3 >= len(cells)


def _divides_name(view: SheetRows, top: int, row: int, name_column: int) -> bool:
    """Whether the word over the names is a group whose merges were lost: 企业 over 名称, others below."""
    under = view.own_text(row, name_column)
    if not under or row != top + 1 or len(view.own(row)) <= len(view.own(top)):
        return False
    joined = meanings((header_words(view.text(top, name_column)), header_words(under)))
    named = bool(joined) and joined[0].path == "enterprise.name"
    return named and bool(name_meaning(under)) and bool(view.own_text(row, view.reach(top, name_column) + 1))


def _in_group(view: SheetRows, rows: tuple[int, ...], column: int) -> bool:
    """Whether a head over this column spans several: merged so, or over blanks beside it that are named below."""
    last = rows[-1]
    for row in reversed(rows[:-1]):
        origin = view.grid.origin(row, column)
        if view.text(row, column):
            if any(first < last_of for first, last_of in _runs(view, row) if first <= column <= last_of):
                return True
            beside = view.reach(*origin) + 1
            return beside - 1 > origin[1] or (not view.text(row, beside) and bool(view.own_text(last, beside)))
        if _spread_from(view, rows, row, column):
            return True
    return False


def is_datum(cell: Cell) -> bool:
    """Whether the cell holds a value rather than words: a number, a day, a code."""
    if isinstance(cell.value, (int, float, date, datetime, time)) and not isinstance(cell.value, bool):
        return True
    return bool(re.fullmatch(r"[\d.,%:/-]+|.*\d{6,}.*", compact(cell.text))) and compact(cell.text) not in _BLANK_MARKS


def _rows_below(view: SheetRows, bottom: int, name_column: int) -> tuple[tuple[int, ...], int | None]:
    """The rows right under the words that still belong to the head: one of units, one that numbers the columns."""
    rows: list[int] = []
    units = None
    while len(rows) < 3:
        row = bottom + 1 + len(rows)
        texts = [compact(cell.text) for _, cell in view.own(row)]
        if units is None and _are_units(texts):
            units = row
        elif not numbers_columns(texts) and not _is_advice(texts, compact(view.own_text(row, name_column))):
            break
        rows.append(row)
    return tuple(rows), units


def _are_units(texts: list[str]) -> bool:
    """Whether a row names the units of its columns; among several that are known, a word or two may be strange."""
    words = [text for text in texts if text not in _BLANK_MARKS]
    strange = [text for text in words if not unit_in(text)]
    if strange and (len(words) < 3 * len(strange) or any(len(text) > 6 or "/" not in text for text in strange)):
        return False
    return len(words) > len(strange)


def numbers_columns(texts: list[str]) -> bool:
    """甲 乙 1 2 3, (1) (2) (3)=(1)+(2): a row that only numbers the columns."""
    if texts[:1] and texts[0] in _NUMBERING_WORDS:
        texts = texts[1:]
    if len(texts) < 3 or len(texts[0]) > 20 or not _COLUMN_NUMBER.fullmatch(texts[0]):
        return False
    plain = [text for text in texts if text not in _BLANK_MARKS]
    found = [_COLUMN_NUMBER.fullmatch(text) for text in plain]
    labels = [one["number"] for one in found if one]
    numbers = [int(label) for label in labels if label.isdigit()]
    letters = [label for label in labels if not label.isdigit()]
    if len(labels) < len(plain):
        return False
    in_order = not numbers or (numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 5)
    return in_order and (len(numbers) >= 2 or _spelled_in_order(letters))


def _spelled_in_order(letters: list[str]) -> bool:
    """甲 乙 丙, A B C."""
    return len(letters) > 2 and any(order.startswith("".join(letters)) for order in (_STEMS, ascii_uppercase))


def _is_advice(texts: list[str], named: str) -> bool:
    """Whether a row only says how its columns are to be filled in: 与公章一致, 18位，文本格式, 必填."""
    told = sum(bool(_ADVICE.fullmatch(text)) for text in texts)
    firm = spellings().shapes["firm"]
    stated = any(re.fullmatch(r"[\d.]+", text) or firm.fullmatch(text) for text in texts)
    if named and not _ADVICE.fullmatch(named):
        return False
    return told >= 2 and told * 2 >= len(texts) and not stated and not spellings().furniture["note"].fullmatch(texts[0])


def _heads(view: SheetRows, rows: tuple[int, ...], units: int | None) -> tuple[Head, ...]:
    columns = sorted(
        {at for row in rows for column, _ in view.own(row) for at in range(column, view.reach(row, column) + 1)}
    )
    heads = []
    for column in columns:
        words = _once(_over(view, rows, column))
        if not words:
            continue
        path = tuple(text for _, text in words)
        unit = (unit_in(view.text(units, column)) if units else None) or header_words(path[-1]).unit
        unit = unit or next((said for text in reversed(path[:-1]) if (said := header_words(text).unit)), None)
        heads.append(Head(column, path, tuple(place for place, _ in words), unit))
    return tuple(heads)


def _path(view: SheetRows, rows: tuple[int, ...], column: int) -> tuple[str, ...]:
    return tuple(text for _, text in _over(view, rows, column))


def _over(view: SheetRows, rows: tuple[int, ...], column: int) -> list[tuple[tuple[int, int], str]]:
    """The words over a column with their places, from the top row down; a lost merge is mended within its group."""
    found: dict[tuple[int, int], str] = {}
    for row in rows:
        origin = view.grid.origin(row, column)
        text = view.text(row, column)
        spread = None if text else _spread_from(view, rows, row, column)
        if spread:
            origin, text = (row, spread), view.text(row, spread)
        if text:
            found.setdefault(origin, "".join(text.split()))
    return list(found.items())


def _once(words: list[tuple[tuple[int, int], str]]) -> list[tuple[tuple[int, int], str]]:
    """The words over a column without those that the row below says again: 序号 in both rows of a head."""
    below = [text for _, text in words[1:]]
    return [word for at, word in enumerate(words) if at == len(below) or word[1] != below[at]]


def _spread_from(view: SheetRows, rows: tuple[int, ...], row: int, column: int) -> int | None:
    """The column of the group head that a blank cell stands under where the sheet lost its merges.

    The head to the left spreads over blanks alone, only when both it and this column have words of their own below, and
    never past a head that begins above.
    """
    under = [one for one in rows if one > row]
    over = [one for one in rows if one < row]
    own = next((text for one in reversed(under) if (text := view.own_text(one, column))), "")
    if compact(own) in _ALONE and column == view.own(under[-1])[-1][0]:
        return None
    left = column
    while left > 0 and not view.text(row, left):
        if any(view.own_text(one, left) for one in over):
            return None
        left -= 1
    if left == 0 or view.reach(*view.grid.origin(row, left)) > view.grid.origin(row, left)[1]:
        return None
    named = all(any(view.own_text(one, at) for one in under) for at in (left, column))
    return left if named else None
