"""What rosters call their columns: for every field the words that stand alone, and those that stand under a group."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Wording:
    """A field as a column. `alone`: heads that need no group; `under`: its heads below words of `group`."""

    path: str
    kind: str
    alone: tuple[str, ...]
    group: str = ""
    under: tuple[str, ...] = ()
    weight: float = 0.25


def _wordings(name: str) -> tuple[Wording, ...]:
    listed = ({**one, "alone": tuple(one["alone"]), "under": tuple(one.get("under", ()))} for one in _DATA[name])
    return tuple(Wording(**one) for one in listed)


def _lists(name: str) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in _DATA[name].items()}


GROUPS = _lists("groups")
FIRM, MACHINE = _wordings("firm"), _wordings("machine")
NUMBERS, NAMES, TOWNSHIPS, REMARKS = (_lists("always")[key] for key in ("numbers", "names", "townships", "remarks"))
WORDS, BLOCKS, COUNT_GROUPS = (_lists("machines")[key] for key in ("words", "blocks", "count_groups"))
BLOCK_LEAVES = _lists("block_leaves")
UNKNOWN: tuple[str, ...] = tuple(_DATA["unknown"])
UNITS: dict[str, tuple[tuple[str, int], ...]] = {
    path: tuple((unit, factor) for unit, factor in units) for path, units in _DATA["units"].items()
}
#: Counts, whose unit nobody needs to be told.
COUNTED = {"e.employees", "m.quantity"}
