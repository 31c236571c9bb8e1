"""A template read back: which cells say what the register holds, and which must be written otherwise or left empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.register import Enterprise, Equipment, Subject
from app.domain.statement import Value, same_value
from reports.template.content import Filled, Place, Roster


class Stated(Protocol):
    """A fact as a reader states it: its value and the address of its cell."""

    @property
    def value(self) -> Value: ...
    @property
    def cell(self) -> str | None: ...


class Record(Protocol):
    """One firm as a reader states it."""

    @property
    def sheet(self) -> str: ...
    @property
    def enterprise(self) -> Mapping[str, Stated]: ...
    @property
    def equipment(self) -> Sequence[Mapping[str, Stated]]: ...
    @property
    def permits(self) -> Sequence[Mapping[str, Stated]]: ...
    @property
    def plan(self) -> Mapping[str, Stated] | None: ...
    @property
    def actions(self) -> Sequence[Mapping[str, Stated]]: ...


#: Reads a workbook's bytes as a roster.
Reader = Callable[[bytes], Sequence[Record]]

#: How many times at most a template is written anew.
_ROUNDS = 12
#: How each cell is written: the number of its way; beyond the last it is empty.
Choice = dict[Place, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is stated of one thing, by field. `firm`: whose record it stands in, by the cell of its name."""

    sheet: str
    section: str
    facts: Mapping[str, Stated]
    firm: Enterprise | None


@dataclass(frozen=True, slots=True)
class Proven:
    """A template that was read back: its bytes, how each cell is written, and the facts that it states."""

    content: bytes
    choice: Choice
    stated: frozenset[tuple[str, str]]


def proven(roster: Roster, write: Callable[[Choice], bytes], read: Reader) -> Proven:
    """The template of which every written cell is read as what the register holds; what cannot be so stays empty."""
    choice: Choice = {}
    checking = _Checking(roster)
    content = write(choice)
    for number in range(2 * _ROUNDS):
        bad = checking.bad(read(content), choice)
        if not bad:
            return Proven(content, choice, checking.stated)
        for filled in bad:
            left = len(filled.ways) if number >= _ROUNDS else choice.get(filled.place, 0) + 1
            choice[filled.place] = left
        content = write(choice)
    while bad := checking.bad(read(content), choice):
        subjects = {filled.subject for filled in bad}
        choice |= {one.place: len(one.ways) for one in roster.cells if one.subject in subjects}
        content = write(choice)
    return Proven(content, choice, checking.stated)


class _Checking:
    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.at = {one.place: one for one in roster.cells}
        self.subjects: dict[str, Subject] = {}
        self.owner: dict[str, Enterprise] = {}
        self.stated: frozenset[tuple[str, str]] = frozenset()
        for line in roster.lines:
            firm = line.firm
            for one in (firm, *firm.equipment, *firm.permits, *firm.plans, *firm.actions):
                self.subjects[one.id] = one
                self.owner[one.id] = firm

    def bad(self, records: Sequence[Record], choice: Choice) -> list[Filled]:
        """The cells that state something else; where there are none, those that do not state what they should."""
        wrong: dict[Place, Filled] = {}
        stated: dict[tuple[str, str], Value] = {}
        told: set[str] = set()
        for entry in _entries(records, self):
            subject = self._subject(entry)
            cells = [one for fact in entry.facts.values() if (one := self._filled(entry.sheet, fact)) is not None]
            again = entry.section == "equipment" and subject is not None and subject.id in told
            if subject is None or again or self.owner[subject.id] is not entry.firm:
                wrong |= {one.place: one for one in cells}
                continue
            told.add(subject.id)
            for name, fact in entry.facts.items():
                if same_value(subject.facts.get(name), fact.value):
                    stated[subject.id, name] = fact.value
                else:
                    own = self._filled(entry.sheet, fact)
                    wrong |= {one.place: one for one in ([own] if own else cells)}
        wrong |= {one.place: one for one in self._there_again(stated)}
        self.stated = frozenset(stated)
        found = [one for one in wrong.values() if choice.get(one.place, 0) < len(one.ways)]
        return found or [one for one in self.roster.cells if self._lost(one, choice, stated)]

    def _there_again(self, stated: Mapping[tuple[str, str], Value]) -> Iterator[Filled]:
        """The cells of machines that are gone, where nothing that was read says so."""
        for one in self.roster.filled:
            subject = self.subjects[one.subject]
            if isinstance(subject, Equipment) and subject.present is False:
                told = stated.get((subject.id, "state")) == "removed" or (subject.id, "removed_on") in stated
                if not told:
                    yield one

    def _lost(self, filled: Filled, choice: Choice, stated: Mapping[tuple[str, str], Value]) -> bool:
        way = choice.get(filled.place, 0)
        if way >= len(filled.ways):
            return False
        return any((filled.subject, name) not in stated for name in filled.ways[way].states)

    def _filled(self, sheet: str, fact: Stated) -> Filled | None:
        place = _place(sheet, fact.cell)
        return self.at.get(place) if place else None

    def _subject(self, entry: _Entry) -> Subject | None:
        """What an entry is about, by the cells that it was read from."""
        for fact in entry.facts.values():
            filled = self._filled(entry.sheet, fact)
            if filled is not None and filled.section == entry.section:
                return self.subjects[filled.subject]
        for fact in entry.facts.values():
            filled = self._filled(entry.sheet, fact)
            if filled is not None and filled.section != entry.section:
                return self._sole(entry, self.owner[filled.subject])
        return None

    def _sole(self, entry: _Entry, firm: Enterprise) -> Subject | None:
        """The firm's only thing of that section and kind, where a cell about something else tells of it by the way."""
        kind = entry.facts.get("kind")
        held: Sequence[Subject] = {
            "enterprise": (firm,),
            "equipment": firm.equipment,
            "permit": firm.permits,
            "plan": firm.plans,
            "action": firm.actions,
        }[entry.section]
        if entry.section in ("permit", "action") and kind is not None:
            held = [one for one in held if one.facts.get("kind") == kind.value]
        return held[0] if len(held) == 1 else None

    def firm_at(self, sheet: str, fact: Stated | None) -> Enterprise | None:
        """The firm whose name stands in a cell."""
        filled = self._filled(sheet, fact) if fact else None
        return self.owner[filled.subject] if filled else None


def _entries(records: Sequence[Record], checking: _Checking) -> Iterator[_Entry]:
    for record in records:
        sheet = record.sheet
        firm = checking.firm_at(sheet, record.enterprise.get("name"))
        yield _Entry(sheet, "enterprise", record.enterprise, firm)
        yield from (_Entry(sheet, "equipment", facts, firm) for facts in record.equipment)
        yield from (_Entry(sheet, "permit", facts, firm) for facts in record.permits)
        if record.plan:
            yield _Entry(sheet, "plan", record.plan, firm)
        yield from (_Entry(sheet, "action", facts, firm) for facts in record.actions)


def _place(sheet: str, cell: str | None) -> Place | None:
    """C5 as row and column from 0."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return Place(int(found[2]) - 1, column - 1, sheet)
