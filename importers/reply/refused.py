"""Why the sender's own workbook is not marked itself."""

from __future__ import annotations


class NotMarkable(Exception):
    """A package that cannot be marked without touching what is there; `reason` is a sentence for the sender."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
