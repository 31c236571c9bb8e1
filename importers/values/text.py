"""A cell's text in the forms in which words are compared: NFKC, without blanks, in lower case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]+")
#: Digits that blanks hold apart, and those that blanks group by threes: 20 000.
_APART = re.compile(r"\d\s+\d")
_GROUPED = re.compile(r"\D*\d{1,3}(?:[ \u3000]\d{3})+(?!\d)\D*")
_EDGES = "。.,;:、'`"
#: A Chinese character or a mark that stands among them: blanks beside one are layout, not words.
_HAN = r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff（）“”，。；：、]"
_WRAPPED = re.compile(rf"(?<={_HAN})[\s\u3000]+|[\s\u3000]+(?={_HAN})")


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """NFKC, every blank and invisible character removed: `５００ ＫＧ` → `500KG`."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def word(text: str) -> str:
    """The form in which a lexicon's words are compared: compact, lower case, without marks at its edges."""
    plain = compact(text).casefold()
    return plain.strip(_EDGES) or plain


def set_apart(text: str) -> bool:
    """Whether blanks stand between digits that do not group them by threes: `1 5吨` may be 15, 1.5 or two numbers."""
    return bool(_APART.search(text)) and not _GROUPED.fullmatch(text.strip())


def unwrapped(text: str) -> str:
    """A name on one line: blanks and line breaks beside Chinese characters removed, others one blank each.

    Full-width letters and digits become plain; the brackets stay as written, since names are known by them.
    """
    kept = re.sub(r"[^（）]+", lambda part: unicodedata.normalize("NFKC", part[0]), _INVISIBLE.sub("", text))
    return _BLANKS.sub(" ", _WRAPPED.sub("", kept)).strip()


def tidy(text: str) -> str:
    """A longer text as written, blanks collapsed within its lines, line breaks kept."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in _INVISIBLE.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)
