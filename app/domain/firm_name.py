"""A firm's name taken apart as the law puts it together: place, brand (字号), trade, legal form, branch."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from app.domain.names import plain_name

_NUMBER = r"第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})号?"
_PARTS = "分公司|分厂|分店|分社|分部|子公司|车间|厂区|生产线"
#: Behind a legal form these are branches too; behind a brand alone (鑫源五金营业部) they are what the firm is.
_SORTS = f"{_PARTS}|门市部|经营部|营业部|办事处|项目部"
#: A branch in brackets, behind the whole name, or as a number before 厂: (二厂), 新圩分公司, 二厂, 第二鞭炮厂.
_BRACKETED = re.compile(rf"\(([^()]*(?:{_SORTS})|{_NUMBER}厂|[新老旧东西南北]厂)\)$")
_BEHIND = re.compile(
    rf"(?<=公司|.厂|.部|.店)((?:{_NUMBER})?(?:{_SORTS})|[^()]{{1,6}}?(?:{_SORTS})|{_NUMBER}厂|(?<=公司)[^()]{{1,6}}厂)$"
)
_SHORTLY = re.compile(rf"(?<=..)((?:{_NUMBER})(?:{_PARTS}|厂)|(?:{_PARTS}))$")
_ORDINAL = re.compile(r"第(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?=.*厂$)")
#: A city, county or township that the caller does not know, before two characters or more.
_TOWNSHIP = re.compile(r"^[\u4e00-\u9fff]{2,5}?(?:市|县|街道|镇|(?<![故侨水梦家老茶鱼])乡)(?=..)")
_GROUP = "集团"
_JOINTS = ("及", "与", "和")
#: What a place is, behind its name, with the people that it is named after.
_SORT_OF_PLACE = re.compile(
    r"(?<=..)(?:(?:瑶|苗|侗|土家|回|满|蒙古|壮|畲|彝|藏|白|羌|傣|黎|哈萨克|维吾尔|布依|仡佬)族)?"
    r"(?:自治区|自治州|自治县|街道|省|市|县|区|镇|乡|村)$"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name says, part by part; `plain` is the whole as spellings of it are compared.

    `places` has every place one by one. A firm that has only its place for a brand (塔峰铸造厂) has it there as well,
    in short, and not under `place`.
    """

    place: str
    brand: str
    trade: str
    form: str
    branch: str
    owner: str
    plain: str
    places: tuple[str, ...] = ()

    @property
    def named_after_place(self) -> bool:
        """Whether the brand is no more than the place, which others may have as well."""
        return any(self.brand == place_key(place) for place in self.places)


def parts(name: str, places: Iterable[str] = ()) -> NameParts:
    """Take a full or short name apart. `places`: full names of the province, city, county and its townships."""
    return _parts(plain_name(name), tuple(places))


@lru_cache(maxsize=4096)
def place_key(place: str) -> str:
    """A place without the word for what it is: 蓝山县 and 蓝山 are one, and so are 大桥瑶族乡 and 大桥乡."""
    return _SORT_OF_PLACE.sub("", place)


@lru_cache(maxsize=65536)
def _parts(plain: str, places: tuple[str, ...]) -> NameParts:
    body, owner = _owner(plain)
    body, branch = _branch(body)
    body, bracketed = _bracketed_place(body, places)
    body, stripped = _leading_places(body, places)
    body, form = _form(body)
    body, ordinal = _ordinal(body, form)
    brand, trade = _trade(body)
    if len(brand) > len(_GROUP) and brand.endswith(_GROUP):
        brand, form = brand.removesuffix(_GROUP), _GROUP + form
    found = (*bracketed, *stripped)
    if not brand and stripped:
        brand = place_key(stripped.pop())
    elif not brand:
        brand, trade = trade, ""
    brand, branch = _place_of_branch(brand, branch, places)
    return NameParts("".join([*stripped, *bracketed]), brand, trade, form, branch or ordinal, owner, plain, found)


def _owner(body: str) -> tuple[str, str]:
    found = re.search(rf"\(({'|'.join(_words('owners'))})\)$", body)
    return (body[: found.start()], found[1]) if found else (body, "")


