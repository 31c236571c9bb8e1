"""What each list can be asked by: its own facts, its firm's, what its firm holds, and what is asked of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from app.domain.vocabulary import SECTIONS
from app.errors import BadInput
from app.register.lists.columns import FIGURE, OWNER, SECTION, columns

#: Where a firm is, asked by these names of whatever it holds.
_PLACES = ("township", "village", "park", "address")

#: Asked of the whole: text, verdict, facts by name, permits on the day.
TOGETHER = {
    "q": "在企业名称、简称、曾用名和信用代码里找，也可写拼音首字母",
    "zone": "片区（村、园区、环路以内、道路两侧），写名称或编号",
    "programme.stage": "在方案的第几阶段，如 XZ24-CLUSTERS:2；不在任何阶段写 none",
    "verdict": "结论：holds 仍有、cannot_tell 待核实、does_not 没有",
    "clause": "按哪一条款下结论（与 verdict 同用，可写多次）；不写时按当日作判断的条款",
    "missing": "没有填报的项，如 shell 或 equipment.shell",
    "disputed": "有争议的项",
    "permit.held": "那一天持有某类手续（类别，或 any）",
    "permit.lacking": "那一天没有某类手续，也不是无需办理",
    "permit.expired": "那一天某类手续已经过期",
    "permit.expiring": "某类手续在若干天之内到期，如 pollutant_discharge:60",
}
_TEXT = {"q": "在表述里找，也可写拼音首字母"}
_FIGURE_TYPES = {"topic": "topic", "number": "decimal", "when": "date"}


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to ask by: its name in addresses, the section and the fact that it is about, the type and its words."""

    name: str
    section: str
    fact: str
    type: str
    zh: str


def keys_of(noun: str) -> Mapping[str, Key]:
    """Every way to name what a list can be asked by; the list's own columns first.

    Raises:
        NotFound: when there is no such list.
    """
    columns(noun)
    return _keys_of(noun)


def key_called(noun: str, name: str) -> Key:
    """What a list is asked by under a name, which may be a column's Chinese heading.

    Raises:
        NotFound: when there is no such list.
        BadInput: when the list cannot be asked by it, with what is near and what is possible.
    """
    keys = keys_of(noun)
    if name in keys:
        return keys[name]
    by_heading = {key.zh: key for key in reversed(list(keys.values()))}
    if name in by_heading:
        return by_heading[name]
    near = get_close_matches(name, [*keys, *by_heading], n=3, cutoff=0.6)
    hint = f"是不是 {'、'.join(near)}？" if near else ""
    whole = (key for alias, key in keys.items() if alias == key.name and "." not in alias)
    told = "、".join(key.name for key in whole)
    more = (
        ""
        if noun == "figures"
        else "；也可用 equipment.kind、permit.held、plan.stage、action.taken_on 的样子问企业持有的"
    )
    raise BadInput(f"没有筛选项 {name}", fix=f"{hint}可用的筛选项：{told}{more}", code="filter.unknown")


def fact_called(noun: str, name: str) -> Key:
    """As `key_called`, for what may be missing or disputed: a fact of the vocabulary."""
    key = key_called(noun, name)
    if key.section not in SECTIONS or key.fact not in SECTIONS[key.section]:
        raise BadInput(
            f"{name} 不是一项填报的内容", fix="请写一个栏目，如 shell 或 equipment.shell", code="filter.value"
        )
    return key


@lru_cache(maxsize=16)
def _keys_of(noun: str) -> Mapping[str, Key]:
    if noun == "figures":
        own = {name: Key(name, "figure", name, _FIGURE_TYPES.get(name, "text"), zh) for name, zh in FIGURE.items()}
        return own | {name: Key(name, "", name, "together", zh) for name, zh in _TEXT.items()}
    section = SECTION[noun]
    found = {name: _fact(name, section, name) for name in columns(noun) if name in SECTIONS[section]}
    if section == "equipment":
        found["present"] = Key("present", section, "present", "present", columns(noun)["present"])
    if section != "enterprise":
        found["enterprise"] = Key("enterprise", "enterprise", "called", "text", OWNER["enterprise"])
        found |= {name: _fact(name, "enterprise", name) for name in ("uscc", "township") if name not in found}
    found |= {name: _fact(name, section, name) for name in SECTIONS[section] if name not in found}
    if section == "enterprise":
        del found["county"]  # which county is asked is told beside the filters
    found |= {name: _fact(name, "enterprise", name) for name in _PLACES if name not in found}
    for other, fields in SECTIONS.items():
        found |= {f"{other}.{name}": _from(found, section, other, name) for name in fields}
    here = Key("equipment.present", "equipment", "present", "present", "设备是否还在")
    found["equipment.present"] = found.get("present", here)
    return found | {name: Key(name, "", name, "together", zh) for name, zh in TOGETHER.items()}


def _from(found: Mapping[str, Key], own: str, section: str, name: str) -> Key:
    """The fact under its path; what the list names without one is the same."""
    short = found.get(name)
    if short is not None and (short.section, short.fact) == (section, name):
        return short
    path = f"{section}.{name}"
    zh = SECTIONS[section][name].zh
    return _fact(path, section, name) if section == own else Key(path, section, name, _type(section, name), zh)


def _fact(alias: str, section: str, name: str) -> Key:
    return Key(alias, section, name, _type(section, name), SECTIONS[section][name].zh)


def _type(section: str, name: str) -> str:
    return "township" if (section, name) == ("enterprise", "township") else SECTIONS[section][name].type
