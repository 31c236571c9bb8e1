"""Where each field of the vocabulary lives, and how a value goes into columns and comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from json.encoder import JSONEncoder, encode_basestring
from typing import Any, NamedTuple

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.store.models import Base, Recorded, Stretch

_encoded = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode

PARTS = ("from", "to", "precision", "text")


class Home(NamedTuple):
    """A field's table and column; of days the column's stem, which `_from`, `_to`, `_precision`, `_text` follow."""

    model: type[Recorded]
    column: str


class Keeping(NamedTuple):
    """How a model keeps one fact: its columns, and whether they are the four of an interval of days."""

    columns: tuple[str, ...]
    days: bool


def table_name(model: type[Any]) -> str:
    """The name of a model's table."""
    return str(model.__tablename__)


def _models() -> list[type[Recorded]]:
    found = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Recorded)]
    return sorted(found, key=table_name)


def _homes() -> dict[tuple[str, str], Home]:
    homes: dict[tuple[str, str], Home] = {}
    for model in _models():
        for column in Base.metadata.tables[table_name(model)].columns:
            if "path" not in column.info:
                continue
            section, name = column.info["path"].split(".", 1)
            stem = column.name.removesuffix("_" + column.info["part"]) if "part" in column.info else column.name
            home = Home(model, stem)
            if homes.setdefault((section, name), home) != home:
                raise TypeError(f"two homes for {section}.{name}")
    return homes


def _keepings(model: type[Recorded]) -> dict[str, Keeping]:
    columns: dict[str, list[str]] = {}
    days: set[str] = set()
    for column in Base.metadata.tables[table_name(model)].columns:
        if "fact" in column.info:
            columns.setdefault(column.info["fact"], []).append(column.name)
            if "part" in column.info:
                days.add(column.info["fact"])
    return {name: Keeping(tuple(found), name in days) for name, found in columns.items()}


def _stated(model: type[Recorded]) -> tuple[tuple[str, Keeping], ...]:
    known = {column.info["fact"] for column in Base.metadata.tables[table_name(model)].columns if "path" in column.info}
    return tuple((name, keeping) for name, keeping in _KEEPINGS[model].items() if name in known)


_KEEPINGS = {model: _keepings(model) for model in _models()}
_STATED = {model: _stated(model) for model in _models()}

#: (section, field) → where it lives. Every field of the vocabulary has exactly one home.
HOMES: dict[tuple[str, str], Home] = _homes()


def keepings(model: type[Recorded]) -> Mapping[str, Keeping]:
    """The facts that a model keeps, by the name under which `amend` takes them: the field's, or its own (`present`)."""
    return _KEEPINGS[model]


def tables_of(section: str) -> tuple[type[Stretch], ...]:
    """The temporal tables that keep the facts of a section."""
    found = {home.model for (of, _), home in HOMES.items() if of == section and issubclass(home.model, Stretch)}
    return tuple(sorted(found, key=table_name))


def facts_of(row: Any, model: type[Recorded] | None = None) -> dict[str, Value]:
    """The facts that a row states, by field name; what it does not state is absent.

    `row` is a model's instance, or any row with its columns as attributes if `model` is given.
    """
    found: dict[str, Value] = {}
    for name, keeping in _STATED[model or type(row)]:
        value = _value(row, keeping)
        if value is not None:
            found[name] = value
    return found


def reader_of(model: type[Recorded]) -> Callable[[Sequence[Any]], dict[str, Value]]:
    """As `facts_of`, of rows with all columns of the table in its order; by their places, for there may be many."""
    places = {column.name: place for place, column in enumerate(Base.metadata.tables[table_name(model)].columns)}
    each = [(name, tuple(places[one] for one in keeping.columns), keeping.days) for name, keeping in _STATED[model]]
    plain = [(name, own[0]) for name, own, _ in each]

    def of_plain(row: Sequence[Any]) -> dict[str, Value]:
        return {name: value for name, place in plain if (value := row[place]) is not None}

    def of_days(row: Sequence[Any]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, own, days in each:
            value = row[own[2] if days else own[0]]
            if value is not None:
                found[name] = DateInterval(row[own[0]], row[own[1]], value, row[own[3]] or "") if days else value
        return found

    return of_days if any(days for *_, days in each) else of_plain


def disputed_of(row: Any) -> frozenset[str]:
    """The fields of a row that sources contradict each other about."""
    return frozenset(row.disputed.split(",")) if row.disputed else frozenset()


def columns_of(model: type[Recorded], name: str, value: Value | None) -> dict[str, Any]:
    """A fact as the columns that keep it.

    Raises:
        KeyError: when the model keeps no such fact.
        TypeError: when the value is not days where the fact is, or the other way round.
    """
    keeping = keepings(model)[name]
    if value is None:
        return dict.fromkeys(keeping.columns)
    if isinstance(value, DateInterval) is not keeping.days:
        raise TypeError(f"{table_name(model)}.{name} does not take {value!r}")
    if isinstance(value, DateInterval):
        return dict(zip(keeping.columns, (value.since, value.until, value.precision, value.text), strict=True))
    return {keeping.columns[0]: value}


def disputed_text(names: Collection[str]) -> str:
    """Disputed fields as the column keeps them."""
    return ",".join(sorted(names))


def to_json(value: Value) -> str:
    """A statement's value as the register keeps it; the same value always gives the same text."""
    if type(value) is str:
        return encode_basestring(value)
    return _encoded(value.as_dict() if isinstance(value, DateInterval) else value)


def from_json(text: str) -> Value:
    """A statement's value back from its text."""
    plain = json.loads(text)
    return DateInterval.from_dict(plain) if isinstance(plain, dict) else plain


def _value(row: Any, keeping: Keeping) -> Value | None:
    if not keeping.days:
        value: Value | None = getattr(row, keeping.columns[0])
        return value
    since, until, precision, text = (getattr(row, column) for column in keeping.columns)
    if precision is None:
        return None
    return DateInterval(_day(since), _day(until), precision, text or "")


def _day(value: date | None) -> date | None:
    return value
