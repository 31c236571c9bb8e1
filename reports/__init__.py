"""Verdicts and facts to tables to files: ledgers, lists and the example county's rosters."""
