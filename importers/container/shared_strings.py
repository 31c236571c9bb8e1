"""The shared texts of a package: those in the usual form are cut out at the speed of C, the others walked with care."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from importers.container.package_parts import Strings, StringsScan
from importers.container.sheet_layout import OTHER_ENCODING, Irregular

_TEXT = re.compile(
    rb'\s*+(?:<si><t(?: xml:space="preserve")?+>([^<&]*+)</t>'
    rb'(?:<phoneticPr(?: [A-Za-z]++="[^"<>&]*+"){0,4}+ ?/>)?+</si>'
    rb"|(<si>(?:[^<]++|<(?!/?si[\s>/]))*+</si>|<si ?/>))"
    rb"|(.++)",
    re.DOTALL,
)
#: More than one piece of a part and one text of a cell.
_LONGEST_TEXT = 4_000_000


def read_strings(scan: Callable[[], StringsScan], pieces: Callable[[], Iterable[bytes]]) -> Strings:
    """All texts in order. The part is verified and its XML proven either way."""
    try:
        return _cut(scan(), pieces())
    except (Irregular, UnicodeDecodeError):
        walked = scan()
        walked.run(pieces())
        return walked.strings


def _cut(scan: StringsScan, pieces: Iterable[bytes]) -> Strings:
    rest, begun = b"", False
    for piece in pieces:
        rest += piece
        if len(rest) > _LONGEST_TEXT:
            raise Irregular
        if not begun:
            start = rest.find(b"<si>")
            if start < 0:
                continue
            begun = True
            if b"<!" in rest[:start] or OTHER_ENCODING.match(rest):
                raise Irregular
            scan.feed(rest[:start])
            rest = rest[start:]
        end = rest.rfind(b"</si>") + 5
        if end > 4:
            _texts(scan, rest[:end])
            rest = rest[end:]
    scan.feed(rest)
    scan.end()
    return scan.strings


def _texts(scan: StringsScan, block: bytes) -> None:
    """A run of whole texts; the walk, which counts them in order, is told only of those in another form."""
    if b"<!" in block or b"<?" in block:
        raise Irregular
    found = _TEXT.findall(block)
    if found[-1][2]:
        raise Irregular
    texts = scan.strings.texts
    if not any(odd for _, odd, _ in found):
        scan.feed(block, silently=True)
        texts.extend([text.decode() for text, _, _ in found])
        return
    at = 0
    for match in _TEXT.finditer(block):
        if match[2] is None:
            texts.append(match[1].decode())
        else:
            scan.feed(block[at : match.start(2)], silently=True)
            scan.feed(match[2])
            at = match.end()
    scan.feed(block[at:], silently=True)
