"""Tests of a quarterly ledger that comes back."""
