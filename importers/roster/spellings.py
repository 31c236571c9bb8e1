"""The lexicon of header spellings (lexicon/headers.yaml), loaded once with its expressions compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.statement import Value
from importers.lexicon import load


@dataclass(frozen=True)
class Spelling:
    """How one field's header is written: exact words (the surest first) and expressions."""

    words: Mapping[str, int]
    like: re.Pattern[str] | None

    def rank(self, text: str) -> int | None:
        """The place of this word among the field's words; None where it is none of them."""
        return self.words.get(text)

    def fits(self, text: str) -> bool:
        """Whether one of the expressions fits the whole text."""
        return bool(self.like and self.like.fullmatch(text))


@dataclass(frozen=True)
class Papers:
    """The words of permits or of actions: kinds, what of them is stated, and words that lean on the column before.

    `denied`: words whose yes states that the permit is revoked, expired or lacking.
    """

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    denied: tuple[tuple[str, re.Pattern[str]], ...]
    facets: tuple[tuple[str, re.Pattern[str]], ...]
    orphans: Mapping[str, str]
    own_kind: Mapping[str, str]
    never: re.Pattern[str]


@dataclass(frozen=True)
class Mark:
    """A header whose yes states facts of its own words."""

    section: str
    says: Mapping[str, Value]


@dataclass(frozen=True)
class Spellings:
    """The whole lexicon."""

    mended: Mapping[str, str]
    row_number: re.Pattern[str]
    generic: frozenset[str]
    groups: Mapping[str, re.Pattern[str]]
    fields: Mapping[str, Spelling]
    weak_names: frozenset[str]
    either: Mapping[str, tuple[str, ...]]
    permits: Papers
    actions: Papers
    acceptance: Mapping[str, str]
    acceptance_level: re.Pattern[str]
    marks: Mapping[str, Mark]
    machines: Spelling
    size_unit: frozenset[str]
    position: frozenset[str]
    aside: re.Pattern[str]
    kept: re.Pattern[str]
    numbered: re.Pattern[str]
    numbered_field: tuple[re.Pattern[str], ...]
    count_tail: re.Pattern[str]
    furnace_like: re.Pattern[str]
    head_states: Mapping[str, re.Pattern[str]]
    machine_nouns: re.Pattern[str]
    shapes: Mapping[str, re.Pattern[str]]
    units: Mapping[str, frozenset[str]]
    dimensions: Mapping[str, str]
    unit_names: Mapping[str, str]
    furniture: Mapping[str, Any]


def _alternatives(expressions: Iterable[str]) -> re.Pattern[str]:
    """One expression that fits where any of these does; named groups may recur among them."""
    seen: set[str] = set()
    parts = []
    for number, expression in enumerate(expressions):
        for name in re.findall(r"\?P<(\w+)>", expression):
            if name in seen:
                expression = expression.replace(f"?P<{name}>", f"?P<{name}{number}>")
            seen.add(name)
        parts.append(f"(?:{expression})")
    return re.compile("|".join(parts))


def _spelling(entry: Mapping[str, Any]) -> Spelling:
    words: dict[str, int] = {}
    for rank, word in enumerate(entry.get("words", ())):
        words.setdefault(str(word), rank)
    return Spelling(words, _alternatives(entry["like"]) if entry.get("like") else None)


def _papers(entry: Mapping[str, Any]) -> Papers:
    return Papers(
        kinds=tuple((one["kind"], re.compile(one["words"])) for one in entry["kinds"]),
        denied=tuple((one["standing"], re.compile(one["words"])) for one in entry.get("denied", ())),
        facets=tuple((one["field"], re.compile(one["words"])) for one in entry["facets"]),
        orphans={word: field for field, words in entry["orphans"].items() for word in words},
        own_kind=entry.get("own_kind", {}),
        never=re.compile(entry["never"]),
    )


def _state(words: Iterable[str]) -> re.Pattern[str]:
    """A state before or behind what it is said of: 在用电炉, 铝壳炉（闲置）."""
    said = f"(?:目前|当前|现有|现|已)?(?:{'|'.join(sorted(words, key=len, reverse=True))})"
    return re.compile(f"{said}(?:的|中(?!频))?(?P<behind>.*)|(?P<before>.+?)[-—_/:(]?{said}[)]?")


def _furniture(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Lists stay tuples of words, texts become expressions."""
    return {name: tuple(said) if isinstance(said, list) else re.compile(said) for name, said in entry.items()}


@cache
def spellings() -> Spellings:
    """The lexicon, read once."""
    said = load("headers")
    return Spellings(
        mended=said["mended"],
        row_number=_alternatives(said["row_number"]),
        generic=frozenset(said["generic"]),
        groups={name: re.compile(words) for name, words in said["groups"].items()},
        fields={path: _spelling(entry) for path, entry in said["fields"].items()},
        weak_names=frozenset(said["fields"]["enterprise.name"]["weak"]),
        either={word: tuple(one["fields"]) for one in said["either"] for word in one["words"]},
        permits=_papers(said["permits"]),
        actions=_papers(said["actions"]),
        acceptance={word: about for about, words in said["acceptance"].items() for word in words},
        acceptance_level=re.compile(said["acceptance_level"]),
        marks={word: Mark(one["section"], one["says"]) for one in said["marks"] for word in one["words"]},
        machines=_spelling(said["machines"]),
        size_unit=frozenset(said["size_unit"]),
        position=frozenset(said["position"]),
        aside=_alternatives(said["aside"]["like"]),
        kept=_alternatives(said["kept"]["like"]),
        numbered=_alternatives(said["numbered"]),
        numbered_field=tuple(map(re.compile, said["numbered_field"])),
        count_tail=re.compile(said["count_tail"]),
        furnace_like=re.compile(said["furnace_like"]),
        head_states={state: _state(words) for state, words in said["head_states"].items()},
        machine_nouns=re.compile(said["machine_nouns"]),
        shapes={name: re.compile(shape) for name, shape in said["shapes"].items()},
        units={name: frozenset(map(str, words)) for name, words in said["units"].items()},
        dimensions=said["dimensions"],
        unit_names={word.casefold(): name for name, words in said["unit_names"].items() for word in words},
        furniture=_furniture(said["furniture"]),
    )
