"""A roster laid out: a line a machine, the firm's cells over all its lines, disputed cells without a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.statement import Statement
from app.domain.vocabulary import SECTIONS, Field, label
from app.domain.vocabulary import field as field_of
from reports.template.beside import BESIDE
from reports.template.columns import TemplateColumn, default_column, firms_of
from reports.template.content import HEAD_ROW, About, Asked, Filled, Line, Roster, Slot
from reports.template.slots import counted, fits, slots_of
from reports.template.ways import ways

#: What a machine's words may tell beside its name.
_IN_WORDS = ("quantity", "capacity_t", "melt_rate_t_per_h", "power_kw", "shell", "frequency", "yoke", "state")
_HELD = {"permit": "permits", "plan": "plans", "action": "actions"}


def laid_out(
    snapshot: Snapshot, township: str, columns: Sequence[TemplateColumn], asked: Iterable[Asked], about: About
) -> Roster:
    """The roster of a township. A fact in question that no column tells gets a column of its own at the right."""
    firms = firms_of(snapshot, township)
    questions = {(one.subject, one.field): one for one in asked}
    own = slots_of(columns)
    slots = slots_of((*columns, *_added(own, firms, questions)))
    slots = tuple(slot if slot.at < len(own) else _as_added(slot) for slot in slots)
    head_rows = max((len(slot.path) for slot in slots), default=1)
    laying = _Laying(slots, questions, HEAD_ROW + head_rows)
    for number, firm in enumerate(firms, start=1):
        laying.lay(firm, number)
    return Roster(about, township, slots, tuple(laying.lines), tuple(laying.filled), tuple(laying.numbers))


def _as_added(slot: Slot) -> Slot:
    return Slot(slot.at, slot.column, slot.path, slot.section, slot.name, slot.kind, slot.block, added=True)


def _added(
    slots: Sequence[Slot], firms: Iterable[Enterprise], questions: Mapping[tuple[str, str], Asked]
) -> Iterator[TemplateColumn]:
    """Columns for what is asked and no column tells, of machines only where a line tells of one machine."""
    told = {slot.column.field for slot in slots}
    by_line = any(slot.section == "equipment" and slot.block is None for slot in slots) or not any(
        slot.block for slot in slots
    )
    missing: dict[str, None] = {}
    for firm in firms:
        of = [("enterprise", firm), *(("equipment", machine) for machine in firm.equipment if by_line)]
        for section, subject in of:
            for name in SECTIONS[section]:
                if f"{section}.{name}" not in told and (subject.id, name) in questions:
                    missing[f"{section}.{name}"] = None
    yield from (default_column(path) for path in missing)


@dataclass
class _Laying:
    """The lines and cells so far. `row`: of the next line."""

    slots: tuple[Slot, ...]
    questions: Mapping[tuple[str, str], Asked]
    row: int

    def __post_init__(self) -> None:
        self.lines: list[Line] = []
        self.filled: list[Filled] = []
        self.numbers: list[tuple[tuple[int, int], int, int]] = []
        self.of_firm = [slot for slot in self.slots if slot.section and slot.section != "equipment"]
        self.of_machine = [slot for slot in self.slots if slot.section == "equipment"]
        self.blocks: dict[str | None, list[Slot]] = {}
        for slot in self.of_machine:
            self.blocks.setdefault(slot.block, []).append(slot)
        words = [slot for slot in self.of_machine if slot.name in ("name", "kind")]
        told = {slot.name for slot in self.of_machine}
        self.named = told >= {"name", "kind"}
        self.also = tuple(name for name in _IN_WORDS if name not in told) if words else ()
        self.told = {(slot.section, slot.kind, slot.name) for slot in self.slots}

    def lay(self, firm: Enterprise, number: int) -> None:
        """The lines of a firm."""
        lines = [Line(firm, number, machines) for machines in self._machines(firm)] or [Line(firm, number)]
        first, last = self.row, self.row + len(lines) - 1
        for slot in self.slots:
            if slot.serial:
                self.numbers.append(((first, slot.at), last, number))
        for slot in self.of_firm:
            subject = self._held(firm, slot)
            if subject is not None:
                self._fill(slot, subject, first, last)
        for row, line in enumerate(lines, start=first):
            for block, machine in line.machines.items():
                for slot in self.blocks.get(block, ()):
                    self._fill(slot, machine, row, row)
        self.lines += lines
        self.row = last + 1

    def _held(self, firm: Enterprise, slot: Slot) -> Subject | None:
        """Of whom a firm's column tells: the firm, its only plan, its only permit or action of the kind."""
        if slot.section == "enterprise":
            return firm
        held: Sequence[Subject] = getattr(firm, _HELD[slot.section])
        if slot.section != "plan":
            named = {one.kind for one in self.of_firm if one.section == slot.section} - {""}
            held = [
                one
                for one in held
                if (one.facts.get("kind") == slot.kind if slot.kind else one.facts.get("kind") not in named)
            ]
        return held[0] if len(held) == 1 else None

    def _machines(self, firm: Enterprise) -> Iterator[dict[str | None, Equipment]]:
        """The machines of each line: one, or side by side where the columns are numbered or count types."""
        there = [machine for machine in firm.equipment if self._listed(machine)]
        counts = all(one is None or slots[0].name == "quantity" for one, slots in self.blocks.items())
        if None in self.blocks and counts:
            for machine in there:
                counted = next((b for b, slots in self.blocks.items() if b and fits(slots, machine)), None)
                yield {None: machine} | ({counted: machine} if counted else {})
            return
        lines: list[dict[str | None, Equipment]] = []
        for machine in there if self.blocks else ():
            able = [block for block, slots in self.blocks.items() if block and fits(slots, machine)]
            free = next(((line, block) for line in lines for block in able if block not in line), None)
            if free:
                free[0][free[1]] = machine
            elif able:
                lines.append({able[0]: machine})
        yield from lines

    def _listed(self, machine: Equipment) -> bool:
        """Whether a machine is there, or its line can say that it is gone."""
        says = any(
            (slot.name == "state" and machine.facts.get("state") == "removed")
            or (
                slot.name == "removed_on" and ("removed_on" in machine.facts or machine.facts.get("state") == "removed")
            )
            for slot in self.of_machine
        ) or self._told_removed(machine)
        return machine.present is not False or says

    def _also(self, slot: Slot, known: Field) -> tuple[str, ...]:
        """What no other column tells and this one may tell beside its own."""
        if known.path in ("equipment.name", "equipment.kind"):
            return self.also
        return tuple(name for name in BESIDE.get(known.path, ()) if (slot.section, slot.kind, name) not in self.told)

    def _told_removed(self, machine: Equipment) -> bool:
        """Whether only its words can say that it is gone."""
        removed = machine.facts.get("state") == "removed"
        return removed and ("state" in self.also or any(self._counts_removed(one, machine) for one in self.blocks))

    def _counts_removed(self, block: str | None, machine: Equipment) -> bool:
        says = counted(self.blocks[block][0]) if block else {}
        return says.get("state") == "removed" and fits(self.blocks[block], machine)

    def _fill(self, slot: Slot, subject: Subject, row: int, last: int) -> None:
        known = field_of(slot.column.field or "")
        question = self.questions.get((subject.id, slot.name))
        disputed = slot.name in subject.disputed
        found = () if disputed else ways(slot, known, subject.facts, self._also(slot, known), named=self.named)
        dated = any(one.name == "removed_on" for one in self.of_machine)
        if isinstance(subject, Equipment) and subject.present is False and self._told_removed(subject) and not dated:
            found = tuple(way for way in found if slot.name not in ("name", "kind") or "state" in way.states)
        if found or question or disputed:
            note = _note(question, disputed=disputed) if question or disputed else ""
            asked = question is not None or disputed
            self.filled.append(
                Filled((row, slot.at), last, slot.section, subject.id, slot.name, found, asked=asked, note=note)
            )


def _note(question: Asked | None, *, disputed: bool) -> str:
    """What is asked of a cell, in words; each claim with its source."""
    lines = [question.question] if question and question.question else []
    claims = question.claims if question else ()
    if disputed:
        lines.append("各来源说法不一，请核实后填写：" if claims else "各来源说法不一，请核实后填写。")
    lines += [_claimed(claim) for claim in claims]
    return "\n".join(lines) or "请核实后填写。"


def _claimed(claim: Statement) -> str:
    said = label(claim.section, claim.field, claim.value)
    return f"· {claim.source}：{said}（{claim.evidence.file} {claim.evidence.place}，{claim.day.isoformat()}）"
