"""From the `when` of a catalogue file to a predicate, with every comparison checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.masking import PERSONAL
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, Field
from app.rules.entries import Faults
from app.rules.predicate import (
    MODELS,
    OPERATORS,
    ORDERINGS,
    SETS,
    AllOf,
    AnyOf,
    Comparison,
    Not,
    Operand,
    Predicate,
    plain_model,
)
from app.rules.yaml_blocks import Block

#: Written as one comparison, read as two: not below the first value, not above the second.
BETWEEN = "between"


_LARGEST = 1e15

#: A clause names a handful of values. Many more are a slip, or are meant to tire whoever reckons by it.
_MOST_VALUES = 300

#: Whoever reckons by a predicate goes down it by recursion.
_DEEPEST = 40


def field_of(path: str) -> Field | None:
    """The vocabulary's field of a path as predicates write it; None where it has no name there.

    Nothing asks who is a firm's contact: that is kept sealed.
    """
    section, _, name = path.rpartition(".")
    return None if name in PERSONAL else SECTIONS.get(section or "equipment", {}).get(name)


@dataclass(slots=True)
class Conditions:
    """Reads the conditions of one clause. `same_as` gives another clause's predicate, or None where there is none.

    `values`: how many it has named so far.
    """

    clause: str
    faults: Faults
    same_as: Callable[[str], Predicate | None]
    values: int = 0

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
            return self._fault(line, f"same_as 所指的条款“{inner}”不存在、没有条件，绕回了自己，或层层转引太多")
        return self._counted(other, line)

    def _counted(self, found: Predicate, line: int) -> Predicate | None:
        """The same, as long as the clause names few enough values and nests little enough."""
        before = self.values
        self.values += sum(len(one.value) if isinstance(one.value, tuple) else 1 for one in found.comparisons())
        if before <= _MOST_VALUES < self.values:
            return self._fault(line, f"条件里的值太多（超过 {_MOST_VALUES} 个），请分成几个条款")
        if _depth(found) > _DEEPEST:
            return self._fault(line, f"条件层次太深（超过 {_DEEPEST} 层）")
        return found if self.values <= _MOST_VALUES else None

    def models(self, models: object, series: object, line: int) -> Predicate | None:
        """The predicate of a clause's `models` and `series`: the machine is one of these; None after a fault."""
        parts: list[Predicate] = []
        for word, given in (("model_in", models), ("series_in", series)):
            if given is None:
                continue
            value = _operand(given)
            if not isinstance(value, tuple) or not all(isinstance(one, str) for one in value):
                return self._fault(line, "models 和 series 应为型号的列表（加引号的文字）")
            parts.append(Comparison("model", word, _models(word, value)))
        return self._counted(parts[0] if len(parts) == 1 else AnyOf(tuple(parts)), line)

    def _comparison(self, node: Block) -> Predicate | None:
        path, op, raw = node["field"], node["op"], node["value"]
        if not isinstance(path, str) or not path:
            return self._fault(node.line_of("field"), "field 应为字段名称")
        if op == BETWEEN:
            return self._between(node, path, raw)
        if not isinstance(op, str) or op not in OPERATORS:
            known = "、".join((*OPERATORS, BETWEEN))
            return self._fault(node.line_of("op"), f"不认识的比较“{op}”，可以是：{known}")
        value = _operand(raw)
        if value is None or isinstance(value, tuple) is not (op in SETS):
            wanted = "一个以上的值的列表" if op in SETS else "一个值（文字、数字、日期、true 或 false）"
            return self._fault(node.line_of("value"), f"{path} {op} 的值应为{wanted}")
        return self._checked(node, path, op, value)

    def _between(self, node: Block, path: str, raw: object) -> Predicate | None:
        """Both ends count."""
        ends = raw if isinstance(raw, list) and len(raw) == 2 else []
        first, last = (_operand(end) for end in ends) if ends else (None, None)
        if not (_number(first) and _number(last)) and not (isinstance(first, date) and isinstance(last, date)):
            return self._fault(node.line_of("value"), f"{path} between 的值应为两个数字或两个日期：[下限, 上限]")
        if first > last:  # type: ignore[operator]
            return self._fault(node.line_of("value"), f"{path} between 的下限大于上限")
        at_least = self._checked(node, path, "gte", first)
        at_most = at_least and self._checked(node, path, "lte", last)
        return AllOf((at_least, at_most)) if at_least and at_most else None

    def _checked(self, node: Block, path: str, op: str, value: Operand | None) -> Predicate | None:
        """The comparison, where the field can be compared so."""
        if value is None:
            return None
        wrong = _unfit(field_of(path), op, value)
        if wrong:
            return self._fault(node.line_of("value"), f"{path}：{wrong}")
        value = _models(op, value) if op in MODELS and isinstance(value, tuple) else value
        return self._counted(Comparison(path, op, value), node.line)


def _depth(predicate: Predicate) -> int:
    if isinstance(predicate, Not):
        return 1 + _depth(predicate.part)
    if isinstance(predicate, AllOf | AnyOf):
        return 1 + max(map(_depth, predicate.parts))
    return 1


def _models(op: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Models as they are compared; a whole model may have 型 after it, as a series may by itself."""
    plain = [plain_model(str(one)) for one in values]
    return tuple(dict.fromkeys(plain if op == "series_in" else [form for one in plain for form in (one, f"{one}型")]))


def _operand(raw: object) -> Operand | None:
    if isinstance(raw, list):
        values = tuple(item for item in raw if isinstance(item, (str, int, float)))
        return values if values and len(values) == len(raw) else None
    return raw if isinstance(raw, (str, int, float, date)) else None


def _unfit(field: Field | None, op: str, value: Operand) -> str | None:
    """Why a field cannot be compared so; None where it can, or where the vocabulary lacks it (a dormant clause)."""
    values = value if isinstance(value, tuple) else (value,)
    if op in MODELS:
        return _no_model(field, values)
    if (isinstance(value, date) or (field and field.type == "date")) and op not in ORDERINGS:
        return f"日期只能比较先后：{'、'.join(sorted(ORDERINGS))}、{BETWEEN}"
    if op in ORDERINGS and not all(_number(one) or isinstance(one, date) for one in values):
        return f"比较大小（{op}）要用数字或日期"
    if field is None:
        return None
    if op in ORDERINGS and field.type not in ("int", "decimal", "date"):
        return f"“{field.zh}”不是数字，也不是日期，不能比较大小"
    return next((reason for one in values if (reason := misfit(field, one))), None)


def _no_model(field: Field | None, values: tuple[object, ...]) -> str | None:
    if not all(isinstance(one, str) and plain_model(one) for one in values):
        return "型号应为文字（加引号）"
    return None if field is None or field.type == "text" else f"“{field.zh}”不是文字，不能比较型号"


def misfit(field: Field, value: object) -> str | None:
    """Why a field never has a value; None where it may."""
    if field.enum is not None:
        return None if value in field.enum else f"“{field.zh}”没有“{value}”这个值，可以是：{'、'.join(field.enum)}"
    if field.type == "bool":
        return None if isinstance(value, bool) else f"“{field.zh}”的值应为 true 或 false"
    if field.type in ("int", "decimal"):
        return None if _number(value) else f"“{field.zh}”的值应为数字"
    if field.type == "date":
        return None if isinstance(value, date) else f"“{field.zh}”的值应为日期，例如 2024-02-01"
    return None if isinstance(value, str) else f"“{field.zh}”的值应为文字"


def _number(value: object) -> bool:
    """A number that every engine can hold."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -_LARGEST < value < _LARGEST
