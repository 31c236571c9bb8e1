"""The rows under a head, each with its kind: a firm, more of it, or why it is no data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from importers.grid import Cell
from importers.roster.furniture import is_attachment, is_form_line, labelled
from importers.roster.heads import Header, numbers_columns
from importers.roster.regions import DATA, Line, RowPlaces
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.roster.told import Told
from importers.values.text import compact

_MARKS = {"", "/", "-", "—", "——", "\\"}
_LONG = 30
_SERIAL = re.compile(r"\d{1,5}(\.0)?[.、]?|[一二三四五六七八九十]{1,3}")


def _shape(name: str, text: str) -> bool:
    return bool(spellings().shapes[name].fullmatch(text))


def _fits(name: str, text: str) -> bool:
    return bool(spellings().furniture[name].fullmatch(text))


def is_spread(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row says one text in every cell: a merged range that some program wrote out."""
    if len(cells) <= 2:
        return False
    first = compact(cells[0][1].text)
    return len(first) > 3 and all(compact(cell.text) == first for _, cell in cells)


def is_title_row(view: SheetRows, row: int) -> bool:
    """Whether the row is a title: one text, no value, no firm, no note or total."""
    cells = view.own(row)
    texts = [compact(cell.text) for _, cell in cells]
    if is_spread(cells):
        texts, cells = texts[:1], cells[:1]
    if len(texts) != 1 or isinstance(cells[0][1].value, (int, float)):
        return False
    text = texts[0]
    wide = view.reach(row, cells[0][0]) > cells[0][0] or is_spread(view.own(row))
    firm = _shape("firm", text) and not wide and not _fits("section", text)
    return not (firm or _fits("note", text) or _fits("total", text) or is_form_line([cells[0][1].text]))


