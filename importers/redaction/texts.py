"""Every text that a kept file holds, wherever a program shows it: cells, notes, properties, headers, hidden parts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email import message_from_bytes

from app.errors import Unreadable
from importers.container.archive import Part, inflate, read_parts
from importers.container.charset import decode
from importers.container.limits import DEFAULT
from importers.grid import WorkbookGrid

#: What stands within one text: runs of one cell or note with their looks.
_WITHIN = "(?:r|t|rPr|b|i|u|strike|sz|color|rFont|family|scheme|charset|vertAlign|font|span|a|tspan)"
_INLINE = re.compile(rf"</?(?:[A-Za-z]+:)?{_WITHIN}(?:\s[^<>]*)?/?>")
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_NUMBER_LIKE = re.compile("(?:\\d[\\s\\-－—–()（）\u00ad\u200b-\u200d\u2060\ufeff]{0,4}){6,}\\d")
#: Between texts: nothing that may stand within a number.
_APART = "|"
_AROUND = 24


def texts_of(content: bytes, book: WorkbookGrid | None) -> Iterator[str]:
    """The texts that may hold a number: of the cells, and of all that stands beside them in the file."""
    if book is not None:
        yield from cell_texts(book)
        yield book.file
        yield from (sheet.name for sheet in book.sheets)
    for text in markup_texts(content):
        yield from _about_digits(_plain(text))
        for told in _ATTRIBUTE.finditer(text):
            said = told[1] or told[2] or ""
            if _NUMBER_LIKE.search(said):
                yield html.unescape(said)


def cell_texts(book: WorkbookGrid) -> Iterator[str]:
    """The texts of the cells, each once."""
    seen: set[str] = set()
    for sheet in book.sheets:
        for row in sheet.rows.values():
            seen.update(cell.text for cell in row.cells)
    yield from seen


def markup_texts(content: bytes) -> Iterator[str]:
    """What is written in a file that is text, or in the parts of a package that are."""
    if content.startswith(b"PK\x03\x04"):
        for part in read_parts(content, DEFAULT):
            if is_markup(part):
                yield part_text(b"".join(inflate(content, part)))
    elif not content.startswith((b"\xd0\xcf\x11\xe0", b"\x09")):
        try:
            yield decode(content)
        except Unreadable:
            yield content.decode("latin-1")
        yield from _mail_texts(content)


def is_markup(part: Part) -> bool:
    """Whether a part is text that can be looked through."""
    return part.name.lower().endswith((".xml", ".rels", ".vml", ".rdf")) or part.name.lower() == "mimetype"


def part_text(content: bytes) -> str:
    """A part as text, whatever it is written in."""
    try:
        return decode(content)
    except Unreadable:
        return content.decode("utf-8", "replace")


def _mail_texts(content: bytes) -> Iterator[str]:
    """The pages within a single-file web page, taken out of their wrapping."""
    if b"mime-version" not in content[:1024].lower():
        return
    for part in message_from_bytes(content).walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield part_text(payload)


def _plain(text: str) -> str:
    """Markup as the texts that it shows, none running into the next."""
    return html.unescape(_TAG.sub(_APART, _INLINE.sub("", text)))


def _about_digits(text: str) -> Iterator[str]:
    """The texts in which several digits stand, as far as needed of one that is long."""
    for found in _NUMBER_LIKE.finditer(text):
        first, last = max(found.start() - _AROUND, 0), found.end() + _AROUND
        start = text.rfind(_APART, first, found.start()) + 1 or first
        end = text.find(_APART, found.end(), last)
        yield text[start : end if end >= 0 else last]
