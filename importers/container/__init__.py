"""From an untrusted file to a grid of cells: true type, guard, limited child, engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importers.container.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from pathlib import Path

    from importers.grid import WorkbookGrid

__all__ = ["DEFAULT", "Limits", "content_of", "open_bytes", "open_workbook"]


def open_workbook(path: Path, limits: Limits = DEFAULT) -> WorkbookGrid:
    """Read a file by what its bytes are; raises Unreadable with the true reason."""
    return open_bytes(content_of(path, limits), path.name, limits)


def content_of(path: Path, limits: Limits = DEFAULT) -> bytes:
    """A file's bytes, no more than one over the limit; raises Unreadable where it cannot be opened."""
    # Loaded late: the child imports this package too, and needs nothing of what starts it.
    from importers.container import opening

    return opening.content_of(path, limits)


def open_bytes(content: bytes, name: str, limits: Limits = DEFAULT) -> WorkbookGrid:
    """Read an upload by what its bytes are; `name` is only kept, never believed."""
    from importers.container.opening import read_bytes

    return read_bytes(content, name, limits)
