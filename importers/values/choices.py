"""Yes and no, and the enumerated fields: a word of the lexicon gives its value, another word a question."""

from __future__ import annotations

import re
from functools import cache

from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.asides import Dated, dated, lasting, ticked
from importers.values.furnaces import Phrase, phrase
from importers.values.standings import read_standing
from importers.values.text import word
from importers.values.understood import NOTHING, Understood, asked, doubt
from importers.values.words import elsewhere, enum, marks, nothing_kind, section

#: Equipment fields read from a furnace's words, by the name that the words state.
_FROM_WORDS = {"kind", "frequency", "core", "shell", "state", "yoke", "fuel"}
_GRADE_FRAME = re.compile(r"^(?:地方|民生豁免|(?:环保)?绩效(?:分级|评级|等级)?|评级为?)?-?(.*?)(?:评级)?$")
_DONE = re.compile(r"^(?:已经?|依法|予以)+")
#: States that last, so that a length of time may stand behind them.
_LASTING = {"suspended", "idle", "sealed", "closed", "standby"}
#: What stands there is no longer so, or not yet.
_CHANGED = re.compile("[改换拟原非不待未]|升级|淘汰|计划|预计")


def read_yes_no(field: Field, cell: Cell) -> Understood:
    """A mark or word of yes or no; a yoke may also be named in words."""
    raw = cell.text.strip()
    if isinstance(cell.value, bool):
        return Understood(cell.value)
    mark = marks().get(_mark(cell, ticked(raw) or raw))
    if mark in {"yes", "no"}:
        return Understood(mark == "yes")
    if mark == "unclear":
        return asked("value.mark_unclear", raw, field.zh)
    noted = re.fullmatch(r"(?P<mark>[^()]+)\((?P<note>[^()]+)\)", word(raw))
    words = phrase(noted["note"]) if noted else None
    if noted and words and words.facts and not words.leftover and marks().get(noted["mark"]) in {"yes", "no"}:
        also = {f"equipment.{name}": value for name, value in words.facts.items() if name != field.name}
        return Understood(marks()[noted["mark"]] == "yes", None, also)
    return _by_words(field, raw, phrase(raw))


def _mark(cell: Cell, raw: str) -> str:
    """1.0 stored as a number is the mark 1."""
    number = cell.value
    if isinstance(number, (int, float)) and not isinstance(number, bool) and number in {0, 1}:
        return str(int(number))
    return word(raw)


def read_choice(field: Field, cell: Cell, year: int | None = None) -> Understood:
    """An enumerated value: its own words first, then those that state it within a phrase. `year`: the roster's own."""
    raw = cell.text.strip()
    name = field.type.removeprefix("enum:")
    chosen = ticked(raw) or raw
    plain = _mark(cell, chosen)
    if value := _worded(name, plain):
        return Understood(value)
    if nothing_kind(plain) == "zero":
        return NOTHING
    if plain in elsewhere(name):
        path, other = elsewhere(name)[plain]
        return Understood(None, None, {path: other})
    if marks().get(plain) == "unclear":
        return asked("value.mark_unclear", raw, field.zh)
    if name == "permit_standing":
        return read_standing(field, chosen, year, _examples(field))
    if beside := _with_aside(name, plain, year):
        return beside
    if field.section == "equipment" and field.name in _FROM_WORDS:
        return _by_words(field, raw, phrase(chosen))
    return asked("value.not_understood", raw, field.zh, example=_examples(field))


def _worded(name: str, plain: str) -> str | None:
    """The value of a word, its frame taken off: 绩效C级, 已停电."""
    if name == "grade" and (framed := _GRADE_FRAME.match(plain)):
        plain = framed[1] or plain
    if name == "action_kind":
        plain = plain if plain in enum(name) else _DONE.sub("", plain)
    return enum(name).get(plain)


def _with_aside(name: str, plain: str, year: int | None) -> Understood | None:
    """A word with what stands beside it: a day, a length of time, a note that changes nothing."""
    whole = _worded(name, re.sub(r"[(),、]", "", plain))
    if whole and not re.search("、", plain):
        return Understood(whole)
    if since := dated(plain):
        return _since(name, since, year)
    lasted = _worded(name, lasting(plain) or "")
    if lasted in _LASTING:
        return Understood(lasted)
    noted = re.fullmatch(r"(?P<word>[^(),]+)(?:\((?P<note>[^()]+)\)|,(?P<tail>[^(),]+))", plain)
    value = _worded(name, noted["word"]) if noted else None
    note = (noted["note"] or noted["tail"]) if noted else ""
    return Understood(value) if value and (note in _harmless(name) or _worded(name, note) == value) else None


def _since(name: str, said: Dated, year: int | None) -> Understood | None:
    """A word with its day; a day that may lie ahead of the roster, or a removal not said to be over, states nothing."""
    value = _worded(name, said.rest)
    ahead = year is not None and said.day.since is not None and said.day.since.year > year
    if value is None or ahead or (value == "removed" and not said.done):
        return None
    path = {"removed": "equipment.removed_on", "passed": "plan.accepted_on"}.get(value)
    path = "action.taken_on" if name == "action_kind" else path
    return Understood(value, None, {path: said.day} if path else {})


@cache
def _harmless(name: str) -> frozenset[str]:
    return frozenset(section("notes").get(name, []))


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
        certain = field.name in {"kind", "frequency"} or _is_aside(said, word(raw), value)
        kept = None if value is None or not certain or _CHANGED.search(said.leftover) else value
        return Understood(kept, issue, also if kept is not None else {})
    if value is not None:
        return Understood(value, None, also)
    if field.name == "yoke" and also:
        return Understood(None, doubt("value.not_understood", raw, field.zh, example=_examples(field)), also)
    code = "value.kind_unclear" if field.name == "kind" and said.generic else "value.not_understood"
    if code == "value.not_understood" and also:
        return Understood(None, None, also)
    return Understood(None, doubt(code, raw, field.zh, example=_examples(field)), also)


def _is_aside(said: Phrase, plain: str, value: Value | None) -> bool:
    """Whether all that is not understood stands in the brackets behind the word that is: 铝壳（2010年）."""
    noted = re.fullmatch(r"(?P<word>[^()]+)\((?P<note>[^()]+)\)", plain)
    return noted is not None and value is not None and not phrase(noted["word"]).leftover


def _examples(field: Field) -> str:
    return "、".join(list((field.enum or {"": "有", "-": "无"}).values())[:3])
