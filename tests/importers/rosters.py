"""Rosters in a few words, and a register held in memory, for the tests of comparing the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from app.domain.credit_code import check_character
from app.domain.dates import DateInterval
from app.domain.particulars import Particulars
from app.domain.proposal import Entry, Known, KnownFirm, KnownSubject, Proposal
from app.domain.statement import Statement, Value
from importers.proposal import propose
from importers.proposal.frame import Frame, frame_of
from importers.reading import Fact, Facts, Reading, Record, Row, Sheet, Table

COUNTY = ("431127", "蓝山县")
TOWNSHIPS = {
    "新圩镇": ("431127105", "新圩镇"),
    "新墟镇": ("431127105", "新圩镇"),
    "太平圩镇": ("431127108", "太平圩镇"),
}
PLACES = ("湖南省", "永州市", "蓝山县")
SHEET = "Sheet1"

Stated = Mapping[str, Value]


def code(number: int) -> str:
    """A valid credit code."""
    first = f"91431127MA4L{number:05d}"
    return first + check_character(first)


def days(since: str | None, until: str | None) -> DateInterval:
    """An interval of days, open where None."""
    start = date.fromisoformat(since) if since else None
    return DateInterval(start, date.fromisoformat(until) if until else None, "day", f"{since}…{until}")


@dataclass(frozen=True)
class Firm:
    """One firm of a roster: its own facts, and what it holds."""

    facts: Stated
    equipment: tuple[Stated, ...] = ()
    permits: tuple[Stated, ...] = ()
    plan: Stated | None = None
    actions: tuple[Stated, ...] = ()


def firm(name: str, *equipment: Stated, **more: Any) -> Firm:
    """A firm with its machines; `permits`, `plan`, `actions`, and its own further facts by name."""
    held = {part: more.pop(part) for part in ("permits", "plan", "actions") if part in more}
    return Firm({"name": name, **more}, equipment, **held)


@dataclass(frozen=True)
class Page:
    """One table on a sheet of its own."""

    firms: tuple[Firm, ...]
    unit: str | None = "新圩镇人民政府"
    day: str | None = "2024-01-15"
    title: str | None = None


def roster(*firms: Firm, file: str = "名册.xlsx", **top: Any) -> Reading:
    """A workbook with one table."""
    return workbook(Page(firms, **top), file=file)


def workbook(*pages: Page, file: str = "名册.xlsx") -> Reading:
    """A workbook with a table on each sheet."""
    sheets, records, rows = [], [], []
    for number, page in enumerate(pages, start=1):
        name = f"Sheet{number}"
        day = DateInterval.of_day(date.fromisoformat(page.day)) if page.day else None
        table = Table("A3:H99", page.title, (3,), page.unit, day, (), ())
        sheets.append(Sheet(name, False, (table,), None))
        row = 4
        for one in page.firms:
            record = _record(name, row, one)
            records.append(record)
            rows += [Row(name, at, {"A": str(one.facts.get("name", ""))}, "record") for at in record.sheet_rows]
            row = record.rows[1] + 1
    digest = sha256(repr((sheets, records)).encode()).hexdigest()
    return Reading(file, digest, "xlsx", tuple(sheets), tuple(records), (), tuple(rows), 0)


def _record(sheet: str, row: int, one: Firm) -> Record:
    last = row + max(len(one.equipment), 1) - 1
    return Record(
        sheet=sheet,
        table=0,
        rows=(row, last),
        enterprise=_facts(one.facts, row, "B"),
        equipment=tuple(_facts(stated, row + place, "D") for place, stated in enumerate(one.equipment)),
        permits=tuple(_facts(stated, row, "F") for stated in one.permits),
        plan=_facts(one.plan, row, "G") if one.plan else None,
        actions=tuple(_facts(stated, row, "H") for stated in one.actions),
        extras={},
        sheet_rows=tuple(range(row, last + 1)),
    )


def _facts(stated: Stated, row: int, column: str) -> Facts:
    return {name: Fact.written(value, str(value), f"{column}{row}") for name, value in stated.items()}


@dataclass
class Memory:
    """What a register would know after applying proposals, one change each."""

    subjects: dict[str, list[KnownSubject]] = field(default_factory=dict)
    said: dict[str, list[Statement]] = field(default_factory=dict)
    rosters: dict[tuple[str, str | None], frozenset[str]] = field(default_factory=dict)
    changes: int = 0

    def known(self, frame: Frame) -> Known:
        return Known(
            COUNTY[0],
            tuple(KnownFirm(key, tuple(held), tuple(self.said[key])) for key, held in self.subjects.items()),
            last_roster=self.rosters.get((frame.source, frame.township_code), frozenset()),
            townships={spelling: name for spelling, (_, name) in TOWNSHIPS.items()},
            places=PLACES,
            county_firms=tuple(self._particulars(key) for key in self.subjects),
        )

    def _particulars(self, key: str) -> Particulars:
        said = {one.field: str(one.value) for one in self.said[key] if one.subject == key}
        words = {
            name: (said[field],) for field, name in (("township", "townships"), ("uscc", "codes")) if field in said
        }
        return Particulars(key, (said["name"],) if "name" in said else (), **words)

    def propose(self, reading: Reading, **told: Any) -> Proposal:
        """What the roster would change."""
        frame = frame_of(reading, county=COUNTY, townships=TOWNSHIPS, **told)
        return propose(reading, self.known(frame), frame)

    def take_in(self, reading: Reading, **told: Any) -> Proposal:
        """Propose and apply."""
        proposal = self.propose(reading, **told)
        self.changes += 1
        ids = {
            one.key: f"{one.section}-{self.changes}-{one.key}" for entry in proposal.entries for one in entry.subjects
        }
        for entry in proposal.entries:
            self._apply(entry, ids)
        owners = {row.enterprise for row in proposal.rows if row.enterprise}
        self.rosters[proposal.source, proposal.township] = frozenset(ids.get(key, key) for key in owners)
        return proposal

    def _apply(self, entry: Entry, ids: Mapping[str, str]) -> None:
        firm = ids.get(entry.enterprise, entry.enterprise)
        for one in entry.subjects:
            self.subjects.setdefault(firm, []).append(KnownSubject(ids[one.key], one.section, one.kind))
            self.said.setdefault(firm, [])
        for said in entry.statements:
            subject = ids.get(said.subject, said.subject)
            self.said[firm].append(
                Statement(
                    subject, said.section, said.field, said.value, said.day, said.source, said.evidence, self.changes
                )
            )


def buckets(proposal: Proposal) -> dict[str, int]:
    """The buckets that are not empty."""
    return {bucket: count for bucket, count in proposal.totals().items() if count}


def codes(proposal: Proposal) -> list[str]:
    """The codes of all issues, in order."""
    return [issue.code for issue in proposal.issues]


def stated(proposal: Proposal, path: str) -> list[Value]:
    """What is newly said of a field."""
    return [
        said.value for entry in proposal.entries for said in entry.statements if f"{said.section}.{said.field}" == path
    ]


def differences(proposal: Proposal) -> list[tuple[str, Value | None, Value]]:
    """Every difference: path, before, after."""
    return [
        (f"{one.section}.{one.field}", one.before, one.after) for entry in proposal.entries for one in entry.differences
    ]


def new_machines(proposal: Proposal) -> int:
    """Machines that would be enrolled."""
    return sum(one.section == "equipment" for entry in proposal.entries for one in entry.subjects)


def firms_named(proposal: Proposal, names: Iterable[str]) -> list[str]:
    """The buckets of firms by their names."""
    found = {entry.name: entry.bucket for entry in proposal.entries}
    return [found[name] for name in names]
