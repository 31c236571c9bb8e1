"""The quarterly ledger: eight sheets whose totals equal their details, with every remainder printed by name."""

from reports.ledger.make import Written, check, ledger, write_ledger

__all__ = ["Written", "check", "ledger", "write_ledger"]
