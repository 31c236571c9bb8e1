"""Finding tables on a sheet: heads that name an enterprise, and the rows that belong to each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from importers.grid import Cell, column_letter
from importers.roster.cards import find_card
from importers.roster.furniture import is_form_line, read_furniture
from importers.roster.header_words import header_words
from importers.roster.heads import Head, Header, ends_title, header_around, header_of_rows, is_datum, name_meaning
from importers.roster.labelled_cards import find_labelled_card, may_name
from importers.roster.lines import LineReader, is_title_row
from importers.roster.meanings import Meaning, meanings
from importers.roster.one_firm import NamedAbove, inferred
from importers.roster.parts import noted, parted
from importers.roster.regions import Region
from importers.roster.sheet_rows import Kinds, SheetRows
from importers.roster.side_tables import blank_between, cut_beside, is_summary, not_read, second_half
from importers.roster.spellings import spellings
from importers.roster.stacked_cards import find_stacked_card
from importers.roster.told import Told
from importers.roster.turned_tables import find_turned_table
from importers.roster.unnamed import unnamed_tables
from importers.values.text import compact

_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a table's head stands, and its column of names; `above`: where the name of its only firm stands."""

    header: Header
    name: Head
    above: NamedAbove | None = None

    @property
    def top(self) -> int:
        return self.header.rows[0]

    @property
    def first(self) -> int:
        """Its first row: of the line with the firm's name, or of the head."""
        return self.above.place[0] if self.above else self.top

    @property
    def bottom(self) -> int:
        return self.header.rows[-1]


def find_regions(view: SheetRows, told: Told) -> tuple[Region, ...]:
    """All tables and cards of a sheet, from the top down."""
    parts = _beside(view, told)
    if parts:
        return _furnished([find_regions(part, told) for part in parts])
    cards: list[Region] = []
    anchors = _told_anchors(view, told) or _anchors(view, told, cards)
    if not anchors and not cards and (turned := find_turned_table(view)):
        cards = [turned]
    if not anchors and not cards:
        anchors = [_Anchor(one.header, one.name, one.above) for one in unnamed_tables(view)]
    tops = sorted([anchor.first for anchor in anchors] + [card.top for card in cards])
    regions = list(cards)
    before = 0
    for anchor in anchors:
        before = max([before, *(card.bottom for card in cards if card.bottom < anchor.top)])
        following = next((top for top in tops if top > anchor.top), None)
        end = following - 1 if following else view.height
        body = _body(view, anchor, end, trimmed=following is not None)
        regions.append(_region(view, anchor, _gap(view, before, anchor.top), body, told))
        before = regions[-1].bottom
    return tuple(sorted(regions, key=lambda region: region.top))


def _furnished(parts: list[tuple[Region, ...]]) -> tuple[Region, ...]:
    """Tables side by side share the lines above: what those over the first say holds for its neighbours."""
    first = {region.top: region.furniture for region in parts[0]}
    shared = [
        replace(region, furniture=region.furniture.completed(first.get(region.top)))
        for part in parts[1:]
        for region in part
    ]
    return (*parts[0], *shared)


def _beside(view: SheetRows, told: Told) -> tuple[SheetRows, ...]:
    """The parts of a sheet on which two rosters stand side by side, a blank column between them."""
    if told.speaks_of(view.grid.name):
        return _without_summary(view, told)
    for row in range(1, min(view.height, _SAMPLE) + 1):
        names = [column for column, cell in view.own(row) if (said := name_meaning(cell.text)) and not said.weak]
        for one, other in pairwise(names):
            firms, seen = firms_below(view, row, other)
            if not seen or firms * 2 < seen:
                continue
            half = second_half(view, row)
            if half:
                return view.between(1, half - 1), view.between(half, view.grid.width)
            gap = blank_between(view, row, one, other)
            if gap:
                return view.between(1, gap - 1), view.between(gap + 1, view.grid.width)
    return _without_summary(view, told)


