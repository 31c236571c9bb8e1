"""What a roster would change: a reading, laid on what the register knows, as a proposal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.names import plain_name
from app.domain.proposal import NEW, Entry, Known, NewSubject, Proposal, RosterRow
from app.domain.register import StatedFigure
from app.domain.statement import Evidence
from importers.own_ledger.echo import Echo
from importers.proposal.firms import Firms, valid_code
from importers.proposal.frame import Frame, TableFrame
from importers.proposal.hearing import Draft, Hearing, RowPlace, Speaker
from importers.proposal.holdings import hear_actions, hear_permits, hear_plan
from importers.proposal.machines import ask_unlisted, hear_machines
from importers.proposal.own_rows import hear_own_rows
from importers.proposal.particulars import Whereabouts, hear_firm
from importers.proposal.replacements import hear_replacements
from importers.reading import Reading, Record


def propose(
    reading: Reading, known: Known, frame: Frame, figures: Sequence[StatedFigure] = (), echo: Echo | None = None
) -> Proposal:
    """Compare a reading with what is known. The same arguments give the same proposal; nothing is written.

    `echo`: of the county's own ledger, what the register itself said in it.
    """
    return _Proposing(reading, known, frame, echo).proposal(tuple(figures))


@dataclass(frozen=True, slots=True)
class _Heard:
    """A record with its place in the file, the frame of its table, and whose it is (`why`: it is held)."""

    order: int
    record: Record
    table: TableFrame
    key: str
    why: str | None = None


class _Proposing:
    def __init__(self, reading: Reading, known: Known, frame: Frame, echo: Echo | None) -> None:
        self.reading, self.known, self.frame, self.echo = reading, known, frame, echo
        self.hearing = Hearing(known.answers, echo)
        self.firms = Firms(known, self.hearing.words)
        self.places = Whereabouts(known, frame)
        self.holds = {firm.id: firm.subjects for firm in known.firms}
        self.drafts: dict[str, Draft] = {}
        self.listed: set[str] = set()
        self._nobody: dict[str, str] = {}

    def proposal(self, figures: tuple[StatedFigure, ...]) -> Proposal:
        """Who each record is, then what each says, then what is left out."""
        heard = self._recognise()
        self._hear(heard)
        for draft in self._in_order():
            if draft.key in self.holds:
                lists = draft.lists_machines or (self.echo is not None and self.echo.lists_machines)
                unlisted = ask_unlisted(self.hearing, draft) if lists else []
                hear_replacements(self.hearing, draft, [one.id for one in self.holds[draft.key]], unlisted)
        missing = self._missing()
        rows = self._rows()
        issues = (*self.reading.issues, *self.hearing.issues)
        held = sum(row.fate == "held" for row in rows)
        return Proposal(
            county=self.known.county,
            file=self.reading.file,
            sha256=self.reading.sha256,
            format=self.reading.format,
            township=self.frame.township_code,
            day=self.frame.day,
            source=self.frame.source,
            entries=self._entries(),
            missing=missing,
            rows=rows,
            issues=issues,
            figures=figures,
            counts={**self.reading.counts(), "rows_held": held, "issues": len(issues)},
        )

    def _recognise(self) -> list[_Heard]:
        """Whose each record is: the sure ones first, so that a held row of the same firm joins its entry."""
        frames = [self.frame.table(record.sheet, record.table) for record in self.reading.records]
        every = [(place, record, frames[place]) for place, record in enumerate(self.reading.records)]
        every.sort(key=lambda one: (one[2].day, one[0]))
        heard, doubtful = [], []
        for order, record, table in every:
            why = self.places.doubt(self.hearing, record) or (None if self._told(record) else self._doubt(record))
            if why:
                doubtful.append(_Heard(order, record, table, "", why))
                continue
            key = self._told(record) or self.firms.find(record.enterprise).key or NEW
            key = self._enrol(order, record) if key == NEW else key
            self.firms.meet(key, record.enterprise)
            heard.append(_Heard(order, record, table, key))
        return heard + [replace(one, key=self._key_of_doubtful(one.record)) for one in doubtful]

    def _told(self, record: Record) -> str | None:
        """Whose a person said that a record is."""
        told = (self.known.answers.get((*place, "firm")) for place in _rows_of(record))
        return next((answer for answer in told if answer), None)

    def _doubt(self, record: Record) -> str | None:
        found = self.firms.find(record.enterprise)
        if found.key is not None:
            return None
        why = str(found.why)
        at, name = _name_of(record)
        named = {
            "firm": name,
            "count": len(found.others),
            "one": self.firms.shown(found.others[0]) if found.others else "",
            "other": self.firms.shown(found.others[-1]) if found.others else "",
        }
        self.hearing.ask(why, at, "enterprise.uscc" if valid_code(record.enterprise) else "enterprise.name", **named)
        self.listed.update(found.others)
        return why

    def _enrol(self, order: int, record: Record) -> str:
        """A firm that is new; which known one it may well be is asked."""
        key = self.hearing.key()
        at, name = _name_of(record)
        draft = self._draft(key, order, record, new=True)
        draft.subjects.append(NewSubject(key, "enterprise"))
        similar = self.firms.similar(key, record.enterprise, self.places.township(record))
        for other, reasons in similar.items():
            words = {"firm": name, "other": other, "reasons": "；".join(reasons)}
            self.hearing.ask("enterprise.similar", at, "enterprise.name", **words)
        return key

    def _key_of_doubtful(self, record: Record) -> str:
        """The firm that a held record is, if that can be told; else a key of its own, one for each name."""
        found = self.firms.find(record.enterprise).key
        if found:
            return found
        called = plain_name(_name_of(record)[1])
        return self._nobody.setdefault(called, f"held:{len(self._nobody) + 1}")

    def _draft(self, key: str, order: int, record: Record, *, new: bool = False) -> Draft:
        draft = self.drafts.get(key)
        if draft is None:
            at, name = _name_of(record)
            shown = name if new else self.firms.shown(key) or name
            draft = Draft(key, shown, new, order, holds=list(self.holds.get(key, ())), place=(at.sheet, at.cell))
            self.drafts[key] = draft
        draft.order = min(draft.order, order)
        draft.rows.update(dict.fromkeys(_rows_of(record)))
        self.listed.add(key)
        return draft

    def _hear(self, heard: Sequence[_Heard]) -> None:
        """What each record says, firm by firm and table by table, in the order of their days."""
        with_machines = {(one.record.sheet, one.record.table) for one in heard if one.record.equipment}
        tables: dict[tuple[str, str, int], list[tuple[_Heard, Speaker]]] = {}
        for one in heard:
            draft = self._draft(one.key, one.order, one.record)
            draft.day = max(draft.day, one.table.day)
            draft.lists_machines |= (one.record.sheet, one.record.table) in with_machines
            if one.why:
                draft.held = True
                self.hearing.held_rows.update(dict.fromkeys(_rows_of(one.record), one.why))
                continue
            township = self.places.township(one.record)
            source = self.frame.source_of(one.table, township)
            speaker = Speaker(self.reading.file, one.record.sheet, one.table.day, source)
            draft.sources.add(source)
            one = replace(one, record=hear_own_rows(self.hearing, draft, speaker, one.record))
            hear_firm(self.hearing, draft, speaker, one.record, self.places, one.table)
            tables.setdefault((one.key, one.record.sheet, one.record.table), []).append((one, speaker))
        for (key, _, _), spoken in tables.items():
            draft = self.drafts[key]
            hear_machines(self.hearing, draft, spoken[0][1], [one.record for one, _ in spoken])
            for one, speaker in spoken:
                hear_permits(self.hearing, draft, speaker, one.record)
                hear_plan(self.hearing, draft, speaker, one.record)
                hear_actions(self.hearing, draft, speaker, one.record)

    def _in_order(self) -> list[Draft]:
        return sorted(self.drafts.values(), key=lambda draft: draft.order)

    def _entries(self) -> tuple[Entry, ...]:
        return tuple(draft.entry() for draft in self._in_order())

    def _missing(self) -> tuple[tuple[str, str], ...]:
        """The firms of the source's last roster that this one leaves out."""
        due = self.known.last_roster if self.echo is None else self.echo.firms & set(self.holds)
        left_out = sorted((self.firms.shown(key), key) for key in due - self.listed)
        for name, _ in left_out:
            self.hearing.ask("enterprise.missing_this_time", None, "enterprise.name", firm=name)
        return tuple((key, name) for name, key in left_out)

    def _rows(self) -> tuple[RosterRow, ...]:
        """Every row of the reading, with whose it is and whether it is held."""
        owners: dict[RowPlace, str] = {}
        for draft in self._in_order():
            if draft.new or draft.key in self.holds:
                owners.update(dict.fromkeys(draft.rows, draft.key))
        held = self.hearing.held_rows
        return tuple(
            RosterRow(
                row.sheet,
                row.row,
                row.cells,
                "held" if (row.sheet, row.row) in held else row.fate,
                held.get((row.sheet, row.row), row.why),
                owners.get((row.sheet, row.row)) if row.fate == "record" else None,
            )
            for row in self.reading.rows
        )


def _rows_of(record: Record) -> list[RowPlace]:
    rows = record.sheet_rows or range(record.rows[0], record.rows[1] + 1)
    return [(record.sheet, row) for row in rows]


def _name_of(record: Record) -> tuple[Evidence, str]:
    """Where a record names its firm, and how."""
    for field in ("name", "short_name", "uscc"):
        if fact := record.enterprise.get(field):
            return Evidence("", record.sheet, fact.cell, fact.raw), str(fact.value)
    return Evidence("", record.sheet, None, ""), "（未写名称）"
