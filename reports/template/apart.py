"""What goes on the pages beside the roster, by what is read back of its own cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from app.domain.register import Enterprise, Equipment
from app.domain.statement import Value
from app.register.machines.matching import Machine, match
from reports.template.content import Apart, Roster
from reports.template.machines_page import may_stand_apart

#: Facts, each as of whom and which field.
_Facts = Collection[tuple[str, str]]


def lost(roster: Roster, stated: _Facts) -> set[tuple[str, str]]:
    """The facts that a column was to tell and that are not read back."""
    due = {(one.subject, name) for one in roster.cells if one.ways for name in one.ways[0].states}
    return due.difference(stated)


def first_apart(roster: Roster, stated: _Facts) -> Apart:
    """What was lost of permits and actions, the firms that lost a fact of a machine, and machines that are gone."""
    gone = lost(roster, stated)
    papers = [one for one in roster.filled if one.section in ("permit", "action") and one.ways]
    facts = {(one.subject, one.name) for one in papers if any((one.subject, of) in gone for of in one.ways[0].states)}
    firms = {firm for firm, count in _lost(roster, stated).items() if count} & may_stand_apart(_firms(roster))
    firms |= mixed_up(roster, stated)
    told = {subject for subject, _ in stated}
    lines = [machine for line in roster.lines for machine in line.machines.values()]
    unlisted = {one.id for one in lines if one.present is False and one.id not in told}
    return Apart(frozenset(facts), frozenset(firms), frozenset(unlisted))


def worth_it(roster: Roster, stated: _Facts, apart: Apart, again: Roster, restated: _Facts) -> Apart:
    """The same without the firms of which the pages tell no more, and their machines no better apart."""
    before, after = _lost(roster, stated), _lost(again, restated, apart.firms)
    clear = _taken_for_others(roster, stated) - _taken_for_others(again, restated)
    return replace(apart, firms=frozenset(firm for firm in apart.firms if after[firm] < before[firm] or firm in clear))


def mixed_up(roster: Roster, stated: _Facts) -> set[str]:
    """The firms that can go on the page, of which a line might be of several of their machines."""
    return _taken_for_others(roster, stated) & may_stand_apart(_firms(roster))


def _taken_for_others(roster: Roster, stated: _Facts) -> set[str]:
    """The firms of which a line, as it is read back, might be of several of their machines."""
    told: dict[str, set[str]] = {}
    for subject, name in stated:
        told.setdefault(subject, set()).add(name)
    found = set()
    for firm in _firms(roster):
        # One that goes on the template's own day is still there for what is matched on that day.
        known = [Machine(one.id, _claimed(one)) for one in firm.equipment]
        listed = [{name: one.facts[name] for name in told[one.id]} for one in firm.equipment if one.id in told]
        if match(known, listed).held:
            found.add(firm.id)
    return found


def _claimed(machine: Equipment) -> dict[str, tuple[Value, ...]]:
    return {name: (value,) for name, value in machine.facts.items()}


def _lost(roster: Roster, stated: _Facts, apart: Collection[str] = ()) -> Counter[str]:
    """By firm: the facts of machines that are not read back, all those of a machine that has no line.

    One that is gone needs none.
    """
    there = [(firm, one) for firm in _firms(roster) for one in firm.equipment if one.present is not False]
    owner = {machine.id: firm.id for firm, machine in there}
    found = Counter(owner[subject] for subject, _ in lost(roster, stated) if subject in owner)
    listed = {machine.id for line in roster.lines for machine in line.machines.values()}
    if any(slot.section == "equipment" for slot in roster.slots):
        for firm, machine in there:
            if firm.id not in apart and machine.id not in listed:
                found[firm.id] += len(machine.facts)
    return found


def _firms(roster: Roster) -> list[Enterprise]:
    """The firms of a roster, each once, in its order."""
    return list({line.firm.id: line.firm for line in roster.lines}.values())
