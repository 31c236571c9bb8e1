"""The conditions of a limit file's entry, checked against the facts that there are."""

from __future__ import annotations

from app.domain.measures import CIRCUMSTANCES, MEASURES
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS
from app.rules.conditions import misfit
from app.rules.entries import Entry
from app.rules.limits.amounts import ORDERINGS, amount
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
        if not raw:
            inner.fault(name, f"“{name}”没有写条件")
        return [part for op, value in raw.items() if (part := _one(inner, name, op, value))]
    found = _one(inner, name, "in" if isinstance(raw, list) else "eq", raw)
    return [found] if found else []


def _one(inner: Entry, name: str, op: str, raw: object) -> Condition | None:
    if op not in OPS:
        inner.fault(name, f"不认识的比较“{op}”，可以是：{'、'.join(OPS)}")
        return None
    if isinstance(raw, list) is not (op in ("in", "not_in")):
        inner.fault(name, f"“{name}”的值不对：in、not_in 写列表，别的比较写一个值")
        return None
    values: list[Value] = []
    for value in raw if isinstance(raw, list) else [raw]:
        why = _strange(name, op, value)
        if why or not isinstance(value, (str, int, float)):
            inner.fault(name, why or f"“{name}”的值应为文字或数字")
            return None
        values.append(value)
    if not values:
        inner.fault(name, f"“{name}”没有写值")
        return None
    return Condition(name, op, tuple(values) if isinstance(raw, list) else values[0])


def _strange(name: str, op: str, value: object) -> str | None:
    """Why a condition could never hold, or means nothing; None where it is sound."""
    if op == "mentions":
        return None if isinstance(value, str) and value.strip() else f"“{name}”提到的应为文字"
    if op in ORDERINGS and op not in ("eq", "ne") and amount(value) is None:
        return f"“{name}”比较大小要用数字"
    return misfit_of(name, value)


def misfit_of(name: str, value: object) -> str | None:
    """Why there is no such fact, or it never has the value; None where it may."""
    if not _known(name):
        return f"没有“{name}”这个字段"
    if name in MEASURES:
        return None if amount(value) is not None else f"“{name}”的值应为数字"
    if name in CIRCUMSTANCES:
        return _misfit_beside(name, value)
    section, _, bare = name.rpartition(".")
    return misfit(SECTIONS[section or "equipment"][bare], value)


def _misfit_beside(name: str, value: object) -> str | None:
    """The same of a circumstance."""
    kind = CIRCUMSTANCES[name][0]
    if not isinstance(kind, str):
        return None if value in kind else f"“{name}”没有“{value}”这个值，可以是：{'、'.join(kind)}"
    fits = {"decimal": amount(value) is not None, "bool": isinstance(value, bool), "text": isinstance(value, str)}
    words = {"decimal": "数字", "bool": " true 或 false", "text": "文字"}
    return None if fits[kind] else f"“{name}”的值应为{words[kind]}"


def _known(name: str) -> bool:
    section, _, bare = name.rpartition(".")
    return name in MEASURES or name in CIRCUMSTANCES or bare in SECTIONS.get(section or "equipment", {})
