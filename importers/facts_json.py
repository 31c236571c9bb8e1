"""The JSON of facts, written at once: a large roster has too many to be made objects first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from app.domain.dates import DateInterval
from importers.facts import Fact, Facts, Wording
from importers.grid import column_letter

#: So many wordings are remembered as they are written; in a larger file they repeat near each other.
_REMEMBERED = 1 << 14
_letters = cache(column_letter)


class FactsWriter:
    """Writes the facts of one reading; what a wording looks like is found out once."""

    def __init__(self) -> None:
        self._wordings: dict[int, str] = {}

    def entries(self, entries: Iterable[Facts]) -> str:
        """A list of entries."""
        return f"[{', '.join(map(self.facts, entries))}]"

    def facts(self, facts: Facts) -> str:
        """One entry: its facts by name, each with value, raw text and cell."""
        return f"{{{', '.join([self._fact(name, fact) for name, fact in facts.items()])}}}"

    def _fact(self, name: str, fact: Fact) -> str:
        cell = f'"{_letters(fact.column)}{fact.row}"' if fact.row else "null"
        said = self._wordings.get(id(fact.wording)) or self._wording(fact.wording)
        return f'"{name}": {said}{cell}}}'

    def _wording(self, wording: Wording) -> str:
        value = wording.value.as_dict() if isinstance(wording.value, DateInterval) else wording.value
        if len(self._wordings) >= _REMEMBERED:
            self._wordings.clear()
        written = f'{{"value": {as_json(value)}, "raw": {as_json(wording.raw)}, "cell": '
        self._wordings[id(wording)] = written
        return written


def as_json(said: object) -> str:
    """JSON with Chinese as it is written."""
    return json.dumps(said, ensure_ascii=False)
