"""What a returned reply corrects: only marked cells and answers are read; what else was changed is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain.proposal import RosterIssue
from app.errors import Unreadable
from importers.grid import BLANK_ROW, Cell, Cells, GridRow, Place, Shape, SheetGrid, WorkbookGrid, address
from importers.reply.marks import place_of
from importers.reply.record import Asking
from importers.reply.returned import Returned, Written, is_reply_sheet
from importers.reply.rows_found import rows_found, same, shown
from importers.reply.wording import corner

#: Changes of unmarked cells that are named one by one; of the rest their number.
_NAMED = 200
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Correction:
    """A marked cell of the original that now says something else. `where`: the sheet and cell that say so."""

    numbers: tuple[int, ...]
    sheet: str
    cell: str
    before: Cell | None
    after: Cell | None
    where: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question that no cell settles, and the note beside it. `where`: the sheet and cell."""

    number: int
    code: str
    answer: str
    note: str
    where: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that was not marked and says something else now: it is not read. `row`: a whole row `added` or `gone`."""

    sheet: str
    cell: str
    before: str
    after: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that came back."""

    cells: tuple[Correction, ...]
    answers: tuple[Answer, ...]
    notes: tuple[tuple[int, str], ...]
    changed: tuple[Changed, ...]
    issues: tuple[RosterIssue, ...]


def corrections(returned: Returned, original: WorkbookGrid, book: WorkbookGrid) -> Corrections:
    """What the returned workbook `book` corrects of the original.

    Raises:
        Unreadable: when it is the reply to another file.
    """
    if returned.remembered.sha256 != original.sha256:
        raise Unreadable(
            f"这份回执对应的是另一个文件（{returned.remembered.file}）",
            fix="请先导入原件，或核对是否发错了文件",
            code="reply.other_original",
        )
    return _Comparison(returned, original, book).all()


def overlaid(original: WorkbookGrid, found: Corrections) -> WorkbookGrid:
    """The original with the corrected cells in place of its own, and nothing else of what came back."""
    by_sheet: dict[str, dict[int, dict[int, Cell | None]]] = {}
    for one in found.cells:
        row, column = place_of(one.cell) or (0, 0)
        by_sheet.setdefault(one.sheet, {}).setdefault(row, {})[column] = one.after
    sheets = tuple(
        replace(grid, cells=_with(grid, by_sheet[grid.name])) if grid.name in by_sheet else grid
        for grid in original.sheets
    )
    mended = {(one.sheet, one.cell) for one in found.cells}
    issues = tuple(issue for issue in original.engine_issues if issue[:2] not in mended)
    return replace(original, sheets=sheets, engine_issues=issues)


def _with(grid: SheetGrid, changes: dict[int, dict[int, Cell | None]]) -> Cells:
    rows = dict(grid.rows)
    for number, cells in changes.items():
        row: dict[int, Cell | None] = {**dict(rows.get(number, BLANK_ROW).items()), **cells}
        filled = {column: cell for column in sorted(row) if (cell := row[column]) is not None}
        rows[number] = GridRow(Shape(tuple(filled)), tuple(filled.values()))
    return Cells({number: row for number, row in sorted(rows.items()) if len(row)})


