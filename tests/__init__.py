"""Tests, room by room; tests/story tells the users' day end to end."""
