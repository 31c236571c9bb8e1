"""A text about machines cut into pieces, one machine group a piece: separators, brackets, line breaks, enumerations."""

from __future__ import annotations

import re

from importers.values.furnaces import words_of
from importers.values.text import compact

COUNT = r"(?:\d{1,4}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})"
BODIES = r"(?:台套|台|套|座|只|眼|组|条|部|辆)"
QUANTITY = re.compile(
    rf"(?:[×*✕]|(?<=[t吨斤克瓦炉台])x)(?P<after>\d{{1,3}}(?={BODIES})|\d{{1,2}}(?![\d.])){BODIES}?"
    rf"|(?<![\d.])(?P<before>\d{{1,2}}){BODIES}?[×x*✕](?=\d)"
    rf"|(?<![\d.第|])(?P<bodies>{COUNT})(?P<unit>{BODIES})(?:/套|\(套\))?",
    re.IGNORECASE,
)
_MODIFIERS = {"shell", "frequency", "core"}
_SEPARATOR = re.compile(
    r"[、;,。\n]|(?:以及|和|及|与|\+)(?=\d|[一二两三四五六七八九十半])|(?<=[台套座])(?:以及|和|及|与|\+)|(?<=[×x*]\d)\+"
)
#: Blanks between digits hold two numbers apart: `1 4吨中频炉` is no 14吨.
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_CIRCLED = re.compile(r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]")
_NUMBERED = re.compile(r"(\d{1,2})\.(?=.)")
_BLANK_NUMBERED = re.compile(r"(\d{1,2})\|(?=.)")
_BRACKET_NUMBERED = re.compile(r"\((\d{1,2})\)|(\d{1,2})\)")


def pieces(text: str) -> list[str] | None:
    """The pieces of a text, compact; None where its numbers may be an enumeration or capacities: `1.5吨…` `2.5吨…`."""
    plain = _CIRCLED.sub("\n", text)
    if re.search(r"[(（]1[)）].*[(（]2[)）]", plain, re.DOTALL):
        plain = re.sub(r"(?=[(（]\d{1,2}[)）])", "\n", plain)
    lines = [part for line in _unwrapped(plain.splitlines()) for part in _layout(line)]
    lines = [line for part in lines for line in _cut(part, re.compile(r";")) if line]
    numbered = _without_numbers(lines)
    if numbered is None:
        return None
    found = [piece.strip("。.,;:、") for line in numbered for piece in _cut(line, _SEPARATOR)]
    return _without_lone_numbers([piece for piece in found if piece])


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines with those joined that break inside a name: `1吨中频感应` `电炉2台`."""
    found: list[str] = []
    for line in lines:
        tokens = list(words_of(compact(found[-1]).casefold())) if found else []
        dangling = tokens[-1][1] if tokens else None
        if dangling and (dangling.role in {"induction", "fuel", "gas", "neutral"} or dangling.name in _MODIFIERS):
            found[-1] += line
        else:
            found.append(line)
    return found


def _layout(line: str) -> list[str]:
    """A line without its blanks, or its words apart where it tells of several machines."""
    whole = compact(_GAP.sub("|", line))
    tells = len(list(QUANTITY.finditer(whole))) > 1 or _heads(whole) > 1
    return list(map(compact, line.split())) if tells else [whole]


def _heads(plain: str) -> int:
    outside = re.sub(r"\([^()]*\)", "", plain.casefold())
    return sum(meaning is not None and meaning.role in {"head", "electric_head"} for _, meaning in words_of(outside))


def _cut(plain: str, separator: re.Pattern[str]) -> list[str]:
    """Cut at separators, not inside brackets nor inside 1,500."""
    found, start, at = [], 0, 0
    depth = 0
    while at < len(plain):
        mark = separator.match(plain, at)
        depth = max(0, depth + (plain[at] in "([{") - (plain[at] in ")]}"))
        if mark and not depth and not _thousands(plain, at):
            found.append(plain[start:at])
            start = at = mark.end()
        else:
            at += 1
    return [*found, plain[start:]]


def _thousands(plain: str, at: int) -> bool:
    """Whether the comma at this place groups digits: 1,500."""
    before, after = (
        re.search(r"(?<!\d)\d{1,3}$", plain[max(0, at - 4) : at]),
        re.match(r",\d{3}(?!\d)", plain[at : at + 5]),
    )
    return bool(before and after)


def _without_numbers(lines: list[str]) -> list[str] | None:
    """Lines without 1. 2. 3. or (1) (2) before them; None where `1.5吨` may be a number or a capacity."""
    for pattern in (_BRACKET_NUMBERED, _NUMBERED, _BLANK_NUMBERED):
        found = [pattern.match(line) for line in lines]
        numbers = [int(next(filter(None, match.groups()))) for match in found if match]
        if len(lines) < 2 or numbers != list(range(1, len(lines) + 1)):
            continue
        stripped = [line[match.end() :] for line, match in zip(lines, found, strict=True) if match]
        certain = any(not rest[:1].isdigit() or re.match(r"\d+\.\d", rest) for rest in stripped)
        return stripped if certain or pattern is not _NUMBERED else None
    return lines


def _without_lone_numbers(found: list[str]) -> list[str]:
    """`1`, `4吨中频炉`, `2`, `铝壳炉` → without 1 and 2, where they count up from one before each piece.

    A lone number before a rating may belong to it: `1,5吨中频炉` stays one piece.
    """
    lone = found[0::2]
    counts = [str(number) for number in range(1, len(lone) + 1)]
    if lone and len(found) % 2 == 0 and lone == counts and (len(lone) > 1 or not found[1][:1].isdigit()):
        return found[1::2]
    kept: list[str] = []
    for piece in found:
        if kept and re.fullmatch(r"\d+(?:\.\d+)?", kept[-1]) and piece[:1].isdigit():
            kept[-1] += f"、{piece}"
        else:
            kept.append(piece)
    return kept
