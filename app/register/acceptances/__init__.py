"""Acceptances on three levels: recorded with people and papers; what was sent back, what is missing, what is next."""
