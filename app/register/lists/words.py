"""Text as it is sought in names and codes: whatever its width and blanks, or by the initials of its pinyin."""

from __future__ import annotations

import re
from functools import lru_cache

from app.domain.names import plain_name

#: One letter begins too many names to tell any of them apart.
_FEWEST = 2


@lru_cache(maxsize=65_536)
def mentions(words: tuple[str, ...], text: str) -> bool:
    """Whether one of the words contains the text, or has characters that begin with its letters: 奥鑫, ax."""
    sought = plain_name(text)
    if any(sought in _plain(word) for word in words):
        return True
    if len(sought) < _FEWEST or not re.fullmatch("[A-Z]+", sought):
        return False
    return any(_begins(initials(word), sought) for word in words)


@lru_cache(maxsize=65_536)
def initials(word: str) -> tuple[frozenset[str], ...]:
    """The letters with which each character may begin; what is no Chinese character stands for itself."""
    return tuple(_initials(one) for one in _plain(word))


@lru_cache(maxsize=16_384)
def _initials(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # its dictionary takes a quarter of a second and 50 MB; only this needs it

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)
    return frozenset(one.upper() for said in readings for one in said)


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    return plain_name(word)


def _begins(letters: tuple[frozenset[str], ...], sought: str) -> bool:
    last = len(letters) - len(sought) + 1
    return any(all(one in letters[start + place] for place, one in enumerate(sought)) for start in range(last))
