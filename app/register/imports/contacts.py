"""The cells of a file that name a contact: sealed for the firm whose contact it is, before they are recorded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.dates import DateInterval
from app.domain.masking import PERSONAL
from app.domain.proposal import Entry, Proposal
from app.domain.statement import Value
from app.store.keys import Ring
from app.store.sealed import sealed_contact

_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")


@dataclass(frozen=True, slots=True)
class Contacts:
    """Which columns of which sheets name contacts, and of what firm each row speaks, as far as its cells say so."""

    ring: Ring
    county: str
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def cells(self, sheet: str, cells: Mapping[str, str], firm: str | None) -> dict[str, str]:
        """A row's cells; of whose firm nothing is known yet, a name is nobody's in particular."""
        own = self.columns.get(sheet)
        if not own:
            return dict(cells)
        return {
            letters: self.text("contact_person", firm or "", text) if letters in own else text
            for letters, text in cells.items()
        }

    def text(self, name: str | None, firm: str, text: Any) -> Any:
        """What a field says, or the cell that says it."""
        if name not in PERSONAL or not isinstance(text, str):
            return text
        return sealed_contact(self.ring, self.county, firm, text)

    def value(self, name: str, firm: str, value: Value) -> Value:
        """A value of a field."""
        return value if isinstance(value, DateInterval) else self.text(name, firm, value)


def contacts_of(ring: Ring, county: str, proposal: Proposal) -> Contacts:
    """What of a proposal's rows names contacts: a column that does for one firm does for all."""
    columns: defaultdict[str, set[str]] = defaultdict(set)
    for sheet, cell in (*_stated(proposal.entries), *_asked(proposal)):
        if found := _CELL.match(cell or ""):
            columns[sheet].add(found[1])
    return Contacts(ring, county, {sheet: frozenset(letters) for sheet, letters in columns.items()})


def field_of(issue: Any) -> str:
    """The field that an issue is about, without its section; nothing where it is about none."""
    return (issue.field or "").rpartition(".")[2]


def _stated(entries: Iterable[Entry]) -> Iterable[tuple[str, str | None]]:
    for entry in entries:
        for said in entry.statements:
            if said.field in PERSONAL:
                yield said.evidence.sheet, said.evidence.cell


def _asked(proposal: Proposal) -> Iterable[tuple[str, str | None]]:
    for issue in proposal.issues:
        if field_of(issue) in PERSONAL and issue.sheet:
            yield issue.sheet, issue.cell
