"""Clauses over a snapshot: for each machine the answer that decides, what else is said, and the cells behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.domain.register import Enterprise, Equipment, Snapshot
from app.domain.statement import Statement, Value, same_value
from app.domain.vocabulary import SECTIONS
from app.register.facts.evidence import Evidence, believing
from app.register.verdicts.explanation import Explanation, explained, of_presence, together
from app.register.verdicts.holding import Answer, Claim, Line, Place, Row
from app.rules.clause import Clause
from app.rules.predicate import Facts
from app.rules.questions import question
from app.rules.verdict import verdict

_PRESENCE = ("state", "removed_on")
_ORDER = {name: number for number, name in enumerate(SECTIONS["equipment"])}


def holders(
    snapshot: Snapshot, evidence: Evidence, clauses: Sequence[Clause], source: str | None = None
) -> tuple[Row, ...]:
    """The firms with a machine that a clause holds of, or cannot be told of; in order of township and name.

    `source` names the one to be believed where statements stand against each other.
    """
    believed = believing(snapshot, evidence, source) if source else snapshot
    rows = []
    for firm in believed.enterprises:
        found = [_line(firm, machine, evidence, clauses) for machine in (*firm.equipment, *firm.perhaps)]
        lines = sorted((line for line in found if line is not None), key=_line_order)
        if lines:
            rows.append(Row(firm, tuple(lines)))
    return tuple(sorted(_agreed(rows, believed), key=_row_order))


def _agreed(rows: list[Row], snapshot: Snapshot) -> list[Row]:
    """A machine that may be one firm's or another's holds only if it does whosever it is."""
    owners = Counter(one.id for firm in snapshot.enterprises for one in (*firm.equipment, *firm.perhaps) if one.owners)
    surely = Counter(line.machine.id for row in rows for line in row.lines if line.decides.holds)
    unsure = {id for id, firms in owners.items() if surely[id] < firms}
    return [replace(row, lines=tuple(_unsure(line, unsure) for line in row.lines)) for row in rows] if unsure else rows


def _unsure(line: Line, unsure: Collection[str]) -> Line:
    if line.machine.id not in unsure:
        return line
    return replace(line, answers=tuple(replace(answer, holds=False) for answer in line.answers))


def candidates(snapshot: Snapshot, clauses: Sequence[Clause]) -> Snapshot:
    """The firms with a machine that a clause may hold of, so that only their statements need be looked up.

    Those with a machine of which it cannot be told whose it is stay, because its answer depends on all of them.
    """
    chosen = tuple(
        firm
        for firm in snapshot.enterprises
        if any(one.owners or _may_hold(firm, one, clauses) for one in (*firm.equipment, *firm.perhaps))
    )
    return replace(snapshot, enterprises=chosen)


def _may_hold(firm: Enterprise, machine: Equipment, clauses: Sequence[Clause]) -> bool:
    """Whether the machine may be there and some clause does not say no without what is in dispute."""
    facts = _facts(firm, machine)
    return machine.present is not False and any(one.predicate.holds(facts) is not False for one in clauses)


def _facts(firm: Enterprise, machine: Equipment) -> Facts:
    """The machine's facts bare, its firm's under `enterprise.`; what is in dispute is in neither."""
    return {**{f"enterprise.{name}": value for name, value in firm.facts.items()}, **machine.facts}


def _line(firm: Enterprise, machine: Equipment, evidence: Evidence, clauses: Sequence[Clause]) -> Line | None:
    """The machine's line; None where it is gone, or no clause speaks of it."""
    if machine.present is False:
        return None
    given = (_answer(clause, firm, machine, evidence) for clause in clauses)
    answers = tuple(sorted((one for one in given if one is not None), key=Answer.rank))
    if not answers:
        return None
    conflict, clause = _conflict(firm, machine, evidence), answers[0].clause
    places, because = _places(firm, machine, evidence, clause), explain(clause, firm, machine, evidence)
    return Line(machine, answers, evidence.day, conflict, places, because)


