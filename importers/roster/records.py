"""The lines of a table joined into firms: one record a firm; what belongs to none is held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.proposal import RosterIssue as Issue
from importers.facts import Fact, Facts, Packing
from importers.grid import address
from importers.reading import Extra, Record, Row, RowTexts
from importers.roster.bands import carried_townships, township_fact
from importers.roster.cells import CellReader
from importers.roster.reads import Plan
from importers.roster.regions import Line, Region
from importers.roster.stated import LineReading, Stated
from importers.values.text import compact

#: A serial number, and a part of it: 1, 1.2, 1-2.
_PART = re.compile(r"(?P<whole>\d+)(?:[.\-—–_](?P<part>\d+))?")
#: What tells a firm's permits, or actions, of one kind apart.
_NUMBERS = {"permit": "number", "action": "document_no"}


@dataclass(slots=True)
class _Firm:
    """A record in the making. `rows`: every row that tells of it, as they come."""

    key: str
    uscc: str | None
    township: str | None
    rows: list[int] = field(default_factory=list)
    enterprise: Facts = field(default_factory=dict)
    equipment: list[Facts] = field(default_factory=list)
    permits: dict[str, list[Facts]] = field(default_factory=dict)
    plan: dict[str, Fact] = field(default_factory=dict)
    actions: dict[str, list[Facts]] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)


@dataclass
class Joined:
    """What a table gives: its records, the fate of its rows, its issues."""

    records: list[Record] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


class Joiner:
    """Joins the lines of one region into firms, in their order."""

    def __init__(self, region: Region, plan: Plan, reader: CellReader, number: int) -> None:
        self.region, self.plan, self.reader, self.number = region, plan, reader, number
        self.reading = LineReading(region, plan.columns, reader)
        self.packing = Packing()
        self.firms: list[_Firm] = []
        self.by_name: dict[str, list[_Firm]] = {}
        self.kept_rows: set[int] = set()
        self.by_place: dict[tuple[int, int], _Firm] = {}
        self.current: _Firm | None = None
        self.joined = Joined(issues=list(plan.issues))
        self.carried = carried_townships(region, plan)
        self.numbers_firms = self._numbers_firms()

    def join(self) -> Joined:
        """Read every line, in order, and close the records."""
        for line in self.region.lines:
            if line.kind in ("firm", "more"):
                self._take(line)
            elif line.kind != "header_repeat":
                self.current = None
            if line.kind not in ("firm", "more"):
                self._keep(line, "ignored", line.kind)
        self.by_name, self.by_place, self.current = {}, {}, None
        self.firms.reverse()
        self.joined.records = [self._record(self.firms.pop()) for _ in range(len(self.firms))]
        return self.joined

    def _take(self, line: Line) -> None:
        stated = self.reading.read(line)
        firm = self._firm_of(line, stated)
        if firm is None:
            self.current = None
            self._hold(line)
            return
        self.joined.issues += stated.issues
        self._add(firm, stated)
        firm.rows += line.rows
        self.current = firm
        self._keep(line, "record", None)

    def _firm_of(self, line: Line, stated: Stated) -> _Firm | None:
        """The firm that a line belongs to: named in it, merged down to it, or blank below it."""
        place = line.places.get(self.region.name)
        origin = self.region.view.grid.origin(*place) if place else None
        if origin in self.by_place:
            return self.by_place[origin]
        name = stated.enterprise.get("name")
        if name is not None and self._asks_only(str(name.value)):
            name = None
        if name is None:
            continues = line.kind == "more" and self._continues(line, stated)
            return self.current if continues else None
        if "township" not in stated.enterprise:
            town = self.carried.get(line.row) or township_fact(self.region.view, line.band)
            stated.enterprise |= {"township": town} if town else {}
        firm = self._known(str(name.value), stated) or self._new(str(name.value), stated)
        if origin:
            self.by_place[origin] = firm
        return firm

    def _asks_only(self, name: str) -> bool:
        return not re.search(r"[A-Za-z\u4e00-\u9fff]", name)

    def _continues(self, line: Line, stated: Stated) -> bool:
        """Whether a row without a name goes on with the firm above: it states no place or number of its own."""
        if self.current is None:
            return False
        if self.numbers_firms and self._has_number(line) and not self._counts_on(line):
            return False
        town = stated.enterprise.get("township")
        mine = self.current.enterprise.get("township")
        return town is None or mine is None or compact(str(town.value)) == compact(str(mine.value))

    def _number_columns(self) -> list[int]:
        return [column.key for column in self.plan.columns if column.style == "row_number"]

    def _has_number(self, line: Line) -> bool:
        return any(self.region.view.own_text(*line.places[key]) for key in self._number_columns() if key in line.places)

    def _counts_on(self, line: Line) -> bool:
        """Whether its number goes on within that of the firm above: 1.2 under 1.1, or 1-1 under 1."""
        rows = (row for row in reversed(self.current.rows if self.current else []))
        before = next((text for row in rows if (text := self._number_of(row))), "")
        own, first = _PART.fullmatch(self._number_of(line.row)), _PART.fullmatch(before)
        if own is None or first is None or own["whole"] != first["whole"] or not own["part"]:
            return False
        return int(own["part"]) == int(first["part"] or 0) + 1

    def _number_of(self, row: int) -> str:
        """The serial number that begins in a row."""
        texts = (compact(self.region.view.own_text(row, key)) for key in self._number_columns())
        return next(filter(None, texts), "")

    def _numbers_firms(self) -> bool:
        """Whether the serial numbers count firms: then a numbered row without a name is a firm without its name."""
        more = [line for line in self.region.stating if line.kind == "more"]
        numbered = sum(map(self._has_number, more))
        return not (numbered == len(more) and numbered > 1)

    def _known(self, name: str, stated: Stated) -> _Firm | None:
        """The record of the same name in this table, unless code or township say that it is another firm."""
        key = compact(name)
        code, town = (_text(stated.enterprise.get(one)) for one in ("uscc", "township"))
        for firm in self.by_name.get(key, ()):
            if (code and firm.uscc and code != firm.uscc) or (town and firm.township and town != firm.township):
                continue
            return firm
        return None

    def _new(self, name: str, stated: Stated) -> _Firm:
        code, town = (_text(stated.enterprise.get(one)) for one in ("uscc", "township"))
        firm = _Firm(compact(name), code, town)
        self.firms.append(firm)
        self.by_name.setdefault(firm.key, []).append(firm)
        return firm

    def _add(self, firm: _Firm, stated: Stated) -> None:
        """Add what a row states."""
        further = self._further(firm.enterprise, stated.enterprise, "enterprise")
        if further:
            firm.enterprise = self.packing.entry({**firm.enterprise, **further})
        firm.equipment += map(self.packing.entry, stated.equipment)
        firm.plan |= self._further(firm.plan, stated.plan, "plan")
        for section, mine, theirs in (
            ("permit", firm.permits, stated.permits),
            ("action", firm.actions, stated.actions),
        ):
            for kind, facts in theirs.items():
                self._add_paper(mine.setdefault(kind, []), facts, section)
        for header, extra in stated.extras.items():
            held = firm.extras.setdefault(header, extra)
            if held.cell != extra.cell and held.value != extra.value:
                firm.extras[f"{header}（{extra.cell}）"] = extra

    def _add_paper(self, papers: list[Facts], facts: dict[str, Fact], section: str) -> None:
        """Add what a row states of a permit or an action to the firm's one that it speaks of, or as a further one."""
        at = _same_paper(papers, facts, _NUMBERS[section])
        if at is None:
            papers.append(facts)
        elif further := self._further(papers[at], facts, section):
            papers[at] = {**papers[at], **further}

    def _further(self, mine: Facts, theirs: dict[str, Fact], section: str) -> dict[str, Fact]:
        """What a row adds to the firm's facts; one that it contradicts is asked about, and the first stays."""
        if not mine:
            return theirs
        further: dict[str, Fact] = {}
        for name, fact in theirs.items():
            held = mine.get(name)
            if held is None:
                further[name] = fact
            elif name not in ("kind", "name") and not _alike(held, fact):
                message = f"同一家企业在 {held.cell} 写的是“{held.raw}”，这里写的是“{fact.raw}”，按前者采用"
                fix = "请核对；如果是两家企业，请写明各自的名称"
                words = ("firm.contradicts", "question", message, fix)
                self.joined.issues.append(self.reader.issue(*words, fact.cell, f"{section}.{name}", fact.raw))
        return further

    def _hold(self, line: Line) -> None:
        view = self.region.view
        cells = [(row, at, cell) for row in line.rows for at, cell in view.own(row)]
        struck = bool(cells) and all(cell.struck for _, _, cell in cells)
        row, column = (cells[0][0], cells[0][1]) if cells else (line.row, 1)
        raw = " | ".join(cell.text.strip() for _, _, cell in cells)[:200]
        if struck:
            words = ("row.struck_out", "question", "整行已被划掉，暂未采用", "如仍有效请取消删除线；作废的请删除这一行")
        else:
            words = (
                "row.no_enterprise",
                "error",
                "这一行没有写企业名称，不知道属于哪家企业，暂未采用",
                "请在这一行写上企业名称",
            )
        self.joined.issues.append(self.reader.issue(*words, address(row, column), "enterprise.name", raw))
        self._keep(line, "held", words[0])

    def _keep(self, line: Line, fate: str, why: str | None) -> None:
        for row in line.rows:
            if row in self.kept_rows:
                continue
            self.kept_rows.add(row)
            self.joined.rows.append(Row(self.region.sheet, row, RowTexts(self.region.view.row(row)), fate, why))

    def _record(self, firm: _Firm) -> Record:
        entry = self.packing.entry
        return Record(
            sheet=self.region.sheet,
            table=self.number,
            rows=(min(firm.rows), max(firm.rows)),
            enterprise=firm.enterprise,
            equipment=tuple(firm.equipment),
            permits=tuple(entry(facts) for papers in firm.permits.values() for facts in papers if len(facts) > 1),
            plan=entry(firm.plan) if firm.plan else None,
            actions=tuple(entry(facts) for papers in firm.actions.values() for facts in papers),
            extras=firm.extras,
            sheet_rows=tuple(sorted(set(firm.rows))),
        )


