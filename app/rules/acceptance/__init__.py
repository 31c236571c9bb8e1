"""Acceptance on three levels: what an acceptance of a level wants, and what follows from its result. Pure."""