class _Comparison:
    def __init__(self, returned: Returned, original: WorkbookGrid, book: WorkbookGrid) -> None:
        self.returned = returned
        self.original = {grid.name: grid for grid in original.sheets}
        self.now = self._sheets(book)
        self.written = {one.number: one for one in returned.written}
        self.issues: list[RosterIssue] = []
        self.cells: list[Correction] = []
        self.changed: list[Changed] = []

    def _sheets(self, book: WorkbookGrid) -> dict[str, SheetGrid]:
        """The sheets that came back by their names in the original; one that was renamed alone is known."""
        there = {grid.name: grid for grid in book.sheets if not is_reply_sheet(grid)}
        names = [pair for pair in self.returned.remembered.sheets if pair[0] in self.original]
        found = {name: there.pop(here) for name, here in names if here in there}
        lost = [name for name, _ in names if name not in found]
        if len(lost) == 1 and len(there) == 1:
            found[lost[0]] = there.pop(next(iter(there)))
        self.others = tuple(name for name, grid in there.items() if grid.rows)
        return found

    def all(self) -> Corrections:
        marked: dict[str, dict[Place, list[Asking]]] = {name: {} for name in self.original}
        for asking in self.returned.remembered.askings:
            place = place_of(asking.cell)
            if place is not None and asking.sheet in self.original:
                place = corner(self.original[asking.sheet], place)
                marked[asking.sheet].setdefault(place, []).append(asking)
        for name, places in marked.items():
            self._sheet(name, places)
        answers = tuple(self._answers())
        self._ask_of_sheets()
        notes = tuple((one.number, one.note) for one in self.returned.written if one.note)
        issues = (*self.issues, *_named(self.changed))
        return Corrections(tuple(self.cells), answers, notes, tuple(self.changed), issues)

    def _ask_of_sheets(self) -> None:
        """What happened to whole sheets, and to the lines of the questions' sheet."""
        if not self.returned.has_questions:
            fix = "如填写过答复，请连同“待核实”表一起发回"
            self._ask("reply.no_questions", None, None, "“待核实”表已被删去，表上的答复没有读到", fix)
        for number in sorted(self.returned.twice):
            message = f"“待核实”表中第 {number} 处出现了两行，写得不一样，都没有采用"
            self._ask("reply.says_twice", None, None, message, "请删去多出的一行")
        for name in self.others:
            fix = "如需上报，请另存为单独的文件，作为新的名册报送"
            self._ask("reply.sheet_added", None, name, f"多出的工作表“{name}”没有读取", fix)

    def _ask(self, code: str, place: tuple[str, str] | None, raw: str | None, message: str, fix: str) -> None:
        sheet, cell = place or (None, None)
        self.issues.append(RosterIssue(code, "question", sheet, cell, None, raw, message, fix))

    def _sheet(self, name: str, places: dict[Place, list[Asking]]) -> None:
        now = self.now.get(name)
        if now is None:
            message = f"工作表“{name}”找不到了，{'标色单元格的改动没有读到' if places else '仍按原件对待'}"
            self._ask("reply.sheet_missing", None, name, message, _BESIDE if places else "如确需删去，请重新报送名册")
            rows: dict[int, int] = {}
        else:
            columns: dict[int, set[int]] = {}
            for row, column in places:
                columns.setdefault(row, set()).add(column)
            masks = {row: frozenset(marked) for row, marked in columns.items()}
            rows = rows_found(self.original[name], now, masks)
            self.changed += _unmarked(self.original[name], now, masks, rows)
        for place, askings in places.items():
            self._cell(name, place, askings, now, rows)

    def _cell(
        self, name: str, place: Place, askings: list[Asking], now: SheetGrid | None, rows: dict[int, int]
    ) -> None:
        """What a marked cell says now: on its own sheet, on the questions' sheet, or on both."""
        cell = address(*place)
        before = self.original[name].cell(*place)
        numbers = tuple(asking.number for asking in askings)
        free = [asking.number for asking in askings if not asking.settled]
        beside = [one for number in free if (one := self.written.get(number)) and one.instead]
        said: list[tuple[Cell | None, tuple[str, str]]] = [(one.instead, (one.sheet, one.cell)) for one in beside]
        if place[0] in rows and now is not None:
            there = now.cell(rows[place[0]], place[1])
            if not same(before, there):
                said.append((there, (now.name, address(rows[place[0]], place[1]))))
        elif now is not None and free and not said:
            lost = "行被移动、删除，或同行的其他内容也改了"
            message = f"第 {'、'.join(map(str, numbers))} 处所在的行找不到了（{lost}），没有读取"
            self._ask("reply.row_moved", (name, cell), shown(before), message, _BESIDE)
        if len({shown(one) for one, _ in said}) > 1:
            texts = "、".join(f"“{_short(shown(one))}”" for one, _ in said)
            message = f"第 {'、'.join(map(str, numbers))} 处改了两次，写得不一样：{texts}，都没有采用"
            self._ask("reply.says_twice", (name, cell), shown(before), message, "请只在一处填写，或改成一样的")
        elif said and not same(before, said[0][0]):
            self.cells.append(Correction(numbers, name, cell, before, said[0][0], said[0][1]))

    def _answers(self) -> Iterator[Answer]:
        for asking in self.returned.remembered.askings:
            written = self.written.get(asking.number)
            if written is None or written.instead is None or (asking.cell and not asking.settled):
                continue
            answer = written.instead.text.strip()
            if asking.choices and asking.settled and not asking.open and answer not in asking.choices:
                self._not_a_choice(asking, written, answer)
            else:
                where = (written.sheet, written.cell)
                yield Answer(asking.number, asking.code, answer, written.note, where)

    def _not_a_choice(self, asking: Asking, written: Written, answer: str) -> None:
        message = f"第 {asking.number} 处答的是“{_short(answer)}”，不在可选的答复中"
        fix = f"请从下拉列表中选：{'、'.join(asking.choices)}；其他情况写在“说明”栏"
        self._ask("reply.not_a_choice", None, answer, message, fix)


_BESIDE = "请在“待核实”表的“更正为”一栏填写后再发回"


def _unmarked(
    original: SheetGrid, now: SheetGrid, masks: dict[int, frozenset[int]], rows: dict[int, int]
) -> Iterator[Changed]:
    """Cells that were not marked and say something else; rows that are gone or were added."""
    for row in sorted({*original.rows, *rows}):
        here = rows.get(row)
        if here is None:
            if row not in masks:
                yield Changed(original.name, f"{row}:{row}", _row_text(original.row(row)), "", "gone")
            continue
        before, after = original.row(row), now.row(here)
        if before == after:
            continue
        for column in sorted({*before.columns, *after.columns} - masks.get(row, frozenset())):
            was, is_now = before.get(column), after.get(column)
            if not same(was, is_now):
                yield Changed(original.name, address(row, column), shown(was), shown(is_now))
    for row in sorted(set(now.rows) - set(rows.values())):
        yield Changed(original.name, f"{row}:{row}", "", _row_text(now.row(row)), "added")


def _row_text(row: GridRow) -> str:
    return _short("｜".join(cell.text for cell in row.cells))


def _named(changed: list[Changed]) -> Iterator[RosterIssue]:
    fix = "标色以外的内容如确需更改，请改好后作为新的名册报送"
    for one in changed[:_NAMED]:
        told = {
            "gone": f"第 {one.cell.split(':')[0]} 行“{_short(one.before)}”不见了或改动太多，没有标色，没有读取",
            "added": f"多出的一行（回执第 {one.cell.split(':')[0]} 行）“{_short(one.after)}”没有读取",
        }.get(one.row or "", f"没有标色的单元格由“{_short(one.before)}”改成了“{_short(one.after)}”，没有读取")
        cell = None if one.row else one.cell
        yield RosterIssue(
            "reply.unmarked_changed", "warning", one.sheet, cell, None, one.after or one.before, told, fix
        )
    if len(changed) > _NAMED:
        told = f"另有 {len(changed) - _NAMED} 处没有标色的单元格被改动，没有读取"
        yield RosterIssue("reply.unmarked_changed", "warning", None, None, None, None, told, fix)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
