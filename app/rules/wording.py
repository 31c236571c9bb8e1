"""A predicate in words, as an officer compares it with the paper: 频率类别为中频，且容量不小于 0.25 t。"""

from __future__ import annotations

from datetime import date

from app.domain.vocabulary import Field
from app.rules.conditions import field_of
from app.rules.predicate import AllOf, AnyOf, Comparison, Not, Predicate

_NUMBERS = {"gt": "大于", "gte": "不小于", "lt": "小于", "lte": "不大于"}
_DAYS = {"gt": "晚于", "gte": "不早于", "lt": "早于", "lte": "不晚于"}


def in_words(predicate: Predicate) -> str:
    """The whole predicate; what joins parts inside another joining stands in brackets."""
    if isinstance(predicate, Comparison):
        return _comparison(predicate)
    if isinstance(predicate, Not):
        return f"并非（{in_words(predicate.part)}）"
    if isinstance(predicate, AllOf | AnyOf):
        parts = _flat(predicate)
        joint = "，且" if isinstance(predicate, AllOf) else "，或"
        return joint.join(f"（{in_words(one)}）" if _joins(one) else in_words(one) for one in parts)
    raise TypeError(f"no predicate: {predicate!r}")


def _flat(joined: AllOf | AnyOf) -> list[Predicate]:
    """Its parts, with those that join alike taken apart: one and two, and three."""
    found: list[Predicate] = []
    for part in joined.parts:
        alike = isinstance(part, type(joined)) or (isinstance(part, AllOf | AnyOf) and len(part.parts) == 1)
        found += _flat(part) if alike and isinstance(part, AllOf | AnyOf) else [part]
    return found


def _joins(part: Predicate) -> bool:
    return isinstance(part, AllOf | AnyOf)


def field_words(path: str) -> str:
    """What officers call a fact; one that the vocabulary lacks, by its name in the file."""
    if path.startswith("kind:"):
        return f"设备类别“{path[5:]}”"
    field = field_of(path)
    if field is None:
        return f"“{path}”"
    return f"企业的{field.zh}" if field.section == "enterprise" else field.zh


def _comparison(one: Comparison) -> str:
    name, field = field_words(one.field), field_of(one.field)
    if isinstance(one.value, tuple):
        values = [value_words(field, value) for value in one.value]
        if one.op == "model_in":  # 3W-0.9/7 stands for 3W-0.9/7型 as well
            values = [value for value in values if not value.endswith("型") or value[:-1] not in values]
        return f"{name}{_among(one.op, values)}"
    if one.op in _NUMBERS:
        word = (_DAYS if isinstance(one.value, date) else _NUMBERS)[one.op]
        unit = f" {field.unit}" if field and field.unit else ""
        return f"{name}{word} {value_words(field, one.value)}{unit}"
    return f"{name}{'为' if one.op == 'eq' else '不为'}{value_words(field, one.value)}"


def _among(op: str, values: list[str]) -> str:
    if op == "series_in":
        return f"属 {'、'.join(values)} 系列"
    return f"{'不' if op == 'not_in' else ''}在 {'、'.join(values)} 之中" if len(values) > 1 else _single(op, values[0])


def _single(op: str, value: str) -> str:
    return f"{'不' if op == 'not_in' else ''}为{value}"


def value_words(field: Field | None, value: object) -> str:
    """A value of a field as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if field is not None and field.enum is not None:
        return field.enum.get(str(value), f"“{value}”")
    return f"{value:.15g}" if isinstance(value, float) else str(value)
