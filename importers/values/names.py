"""Names and other texts: former names in brackets, notes that are no part of the name, line breaks from wrapping."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.grid import Cell
from importers.values.furnaces import phrase
from importers.values.machines import read_machines
from importers.values.numbers import read_number
from importers.values.text import compact, tidy, unwrapped, word
from importers.values.understood import NOTHING, Understood, asked
from importers.values.words import enum, nothing_kind

#: What a note says of a name: 曾用名：…, 原名…, or 原 with a name behind it.
_WAS = re.compile(
    r"(?:曾用名称?|原名称?|原企业名称|原单位名称|更名前|旧名|前身|原(?![料址材件地因有则油系为是]))(?:为|是)?[:：]?(?P<name>.{2,})"
)
_NOW = re.compile(
    r"(?:现名称?|现用名|(?:现|已|现已)?(?:更名|改名)(?!前)为?|更名后|现为|现(?=.*(?:公司|厂|部|店|社|中心|坊|站|集团)$))[:：]?(?P<name>.{3,})"
)
_SHORT = re.compile(r"(?:以下)?简称(?:为)?[:：]?[“\"]?(?P<name>[^“”\"]{2,8})[”\"]?")
#: After 原 alone these are no firm: 原老板张三, 原集体企业.
_NO_FIRM = re.compile("停|关|拆|老板|法人|承包|租|集体|国营|国有|业主|负责人|企业$|车间$")
_SEALED = re.compile(r"[（(](?:盖章|公章|章)[）)]$")
_NUMBERED = re.compile(
    r"^(?:\d{1,3}[、)）]|\d{1,3}[.．](?=[^\d\s])|[（(]\d{1,3}[)）]|[\u2460-\u2473])\s*(?=[\u4e00-\u9fff])"
)
_NOTE = re.compile(r"^(?P<name>.+?)[（(【\[](?P<note>[^（）()【】\[\]]+)[）)】\]]$")
_COUNT = re.compile(r"[（(]\d+[家户个][）)]$")
#: A name that stands behind its label in a line above a table.
_LABELLED = re.compile(r"^\s*(?:[^:：\s]{0,8}(?:企业|单位|公司|工厂|厂)(?:名称|全称|名)?|厂名)\s*[:：]\s*")
_PERSONS = {"enterprise.contact_person", "enterprise.legal_representative"}
_PLACES = {"enterprise.county", "enterprise.township", "enterprise.village"}
#: Fields that are names: blanks and line breaks inside them are layout.
_NAMES = {
    *("enterprise.short_name", "enterprise.former_name", "enterprise.legal_representative", "enterprise.address"),
    *("enterprise.park", "equipment.model", "equipment.maker", "equipment.code", "permit.issuer", "action.authority"),
    *("enterprise.industry", "enterprise.disposition", "enterprise.responsible_unit"),
}
#: A person with a telephone number.
_PHONE = r"(?P<phone>1\d{10}|0\d{2,3}-?\d{7,8})"
_PERSON = re.compile(rf"(?P<name>[\u4e00-\u9fff·]{{2,5}})[\s:：、,，/(（]*{_PHONE}[)）]?")
_PERSON_BEHIND = re.compile(rf"{_PHONE}[\s:：、,，/(（]*(?P<name>[\u4e00-\u9fff·]{{2,4}})[)）]?")
_NO_PERSON = re.compile("电话|手机|微信|座机|传真|办公|同号|转|号码|或")

#: An industry's code with or without its name, in either order.
INDUSTRY = re.compile(r"(?P<before>[^\dA-Za-z()（）]*)[(（]?(?P<code>[A-Za-z]?\d{2,4})[)）]?(?P<after>[^\d]*)")


def phoned(text: str) -> tuple[str, str] | None:
    """A person and the telephone number beside the name, in either order; None where the words are no name."""
    plain = compact(text)
    found = _PERSON.fullmatch(plain) or _PERSON_BEHIND.fullmatch(plain)
    return (found["name"], found["phone"]) if found and not _NO_PERSON.search(found["name"]) else None


def plain_width(text: str) -> str:
    """Full-width letters and digits made plain, brackets as written, blanks at the ends removed."""
    kept = re.sub(r"[^（）〔〕【】]+", lambda part: unicodedata.normalize("NFKC", part[0]), text)
    return " ".join(re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", kept).split())


def read_text(field: Field, cell: Cell) -> Understood:
    """Read one text under its field."""
    raw = _text(cell)
    if nothing_kind(raw) == "zero":
        return NOTHING
    if field.path == "enterprise.name":
        return _name(raw)
    if field.path in _PLACES:
        return Understood(_COUNT.sub("", unwrapped(raw)))
    if field.path == "equipment.name":
        return _machine_name(raw)
    if field.path == "equipment.model":
        return _model(field, cell, raw)
    if field.path == "enterprise.industry":
        return _industry(raw)
    if field.path in _PERSONS:
        return _person(raw)
    return Understood(unwrapped(raw) if field.path in _NAMES else tidy(raw))


def _industry(raw: str) -> Understood:
    """An industry's name; a code that stands there alone or beside the name is the code."""
    found = INDUSTRY.fullmatch(compact(raw))
    if not found and not re.search(r"[\u4e00-\u9fff]", raw):
        return asked("value.not_exact", raw, "行业")
    if not found:
        return Understood(unwrapped(raw))
    return Understood(industry_name(found) or None, None, {"enterprise.industry_code": found["code"].upper()})


