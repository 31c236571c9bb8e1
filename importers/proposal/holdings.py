"""What a record says of a firm's machines, permits, plan and actions, laid on those that it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from app.domain.proposal import NEW
from app.domain.statement import Evidence, Value
from app.domain.vocabulary import label
from app.register.matching import Machine, Spoken, by_entry, match
from app.register.matching_papers import Paper, match_action, match_permit
from importers.proposal.hearing import Draft, Hearing, RowPlace, Speaker
from importers.reading import Facts, Record


def hear_machines(hearing: Hearing, draft: Draft, speaker: Speaker, records: Sequence[Record]) -> None:
    """Match the machines that one table lists of a firm with those it has, and say of each what the table says."""
    listed = [(record, facts) for record in records for facts in record.equipment]
    if not listed:
        return
    dismantled = _dismantlings(draft)
    known = [
        Machine(key, hearing.words.facts(key, speaker.day), hearing.words.gone(key, dismantled, speaker.day))
        for key in draft.of("equipment")
    ]
    matched = match(known, [_values(facts) for _, facts in listed])
    for spoken in by_entry(matched.spoken):
        _say_machine(hearing, draft, speaker, spoken, listed[spoken.listed][1])
    for entry, candidates in matched.held:
        told = hearing.answers.get((*row_of(*listed[entry]), "machine"))
        if told is None or told not in (NEW, *draft.of("equipment")):
            _hold_machine(hearing, draft, *listed[entry], candidates)
        else:
            _say_told(hearing, draft, speaker, told, listed[entry][1])
    for key, bodies in matched.left_out:
        if key in draft.heard:
            _ask_left_out(hearing, draft, key, bodies)


def _say_machine(hearing: Hearing, draft: Draft, speaker: Speaker, spoken: Spoken, facts: Facts) -> None:
    key = spoken.subject or hearing.enrol(draft, "equipment")
    draft.heard.add(key)
    for name, fact in facts.items():
        if name != "quantity" and not spoken.bare:
            hearing.say(draft, speaker.said(key, "equipment", name, fact))
    if spoken.quantity is not None:
        written = facts.get("quantity") or next(iter(facts.values()))
        fact = written.meaning(spoken.quantity)
        hearing.say(draft, speaker.said(key, "equipment", "quantity", fact))


def _say_told(hearing: Hearing, draft: Draft, speaker: Speaker, told: str, facts: Facts) -> None:
    """Say of the machine that a person named (or of a new one) all that the row says."""
    key = hearing.enrol(draft, "equipment") if told == NEW else told
    draft.heard.add(key)
    for name, fact in facts.items():
        hearing.say(draft, speaker.said(key, "equipment", name, fact))


def _hold_machine(hearing: Hearing, draft: Draft, record: Record, facts: Facts, candidates: Sequence[str]) -> None:
    draft.held = True
    draft.heard.update(candidates)
    first = next(iter(facts.values()))
    at = Evidence("", record.sheet, first.cell, first.raw)
    names = "；".join(_described(hearing, draft, key) for key in candidates)
    hearing.ask("machine.fits_several", at, "equipment.kind", firm=draft.name, candidates=names)
    hearing.held_rows.setdefault(row_of(record, facts), "machine.fits_several")


def ask_unlisted(hearing: Hearing, draft: Draft) -> None:
    """Ask about the firm's machines that the file does not list, though they are there."""
    dismantled = _dismantlings(draft)
    for key in draft.of("equipment"):
        there = hearing.words.spoken_of(key, draft.day) and not hearing.words.gone(
            key, dismantled, draft.day + timedelta(days=1)
        )
        if key not in draft.heard and there:
            stated = hearing.words.value(key, "quantity", draft.day)
            _ask_left_out(hearing, draft, key, stated if isinstance(stated, int) else 1)