def _without_summary(view: SheetRows, told: Told) -> tuple[SheetRows, ...]:
    """The roster alone, and what stands beside it, where that is a table of its own: a summary by township, say."""
    for row in range(1, min(view.height, _SAMPLE) + 1):
        anchor = _anchor_at(view, row, 0, told) if any(name_meaning(cell.text) for _, cell in view.own(row)) else None
        cut = cut_beside(view, anchor.header, anchor.name.key) if anchor else None
        if anchor and cut and not _told_beside(view, anchor.header, cut, told):
            first, last = cut
            width = view.grid.width
            beside = [one for one in ((1, first - 1), (last + 1, width)) if one[0] <= one[1]]
            asked = [not_read(view, anchor.header, one) for one in beside if not is_summary(anchor.header, one)]
            roster = noted(view.between(first, last), tuple(asked))
            return (roster, *(view.between(*one) for one in beside))
        if anchor:
            return ()
    return ()


def _told_beside(view: SheetRows, header: Header, cut: tuple[int, int], told: Told) -> bool:
    """Whether a person told what a column means that would be cut off."""
    beside = (head for head in header.heads if not cut[0] <= head.key <= cut[1])
    return any(told.column(view.grid.name, head.header, column_letter(head.key)) for head in beside)


def _region(view: SheetRows, anchor: _Anchor, gap: tuple[int, ...], body: tuple[int, ...], told: Told) -> Region:
    header = anchor.header
    reader = LineReader(view, header, anchor.name.key, told)
    lines = reader.read(body)
    feet = [line.row for line in lines if line.kind in ("footer", "note")]
    rows = [line.row for line in lines if line.kind in ("firm", "more")]
    heads = (*_spoken(view, header, rows), *_unnamed(view, header, rows))
    lines = reader.placed(lines, [head.key for head in heads])
    furniture = read_furniture(view, gap, feet)
    if anchor.above:
        place = anchor.above.place
        heads = (anchor.name, *heads)
        lines = tuple(replace(line, places={**line.places, 0: place}) if line.places else line for line in lines)
        if anchor.above.label is None:
            view = parted(view, {place: anchor.above.name}, inferred(view, anchor.above))
    return Region(view, header.rows, heads, anchor.name.key, lines, furniture)


def _spoken(view: SheetRows, header: Header, rows: list[int]) -> tuple[Head, ...]:
    """The heads without those that a merge merely repeats: nothing of its own stands under them."""
    first: dict[tuple[tuple[int, int], ...], int] = {}
    for head in header.heads:
        first.setdefault(head.places, head.key)
    return tuple(
        head
        for head in header.heads
        if first[head.places] == head.key or any(view.own_text(row, head.key) for row in rows)
    )


def _unnamed(view: SheetRows, header: Header, rows: list[int]) -> tuple[Head, ...]:
    """Columns with values under no head at all, inside the table or right beside it."""
    named = {head.key for head in header.heads}
    first = min(named)
    found = {column for row in rows for column, cell in view.own(row) if column not in named and column > first}
    return tuple(Head(column, (), ((header.rows[-1], column),)) for column in sorted(found))


def _told_anchors(view: SheetRows, told: Told) -> list[_Anchor]:
    """The heads that a person told: runs of rows that are to be header rows."""
    rows = told.rows_as(view.grid.name, "header")
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    found = []
    for run in runs:
        header = header_of_rows(view, tuple(run))
        name = next((head for head in header.heads if _name_of(view, head, told)), None)
        if name:
            found.append(_Anchor(header, name))
    return found


def _name_of(view: SheetRows, head: Head, told: Told) -> Meaning | None:
    said = told.column(view.grid.name, head.header, column_letter(head.key))
    if said:
        return said.meaning if said.meaning.path == "enterprise.name" else None
    named = next((one for one in head.meanings if one.path == "enterprise.name"), None)
    return named or (name_meaning(head.path[-1]) if head.path else None)


