"""Duties as dated data: which procedures (手续) a paper requires of whom, and what a firm's papers come to under it."""
