"""Text as a cell holds it: escaped, what XML forbids told by its number, what Excel cannot hold cut with a mark."""

from __future__ import annotations

import re

#: The longest text of a cell, in UTF-16 units, as Excel counts.
LONGEST = 32_767
#: Text that stands in XML as it is, and that nobody takes for a formula: most cells are such.
_PLAIN = re.compile("(?![=+\\-@\\s])[^&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]*(?<!\\s)").fullmatch
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f]")
#: What no XML holds and no reader takes by its number.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
#: Text that a reader would take for such a number; ECMA-376 22.9.2.19 has its underscore told by its own.
_LIKE_A_NUMBER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def is_plain(text: str) -> bool:
    """Whether the text needs nothing done."""
    return _PLAIN(text) is not None and len(text) <= LONGEST // 2


def is_formula_like(text: str) -> bool:
    """Whether a reader that looks at the first character, or a person who edits the cell, would make it a formula."""
    return text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")


def content(text: str) -> str:
    """The text as a string item's inside, `<t>…</t>`."""
    text = cut(well_formed(text))
    told = _LIKE_A_NUMBER.sub("_x005F_", text)
    told = _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", told)
    told = told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if told != told.strip() or "\n" in told else ""
    return f"<t{space}>{told}</t>"


def attribute(text: str) -> str:
    """The text between double quotes."""
    told = well_formed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _FORBIDDEN.sub("", told)


def well_formed(text: str) -> str:
    """Halves of a character joined; a half alone, and what is no character, which no file can hold, as �."""
    return _NO_CHARACTER.sub("�", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def cut(text: str) -> str:
    """The text, or as much of it as a cell holds with how much is missing."""
    units = len(text.encode("utf-16-le")) // 2
    if units <= LONGEST:
        return text
    mark = f"……（超过单元格长度，原文共{units}字，以下略去）"
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(mark))].decode("utf-16-le", "ignore")
    return kept + mark
