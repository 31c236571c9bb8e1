"""Credit codes as hands spoil them: which known codes a damaged one may have been."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Letters that no code has, and what was meant.
_MEANT = str.maketrans("OIZSV", "01255")
_ORGANISATION = slice(8, 17)


def as_meant(code: str) -> str:
    """A code in capitals, without blanks and hyphens; letters that codes lack as the digits that they look like."""
    return re.sub(r"[^0-9A-Z]", "", code.upper()).translate(_MEANT)


def traces(code: str) -> Iterator[str]:
    """The code and the code short of each character: two codes one slip apart share a trace."""
    yield code
    for at in range(len(code)):
        yield code[:at] + code[at + 1 :]


def one_slip(one: str, other: str) -> bool:
    """Whether one character was changed, lost or added, or two beside each other changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    differing: list[int] = []
    for at, (mine, yours) in enumerate(zip(one, other, strict=True)):
        if mine != yours:
            if len(differing) == 2:
                return False
            differing.append(at)
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        return one[differing[0]] == other[differing[1]] and one[differing[1]] == other[differing[0]]
    return len(differing) == 1


def organisation(code: str) -> str | None:
    """The organisation code (GB 11714) that a code is, or holds in its characters 9 to 17."""
    if len(code) == 18:
        return code[_ORGANISATION]
    return code if len(code) == 9 else None