def industry_name(found: re.Match[str]) -> str:
    """The industry's name beside its code; empty where the code stands alone."""
    return (found["before"] + found["after"]).strip("()（）-—_:：、,/")


def _person(raw: str) -> Understood:
    """A person's name; a telephone number beside it is that person's."""
    if person := phoned(raw):
        return Understood(person[0], None, {"enterprise.contact_phone": person[1]})
    if re.fullmatch(r"1\d{10}", compact(raw)):
        return Understood(None, None, {"enterprise.contact_phone": compact(raw)})
    return Understood(unwrapped(raw))


def _text(cell: Cell) -> str:
    """The cell's text; a whole number stored as 3.0 is written 3."""
    value = cell.value
    if isinstance(value, float) and value.is_integer() and cell.text.strip() == str(value):
        return str(int(value))
    return cell.text


def _name(raw: str) -> Understood:
    """A firm's name, without its former name and without a note of its status."""
    raw = _NUMBERED.sub("", raw.strip())
    name = _LABELLED.sub("", re.split(r"[^\S\n]{3,}", raw)[0] if _LABELLED.match(raw) else raw)
    former = re.split(r"\s+(?=(?:曾用名|原名)称?[:：])", name.strip(), maxsplit=1)
    name = f"{former[0]}（{former[1]}）" if len(former) == 2 else name
    noted = _NOTE.match(_SEALED.sub("", unwrapped(name)))
    if not noted:
        return Understood(_SEALED.sub("", unwrapped(name)))
    also: dict[str, Value] = {}
    current = noted["name"].strip()
    parts = re.split("[,，;；]", noted["note"])
    for part in parts:
        said = _of_name(part, current, also)
        if said is None:
            return Understood(_SEALED.sub("", unwrapped(name)))
        current = said
    return Understood(current, None, also)


def _of_name(part: str, current: str, also: dict[str, Value]) -> str | None:
    """Note what one part of a note says; the current name, or None where it says nothing known."""
    status = enum("enterprise_status").get(word(part))
    if status and len(part.strip()) > 1:
        also["enterprise.status"] = status
        return current
    if now := _NOW.fullmatch(part.strip()):
        also["enterprise.former_name"] = current
        return now["name"].strip()
    if short := _SHORT.fullmatch(part.strip()):
        also["enterprise.short_name"] = short["name"]
        return current
    was = _WAS.fullmatch(part.strip())
    if not was:
        return current if re.fullmatch(r"(?:曾用名|原名)称?[:：]?[无/]?", part.strip()) else None
    bare = not re.match("曾用|原名|原企业|原单位|更名|旧名|前身", part.strip())
    if bare and _NO_FIRM.search(was["name"]):
        return None
    if nothing_kind(was["name"]) is None:
        also["enterprise.former_name"] = was["name"].strip()
    return current


@lru_cache(maxsize=8192)
def _machine_name(raw: str) -> Understood:
    """A machine's name states what its words say; `0.5吨中频炉` its capacity too."""
    machines, residue = read_machines(raw)
    facts: dict[str, Value] = dict(machines[0]) if len(machines) == 1 and not residue else dict(phrase(raw).facts)
    facts.pop("name", None)
    return Understood(unwrapped(raw), None, {f"equipment.{name}": value for name, value in facts.items()})


#: What a specification may turn out to be when it is a number with a unit and nothing else.
_RATINGS = ("capacity_t", "melt_rate_t_per_h", "power_kw", "transformer_kva")


def _model(field: Field, cell: Cell, raw: str) -> Understood:
    """`0.2吨` under 规格 is a capacity, `0.1吨/小时` a melt rate; anything else is the model as written."""
    for name in _RATINGS if re.match(r"\s*[\d.０-９]", raw) else ():
        rating = read_number(Field("equipment", name, field.zh, "decimal"), Cell(None, cell.text), None)
        if rating.value is not None:
            return Understood(None, None, {f"equipment.{name}": rating.value, **rating.also})
    return Understood(unwrapped(raw))
