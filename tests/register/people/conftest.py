"""Passwords cost nothing here."""

from __future__ import annotations

import pytest

from tests.people import cheap_passwords

__all__ = ["cheap_passwords"]


@pytest.fixture(autouse=True)
def _cheap(cheap_passwords: None) -> None:
    """For every test of the room."""
