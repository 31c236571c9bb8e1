"""What is asked for: one place's things by name, or as many things that are nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tests.matrix.worlds import TOWNSHIPS, WHOLES, World

#: Ids of nothing; no version of a UUID looks so.
_NOTHING = "0f0f0f0f-0f0f-7f0f-8f0f-{:012d}"


@dataclass(frozen=True)
class Target:
    """A place with all that may be named of it: `county`, `township`, ids and names; `secrets` that must not show."""

    words: Mapping[str, str]
    secrets: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        return self.words[name]

    @property
    def county(self) -> str:
        """Its county's code."""
        return self.words["county"]

    def masked(self, text: str) -> str:
        """A text with all that was named replaced by what it is, so that answers about two places can be compared."""
        for name, word in sorted(self.words.items(), key=lambda one: -len(one[1])):
            for form in {word, quote(word), quote(word, safe=":,.-_")} if len(word) > 1 else ():
                text = re.sub(rf"(?<![0-9A-Za-z]){re.escape(form)}(?![0-9A-Za-z])", f"‹{name}›", text)
        return text


def targets_of(worlds: Sequence[World]) -> dict[str, Target]:
    """By township code (or a city's own): the township's things with its county's."""
    wholes = {one.county: one for one in worlds if not one.township}
    found = {}
    for one in worlds:
        whole = wholes.get(one.county, one)
        city = wholes[f"{one.county[:4]}00"]
        own = {"county": one.county, "township": one.township, "place": one.place, "mark": one.mark}
        own |= {"firm": one.firm, "uscc": one.uscc, "number": str(one.number), "division": one.county[:4]}
        own |= {"city": city.county, "whole": whole.mark, "second": f"{one.mark}机械厂", "source": f"{one.mark}巡查组"}
        if one.township:
            found[one.township] = Target({**whole.ids, **one.ids, **own}, one.secrets)
    return found


def nowhere(like: Target, own: Target) -> Target:
    """Things of the same kinds as another's, none of which is anywhere; what both places share (a county) stays."""
    names = [name for name in like.words if name not in ("sheet", "row")]
    words: dict[str, str] = {}  # one word for two names stays one
    found = {name: words.setdefault(like[name], _NOTHING.format(len(words))) for name in names}
    found |= {"county": "431198", "township": "431198199", "place": "无名镇", "mark": "亓亓", "division": "4398"}
    found |= {
        "firm": "亓亓铸造有限公司",
        "second": "亓亓机械厂",
        "source": "亓亓巡查组",
        "uscc": "91431198MA0000009X",
        "number": "13579",
    }
    found |= {"city": "439800", "whole": "亖亖", "view": "亖亖在用", "clause": "ZQ13579X-SHELL"}
    found |= {"limit": "ZQ13579X-TCE", "programme": "ZQ13579X-SECOND", "sheet": "亓亓名册", "row": like["row"]}
    shared = {name: word for name, word in like.words.items() if like is not own and own.words.get(name) == word}
    return Target({**found, **shared})


def places() -> dict[str, str]:
    """The townships' counties."""
    return {township: county for county, township, *_ in TOWNSHIPS}


def counties_of(city: str) -> list[str]:
    """The counties planted in a city."""
    return [county for county, *_ in WHOLES if county.startswith(city) and not county.endswith("00")]