def _text(fact: Fact | None) -> str | None:
    return compact(str(fact.value)) if fact else None


def _same_paper(papers: Sequence[Facts], facts: Facts, number: str) -> int | None:
    """Which of a firm's papers of one kind a row speaks of; None: of a further one.

    By its number, else of the one whose number nobody wrote. A row without a number speaks of the only paper there is,
    or of one that says all the same; of several it is kept apart, so that it is asked about.
    """
    told = facts.get(number)
    bare = next((at for at, one in enumerate(papers) if number not in one), None)
    if told is not None:
        return next((at for at, one in enumerate(papers) if number in one and _alike(one[number], told)), bare)
    if len(papers) == 1:
        return 0
    said = {name: fact for name, fact in facts.items() if name != "kind"}
    same = (at for at, one in enumerate(papers) if all(name in one and _alike(one[name], said[name]) for name in said))
    return next(same, bare)


def _alike(one: Fact, other: Fact) -> bool:
    """Whether both say the same, or are one cell's."""
    if one.wording is other.wording or (one.row, one.column) == (other.row, other.column):
        return True
    if isinstance(one.value, str) and isinstance(other.value, str):
        return compact(one.value) == compact(other.value)
    same_days = getattr(one.value, "same_days", None)
    return bool(same_days(other.value)) if same_days else one.value == other.value