def explain(clause: Clause, firm: Enterprise, machine: Equipment, evidence: Evidence) -> Explanation:
    """Why the clause holds of the machine, does not, or cannot be told; its being there comes first."""

    def said(path: str) -> Sequence[Statement]:
        subject, name = (firm, path.partition(".")[2]) if "." in path else (machine, path)
        words, fact = evidence.on(subject.id, name), subject.facts.get(name)
        # A source that is believed against the others speaks alone; where all are heard, all stand there.
        own = tuple(one for one in words if name not in subject.disputed and same_value(one.value, fact))
        return own or words

    claims = _claims(firm, machine, evidence, clause.fields)
    of_clause = explained(clause.predicate, _facts(firm, machine), claims, said)
    return together((of_presence(machine.present, _tells_presence(firm, machine, evidence)), of_clause))


def _tells_presence(firm: Enterprise, machine: Equipment, evidence: Evidence) -> list[Statement]:
    """What tells whether the machine is there: its state and its removal, else that it is listed at all."""
    words = [said for name in _PRESENCE for said in evidence.on(machine.id, name)]
    if machine.present is None:
        words += evidence.removals(firm.id, machine.id)
    return words or [said for name in _ORDER for said in evidence.on(machine.id, name)]


def _answer(clause: Clause, firm: Enterprise, machine: Equipment, evidence: Evidence) -> Answer | None:
    """What the clause says of the machine; None where it does not hold."""
    facts = _facts(firm, machine)
    said = verdict(clause, facts, _claims(firm, machine, evidence, clause.fields))
    if said.holds is False:
        return None
    there = machine.present is True
    lacks = said.lacks if there or "state" in said.lacks else (*said.lacks, "state")
    return Answer(clause, said.holds is True and there, lacks, question(clause, facts, lacks, evidence.day))


def _claims(
    firm: Enterprise, machine: Equipment, evidence: Evidence, fields: Iterable[str]
) -> dict[str, tuple[Value, ...]]:
    """The values claimed for each of a clause's fields that is in dispute."""
    found: dict[str, tuple[Value, ...]] = {}
    for path in fields:
        subject, name = (firm, path.partition(".")[2]) if path.startswith("enterprise.") else (machine, path)
        if name in subject.disputed:
            found[path] = evidence.values(subject.id, name)
    return found


def _conflict(firm: Enterprise, machine: Equipment, evidence: Evidence) -> tuple[Claim, ...]:
    """What each source says of the fields on which they contradict each other."""
    words = [said for name in machine.disputed for said in evidence.on(machine.id, name)]
    if "state" in machine.disputed and len(evidence.values(machine.id, "state")) < 2:
        # Where the states themselves agree, the dispute is over a removal that only one of the sources tells of.
        words += [said for said in evidence.removals(firm.id, machine.id) if said.field in _PRESENCE]
    elif machine.present is None and "removed_on" not in machine.disputed:
        # Told on a later day than the one asked about, when the machine was not yet spoken of as removed.
        words += evidence.told_apart(firm.id, machine.id)
    words = [said for said in words if said.field in _ORDER]
    words.sort(key=lambda said: (_ORDER[said.field], said.day, said.change, said.source))
    return tuple(dict.fromkeys(Claim(said.field, said.value, said.source) for said in words))


def _places(firm: Enterprise, machine: Equipment, evidence: Evidence, clause: Clause) -> tuple[Place, ...]:
    """The cells that decide: of the clause's facts and of the machine's being there; each once."""
    words: list[Statement] = []
    for path in (*clause.fields, *_PRESENCE):
        subject, name = (firm.id, path.partition(".")[2]) if "." in path else (machine.id, path)
        words += evidence.on(subject, name)
    if machine.present is None:
        words += evidence.removals(firm.id, machine.id)
    if not words:
        words = [said for name in _ORDER for said in evidence.on(machine.id, name)]
    return tuple(dict.fromkeys(Place(said.evidence.file, said.evidence.place) for said in words))


def _line_order(line: Line) -> tuple[object, ...]:
    code = str(line.machine.facts.get("code") or "")
    places = tuple((place.file, _counted(place.cell)) for place in line.sources)
    return (not line.decides.holds, _counted(code), places, line.machine.id)


def _row_order(row: Row) -> tuple[str, ...]:
    facts = row.enterprise.facts
    township, code = str(facts.get("township") or ""), str(facts.get("uscc") or "")
    return (township, row.enterprise.name, code, row.enterprise.id)


def _counted(text: str) -> tuple[tuple[int, str], ...]:
    """A text in an order in which D9 comes before D10."""
    return tuple((int(number or 0), word) for number, word in re.findall(r"(\d+)|(\D+)", text))
