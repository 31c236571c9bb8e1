"""Changes inside the XML of an archive's parts: values, elements, names, encodings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.importers.container.mutated_bytes import Change, Parts, rezipped

#: What a number, a place or a name may be replaced by.
ODD = (
    "", " ", "0", "-1", "1", "2", "3", "255", "256", "32767", "65536", "99999", "1048576", "1048577", "2147483647",
    "-2147483648", "4294967295", "4294967296", "9" * 20, "9" * 400, "1e308", "1e999", "-1e-320", "NaN", "INF", "0x10",
    "1.5", "1,5", "１２", "٣", "TRUE", "true", "甲", "\U0001f525", "A1", "a1", "$A$1", "XFD1048576", "XFE1", "A0",
    "A1048577", "ZZZZ9", "A1:A1", "B9:A1", "A1:XFD1048576", "A1:", ":", "A:A", "1:1", "R1C1", "rId1", "rId99",
    "../../x", "/xl/styles.xml", "xl/worksheets/sheet1.xml", "s", "b", "e", "d", "n", "str", "inlineStr", "x" * 5000,
    "&#65;", "&#xD800;", "&#1;", "&lt;&amp;", "&none;", "_x000D_", "_xD800_", "1900-02-29", "9999-99-99",
    "2024-02-30T25:61:61", "PT99999H", "=1+1", "veryHidden",
)  # fmt: skip

_ATTRIBUTE = re.compile(r'(\s[\w:]+=")([^"]*)"')
_ELEMENT = re.compile(r"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>|>.*?</\1>)", re.DOTALL)
_CONTENT = re.compile(r">([^<>]+)<")
_TAG = re.compile(r"<[\w:]+")


def in_part(change: Callable[[Random, str], str]) -> Change:
    """A change of the text of one XML part, a sheet more often than another."""

    def changed(chance: Random, parts: Parts) -> Parts:
        texts = [part for part in parts if part.name.endswith((".xml", ".rels")) and part.content]
        sheets = [part for part in texts if "sheet1" in part.name or part.name == "content.xml"]
        chosen = chance.choice(sheets if sheets and chance.random() < 0.6 else texts)
        text = change(chance, chosen.content.decode("utf-8", "surrogateescape"))
        content = text.encode("utf-8", "surrogateescape")
        return [replace(part, content=content) if part is chosen else part for part in parts]

    return rezipped(changed)


def _found(chance: Random, pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _laid(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _attribute(chance: Random, text: str) -> str:
    match = _found(chance, _ATTRIBUTE, text)
    return _laid(text, match.start(2), match.end(2), chance.choice(ODD)) if match else text


def _same_attribute(chance: Random, text: str) -> str:
    """All attributes of one name with one odd value."""
    match = _found(chance, _ATTRIBUTE, text)
    odd = chance.choice(ODD)
    return re.sub(re.escape(match[1]) + '[^"]*"', lambda _: f'{match[1]}{odd}"', text) if match else text


def _attribute_gone(chance: Random, text: str) -> str:
    match = _found(chance, _ATTRIBUTE, text)
    return _laid(text, match.start(), match.end(), chance.choice(("", match[0] * 2))) if match else text


def _content(chance: Random, text: str) -> str:
    match = _found(chance, _CONTENT, text)
    return _laid(text, match.start(1), match.end(1), chance.choice(ODD)) if match else text


def _element(chance: Random, text: str) -> str:
    match = _found(chance, _ELEMENT, text)
    if not match:
        return text
    whole, name = match[0], match[1]
    nested = f"<{name}>" * 70 + whole + f"</{name}>" * 70
    inside = f"<{name}>{whole}</{name}>"
    odd = ("", whole * 2, whole * 300, nested, inside, f"<!--{name}-->", f"<![CDATA[{name}]]>", f"<?x {name}?>")
    return _laid(text, match.start(), match.end(), chance.choice(odd))


def _element_moved(chance: Random, text: str) -> str:
    one, other = _found(chance, _ELEMENT, text), _found(chance, _ELEMENT, text)
    if not one or not other or one.end() > other.start():
        return text
    between = text[one.end() : other.start()]
    return _laid(text, one.start(), other.end(), other[0] + between + one[0])


def _tag(chance: Random, text: str) -> str:
    match = _found(chance, _TAG, text)
    odd = (
        "<c",
        "<row",
        "<v",
        "<f",
        "<is",
        "<t",
        "<x:c",
        "<sheet",
        "<mergeCell",
        "<si",
        "<xf",
        "<",
        "<!DOCTYPE",
        "<table:table-cell",
    )
    return _laid(text, match.start(), match.end(), chance.choice(odd)) if match else text


def _prolog(chance: Random, text: str) -> str:
    body = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
    encoding = chance.choice(("UTF-16", "gb18030", "GBK", "iso-8859-1", "UTF-7", "no-such", "us-ascii", ""))
    doctype = chance.choice(("", "", '<!DOCTYPE a [<!ENTITY b "c">]>', "<!-- -->", "\ufeff", "\n\n"))
    return f'<?xml version="{chance.choice(("1.0", "1.1", "9"))}" encoding="{encoding}"?>{doctype}{body}'


def _space(chance: Random, text: str) -> str:
    """The namespace taken away, changed or under a prefix."""
    new = chance.choice(
        ("", ' xmlns="urn:x"', ' xmlns:x="urn:x"', ' xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"')
    )
    return re.sub(r'\sxmlns="[^"]*"', new, text, count=1)


IN_XML: Sequence[Change] = tuple(
    in_part(change)
    for change in (
        _attribute, _attribute, _attribute, _same_attribute, _attribute_gone, _content, _content, _element, _element,
        _element_moved, _tag, _prolog, _space,
    )
)  # fmt: skip
