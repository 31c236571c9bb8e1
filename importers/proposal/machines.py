"""What a table says of a firm's machines, laid on those that it has: said, enrolled, held with a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.proposal import NEW, SPLIT
from app.domain.statement import Evidence
from app.register.machines.machine_words import in_words
from app.register.machines.matching import Divided, Machine, Matched, Spoken, by_entry, match
from importers.proposal.entries import row_of, values_of
from importers.proposal.hearing import Draft, Hearing, Speaker
from importers.reading import Fact, Facts, Record

#: What one table lists of a firm's machines: each entry with its record.
Listed = Sequence[tuple[Record, Facts]]


def hear_machines(hearing: Hearing, draft: Draft, speaker: Speaker, records: Sequence[Record]) -> None:
    """Match the machines that one table lists of a firm with those it has, and say of each what the table says."""
    listed = [(record, facts) for record in records for facts in record.equipment]
    if listed:
        _Table(hearing, draft, speaker, listed).hear()


@dataclass(slots=True)
class _Table:
    """One firm's machines in one table, while they are heard."""

    hearing: Hearing
    draft: Draft
    speaker: Speaker
    listed: Listed

    def hear(self) -> None:
        """Say what is clear or answered, hold the rest."""
        told = self._told()
        matched, agreed = self._matched(told)
        elsewhere = self._answered_otherwise(matched, told)
        for spoken in by_entry(matched.spoken):
            if spoken.listed not in elsewhere:
                self._say_spoken(spoken, agreed)
        for entry in elsewhere:
            self._say_told(told[entry], self.listed[entry][1])
        for entry, candidates in matched.held:
            if told.get(entry, SPLIT) == SPLIT:
                self._hold_several(entry, candidates)
            elif entry not in elsewhere:
                self._say_told(told[entry], self.listed[entry][1])
        for divided in matched.divided:
            self._hear_divided(divided, told)
        for key, bodies in matched.left_out:
            if key in self.draft.heard and key not in {told[entry] for entry in elsewhere}:
                ask_left_out(self.hearing, self.draft, key, bodies)

    def _told(self) -> dict[int, str]:
        """What a person answered of the entries: a machine of the firm, `new` or `split`."""
        known = {NEW, SPLIT, *self.draft.of("equipment")}
        answers = {
            entry: self.hearing.answers.get((*row_of(*one), "machine"), "") for entry, one in enumerate(self.listed)
        }
        return {entry: answer for entry, answer in answers.items() if answer in known}

    def _matched(self, told: Mapping[int, str]) -> tuple[Matched, dict[str, int]]:
        """The machines that the entries speak of; the groups that a person let be divided, with their bodies so far."""
        words, on, by = self.hearing.words, self.speaker.day, self.speaker.source
        dismantled = dismantlings(self.draft)
        known = [
            Machine(key, words.facts(key, on), words.gone(key, dismantled, on), bool(words.counted(key, by, on)))
            for key in self.draft.of("equipment")
            if key not in self.hearing.own
        ]
        listed = [values_of(facts) for _, facts in self.listed]
        matched = match(known, listed)
        split = [one for one in matched.divided if any(told.get(entry) == SPLIT for entry in one.entries)]
        agreed = {group for one in split for group in one.groups}
        if agreed:
            matched = match([replace(one, counted=one.counted and one.key not in agreed) for one in known], listed)
        return matched, {one.key: one.bodies for one in known if one.key in agreed}

    def _answered_otherwise(self, matched: Matched, told: Mapping[int, str]) -> list[int]:
        """Entries of which a person named another machine than the one that they fit: what she said goes first."""
        subjects: dict[int, set[str | None]] = {}
        for spoken in matched.spoken:
            subjects.setdefault(spoken.listed, set()).add(spoken.subject)
        named = {entry: answer for entry, answer in told.items() if answer not in (NEW, SPLIT)}
        return [entry for entry, answer in named.items() if subjects.get(entry, {answer}) != {answer}]

    def _say_spoken(self, spoken: Spoken, agreed: Mapping[str, int]) -> None:
        facts = self.listed[spoken.listed][1]
        key = spoken.subject or self.hearing.enrol(self.draft, "equipment")
        self.draft.heard.add(key)
        if spoken.out_of:
            self.draft.out_of[key] = spoken.out_of
        if not spoken.bare:
            self._say(key, {name: fact for name, fact in facts.items() if name != "quantity"})
        if spoken.quantity is None:
            return
        counted = _counted(facts, spoken.quantity)
        if spoken.subject in agreed:
            self._say_rest(key, counted, agreed[key] - spoken.quantity)
        else:
            self._say(key, {"quantity": counted})

    def _say_rest(self, key: str, counted: Fact, moved: int) -> None:
        """What a divided group keeps, decided against who counts it whole; on later days it has as many fewer."""
        said = self.speaker.said(key, "equipment", "quantity", counted)
        self.hearing.say(self.draft, replace(said, decides=True))
        for day in self.hearing.words.days(key, "quantity"):
            whole = self.hearing.words.value(key, "quantity", day) if day > self.speaker.day else None
            if isinstance(whole, int) and whole > moved:
                fewer = replace(said, value=whole - moved, day=day, decides=True)
                self.hearing.say(self.draft, fewer)

    def _say_told(self, told: str, facts: Facts) -> None:
        """Say of the machine that a person named (or of a new one) all that the row says."""
        key = self.hearing.enrol(self.draft, "equipment") if told == NEW else told
        self.draft.heard.add(key)
        self._say(key, facts)

    def _hear_divided(self, divided: Divided, told: Mapping[int, str]) -> None:
        """Rows that divide a group others count as one: as a person answered of each of them, else held together."""
        if any(told.get(entry, SPLIT) == SPLIT for entry in divided.entries):
            self._hold_divided(divided)
            return
        of: dict[str, list[int]] = {}
        for entry in divided.entries:
            of.setdefault(told[entry], []).append(entry)
        for answer, entries in of.items():
            if answer == NEW:
                for entry in entries:
                    self._say_told(NEW, self.listed[entry][1])
            else:
                self._say_of_whole(answer, [self.listed[entry][1] for entry in entries])

    def _say_of_whole(self, key: str, entries: Sequence[Facts]) -> None:
        """Say of a whole group what rows on its bodies say; of their number only where the rows do not add up to it."""
        for facts in entries:
            self._say_told(key, {name: fact for name, fact in facts.items() if name != "quantity"})
        stated = [facts["quantity"] for facts in entries if "quantity" in facts]
        whole = self.hearing.words.value(key, "quantity", self.speaker.day)
        total = sum(fact.value for fact in stated if isinstance(fact.value, int))
        if len(stated) == len(entries) and total != whole:
            self._say(key, {"quantity": stated[0].meaning(total)})

    def _say(self, key: str, facts: Facts) -> None:
        for name, fact in facts.items():
            self.hearing.say(self.draft, self.speaker.said(key, "equipment", name, fact))

    def _hold_several(self, entry: int, candidates: Sequence[str]) -> None:
        names = "；".join(described(self.hearing, self.draft, key) for key in candidates)
        at = self._hold([entry], candidates, "machine.fits_several")
        self.hearing.ask("machine.fits_several", at, "equipment.kind", firm=self.draft.name, candidates=names)

    def _hold_divided(self, divided: Divided) -> None:
        """One question for all the rows: who counts the group as one, and how many rows stand here instead."""
        words, draft = self.hearing.words, self.draft
        groups = [key for key in divided.groups if words.counted(key, self.speaker.source, self.speaker.day)]
        others = dict.fromkeys(
            source for key in groups for source in words.counted(key, self.speaker.source, self.speaker.day)
        )
        names = "；".join(
            f"{described(self.hearing, draft, key)}（{_bodies(self.hearing, draft, key)}台）" for key in groups
        )
        at = self._hold(divided.entries, divided.groups, "machine.splits_group")
        told = {"other": "、".join(others), "machine": names, "count": len(divided.entries)}
        self.hearing.ask("machine.splits_group", at, "equipment.quantity", firm=draft.name, **told)

    def _hold(self, entries: Sequence[int], candidates: Sequence[str], why: str) -> Evidence:
        """Hold rows; where the first of them stands."""
        self.draft.held = True
        self.draft.heard.update(candidates)
        for entry in entries:
            self.hearing.held_rows.setdefault(row_of(*self.listed[entry]), why)
        record, facts = self.listed[entries[0]]
        first = next(iter(facts.values()))
        return Evidence("", record.sheet, first.cell, first.raw)


