"""A predicate as SQL, whose TRUE, FALSE or NULL is the verdict that Python gives over the same facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import inf, nextafter

from sqlalchemy import Boolean, ColumnElement, Double, and_, case, cast, false, func, literal, not_, null, or_, true

from app.domain.statement import Value, same_value
from app.domain.vocabulary import Field
from app.rules.predicate import (
    MODELS,
    ORDERINGS,
    SERIES_ENDS,
    AllOf,
    AnyOf,
    Comparison,
    Not,
    Operand,
    Predicate,
    plain_model,
)
from app.store.bare import Bare, PlainModel, bare_text


@dataclass(frozen=True, slots=True)
class Stated:
    """Where SQL finds a fact: its field and its column; of days the first and last, and whether any are stated."""

    field: Field
    column: ColumnElement[object]
    until: ColumnElement[object] | None = None
    there: ColumnElement[object] | None = None


#: Where the fact of a path is; None where the tables have no such fact, so that it is never stated.
Finding = Callable[[str], Stated | None]

#: It cannot be told, whatever is stated.
_UNKNOWN = cast(null(), Boolean)


def verdict_of(predicate: Predicate, find: Finding) -> ColumnElement[bool]:
    """The predicate over the columns that `find` gives."""
    if isinstance(predicate, AllOf):
        return and_(true(), *(verdict_of(part, find) for part in predicate.parts))
    if isinstance(predicate, AnyOf):
        return or_(false(), *(verdict_of(part, find) for part in predicate.parts))
    if isinstance(predicate, Not):
        return not_(verdict_of(predicate.part, find))
    if not isinstance(predicate, Comparison):
        raise TypeError(f"no SQL for {predicate!r}")
    stated = find(predicate.field)
    return _UNKNOWN if stated is None else _compared(stated, predicate.op, predicate.value)


def _compared(stated: Stated, op: str, value: Operand) -> ColumnElement[bool]:
    if stated.until is not None:
        return _of_days(stated, op, value)
    if op in ORDERINGS:
        return _ordered(stated, op, value)
    if op in ("eq", "ne"):
        same = _never(stated) if isinstance(value, tuple) else _same(stated, value)
        return same if op == "eq" else not_(same)
    if op in ("in", "not_in"):
        among = _among(stated, value if isinstance(value, tuple) else ())
        return among if op == "in" else not_(among)
    if op in MODELS:
        return _of_models(stated, op, value if isinstance(value, tuple) else ())
    raise TypeError(f"no SQL for the comparison {op}")


def _never(stated: Stated) -> ColumnElement[bool]:
    """No, of whatever is stated: a number is not a text."""
    there = stated.column if stated.there is None else stated.there
    return case((there.is_not(None), false()), else_=null())


def _among(stated: Stated, values: tuple[Value, ...]) -> ColumnElement[bool]:
    if stated.field.enum is not None and all(isinstance(value, str) for value in values) and values:
        return stated.column.in_(values)
    found = [_same(stated, value) for value in values]
    return or_(*found) if found else _never(stated)


def _same(stated: Stated, value: Value | date) -> ColumnElement[bool]:
    """Equal as `same_value` has it."""
    column, kind = stated.column, stated.field.type
    if kind == "bool":
        return column == literal(value, Boolean()) if isinstance(value, bool) else _never(stated)
    if kind in ("int", "decimal"):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return _never(stated)
        least, most = around(float(value))
        return column.between(_number(least), _number(most))
    if not isinstance(value, str):
        return _never(stated)
    return column == value if stated.field.enum is not None else Bare(column) == bare_text(value)


def _ordered(stated: Stated, op: str, value: Operand) -> ColumnElement[bool]:
    """Larger or smaller by more than rounding, or equal within it."""
    if isinstance(value, date):
        return _UNKNOWN
    if isinstance(value, (bool, tuple)) or not isinstance(value, (int, float)):
        return _never(stated)
    if stated.field.type not in ("int", "decimal"):
        return _never(stated)
    column, (least, most) = stated.column, around(float(value))
    orders = {
        "gt": lambda: column > _number(most),
        "gte": lambda: column >= _number(least),
        "lt": lambda: column < _number(least),
        "lte": lambda: column <= _number(most),
    }
    return orders[op]()


def _number(value: float) -> ColumnElement[float]:
    """A double, also where the column is of whole numbers."""
    return literal(value, Double())


@lru_cache(maxsize=10_000)
def around(value: float) -> tuple[float, float]:
    """The least and the largest number that say the same as this one, so that plain comparisons are tolerant ones."""
    reach = 3e-9 * max(1.0, abs(value))
    return _last_same(value, value - reach), _last_same(value, value + reach)


def _last_same(value: float, beyond: float) -> float:
    """The number farthest towards `beyond`, which is not the same, that still is."""
    same = value
    while nextafter(same, inf if beyond > same else -inf) != beyond:
        middle = same + (beyond - same) / 2
        if middle in (same, beyond):
            break
        if same_value(middle, value):
            same = middle
        else:
            beyond = middle
    return same


def _of_days(stated: Stated, op: str, value: Operand) -> ColumnElement[bool]:
    """Days stated as an interval against a day: yes or no where all or none of them are so, else it cannot be told."""
    since, until = stated.column, stated.until
    if op not in ORDERINGS or not isinstance(value, date):
        return not_(_never(stated)) if op in ("ne", "not_in") else _never(stated)
    if until is None:
        raise TypeError("days have a last one")
    sides = {
        "gte": (since >= value, until < value),
        "gt": (since > value, until <= value),
        "lt": (until < value, since >= value),
        "lte": (until <= value, since > value),
    }
    yes, no = sides[op]
    return case((yes, true()), (no, false()), else_=null())


def _of_models(stated: Stated, op: str, values: tuple[Value, ...]) -> ColumnElement[bool]:
    """One of these models, or of one of these series: its name, and then something that no longer name begins with."""
    if stated.field.enum is None and stated.field.type not in ("text", "code"):
        return _never(stated)
    model = PlainModel(stated.column)
    names = [plain_model(value) for value in values if isinstance(value, str)]
    if not names:
        return _never(stated)
    if op == "model_in":
        return model.in_(names)
    further = ((name, func.substr(model, len(name) + 1, 1)) for name in names)
    begun = (and_(func.substr(model, 1, len(name)) == name, rest.in_(list(SERIES_ENDS))) for name, rest in further)
    return or_(model.in_(names), *begun)
