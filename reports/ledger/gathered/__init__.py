"""What a quarter's ledger is made of: the register at the quarter's end, read once and counted by township."""