def _anchors(view: SheetRows, told: Told, cards: list[Region]) -> list[_Anchor]:
    """The heads of a sheet's tables, its cards on the way; a head repeated within its table is none."""
    found: list[_Anchor] = []
    row, after = 1, 0
    names = Kinds(lambda cell: name_meaning(cell.text) is not None or may_name(cell.text))
    while row <= view.height:
        if not told.columns and not names.any(view.row(row).cells):
            row += 1
            continue
        card = find_card(view, row, after) or find_labelled_card(view, row, after) or find_stacked_card(view, row)
        anchor = None if card else _anchor_at(view, row, _above(view, row, after, found), told)
        if card:
            cards.append(card)
            after = row = card.bottom
        elif anchor:
            between = cards[-1].bottom if cards else 0
            if not (found and found[-1].bottom > between and _is_repeated(view, found, anchor)):
                found.append(anchor)
            after = row = anchor.bottom
        row += 1
    return found


def _above(view: SheetRows, row: int, after: int, found: list[_Anchor]) -> int:
    """The last row that cannot belong to a head: one said again is as high as before, and what lies above is data."""
    if not found:
        return after
    last = found[-1]
    named = last.name.place[0]
    words, before = ([(at, compact(cell.text)) for at, cell in view.own(one)] for one in (row, named))
    return max(after, row - (named - last.top) - 1) if words == before else after


def _is_repeated(view: SheetRows, found: list[_Anchor], anchor: _Anchor) -> bool:
    """Whether a head only says again what its table's head says, as on a new page: under no new title of its own."""
    last = found[-1]
    if not _same_head(last, anchor):
        return False
    between = read_furniture(view, _gap(view, last.bottom, anchor.top, last))
    title = between.title
    if title and spellings().furniture["band"].fullmatch(compact(title)):
        return between.reporting_unit is None and between.reported_on is None
    before = found[-2].bottom if len(found) > 1 else 0
    return title is None or title == read_furniture(view, _gap(view, before, last.top)).title


def _same_head(one: _Anchor, other: _Anchor) -> bool:
    """Whether a header says again what the table's own header says."""
    first = {head.key: compact(head.header) for head in one.header.heads}
    second = {head.key: compact(head.header) for head in other.header.heads}
    shared = sum(first.get(key) == header for key, header in second.items())
    return shared * 5 >= 4 * max(len(first), len(second))


def _anchor_at(view: SheetRows, row: int, above: int, told: Told) -> _Anchor | None:
    """The table head whose name column stands in this row."""
    cells = view.own(row)
    if len(cells) < 2 or any(is_datum(cell) or _is_firm(cell) for _, cell in cells) or _told_away(view, row, told):
        return None
    for column, cell in cells:
        letter = column_letter(column)
        said = told.column(view.grid.name, cell.text, letter) if told.columns else None
        if not (said and said.meaning.path == "enterprise.name" and said.header) and not name_meaning(cell.text):
            continue
        header = header_around(view, row, column, above)
        head = next((one for one in header.heads if one.key == column), None)
        if head and _is_table(view, header, head, told):
            return _Anchor(header, _surest_name(view, header, head, told))
    return None


def _told_away(view: SheetRows, row: int, told: Told) -> bool:
    return told.row(view.grid.name, row) in ("data", "ignore")


def _is_firm(cell: Cell) -> bool:
    """Whether the cell names a firm and is no word of a head."""
    text = compact(cell.text)
    if len(text) <= 5 or text.endswith("企业") or name_meaning(text):
        return False
    return bool(spellings().shapes["firm"].fullmatch(text)) and not meanings((header_words(text),))


def _is_table(view: SheetRows, header: Header, name: Head, told: Told) -> bool:
    """Whether the head is a roster's: it names other things that are known, or firms stand under it."""
    meaning = _name_of(view, name, told)
    if meaning is None:
        return False
    known = {head.place: head for head in header.heads if head.meanings and head.place != name.place}
    others = sum(all(one.path != "enterprise.name" for one in head.meanings) for head in known.values())
    firms, seen = firms_below(view, header.rows[-1], name.key)
    likely = firms * 2 >= seen
    if shaped_below(view, header.rows[-1], name.key, "office") * 2 > seen:
        return False
    sure = not meaning.weak or (told.columns and _told_name(view, name, told))
    if sure and others and (likely or (others > 1 and not _mostly_numbers(view, header.rows[-1], name.key))):
        return True
    return seen > 0 and likely and len({head.place for head in header.heads}) > 1


