"""Counts over townships and quarters, asked of the database for any day and any knowledge; nothing is kept."""