@dataclass
class LineReader:
    """Tells the kind of each row under one head."""

    view: SheetRows
    header: Header
    name: int
    told: Told
    _head_texts: list[dict[int, str]] = field(default_factory=list)
    _numbers: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        columns = [head.key for head in self.header.heads]
        for row in self.header.rows:
            self._head_texts.append({at: compact(self.view.text(row, at)) for at in columns})
        self._numbers = frozenset(
            head.key for head in self.header.heads if any(one.style == "row_number" for one in head.meanings)
        )

    def read(self, rows: Iterable[int]) -> tuple[Line, ...]:
        """The lines of these rows, without their places yet."""
        lines: list[Line] = []
        band: tuple[int, int] | None = None
        for row in rows:
            kind = self._told_kind(row) or self._kind(row)
            if kind == "band":
                band, kind = (row, self.view.own(row)[0][0]), "title"
            lines.append(Line(kind, (row,), {}, band))
        return tuple(_feet(lines))

    def placed(self, lines: Sequence[Line], keys: Sequence[int]) -> tuple[Line, ...]:
        """The same lines with the place of each column's cell."""
        columns = dict.fromkeys(keys)
        return tuple(
            Line(line.kind, line.rows, RowPlaces(line.row, columns), line.band) if line.kind in DATA else line
            for line in lines
        )

    def _told_kind(self, row: int) -> str | None:
        said = self.told.row(self.view.grid.name, row) if self.told.rows else None
        if said == "ignore":
            return "note"
        if said == "header":
            return "header_repeat"
        if said == "data":
            return "firm" if self.view.own_text(row, self.name) else "more"
        return None

    def _kind(self, row: int) -> str:
        own = self.view.own(row)
        words = [compact(cell.text) for _, cell in own]
        cells = list(own)
        if not _MARKS.isdisjoint(words):
            cells = [one for one, text in zip(own, words, strict=True) if text not in _MARKS or one[1].error]
        own_name = self._own_name(row)
        if is_spread(cells) and own_name:
            cells = cells[:1]
        if all(at in self._numbers and _SERIAL.fullmatch(compact(cell.text)) for at, cell in cells):
            return "blank"
        texts = words if len(cells) == len(words) else [compact(cell.text) for _, cell in cells]
        if self._repeats_head(own, words) or (own_name and numbers_columns(texts)):
            return "header_repeat"
        if self._is_total(row, cells, own_name):
            return "total"
        firm = _shape("firm", own_name) and (len(cells) > 1 or self._alone_firm(row, cells))
        if _fits("example", texts[0]) or (not firm and _fits("note", texts[0])):
            return "note"
        if not firm and self._is_foot(cells):
            return "footer"
        if len(cells) == 1 and not firm:
            return self._single(row, *cells[0])
        return "firm" if own_name and own_name not in _MARKS else "more"

    def _own_name(self, row: int) -> str:
        """The text under the name's head that begins in this very row."""
        return compact(self.view.own_text(row, self.name))

    def _merged_wide(self, row: int, column: int) -> bool:
        return self.view.reach(row, column) > column or is_spread(self.view.own(row))

    def _repeats_head(self, own: Sequence[tuple[int, Cell]], words: Sequence[str]) -> bool:
        """Whether four of five words, and two at least, stand under the same words of the head."""
        for texts in self._head_texts:
            others = 0
            for (at, _), text in zip(own, words, strict=True):
                others += texts.get(at) != text
                if others * 5 > len(own):
                    break
            else:
                if len(own) - others >= 2:
                    return True
        return False

    def _is_total(self, row: int, cells: list[tuple[int, Cell]], own_name: str) -> bool:
        """Whether one of the words up to the name's column is that of a total; the name itself speaks first."""
        if own_name and own_name not in _MARKS and not self._merged_wide(row, self.name):
            if _fits("total", own_name) or (len(cells) > 1 and _shape("township", own_name)):
                return True
            if _shape("firm", own_name):
                return False
        first, rest = compact(cells[0][1].text), [cell for at, cell in cells[1:]]
        if _shape("township", first) and rest and all(_SERIAL.fullmatch(compact(cell.text)) for cell in rest):
            return not own_name or own_name in _MARKS or own_name == first
        before = [compact(cell.text) for at, cell in cells if at <= self.name] or [compact(cells[0][1].text)]
        return any(_fits("total", text) for text in before)

    def _alone_firm(self, row: int, cells: list[tuple[int, Cell]]) -> bool:
        """A firm of which nothing but its name is stated."""
        at, cell = cells[0]
        text = compact(cell.text)
        return (
            at == self.name and not self._merged_wide(row, at) and _shape("firm", text) and not _fits("section", text)
        )

    def _is_foot(self, cells: list[tuple[int, Cell]]) -> bool:
        texts = [cell.text for _, cell in cells]
        if is_form_line(texts):
            return True
        if all(_fits("page_number", compact(text)) for text in texts):
            return True
        first = compact(texts[0]).rstrip(":：")
        known = spellings().furniture
        return first in {*known["form_fields"], *known["reported_on"], *known["reporting_unit"]} - {
            "单位",
            "负责人",
            "电话",
        }

    def _single(self, row: int, column: int, cell: Cell) -> str:
        """A row of one text: a township's band, a title, a foot, a firm, or a further cell of the firm above."""
        text = compact(cell.text)
        if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
            return "more"
        if labelled(cell.text):
            return "footer"
        if re.fullmatch(r"[12]\d{3}[-年./]\d{1,2}([-月./]\d{1,2}日?)?", text) and (
            self._merged_wide(row, column) or column != self.name
        ):
            return "footer" if column <= self.name or column not in {head.key for head in self.header.heads} else "more"
        first = column <= self.name
        if _fits("band", text) and (first or self._merged_wide(row, column)):
            return "band"
        if _fits("section", text) or is_attachment(text):
            return "title"
        if self._merged_wide(row, column) or (first and len(text) > _LONG):
            return "note" if len(text) > _LONG else "title"
        if column == self.name:
            return "firm"
        return "title" if column < self.name and not self._stands_before_firm(column) else "more"

    def _stands_before_firm(self, column: int) -> bool:
        """Whether the column left of the name is one with facts of its own (the township's, say)."""
        head = next((one for one in self.header.heads if one.key == column), None)
        return bool(head and any(one.path for one in head.meanings))


def _feet(lines: list[Line]) -> list[Line]:
    """Under the last firm, single words that looked like titles are part of the foot."""
    last = max((at for at, line in enumerate(lines) if line.kind in ("firm", "more")), default=-1)
    return [
        replace(line, kind="footer") if at > last and line.kind == "title" and last >= 0 else line
        for at, line in enumerate(lines)
    ]
