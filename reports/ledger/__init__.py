"""The quarterly ledger: sheets whose totals equal their details, with every remainder printed by name.

Its rooms, one upon the other: gathered, sheets, reconciling, making, cities; `make` stands on all of them.
"""

from reports.ledger.make import Written, check, ledger, write_ledger

__all__ = ["Written", "check", "ledger", "write_ledger"]