def _told_name(view: SheetRows, head: Head, told: Told) -> bool:
    return told.column(view.grid.name, head.header, column_letter(head.key)) is not None


def _texts_below(view: SheetRows, bottom: int, column: int) -> list[str]:
    """The first texts under a head, up to the next table's."""
    found: list[str] = []
    for row in range(bottom + 1, min(view.height, bottom + _SAMPLE) + 1):
        text = compact(view.own_text(row, column))
        if name_meaning(text) or _begins_table(view, row):
            break
        if text and text not in {"/", "-", "—"}:
            found.append(text)
    return found


def _begins_table(view: SheetRows, row: int) -> bool:
    """Whether the row is the head of another table: words, most of them known, one of them for names."""
    cells = [cell for _, cell in view.own(row)]
    if len(cells) < 3 or not any((said := name_meaning(cell.text)) and not said.weak for cell in cells):
        return False
    known = sum(len(cell.text) <= 40 and bool(meanings((header_words(cell.text),))) for cell in cells)
    return known * 3 >= len(cells) * 2 and not any(is_datum(cell) or _is_firm(cell) for cell in cells)


def shaped_below(view: SheetRows, bottom: int, column: int, shape: str) -> int:
    """How many of the first texts under a head have that shape."""
    return sum(bool(spellings().shapes[shape].fullmatch(text)) for text in _texts_below(view, bottom, column))


def firms_below(view: SheetRows, bottom: int, column: int) -> tuple[int, int]:
    """How many of the first texts under a head are shaped like firms' names, of how many."""
    return shaped_below(view, bottom, column, "firm"), len(_texts_below(view, bottom, column))


def _mostly_numbers(view: SheetRows, bottom: int, column: int) -> bool:
    texts = _texts_below(view, bottom, column)
    return sum(bool(re.fullmatch(r"[\d.%,-]+", text)) for text in texts) * 2 > len(texts)


def _surest_name(view: SheetRows, header: Header, first: Head, told: Told) -> Head:
    """Of several columns that could hold the name, the one that is told, else the surest word, else the first."""

    def order(head: Head) -> tuple[bool, bool, int, int]:
        meaning = _name_of(view, head, told)
        firms, seen = firms_below(view, header.rows[-1], head.key)
        return (
            meaning is None or meaning.weak,
            seen > 0 and firms * 2 < seen,
            meaning.rank if meaning else 0,
            head.key,
        )

    names = [head for head in header.heads if _name_of(view, head, told)]
    return min(names, key=order, default=first)


def _gap(view: SheetRows, before: int, top: int, over: _Anchor | None = None) -> tuple[int, ...]:
    """The rows above a head that belong to it and not to the table before: blank rows, titles, lines of a form."""
    start = top
    while start - 1 > before and (before == 0 or _is_gap(view, start - 1, over)):
        start -= 1
    return tuple(range(start, top))


def _is_gap(view: SheetRows, row: int, over: _Anchor | None) -> bool:
    cells = view.own(row)
    if over and len(cells) == 1 and _is_machine(view, row, cells[0][0], over):
        return False
    return not cells or is_title_row(view, row) or is_form_line(cell.text for _, cell in cells)


def _is_machine(view: SheetRows, row: int, column: int, over: _Anchor) -> bool:
    """Whether the only text of a row stands in a column of machines: a firm's last furnace, and no title."""
    head = next((one for one in over.header.heads if one.key == column), None)
    if head is None or column < over.name.key or not any(one.section == "equipment" for one in head.meanings[:1]):
        return False
    text = compact(view.text(row, column))
    title = ends_title(text) or spellings().furniture["band"].fullmatch(text)
    return view.reach(row, column) == column and not title


def _body(view: SheetRows, anchor: _Anchor, end: int, *, trimmed: bool) -> tuple[int, ...]:
    """The rows of a table: without the titles of the next one, and without blank rows at its end."""
    start = anchor.bottom + 1
    while trimmed and end >= start and _is_gap(view, end, anchor):
        end -= 1
    while end >= start and not view.own(end) and not any(view.text(end, column) for column, _ in view.own(start)):
        end -= 1
    return tuple(range(start, end + 1))
