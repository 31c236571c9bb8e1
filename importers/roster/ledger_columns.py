"""What the columns of a quarterly ledger's sheets of facts mean, in the form in which a person tells it of a file."""

from __future__ import annotations

from importers.own_ledger.recognised import OwnLedger
from importers.own_ledger.sheets import columns, is_of_facts
from importers.roster.told import Told, ToldColumn, told_meaning


def map_of(ledger: OwnLedger) -> Told:
    """What its columns mean, and that a row which quotes a paper speaks of no firm."""
    known = [(sheet, name) for sheet, name in ledger.sheets.items() if is_of_facts(name)]
    return Told(
        tuple(
            ToldColumn(sheet, head, None, told_meaning(path), None, path, by="lexicon")
            for sheet, name in known
            for head, path in columns(name).items()
        ),
        dict(ledger.quotes),
    )
