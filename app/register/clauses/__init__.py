"""A county's clauses: those that ship and those that it adds, what it adopts, and trying them first."""