def ask_unlisted(hearing: Hearing, draft: Draft) -> list[str]:
    """Ask about the firm's machines that the file does not list, though they are there. Returns them."""
    dismantled = dismantlings(draft)
    unlisted = []
    for key in draft.of("equipment"):
        there = hearing.words.spoken_of(key, draft.day) and not hearing.words.gone(
            key, dismantled, draft.day + timedelta(days=1)
        )
        if key not in draft.heard and there and not hearing.unprinted(key):
            unlisted.append(key)
            ask_left_out(hearing, draft, key, _bodies(hearing, draft, key))
    return unlisted


def ask_left_out(hearing: Hearing, draft: Draft, key: str, bodies: int) -> None:
    """Ask about bodies of a machine that the file leaves out."""
    machine = described(hearing, draft, key)
    hearing.ask("machine.not_listed", place_of(draft), firm=draft.name, machine=machine, bodies=bodies)


def place_of(draft: Draft) -> Evidence:
    """Where the file names the firm."""
    return Evidence("", draft.place[0] or "", draft.place[1], draft.name)


def dismantlings(draft: Draft) -> list[str]:
    """A dismantling names no machine, so it speaks of one only where the firm has exactly one."""
    alone = sum(1 for _ in draft.of("equipment")) == 1
    return list(draft.of("action", "dismantled")) if alone else []


def described(hearing: Hearing, draft: Draft, key: str) -> str:
    """A machine in a few words."""
    return in_words({name: values[0] for name, values in hearing.words.facts(key, draft.day).items()})


def _bodies(hearing: Hearing, draft: Draft, key: str) -> int:
    stated = hearing.words.value(key, "quantity", draft.day)
    return stated if isinstance(stated, int) else 1


def _counted(facts: Facts, quantity: int) -> Fact:
    """What a row states of a number of bodies, in the cell that says so best."""
    written = facts.get("quantity") or next(iter(facts.values()))
    return written.meaning(quantity)
