"""What a redaction gives: the copy of a kept file without some people, and who makes such copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.taking_out import TakingOut


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file without the people; empty where none could be made, so that nothing of the file stays.

    `alike`: it reads to the same rows as the file did. `numbers`: of the people whom it names still.
    """

    content: bytes
    name: str
    alike: bool
    numbers: frozenset[str] = frozenset()


class Redact(Protocol):
    """Makes the copy of a file; None where it says nothing of the people. What edits workbooks is handed in.

    Where a file cannot be read at that moment it raises, and the act is not begun.
    """

    def __call__(self, content: bytes, name: str, taking: TakingOut) -> FileCopy | None: ...
