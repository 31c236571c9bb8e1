"""From the `when` of a catalogue file to a predicate, with every comparison checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, Field
from app.rules.entries import Faults
from app.rules.predicate import OPERATORS, ORDERINGS, AllOf, AnyOf, Comparison, Not, Operand, Predicate
from app.rules.yaml_blocks import Block

_SETS = ("in", "not_in")


def field_of(path: str) -> Field | None:
    """The vocabulary's field of a path as predicates write it; None where it has no name there."""
    section, _, name = path.rpartition(".")
    return SECTIONS.get(section or "equipment", {}).get(name)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Reads the conditions of one clause. `same_as` gives another clause's predicate, or None where there is none."""

    clause: str
    faults: Faults
    same_as: Callable[[str], Predicate | None]

    def read(self, node: object, line: int) -> Predicate | None:
        """The predicate, or None after a fault."""
        if not isinstance(node, Block):
            return self._fault(line, "条件应为 all、any、not、same_as 或 field/op/value 之一")
        if set(node) == {"field", "op", "value"}:
            return self._comparison(node)
        if len(node) != 1:
            return self._fault(node.line, f"条件里不能同时写：{'、'.join(node) or '（空）'}")
        word, inner = next(iter(node.items()))
        if word in ("all", "any"):
            return self._joined(word, inner, node.line_of(word))
        if word == "not":
            part = self.read(inner, node.line_of(word))
            return Not(part) if part else None
        if word == "same_as":
            return self._same_as(inner, node.line)
        return self._fault(node.line, f"不认识的条件“{word}”，可以是：all、any、not、same_as 或 field/op/value")

    def _fault(self, line: int, reason: str) -> Predicate | None:
        self.faults.add(line, f"{self.clause}：{reason}")
        return None

    def _joined(self, word: str, inner: object, line: int) -> Predicate | None:
        if not isinstance(inner, list) or not inner:
            return self._fault(line, f"“{word}”下面应有一个以上的条件")
        parts = [self.read(part, line) for part in inner]
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts):
            return None
        return AllOf(known) if word == "all" else AnyOf(known)

    def _same_as(self, inner: object, line: int) -> Predicate | None:
        other = self.same_as(inner) if isinstance(inner, str) else None
        if other is None:
            return self._fault(line, f"same_as 所指的条款“{inner}”不存在、没有条件，或绕回了自己")
        return other

    def _comparison(self, node: Block) -> Predicate | None:
        path, op, raw = node["field"], node["op"], node["value"]
        if not isinstance(path, str) or not path:
            return self._fault(node.line_of("field"), "field 应为字段名称")
        if not isinstance(op, str) or op not in OPERATORS:
            return self._fault(node.line_of("op"), f"不认识的比较“{op}”，可以是：{'、'.join(OPERATORS)}")
        value = _operand(raw)
        if value is None or isinstance(value, tuple) is not (op in _SETS):
            wanted = "一个以上的值的列表" if op in _SETS else "一个值（文字、数字、true 或 false）"
            return self._fault(node.line_of("value"), f"{path} {op} 的值应为{wanted}")
        wrong = _unfit(field_of(path), op, value)
        if wrong:
            return self._fault(node.line_of("value"), f"{path}：{wrong}")
        return Comparison(path, op, value)


def _operand(raw: object) -> Operand | None:
    if isinstance(raw, list):
        values = tuple(item for item in raw if isinstance(item, (str, int, float)))
        return values if values and len(values) == len(raw) else None
    return raw if isinstance(raw, (str, int, float)) else None


def _unfit(field: Field | None, op: str, value: Operand) -> str | None:
    """Why a field cannot be compared so; None where it can, or where the vocabulary lacks it (a dormant clause)."""
    values = value if isinstance(value, tuple) else (value,)
    if op in ORDERINGS and not all(_number(one) for one in values):
        return f"比较大小（{op}）要用数字"
    if field is None:
        return None
    if op in ORDERINGS and field.type not in ("int", "decimal"):
        return f"“{field.zh}”不是数字，不能比较大小"
    return next((reason for one in values if (reason := _misfit(field, one))), None)


def _misfit(field: Field, value: Value) -> str | None:
    if field.enum is not None:
        return None if value in field.enum else f"“{field.zh}”没有“{value}”这个值，可以是：{'、'.join(field.enum)}"
    if field.type == "bool":
        return None if isinstance(value, bool) else f"“{field.zh}”的值应为 true 或 false"
    if field.type in ("int", "decimal"):
        return None if _number(value) else f"“{field.zh}”的值应为数字"
    if field.type == "date":
        return f"“{field.zh}”是日期，条款的条件不能比较日期"
    return None if isinstance(value, str) else f"“{field.zh}”的值应为文字"


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
