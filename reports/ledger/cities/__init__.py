"""A city's ledger over the ledgers of its counties."""
