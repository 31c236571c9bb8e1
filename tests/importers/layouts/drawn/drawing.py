"""A drawn table put on its page, row by row: titles, heads, bands, firms, totals, feet, each with its truth."""

from __future__ import annotations

from itertools import groupby
from random import Random
from typing import Any

from importers.grid import address, column_letter
from tests.importers.layouts.drawn import cells, values
from tests.importers.layouts.drawn.firms import KINDS, County, Enterprise, Machine
from tests.importers.layouts.drawn.lines import over_lines, total_line, under_lines
from tests.importers.layouts.drawn.style import Column, Style
from tests.importers.layouts.making import Due, Entry, Firm, N, Page, V, W

_BESIDE_NAME = ("e.name", "e.township", "e.uscc")


class Sheet:
    """One table of a page; `row` is the last row written."""

    def __init__(self, rng: Random, page: Page, county: County, style: Style, row: int = 0) -> None:
        self.rng, self.page, self.county, self.style = rng, page, county, style
        self.row = row or style.top
        self.columns = style.columns
        self.left = style.left + 1
        self.wide = rng.random() < 0.6
        self.serial = 0
        self.written: list[Enterprise] = []

    def below(self, style: Style) -> Sheet:
        """A further table on the same page, below this one."""
        style.left = self.style.left
        return Sheet(self.rng, self.page, self.county, style, self.row + self.rng.randint(1, 2))

    def draw(self, firms: list[Enterprise], *, first: bool) -> None:
        """Write the whole table."""
        reporting = self._reporting(firms)
        over_lines(self, reporting, first=first)
        self._heads(numbered=True)
        if self.style.totals == "top":
            total_line(self, self.rng.choice(("合计", "总计", "全县合计")), firms)
        self._firms(firms)
        if self.style.totals in ("bottom", "group"):
            total_line(self, self.rng.choice(("合计", "总计", "合 计", "总    计")), firms)
        under_lines(self)
        if self.style.hidden == "column":
            self.page.hidden_columns.add(column_letter(self.left + len(self.columns) - 1))

    def _reporting(self, firms: list[Enterprise]) -> str:
        """Who reports; without a place for townships all firms are of one, which the reporting unit may name."""
        self.page.known = {"county": "*"}
        if self.style.township != "none":
            return f"{self.county.name}{self.rng.choice(('科技和工业信息化局', '工信局', '生态环境分局'))}"
        one = self.county.townships[0]
        for firm in firms:
            _move(firm, one)
        self.page.known["township"] = one
        return one + self.rng.choice(("人民政府", "", "政府"))

    def place(self, at: int, row: int | None = None) -> str:
        """The address of the table's column in a row."""
        return address(row or self.row, self.left + at)

    def merge(self, top: int, at: int, bottom: int, last: int) -> None:
        """Merge cells of the table, where the form knows merges."""
        if self.style.form != "csv" and (top, at) != (bottom, last):
            self.page.merge(f"{self.place(at, top)}:{self.place(last, bottom)}")

    def _heads(self, *, numbered: bool) -> None:
        top = self.row + 1
        self.row += self.style.depth
        merged = self.style.heads == "merged"
        for level in range(self.style.depth):
            for at, column in enumerate(self.columns):
                if level >= len(column.heads):
                    continue
                if level == len(column.heads) - 1:
                    self.page.put(self.place(at, top + level), column.leaf)
                    if merged:
                        self.merge(top + level, at, top + self.style.depth - 1, at)
                    continue
                before = self.columns[at - 1].heads if at else ()
                opens = before[: level + 1] != column.heads[: level + 1] or len(before) == level + 1
                if opens or self.style.heads == "filled":
                    self.page.put(self.place(at, top + level), column.heads[level])
                if opens and merged:
                    self.merge(top + level, at, top + level, self._end(at, level))
        if numbered:
            self._below_heads()
        else:
            for row in range(top, self.row + 1):
                self.page.skip(row, "header_repeat")

    def _end(self, at: int, level: int) -> int:
        """The last column of the group of heads that begins at a column."""
        heads = self.columns[at].heads[: level + 1]
        last = at
        while (
            last + 1 < len(self.columns)
            and self.columns[last + 1].heads[: level + 1] == heads
            and len(self.columns[last + 1].heads) > level + 1
        ):
            last += 1
        return last

    def _below_heads(self) -> None:
        if self.style.unit_row and any(column.unit_in == "row" for column in self.columns):
            self.row += 1
            blank = self.rng.choice(("", "—", "/"))
            for at, column in enumerate(self.columns):
                said = column.unit if column.unit_in == "row" else blank
                if said:
                    self.page.put(self.place(at), said)
        if self.style.number_row:
            self.row += 1
            for at in range(len(self.columns)):
                self.page.put(self.place(at), at + 1)

    def _firms(self, firms: list[Enterprise]) -> None:
        parts = [list(part) for _, part in groupby(firms, key=lambda one: one.township)]
        if self.style.township == "none":
            parts = [firms]
        for number, part in enumerate(parts):
            band = self._band(number, part) if self.style.township == "bands" else None
            top, of_part = self.row + 1, []
            for one in part:
                self._between(one)
                of_part.append(self._firm(one, band))
            if self.style.township == "merged":
                self._township(part[0].township, top, of_part)
            if self.style.totals == "group":
                total_line(self, self.rng.choice(("小计", "小 计", f"{part[0].township}小计")), part)

    def _between(self, one: Enterprise) -> None:
        """What may stand before a firm: the heads again, a blank row."""
        apart = self.style.township != "merged" and self.written
        if apart and self.style.head_every and len(self.written) % self.style.head_every == 0:
            self._heads(numbered=False)
        if apart and self.style.blank_rows and self.rng.random() < 0.2:
            self.row += 1
            self.page.skip(self.row, "blank")
        self.written.append(one)

    def _band(self, number: int, part: list[Enterprise]) -> Due:
        self.row += 1
        name = part[0].township
        form = self.rng.choice(("{t}", "{t}（{n}家）", "{c}、{t}", "{t}："))
        self.page.put(self.place(0), form.format(t=name, n=len(part), c="一二三四五六七八"[number]))
        if self.wide:
            self.merge(self.row, 0, self.row, len(self.columns) - 1)
        return Due(name, (self.place(0),))

    def _township(self, name: str, top: int, firms: list[Firm]) -> None:
        at = next(at for at, column in enumerate(self.columns) if column.path == "e.township")
        self.page.put(self.place(at, top), name)
        self.merge(top, at, self.row, at)
        for firm in firms:
            firm.own.facts["township"] = Due(name, (self.place(at, top),))

    def _firm(self, one: Enterprise, band: Due | None) -> Firm:
        height = max(1, len(one.machines)) if self.style.mode == "rows" else 1
        top = self.row + 1
        self.row += height
        firm = self.page.firm(top, self.row)
        if band:
            firm.own.facts["township"] = band
        self.serial += 1
        numbered: dict[int, Entry] = {}
        for at, column in enumerate(self.columns):
            if column.path[0] in "mcsw" and column.path != "e.township":
                self._machine_cells(firm, one, at, column, top, numbered)
            elif column.path != "e.township" or self.style.township != "merged":
                self._own_cells(firm, one, at, column, top, height)
        for permit in firm.permits.values():
            permit.may(standing="held")
        if self.style.hidden == "row" and self.rng.random() < 0.2:
            self.page.hidden_rows.add(top)
        return firm

    def _own_cells(self, firm: Firm, one: Enterprise, at: int, column: Column, top: int, height: int) -> None:
        """A firm's own column over all its rows: merged, left blank below, repeated, or 同上."""
        content = self._content(one, column)
        self._say(firm, self.place(at, top), column, content)
        named = column.path in _BESIDE_NAME
        if height == 1:
            return
        if self.style.repeat == "merged" and (named or column.path == "no" or self.wide):
            self.merge(top, at, top + height - 1, at)
        for row in range(top + 1, top + height):
            if self.style.repeat == "repeated" and (named or self.wide or column.path == "no"):
                if column.path == "no":
                    self.serial += 1
                    content = N(self.serial)
                self._say(firm, self.place(at, row), column, content)
            elif self.style.repeat == "ditto" and column.path == "e.name":
                self.page.put(self.place(at, row), ("同上", "〃")[column.habit % 2])

    def _content(self, one: Enterprise, column: Column) -> Any:
        if column.path == "no":
            return N(self.serial)
        if column.path == "x":
            return self.rng.choice(("李某", "王某", "第三网格", "A-12", "已核", None))
        return cells.written(self.rng, self.style, column, one.facts.get(column.path))

    def _say(self, firm: Firm, cell: str, column: Column, content: Any) -> None:
        if content is None:
            return
        if column.path == "x":
            firm.extra("/".join(column.heads), cell, content)
            return
        entry, name = (firm.own, "") if column.path == "no" else firm.entry(column.path, firm.machine)
        self._state(entry, name, cell, content)
        if isinstance(content, N) and column.unit_in == "none" and content.raw not in ("", "/", "-", "—", "无"):
            self._ask_unit(cell)

    def _ask_unit(self, cell: str) -> None:
        column = cell.rstrip("0123456789")
        if (column, "*") not in self.page.asked:
            self.page.ask(column)

    def _state(self, entry: Entry, name: str, cell: str, content: Any) -> None:
        """Put a cell, and what it states of an entry."""
        raw = content.raw if isinstance(content, N | V) else content
        self.page.put(cell, raw)
        if isinstance(content, N):
            if content.asked:
                self.page.ask(cell, content.asked)
            return
        due = content.value if isinstance(content, V) else content
        held = entry.facts.get(name)
        before = held.cells if held and held.value == due else ()
        entry.facts[name] = Due(due, (*before, cell))

    def _machine_cells(
        self, firm: Firm, one: Enterprise, at: int, column: Column, top: int, numbered: dict[int, Entry]
    ) -> None:
        cell = self.place(at, top)
        if column.path == "w":
            self._words(firm, one, cell, column)
        elif column.path[0] in "cs":
            self._counted(firm, one, cell, column)
        elif self.style.mode == "blocks":
            for machine in one.machines[column.block - 1 : column.block]:
                self._machine_cell(firm, machine, cell, column, numbered, column.block)
        else:
            for number, machine in enumerate(one.machines):
                self._machine_cell(firm, machine, self.place(at, top + number), column, numbered, number)

    def _machine_cell(
        self, firm: Firm, machine: Machine, cell: str, column: Column, numbered: dict[int, Entry], number: int
    ) -> None:
        if number not in numbered:
            numbered[number] = firm.machine()
            if column.block:
                numbered[number].may(code="*", quantity=1)
        entry = numbered[number]
        if column.kind in ("kind", "machine_name"):
            self.page.put(cell, machine.words)
            for name, value in KINDS[machine.words].items():
                before = entry.facts[name].cells if name in entry.facts else ()
                entry.facts[name] = Due(value, (*before, cell))
            if column.kind == "machine_name":
                entry.facts["name"] = Due(machine.words, (cell,))
            return
        name = column.path[2:]
        content = cells.written(self.rng, self.style, column, machine.facts.get(name))
        if content is not None:
            self._state(entry, name, cell, content)
            if isinstance(content, N) and column.unit_in == "none" and name in machine.facts and name != "quantity":
                self._ask_unit(cell)

    def _words(self, firm: Firm, one: Enterprise, cell: str, column: Column) -> None:
        if not one.machines:
            return
        content: W = values.write_machines(self.rng, one.machines, column.habit)
        for said in content.machines:
            firm.machine(cell, content.raw, **said)

    def _counted(self, firm: Firm, one: Enterprise, cell: str, column: Column) -> None:
        """A count of one kind of furnace, or the capacity beside it."""
        words = column.path[2:]
        same = [machine for machine in one.machines if machine.words == words]
        if column.path[0] == "c":
            if not same:
                zero = self.rng.choice((None, 0)) if column.habit % 2 else None
                self.page.put(cell, zero) if zero is not None else None
                return
            count = sum(machine.facts["quantity"] for machine in (same if self.style.mode == "counts" else same[:1]))
            entry = firm.machine()
            self._state(entry, "quantity", cell, count)
            for name, value in KINDS[words].items():
                entry.facts[name] = Due(value, ())
        elif same and same[0].facts.get("capacity_t") is not None:
            self._state(firm.machines[-1], "capacity_t", cell, same[0].facts["capacity_t"])


def _move(firm: Enterprise, township: str) -> None:
    """Let a firm stand in another township."""
    was, firm.township = firm.township, township
    firm.facts = {
        path: fact.replace(was, township) if isinstance(fact, str) and path != "e.name" else fact
        for path, fact in firm.facts.items()
    }
