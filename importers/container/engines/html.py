"""A web page with tables under the name of a workbook: tables one below the other, spans as merges."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from importers.container.charset import decode
from importers.container.content import BookContent, SheetContent
from importers.container.limits import Limits
from importers.container.refusals import over_limit, wrong_type
from importers.container.written import text_cell
from importers.grid import Cell, Merge, address

SHEET = "Sheet1"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_FRAGMENT = re.compile(r"\ufeff?\s*<t[rdh][\s>]", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CLASS = re.compile(r"[A-Za-z0-9]*\.([\w-]+)")
_CELLS = ("table", "tr", "td", "th", "tbody", "thead", "tfoot")
_DECORATIONS = ("text-decoration", "text-decoration-line")
_VOID = ("br", "hr", "img", "input", "col", "meta", "link", "wbr")
_LINES = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption")
_STRIKES = ("s", "del", "strike")
_SILENT = ("script", "style", "title", "xml")
_NEVER_OPEN = frozenset((*_CELLS, *_VOID, *_SILENT))


def read_html(content: bytes, form: str, limits: Limits) -> BookContent:
    """All tables of the page; text outside of tables takes a row of its own, as Excel lays it."""
    sheet = sheet_of_page(page_text(content), SHEET, limits)
    if sheet is None:
        raise wrong_type("没有表格的网页（HTML）")
    return BookContent("html", [sheet])


def page_text(content: bytes, charset: str | None = None) -> str:
    """A page by the charset that is told with it, else by the one that it names itself."""
    declared = _CHARSET.search(content[:4096])
    return decode(content, charset or (declared[1].decode("ascii") if declared else None))


def sheet_of_page(text: str, name: str, limits: Limits, styles: str = "") -> SheetContent | None:
    """A page as a sheet; None when it has no table. `styles`: a style sheet that lies beside it."""
    page = TablePage(limits, styles)
    if _FRAGMENT.match(text):
        page.feed("<table>")  # rows that were cut out of their page
    page.feed(text)
    page.close()
    page.finish()
    if not page.tables:
        return None
    return SheetContent(
        name,
        [(row, sorted(cells.items())) for row, cells in sorted(page.rows.items())],
        merges=page.merges,
        hidden_rows=page.hidden_rows,
        issues=[
            (name, address(*place), "cell.hidden", cell.text)
            for place in page.hidden_cells
            if (cell := page.rows.get(place[0], {}).get(place[1]))
        ],
    )


class TablePage(HTMLParser):
    """Lays cells out as they come. A table inside a cell is part of that cell's text."""

    def __init__(self, limits: Limits, styles: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_cells: list[tuple[int, int]] = []
        self.tables = 0
        self._depth = self._silent = self._strikes = 0
        self._row, self._next = 0, 1
        self._busy: dict[int, int] = {}
        self._column: int | None = None
        self._heard: list[tuple[bool, str]] = []
        #: Styles by class, as Excel's own pages give them; elements open within the cell, and whether each is struck.
        self._classes: dict[str, str] = _classes(styles)
        self._sheet: list[str] | None = None
        self._open: list[tuple[str, bool]] = []
        self._struck_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open rows, cells and lines."""
        told = {name: value or "" for name, value in attrs}
        style = self._style(told)
        if tag in _SILENT:
            self._silent += 1
            self._sheet = [] if tag == "style" else None
        elif tag == "table":
            self._open_table()
        elif tag == "tr" and self._depth == 1:
            self._open_row(_HIDDEN.search(style) is not None)
            self._struck_row = _strikes(style)
        elif tag in ("td", "th") and self._depth == 1:
            self._open_cell(_span(told.get("rowspan"), self.limits.rows), _span(told.get("colspan"), 1000))
            self._open = [(tag, self._struck_row or _strikes(style))]
            if _HIDDEN.search(style) and self._column is not None:
                self.hidden_cells.append((self._row, self._column))
        elif tag == "br" or tag in _LINES:
            self._heard.append((False, "\n"))
        elif tag in _STRIKES:
            self._strikes += 1
        if tag not in _NEVER_OPEN and len(self._open) < self.limits.depth and (self._open or _strikes(style)):
            self._open.append((tag, _strikes(style)))

    def handle_endtag(self, tag: str) -> None:
        """Close rows, cells and lines."""
        self._close_style(tag)
        if tag in _SILENT:
            if self._sheet:
                self._classes.update(_classes("".join(self._sheet)))
            self._sheet = None
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            self._close_table()
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._close_cell()
        elif tag in _LINES:
            self._heard.append((False, "\n"))
        elif tag in _STRIKES:
            self._strikes = max(0, self._strikes - 1)

    def handle_data(self, data: str) -> None:
        """Text, its blanks folded as a browser shows them."""
        if self._sheet is not None:
            self._sheet.append(data)
        if not self._silent:
            struck = self._strikes > 0 or any(struck for _, struck in self._open)
            self._heard.append((struck, re.sub(r"[ \t\r\n\f]+", " ", data)))

    def finish(self) -> None:
        """The end of the page closes what is open."""
        if self._depth:
            self._close_cell()
        else:
            self._lay_loose_text()

    def _style(self, told: dict[str, str]) -> str:
        """All that styles an element: its classes and its own declarations."""
        named = (self._classes.get(name, "") for name in told.get("class", "").split())
        return ";".join((*named, told.get("style", "")))

    def _close_style(self, tag: str) -> None:
        """An element within the cell ends, and with it those left open inside of it."""
        for place in range(len(self._open) - 1, 0 if self._column is not None else -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def _open_table(self) -> None:
        if not self._depth:
            self._lay_loose_text()
            self.tables += 1
        self._depth += 1

    def _close_table(self) -> None:
        if self._depth == 1:
            self._close_cell()
            self._busy = {}
        self._depth -= 1

    def _open_row(self, hidden: bool) -> None:
        self._close_cell()
        self._row, self._next = self._row + 1, 1
        self._busy = {column: last for column, last in self._busy.items() if last >= self._row}
        if hidden:
            self.hidden_rows.add(self._row)

    def _open_cell(self, down: int, across: int) -> None:
        self._close_cell()
        self._row = self._row or 1
        while self._busy.get(self._next, 0) >= self._row:
            self._next += 1
        self._column = self._next
        self._next += across
        if self._next > 4 * self.limits.columns:
            raise over_limit(f"网页表格超过 {self.limits.columns} 列")
        if down > 1 or across > 1:
            if len(self.merges) >= self.limits.merges:
                raise over_limit(f"合并单元格超过 {self.limits.merges:,} 处")
            self.merges.append(Merge(self._row, self._column, self._row + down - 1, self._next - 1))
            self._busy.update(dict.fromkeys(range(self._column, self._next), self._row + down - 1))

    def _close_cell(self) -> None:
        if self._column is not None:
            cell = self._cell()
            if cell:
                self.rows.setdefault(self._row, {})[self._column] = cell
        self._column, self._heard, self._open = None, [], []

    def _cell(self) -> Cell | None:
        """What was heard; struck out only when all of it is, else less what is struck out."""
        kept = _plain("".join(text for struck, text in self._heard if not struck))
        return text_cell(kept) or text_cell(_plain("".join(text for _, text in self._heard)), struck=True)

    def _lay_loose_text(self) -> None:
        for line in _plain("".join(text for _, text in self._heard)).splitlines():
            if line.strip():
                self._row += 1
                self.rows[self._row] = {1: Cell(line.strip(), line.strip())}
        self._heard = []


def _strikes(style: str) -> bool:
    told = (declaration.partition(":") for declaration in style.lower().split(";"))
    return any(name.strip() in _DECORATIONS and "line-through" in value for name, _, value in told)


def _classes(sheet: str) -> dict[str, str]:
    """Declarations of the classes that a style sheet names on their own (`.xl65`, `td.xl65`)."""
    found: dict[str, str] = {}
    for rule in sheet.split("}"):
        selectors, _, declarations = rule.partition("{")
        for selector in selectors.split(","):
            name = _CLASS.fullmatch(selector.replace("<!--", "").strip())
            if name:
                found[name[1]] = found.get(name[1], "") + ";" + declarations
    return found


def _plain(text: str) -> str:
    """Lines without the blanks around them; no-break spaces as blanks."""
    lines = (re.sub(" +", " ", line).strip() for line in text.replace("\xa0", " ").split("\n"))
    return "\n".join(lines).strip("\n")


def _span(told: str | None, most: int) -> int:
    digits = re.match(r"\s*\+?(\d{1,9})", told or "")
    return min(max(int(digits[1]), 1), most) if digits else 1
