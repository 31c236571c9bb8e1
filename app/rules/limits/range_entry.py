"""The conditions of a limit file's entry, checked against the facts that there are."""

from __future__ import annotations

from app.domain.measures import CIRCUMSTANCES, MEASURES
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS
from app.rules.entries import Entry
from app.rules.limits.amounts import ORDERINGS
from app.rules.limits.ranges import OPS, Condition, Conditions
from app.rules.yaml_blocks import Block


def conditions_of(entry: Entry, key: str) -> Conditions:
    """Those under a key: `field: value`, `field: [values]`, or `field: {lte: 1}`; none where the key is missing."""
    inner = entry.entry(key)
    return read_conditions(inner) if inner else Conditions()


def read_conditions(inner: Entry) -> Conditions:
    """Every key of an entry as a condition."""
    parts: list[Condition] = []
    for name in inner.block:
        inner.taken.add(name)
        if not _known(name):
            inner.fault(name, f"没有“{name}”这个字段")
            continue
        parts += _parts(inner, name, inner.block[name])
    return Conditions(tuple(parts))


def _parts(inner: Entry, name: str, raw: object) -> list[Condition]:
    if isinstance(raw, Block):
        return [part for op, value in raw.items() if (part := _one(inner, name, op, value))]
    found = _one(inner, name, "in" if isinstance(raw, list) else "eq", raw)
    return [found] if found else []


def _one(inner: Entry, name: str, op: str, raw: object) -> Condition | None:
    if op not in OPS:
        inner.fault(name, f"不认识的比较“{op}”，可以是：{'、'.join(OPS)}")
        return None
    values: list[Value] = [
        one for one in (raw if isinstance(raw, list) else [raw]) if isinstance(one, (str, int, float))
    ]
    if not values or isinstance(raw, list) is not (op in ("in", "not_in")):
        inner.fault(name, f"“{name}”的值不对")
        return None
    for value in values:
        if op in ORDERINGS and op not in ("eq", "ne") and isinstance(value, (str, bool)):
            inner.fault(name, f"“{name}”比较大小要用数字")
            return None
        words = _words(name)
        if words is not None and op != "mentions" and value not in words:
            inner.fault(name, f"“{name}”没有“{value}”这个值，可以是：{'、'.join(words)}")
            return None
    return Condition(name, op, tuple(values) if isinstance(raw, list) else values[0])


def _known(name: str) -> bool:
    section, _, bare = name.rpartition(".")
    return name in MEASURES or name in CIRCUMSTANCES or bare in SECTIONS.get(section or "equipment", {})


def _words(name: str) -> list[str] | None:
    """The words that a field takes; None where it takes any."""
    if name in CIRCUMSTANCES:
        kind = CIRCUMSTANCES[name][0]
        return None if isinstance(kind, str) else list(kind)
    section, _, bare = name.rpartition(".")
    known = SECTIONS.get(section or "equipment", {}).get(bare)
    return list(known.enum) if known is not None and known.enum is not None else None
