"""Makes a quarter's ledger out of its sheets: in order, checked, frozen, issued and written."""
