"""People: their accounts, what they may, how they sign in."""
