"""A roster laid out: a line a machine, the firm's cells over all its lines, disputed cells without a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.statement import Statement
from app.domain.vocabulary import SECTIONS, Field, label
from app.domain.vocabulary import field as field_of
from reports.template.beside import BESIDE
from reports.template.columns import TemplateColumn, default_column, firms_of
from reports.template.content import HEAD_ROW, About, Apart, Asked, Filled, Line, Page, Place, Roster, Slot, Way
from reports.template.machines_page import machines_page
from reports.template.pages import pages_of
from reports.template.slots import counted, fits, slots_of, speaks_of
from reports.template.units import sized
from reports.template.ways import ways

#: What a machine's words may tell beside its name.
_IN_WORDS = ("quantity", "capacity_t", "melt_rate_t_per_h", "power_kw", "shell", "frequency", "yoke", "state")
#: The sizes that may stand in a model's column beside one of units.
_SIZES = ("capacity_t", "transformer_kva")
NOTHING_APART = Apart()
_HELD = {"permit": "permits", "plan": "plans", "action": "actions"}


def laid_out(
    snapshot: Snapshot,
    township: str,
    columns: Sequence[TemplateColumn],
    asked: Iterable[Asked],
    about: About,
    apart: Apart = NOTHING_APART,
    sections: Collection[str] = (),
) -> Roster:
    """The roster of a township. A fact in question that no column tells gets a column of its own at the right.

    `sections`: what it tells of on its pages, though its columns do not.
    """
    firms = firms_of(snapshot, township)
    questions = {(one.subject, one.field): one for one in asked}
    own = slots_of(columns)
    slots = slots_of((*columns, *_added(own, firms, questions, apart)))
    slots = tuple(slot if slot.at < len(own) else replace(slot, added=True) for slot in slots)
    laying = _laid(slots, firms, questions, apart)
    place = f"{about.county}{township}"
    of = {*sections, *(slot.section for slot in slots)}
    pages = pages_of(place, firms, of, laying.told_of_papers(), questions, _note)
    pages = (*machines_page(place, [one for one in firms if one.id in apart.firms], questions, _note), *pages)
    filled = (*laying.filled, *laying.pointing(pages))
    return Roster(about, township, slots, tuple(laying.lines), filled, tuple(laying.numbers), pages)


def _laid(
    slots: tuple[Slot, ...],
    firms: Iterable[Enterprise],
    questions: Mapping[tuple[str, str], Asked],
    apart: Apart,
) -> _Laying:
    head_rows = max((len(slot.path) for slot in slots), default=1)
    laying = _Laying(slots, questions, apart, HEAD_ROW + head_rows)
    for number, firm in enumerate(firms, start=1):
        laying.lay(firm, number)
    return laying


def _added(
    slots: tuple[Slot, ...], firms: Sequence[Enterprise], questions: Mapping[tuple[str, str], Asked], apart: Apart
) -> Iterator[TemplateColumn]:
    """Columns for what is asked and no column tells, of machines only where a line tells of one machine.

    Where no column tells of machines at all, their names come first, so that it can be seen which is meant.
    """
    told = {slot.column.field for slot in slots}
    lines = _laid(slots, firms, questions, apart).lines
    named = any(slot.section == "equipment" for slot in slots)
    listed = {id(line.machines[None]) for line in lines if None in line.machines}
    missing: dict[str, None] = {}
    for firm in firms:
        there = firm.equipment if firm.id not in apart.firms else ()
        machines = (one for one in there if (id(one) in listed if named else one.present is not False))
        for section, subject in (("enterprise", firm), *(("equipment", machine) for machine in machines)):
            for name in SECTIONS[section]:
                if f"{section}.{name}" not in told and (subject.id, name) in questions:
                    missing[f"{section}.{name}"] = None
    if not named and any(path.startswith("equipment.") for path in missing):
        yield default_column("equipment.name")
        missing.pop("equipment.name", None)
    yield from (default_column(path) for path in missing)


@dataclass
class _Laying:
    """The lines and cells so far. `row`: of the next line."""

    slots: tuple[Slot, ...]
    questions: Mapping[tuple[str, str], Asked]
    apart: Apart
    row: int

    def __post_init__(self) -> None:
        self.lines: list[Line] = []
        self.elsewhere: list[tuple[Filled, tuple[Subject, ...]]] = []
        self.unit_of = {slot.at - 1: slot for slot in self.slots if slot.unit_of}
        self.filled: list[Filled] = []
        self.numbers: list[tuple[Place, int, int]] = []
        self.of_firm = [slot for slot in self.slots if slot.section and slot.section != "equipment"]
        self.of_machine = [slot for slot in self.slots if slot.section == "equipment"]
        self.worded = [slot for slot in self.of_machine if slot.name in ("name", "kind")]
        self.blocks: dict[str | None, list[Slot]] = {}
        for slot in self.of_machine:
            self.blocks.setdefault(slot.block, []).append(slot)
        told = {slot.name for slot in self.of_machine}
        self.named = told >= {"name", "kind"}
        self.also = tuple(name for name in _IN_WORDS if name not in told) if self.worded else ()
        self.told = {(slot.section, slot.kind, slot.name) for slot in self.slots}

    def lay(self, firm: Enterprise, number: int) -> None:
        """The lines of a firm."""
        away = firm.id in self.apart.firms
        machines = () if away else self._machines(firm)
        lines = [Line(firm, number, one) for one in machines] or [Line(firm, number)]
        first, last = self.row, self.row + len(lines) - 1
        for slot in self.of_machine[:1] if away else ():
            empty = Filled(Place(first, slot.at), last, slot.section, firm.equipment[0].id, slot.name)
            self.elsewhere.append((empty, firm.equipment))
        for slot in self.slots:
            if slot.serial:
                self.numbers.append((Place(first, slot.at), last, number))
        for slot in self.of_firm:
            held = self._held(firm, slot)
            alone = len(held) == 1 and (held[0].id, slot.name) not in self.apart.facts
            if alone:
                self._fill(slot, held[0], first, last)
            elif held:
                empty = Filled(Place(first, slot.at), last, slot.section, held[0].id, slot.name)
                self.elsewhere.append((empty, tuple(held)))
        for row, line in enumerate(lines, start=first):
            for block, machine in line.machines.items():
                for slot in self.blocks.get(block, ()):
                    if not self._is_of_others(slot, machine):
                        self._fill(slot, machine, row, row)
        self.lines += lines
        self.row = last + 1

    def _is_of_others(self, slot: Slot, machine: Equipment) -> bool:
        """Whether another column for machines in words speaks of this one: 变压器 beside 熔化设备 and 其他设备."""
        alike = [one for one in self.worded if (one.name, one.block) == (slot.name, slot.block)]
        if slot not in alike or len(alike) < 2:
            return False
        return max(alike, key=lambda one: speaks_of(one, machine)) is not slot

    def told_of_papers(self) -> set[tuple[str, str]]:
        """The facts of permits and actions that the roster tells."""
        of_papers = [one for one in self.filled if one.section in ("permit", "action")]
        told = {(one.subject, one.name) for one in of_papers}
        return told | {(one.subject, name) for one in of_papers for way in one.ways[:1] for name in way.states}

    def pointing(self, pages: Iterable[Page]) -> Iterator[Filled]:
        """The empty cells of what stands on a page, each saying so."""
        page_of = {one.subject: page.name for page in reversed(tuple(pages)) for one in page.filled}
        for empty, held in self.elsewhere:
            named = list(dict.fromkeys(page_of[one.id] for one in held if one.id in page_of))
            if named:
                many = f"登记库里有{len(held)}件，" if len(held) > 1 else ""
                where = "、".join(f"“{name}”" for name in named)
                yield replace(empty, note=f"{many}见{where}表，请在那里核对；这一格空着即不改动。")

    def _held(self, firm: Enterprise, slot: Slot) -> Sequence[Subject]:
        """Of whom a firm's column tells: the firm, its only plan, its only permit or action of the kind."""
        if slot.section == "enterprise":
            return (firm,)
        held: Sequence[Subject] = getattr(firm, _HELD[slot.section])
        if slot.section != "plan":
            named = {one.kind for one in self.of_firm if one.section == slot.section} - {""}
            held = [
                one
                for one in held
                if (one.facts.get("kind") == slot.kind if slot.kind else one.facts.get("kind") not in named)
            ]
        return held

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
        return machine.present is not False or (says and machine.id not in self.apart.unlisted)

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
        size = self._size(slot, subject)
        also = tuple(name for name in self._also(slot, known) if not self._beside_model(name, subject))
        found = () if disputed else ways(slot, known, subject.facts, also, named=self.named)
        if size and not disputed:
            found = (size[0], *found) if slot.name == "model" else found
            self.filled.append(
                Filled(Place(row, slot.at + 1), last, slot.section, subject.id, size[0].states[0], size[1:])
            )
        dated = any(one.name == "removed_on" for one in self.of_machine)
        if isinstance(subject, Equipment) and subject.present is False and self._told_removed(subject) and not dated:
            found = tuple(way for way in found if slot.name not in ("name", "kind") or "state" in way.states)
        if found or question or disputed:
            asked = question is not None or disputed
            note = _note(question, disputed) if asked else ""
            place = Place(row, slot.at)
            self.filled.append(Filled(place, last, slot.section, subject.id, slot.name, found, asked=asked, note=note))

    def _size(self, slot: Slot, subject: Subject) -> tuple[Way, Way] | None:
        """A size and its unit, where a column of units stands beside; for want of a model its column has a size."""
        if slot.at not in self.unit_of or slot.name in subject.disputed:
            return None
        names: tuple[str, ...] = ("capacity_t",)
        if slot.name == "model":
            names = () if "model" in subject.facts else _SIZES
        for name in names:
            value = subject.facts.get(name)
            known = SECTIONS["equipment"][name]
            unit = slot.column.unit if slot.name == name else None
            found = sized(known, value, unit) if isinstance(value, (int, float)) else None
            if found and (slot.name == name or ("equipment", "", name) not in self.told):
                return Way(found[0], (name,)), Way(found[1], ())
        return None

    def _beside_model(self, name: str, subject: Subject) -> bool:
        """Whether a machine's size stands in its model's column, so that no words need to tell it."""
        found = (self._size(slot, subject) for slot in self.of_machine if slot.name == "model")
        return any(one is not None and name in one[0].states for one in found)


def _note(question: Asked | None, disputed: bool) -> str:
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
