"""A register made of what a reading states, and a template's reading held against the register that it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.quarter import Quarter
from app.domain.register import AsOf, Enterprise, Equipment, Facts, Snapshot, Subject
from app.domain.statement import Value, same_value
from importers.container import open_bytes
from importers.reading import Reading, Record
from importers.roster import read_workbook
from reports.template import About, TemplateColumn, columns_of

TOWNSHIP = "新圩镇"
DAY = date(2025, 12, 31)
ABOUT = About("蓝山县", Quarter(2025, 4), "新圩镇人民政府")


def read(content: bytes) -> Reading:
    """A template's bytes, read as any roster."""
    return read_workbook(open_bytes(content, "模板.xlsx"))


def records(content: bytes) -> Sequence[Record]:
    """The firms that a template states."""
    return read(content).records


def snapshot_of(*firms: Enterprise) -> Snapshot:
    """A register of these firms."""
    return Snapshot("431127", AsOf(DAY, 1), firms)


def machine(id: str, facts: Facts) -> Equipment:
    """A machine; one that says that it is removed is there no more."""
    gone = facts.get("state") == "removed" or "removed_on" in facts
    return Equipment(id, facts, present=not gone)


def registered(found: Sequence[Record]) -> Snapshot:
    """What a register would hold that knew these records and nothing else."""
    return snapshot_of(*(_firm(f"f{number}", record) for number, record in enumerate(found)))


def _firm(id: str, record: Record) -> Enterprise:
    def things(section: str, entries: Sequence[Mapping[str, object]]) -> tuple[Subject, ...]:
        return tuple(Subject(f"{id}-{section}{at}", _values(one)) for at, one in enumerate(entries))

    return Enterprise(
        id,
        {**_values(record.enterprise), "township": TOWNSHIP},
        equipment=tuple(machine(f"{id}-m{at}", _values(one)) for at, one in enumerate(record.equipment)),
        permits=things("permit", record.permits),
        plans=things("plan", [record.plan] if record.plan else []),
        actions=things("action", record.actions),
    )


def _values(facts: Mapping[str, object]) -> dict[str, Value]:
    return {name: fact.value for name, fact in facts.items()}  # type: ignore[attr-defined]


def columns_read(reading: Reading, sheet: int = 0, table: int = 0) -> tuple[TemplateColumn, ...]:
    """The columns of a table as a reading's JSON lists them."""
    return columns_of(reading.as_dict()["sheets"][sheet]["tables"][table]["columns"])


@dataclass
class Compared:
    """A template's reading against its register: how many facts came back, which are gone, which are not so."""

    back: int = 0
    gone: list[tuple[str, str, Value]] = field(default_factory=list)
    wrong: list[tuple[str, str, Value]] = field(default_factory=list)


def compared(register: Snapshot, found: Sequence[Record]) -> Compared:
    """Hold the records, in the order of the register's firms, against it; each thing with the likest of its kind."""
    result = Compared()
    records = list(found)
    for firm in register.enterprises:
        own: dict[tuple[str, int], Record] = {}
        for one in records:
            if _is(one, firm):
                own.setdefault((one.sheet, one.table), one)
        records = [one for one in records if not any(one is other for other in own.values())]
        for known, stated in _pairs(firm, list(own.values())):
            _compare(result, firm, known, stated)
    for record in records:
        result.wrong.append((str(_values(record.enterprise).get("name")), "name", "nobody's record"))
    return result


def _is(record: Record, firm: Enterprise) -> bool:
    facts = _values(record.enterprise)
    codes = {facts.get("uscc"), firm.facts.get("uscc")} - {None}
    return same_value(facts.get("name"), firm.facts.get("name")) and len(codes) < 2


def _pairs(firm: Enterprise, records: Sequence[Record]) -> Iterator[tuple[Facts, Facts]]:
    """Each thing of the firm with what its records, one a table, state of it; nothing where they state none."""
    own = [_values(record.enterprise) for record in records] or [{}]
    yield firm.facts, own[0]
    for further in own[1:]:
        yield {name: value for name, value in firm.facts.items() if name in further}, further
    for held, tables in (
        (firm.equipment, [record.equipment for record in records]),
        (firm.permits, [record.permits for record in records]),
        (firm.plans, [[record.plan] if record.plan else [] for record in records]),
        (firm.actions, [record.actions for record in records]),
    ):
        yield from _paired([one.facts for one in held], [[_values(one) for one in stated] for stated in tables])


def _paired(known: Sequence[Facts], tables: Sequence[Sequence[Facts]]) -> Iterator[tuple[Facts, Facts]]:
    """Each thing with all that is stated of it, the likest of each table; what speaks of none stands alone."""
    told: list[dict[str, Value]] = [{} for _ in known]
    for stated in tables:
        ranked = sorted(
            ((_unlike(one, other), k, s) for k, one in enumerate(known) for s, other in enumerate(stated)),
            key=lambda pair: pair[0],
        )
        free_known, free_stated = set(range(len(known))), set(range(len(stated)))
        for _, k, s in ranked:
            if k in free_known and s in free_stated:
                free_known.remove(k)
                free_stated.remove(s)
                told[k] |= stated[s]
        yield from (({}, stated[s]) for s in sorted(free_stated))
    yield from zip(known, told, strict=True)


def _unlike(known: Facts, stated: Facts) -> tuple[int, int]:
    """How little two are one: facts that are not so, then facts that are not stated."""
    wrong = sum(not same_value(known.get(name), value) for name, value in stated.items())
    return wrong, len(known) - len(stated)


def _compare(result: Compared, firm: Enterprise, known: Facts, stated: Facts) -> None:
    for name, value in stated.items():
        if same_value(known.get(name), value):
            result.back += 1
        else:
            result.wrong.append((firm.name, name, value))
    for name, value in known.items():
        if name not in stated and name != "township":
            result.gone.append((firm.name, name, value))
