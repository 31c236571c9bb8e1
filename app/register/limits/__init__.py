"""Limits over the register, measurements, and service lives."""
