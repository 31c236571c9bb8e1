"""The ledger's sheets: each a table of what was gathered, whose rows know the records they come from."""
