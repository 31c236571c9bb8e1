"""A machine in a few words, as people tell it apart. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.statement import Value
from app.domain.vocabulary import label


def in_words(facts: Mapping[str, Value]) -> str:
    """Its capacity, code and name; where it has no name, what it is."""
    words = [str(facts[name]) for name in ("code", "name") if name in facts]
    shown = ("shell", "frequency", "kind") if "name" not in facts else ()
    words += [label("equipment", name, facts[name]) for name in shown if name in facts]
    if "capacity_t" in facts:
        words.insert(0, f"{label('equipment', 'capacity_t', facts['capacity_t'])}吨")
    return "".join(words) or "设备"
