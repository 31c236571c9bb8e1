"""Markup with some texts in it changed: every tag stays where it is, only texts and the values of attributes change."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

#: A text, and what is to stand in its place.
Change = Callable[[str], str]

_TOKEN = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<[?!/A-Za-z](?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>|[^<]+|<", re.DOTALL)
_VALUE = re.compile(r"(=\s*)(\"[^\"]*\"|'[^']*')")
_NAME = re.compile(r"<(/?)(?:[A-Za-z0-9_]+:)?([A-Za-z0-9_]+)")
#: Texts between two of these make one text together, in runs with looks of their own.
_WHOLE = frozenset(("si", "is", "text", "p", "c", "Data", "comment", "threadedComment"))
_FRAGMENT = re.compile(r"([\t\r\n,;|\"])")


def with_texts_changed(markup: str, change: Change) -> str:
    """The markup with each text changed; one that runs over several elements goes into the first of them."""
    tokens = _TOKEN.findall(markup)
    runs: list[int] = []
    within = False
    for at, token in enumerate(tokens):
        if token.startswith("<!"):
            tokens[at] = _aside(token, change)
        elif token.startswith("<"):
            name = _NAME.match(token)
            if name and name[2] in _WHOLE:
                _change_runs(tokens, runs, change)
                runs = []
            within = bool(name and not name[1] and name[2] == "t")
            tokens[at] = _VALUE.sub(lambda found: found[1] + _quoted(found[2], change), token)
        elif within:
            runs.append(at)
        else:
            tokens[at] = _changed(token, change)
    _change_runs(tokens, runs, change)
    return "".join(tokens)


def by_fragments(text: str, change: Change) -> str:
    """Plain text changed between what may part its cells."""
    return "".join(one if at % 2 else change(one) for at, one in enumerate(_FRAGMENT.split(text)))


def _changed(token: str, change: Change) -> str:
    plain = html.unescape(token)
    said = change(plain)
    return token if said == plain else escape(said)


def _quoted(value: str, change: Change) -> str:
    plain = html.unescape(value[1:-1])
    said = change(plain)
    return value if said == plain else value[0] + escape(said, {'"': "&quot;", "'": "&apos;"}) + value[0]


def _aside(token: str, change: Change) -> str:
    """A comment or a stretch of bare text; in it no sign is written otherwise than it is meant."""
    return by_fragments(token, lambda text: re.sub(r"[^<>]+", lambda found: change(found[0]), text))


def _change_runs(tokens: list[str], runs: list[int], change: Change) -> None:
    plain = [html.unescape(tokens[at]) for at in runs]
    whole = "".join(plain)
    said = change(whole)
    if said == whole:
        return
    single = [change(text) for text in plain]
    if "".join(single) != said:
        single = [said, *("" for _ in plain[1:])]
    for at, text, before in zip(runs, single, plain, strict=True):
        if text != before:
            tokens[at] = escape(text)