def _ask_left_out(hearing: Hearing, draft: Draft, key: str, bodies: int) -> None:
    at = Evidence("", draft.place[0] or "", draft.place[1], draft.name)
    machine = _described(hearing, draft, key)
    hearing.ask("machine.not_listed", at, firm=draft.name, machine=machine, bodies=bodies)


def _dismantlings(draft: Draft) -> list[str]:
    """A dismantling names no machine, so it speaks of one only where the firm has exactly one."""
    alone = sum(1 for _ in draft.of("equipment")) == 1
    return list(draft.of("action", "dismantled")) if alone else []


def _described(hearing: Hearing, draft: Draft, key: str) -> str:
    """A machine in a few words."""
    facts = {name: values[0] for name, values in hearing.words.facts(key, draft.day).items()}
    words = [str(facts[name]) for name in ("code", "name") if name in facts]
    shown = ("shell", "frequency", "kind") if "name" not in facts else ()
    words += [label("equipment", name, facts[name]) for name in shown if name in facts]
    if "capacity_t" in facts:
        words.insert(0, f"{label('equipment', 'capacity_t', facts['capacity_t'])}吨")
    return "".join(words) or "设备"


def hear_permits(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> None:
    """Permits are told apart by kind, and by number where both state one."""
    for facts in record.permits:
        kind = _kind(facts)
        found = match_permit(_papers(hearing, draft, speaker, "permit", kind), _values(facts))
        _say_paper(hearing, draft, speaker, record, "permit", facts, found)


def hear_actions(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> None:
    """Actions are told apart by kind, document number and days."""
    for facts in record.actions:
        kind = _kind(facts)
        found = match_action(_papers(hearing, draft, speaker, "action", kind), _values(facts))
        _say_paper(hearing, draft, speaker, record, "action", facts, found)


def hear_plan(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> None:
    """A firm has one plan."""
    if record.plan:
        key = next(draft.of("plan"), None) or hearing.enrol(draft, "plan")
        _say_all(hearing, draft, speaker, key, "plan", record.plan)


def _say_paper(
    hearing: Hearing,
    draft: Draft,
    speaker: Speaker,
    record: Record,
    section: str,
    facts: Facts,
    found: Sequence[str],
) -> None:
    if len(found) > 1:
        draft.held = True
        first = next(iter(facts.values()))
        at = Evidence("", record.sheet, first.cell, first.raw)
        hearing.ask(f"{section}.fits_several", at, f"{section}.kind", firm=draft.name)
        hearing.held_rows.setdefault(row_of(record, facts), f"{section}.fits_several")
        return
    key = found[0] if found else hearing.enrol(draft, section, _kind(facts))
    _say_all(hearing, draft, speaker, key, section, facts)


def _say_all(hearing: Hearing, draft: Draft, speaker: Speaker, key: str, section: str, facts: Facts) -> None:
    for name, fact in facts.items():
        hearing.say(draft, speaker.said(key, section, name, fact))


def _papers(hearing: Hearing, draft: Draft, speaker: Speaker, section: str, kind: str) -> list[Paper]:
    words = hearing.words
    return [Paper(key, words.facts(key, speaker.day), words.last_day(key)) for key in draft.of(section, kind)]


def _values(facts: Facts) -> dict[str, Value]:
    return {name: fact.value for name, fact in facts.items()}


def _kind(facts: Facts) -> str:
    return str(facts["kind"].value) if "kind" in facts else "other"


def row_of(record: Record, facts: Facts) -> RowPlace:
    """The sheet row in which an entry stands: the lowest of its cells among the record's rows (merges begin above)."""
    rows = set(record.sheet_rows) or set(range(record.rows[0], record.rows[1] + 1))
    stands = [row for row in _rows(fact.cell for fact in facts.values()) if row in rows]
    return record.sheet, max(stands, default=record.rows[0])


def _rows(cells: Iterable[str | None]) -> list[int]:
    found = [re.search(r"\d+$", cell) for cell in cells if cell]
    return [int(one[0]) for one in found if one]
