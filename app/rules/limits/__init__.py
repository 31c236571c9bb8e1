"""Limits as dated data, and what each says of a firm or a machine: it is met, it is not, or it cannot be told."""
