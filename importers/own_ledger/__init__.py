"""A quarterly ledger that comes back: which of its sheets state facts, and which of their cells anybody altered."""
