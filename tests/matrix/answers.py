"""Whether anything of another place shows in an answer: in its words, its headers, or inside the files it hands out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import unquote

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def words_of(answer: Any) -> str:
    """All that an answer says, in every form in which a word could stand in it."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return "\n".join((unquote(headers), *_texts(answer.content)))


def _texts(content: bytes) -> Iterable[str]:
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(content)) as package:
            for part in package.infolist():
                yield part.filename
                yield from _texts(package.read(part))
        return
    text = content.decode("utf-8", "replace")
    yield text
    for other in (unescape(text), unquote(text), _ESCAPED.sub(lambda one: chr(int(one[1], 16)), text)):
        if other != text:
            yield other


@cache
def _pattern(secrets: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(one) for one in sorted(secrets, key=len, reverse=True)))


@cache
def _numbers(numbers: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z.])(?:{'|'.join(sorted(numbers))})(?![0-9A-Za-z])")


def shown(answer: Any, secrets: frozenset[str], numbers: frozenset[str], asked: str) -> set[str]:
    """The secrets that an answer shows, but for those that the question named itself."""
    said = words_of(answer)
    found = set(_pattern(secrets).findall(said)) if secrets else set()
    found |= set(_numbers(numbers).findall(said)) if numbers else set()
    return {one for one in found if one not in asked}
