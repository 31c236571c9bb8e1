"""Yes and no, and the enumerated fields: a word of the lexicon gives its value, another word a question."""

from __future__ import annotations

import re

from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.codes import document_number
from importers.values.furnaces import Phrase, phrase
from importers.values.text import word
from importers.values.understood import NOTHING, Understood, asked, doubt
from importers.values.words import elsewhere, enum, marks, nothing_kind

#: Equipment fields read from a furnace's words, by the name that the words state.
_FROM_WORDS = {"kind", "frequency", "core", "shell", "state", "yoke", "fuel"}
_GRADE_FRAME = re.compile(r"^(?:地方|民生豁免|绩效|环保绩效|绩效分级|评级为?)?-?(.*?)(?:评级)?$")


def read_yes_no(field: Field, cell: Cell) -> Understood:
    """A mark or word of yes or no; a yoke may also be named in words."""
    raw = cell.text.strip()
    if isinstance(cell.value, bool):
        return Understood(cell.value)
    mark = marks().get(_mark(cell, raw))
    if mark in {"yes", "no"}:
        return Understood(mark == "yes")
    if mark == "unclear":
        return asked("value.mark_unclear", raw, field.zh)
    return _by_words(field, raw, phrase(raw))


def _mark(cell: Cell, raw: str) -> str:
    """1.0 stored as a number is the mark 1."""
    number = cell.value
    if isinstance(number, (int, float)) and not isinstance(number, bool) and number in {0, 1}:
        return str(int(number))
    return word(raw)


def read_choice(field: Field, cell: Cell) -> Understood:
    """An enumerated value: its own words first, then those that state it within a phrase."""
    raw = cell.text.strip()
    name = field.type.removeprefix("enum:")
    plain = _mark(cell, raw)
    if name == "grade":
        found = _GRADE_FRAME.match(plain)
        plain = found[1] if found and found[1] else plain
    if plain in enum(name):
        return Understood(enum(name)[plain])
    if nothing_kind(plain) == "zero":
        return NOTHING
    if plain in elsewhere(name):
        path, value = elsewhere(name)[plain]
        return Understood(None, None, {path: value})
    if marks().get(plain) == "unclear":
        return asked("value.mark_unclear", raw, field.zh)
    if name == "permit_standing":
        return _standing(field, raw, plain)
    if field.section == "equipment" and field.name in _FROM_WORDS:
        return _by_words(field, raw, phrase(raw))
    return asked("value.not_understood", raw, field.zh, example=_examples(field))


def _standing(field: Field, raw: str, plain: str) -> Understood:
    """A permit's column may carry its class or its number instead of a word: 简化管理, 湘环评〔2019〕12号."""
    if plain in enum("permit_class"):
        return Understood(None, None, {"permit.class": enum("permit_class")[plain]})
    number = document_number(raw)
    if not number:
        return asked("value.not_understood", raw, field.zh, example=_examples(field))
    around = re.sub(r"[()\[\]:,;、]|编号|证号|文号|批复号", "", word(raw.replace(number, "")))
    standing = enum("permit_standing").get(around, "held" if not around else None)
    if standing is None:
        return asked("value.not_understood", raw, field.zh, example=_examples(field))
    return Understood(standing, None, {"permit.number": number})


def _by_words(field: Field, raw: str, said: Phrase) -> Understood:
    """The field's part of a furnace's words, and the others by the way; words not understood state nothing."""
    facts: dict[str, Value] = dict(said.facts)
    if (
        field.name == "kind"
        and "kind" not in facts
        and not said.leftover
        and {"shell", "frequency", "core"} & facts.keys()
    ):
        facts["kind"] = "induction_furnace"
    value = facts.pop(field.name, None)
    also = {f"equipment.{name}": other for name, other in facts.items() if name != "kind" or value is not None}
    if said.leftover:
        issue = doubt("value.not_understood", raw, field.zh, example=_examples(field))
        return Understood(value if field.name in {"kind", "shell", "frequency", "core"} else None, issue, also)
    if value is not None:
        return Understood(value, None, also)
    code = "value.kind_unclear" if field.name == "kind" and said.generic else "value.not_understood"
    if code == "value.not_understood" and also:
        return Understood(None, None, also)
    return Understood(None, doubt(code, raw, field.zh, example=_examples(field)), also)


def _examples(field: Field) -> str:
    return "、".join(list((field.enum or {"": "有", "-": "无"}).values())[:3])
