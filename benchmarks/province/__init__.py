"""A province's register to measure on."""
