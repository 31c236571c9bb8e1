"""The register's own words in a ledger that comes back: no source says them, so that only what was altered counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.register import Snapshot
from importers.facts import Fact, Facts
from importers.grid import column_number
from importers.own_ledger.paired import WrittenRow, paired, same_text
from importers.own_ledger.printed import PrintedRow, printed
from importers.own_ledger.recognised import OwnLedger
from importers.own_ledger.sheets import NUMBER, columns
from importers.reading import Reading, Record, Row, Sheet
from importers.values.text import compact

RowPlace = tuple[str, int]
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Echo:
    """By row of a sheet: of whom it is, by section, and which of its columns stand as they were printed.

    `printed`: the ids of all that the ledger prints; `names`: what its firms were called.
    """

    subjects: Mapping[RowPlace, Mapping[str, str]] = field(default_factory=dict)
    same: Mapping[RowPlace, frozenset[int]] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    altered: int = 0

    def as_printed(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell stands as it was printed."""
        return column in self.same.get((sheet, row), ())

    def stands(self, sheet: str, cell: str) -> bool:
        """The same of a cell by its address."""
        found = _CELL.fullmatch(cell)
        return found is not None and self.as_printed(sheet, int(found[2]), column_number(found[1]))

    def column_stands(self, sheet: str, head: str) -> bool:
        """The same of a whole column, by the address of its head."""
        found = _CELL.fullmatch(head)
        rows = [stands for (name, _), stands in self.same.items() if name == sheet]
        return found is not None and bool(rows) and all(column_number(found[1]) in stands for stands in rows)

    def left(self, sheet: str, facts: Facts) -> dict[str, Fact]:
        """What an entry states in cells that were altered; a fact that stands in no row of its own goes with these."""
        of_rows = {name: fact for name, fact in facts.items() if (sheet, fact.row) in self.subjects}
        altered = {name for name, fact in of_rows.items() if not self.as_printed(sheet, fact.row, fact.column)}
        if of_rows and not altered:
            return {}
        return {name: fact for name, fact in facts.items() if name not in of_rows or name in altered}

    def of(self, sheet: str, section: str, facts: Iterable[Fact]) -> str | None:
        """The subject of whose row an entry is; None where it is of none, or of several."""
        found = {self.subjects.get((sheet, fact.row), {}).get(section) for fact in facts if fact.row}
        known = {one for one in found if one}
        return known.pop() if len(known) == 1 else None

    @property
    def lists_machines(self) -> bool:
        """Whether the sheet of machines is there, so that one without a row was taken out."""
        return any("equipment" in own for own in self.subjects.values())

    def spoken_of(self) -> frozenset[str]:
        """Everything that has its row."""
        return frozenset(id for own in self.subjects.values() for id in own.values())


def echo_of(reading: Reading, ledger: OwnLedger, whole: Snapshot, townships: Sequence[str]) -> Echo:
    """Hold the rows of a ledger's sheets of facts against what was printed of the register that it was made of."""
    subjects: dict[RowPlace, Mapping[str, str]] = {}
    same: dict[RowPlace, frozenset[int]] = {}
    everyone = [one for sheet in map(ledger.of_facts, ledger.sheets) if sheet
                for row in printed(sheet, whole, townships) for one in row.subjects.values()]  # fmt: skip
    altered = 0
    for sheet in reading.sheets:
        name = ledger.of_facts(sheet.name)
        if name is None:
            continue
        heads = _heads(sheet, name)
        for row, one in paired(_written(reading.rows, sheet, name, heads), printed(name, whole, townships)):
            place = (sheet.name, row.row)
            subjects[place] = one.subjects
            same[place] = _same(heads, row, one)
            altered += sum(head in one.texts and number not in same[place] for number, head in heads.items())
    return Echo(
        subjects,
        same,
        frozenset(everyone),
        frozenset(firm.id for firm in whole.enterprises),
        tuple(firm.name for firm in whole.enterprises),
        altered,
    )


def _heads(sheet: Sheet, name: str) -> dict[int, str]:
    """The columns of a sheet that its form knows: number → head."""
    known = columns(name)
    found = ((column.column, compact(column.header)) for table in sheet.tables for column in table.columns)
    return {column_number(letters): head for letters, head in found if head in known}


def _written(rows: Iterable[Row], sheet: Sheet, name: str, heads: Mapping[int, str]) -> list[WrittenRow]:
    found = []
    numbered = next((head for head in heads.values() if columns(name).get(head) == NUMBER), None)
    for row in rows:
        if row.sheet != sheet.name or row.fate == "ignored":
            continue
        stands = {column_number(letters): text for letters, text in row.cells.items()}
        texts = {head: stands.get(number, "") for number, head in heads.items()}
        place = compact(texts.get(numbered, "")) if numbered else ""
        found.append(WrittenRow(row.row, int(place) if place.isascii() and place.isdigit() else None, texts))
    return found


def _same(heads: Mapping[int, str], row: WrittenRow, one: PrintedRow) -> frozenset[int]:
    return frozenset(
        number for number, head in heads.items() if head in one.texts and same_text(row.texts[head], one.texts[head])
    )


def apart(record: Record, echo: Echo) -> list[Record]:
    """A record firm by firm: firms of one name stand in one record, and each row is one firm's."""
    of = {row: echo.subjects.get((record.sheet, row), {}).get("enterprise") for row in record.sheet_rows}
    if len({one for one in of.values() if one}) < 2:
        return [record]
    found = []
    for firm in dict.fromkeys(of.values()):
        rows = tuple(row for row, one in of.items() if one == firm)
        found.append(_part(record, rows))
    return found


def _part(record: Record, rows: tuple[int, ...]) -> Record:
    def those(entries: Iterable[Facts]) -> tuple[Facts, ...]:
        return tuple(one for one in entries if any(fact.row in rows for fact in one.values()))

    own = {name: fact for name, fact in record.enterprise.items() if name == "name" or fact.row in rows}
    plan = {name: fact for name, fact in (record.plan or {}).items() if fact.row in rows}
    return Record(
        record.sheet, record.table, (rows[0], rows[-1]), own, those(record.equipment), those(record.permits),
        plan or None, those(record.actions), record.extras, rows,
    )  # fmt: skip