def _branch(body: str) -> tuple[str, str]:
    """The branch behind the name; a short name has it right behind the brand."""
    for pattern in (_BRACKETED, _BEHIND, _SHORTLY):
        if found := pattern.search(body):
            return body[: found.start()], found[1]
    return body, ""


def _bracketed_place(body: str, places: tuple[str, ...]) -> tuple[str, list[str]]:
    """What stands in brackets within the name: a place; anything else is left out of the parts as a note."""
    found = re.findall(r"\(([^()]*)\)", body)
    known = _spellings(places)
    inside = [one for one in found if one in known or _leading_places(one + "。", places)[0] == "。"]
    return re.sub(r"\([^()]*\)|[()]", "", body) or body, inside


def _leading_places(body: str, places: tuple[str, ...]) -> tuple[str, list[str]]:
    """The places that the name begins with, from the widest, and what is behind them."""
    known = _spellings(places)
    stripped: list[str] = []
    while True:
        found = next((place for place in known if body.startswith(place) and len(body) > len(place)), "")
        if body.removeprefix(found) in _words("forms"):
            return body, stripped
        if not found and (other := _TOWNSHIP.match(body)):
            found = other[0]
        if not found:
            return body, stripped
        stripped.append(found)
        body = body[len(found) :]


@lru_cache(maxsize=64)
def _spellings(places: tuple[str, ...]) -> tuple[str, ...]:
    """Every way in which places begin a name, the longest first."""
    found = {"中国", *_words("provinces"), *(f"{one}省" for one in _words("provinces"))}
    for place in places:
        key = place_key(place)
        found |= {place, key, key + place[-1], place.removesuffix(place[-1])} if key != place else {place}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


def _form(body: str) -> tuple[str, str]:
    """The legal form at the end; a name of nothing else keeps it."""
    form = ""
    while found := next((one for one in _words("forms") if body.endswith(one) and len(body) > len(one)), ""):
        body, form = body[: -len(found)], found + form
    return body, form


def _ordinal(body: str, form: str) -> tuple[str, str]:
    """第一 in 桃川第一鞭炮厂, which tells it from the second."""
    found = _ORDINAL.search(body + form) if form else None
    return (body[: found.start()] + body[found.end() :], found[0]) if found and found.end() <= len(body) else (body, "")


def _trade(body: str) -> tuple[str, str]:
    """Brand and trade; the brand is what is left in front, be it a qualifier (精工), never a trade alone (铸造)."""
    brand, trade, joint = body, "", ""
    while found := _last_word(brand):
        if len(found) == len(brand) and found in _words("qualifiers"):
            break
        brand, trade, joint = brand[: -len(found)], found + joint + trade, ""
        if trade and brand[-1:] in _JOINTS and _last_word(brand[:-1]):
            brand, joint = brand[:-1], brand[-1]
    return brand, trade


def _last_word(body: str) -> str:
    """The longest word of trade at the end; a shorter one where the longest would leave one character (鼎新 + 材料)."""
    found = [one for one in _trade_words().get(body[-1:], ()) if body.endswith(one)]
    return next((one for one in found if len(body) != len(one) + 1), found[0] if found else "")


def _place_of_branch(brand: str, branch: str, places: tuple[str, ...]) -> tuple[str, str]:
    """骅强新圩 + 分公司 is 骅强 + 新圩分公司."""
    found = next((one for one in _spellings(places) if brand.endswith(one) and len(brand) > len(one) + 1), "")
    return (brand[: -len(found)], found + branch) if found and branch else (brand, branch)


@cache
def _words(*subjects: str) -> tuple[str, ...]:
    """The words of some subjects, the longest first."""
    text = resources.files("app.domain").joinpath("firm_words.toml").read_text(encoding="utf-8")
    said: dict[str, list[str]] = tomllib.loads(text)
    found = {word for subject in subjects for word in said[subject]}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


@cache
def _trade_words() -> dict[str, list[str]]:
    """The words of trade by their last character, the longest first: a name is held against few of the hundreds."""
    found: dict[str, list[str]] = {}
    for word in _words("trades", "qualifiers"):
        found.setdefault(word[-1], []).append(word)
    return found
