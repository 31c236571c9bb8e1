"""For which county texts are sealed: that of the change which is open in this thread of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_COUNTY: ContextVar[str | None] = ContextVar("county", default=None)


def county() -> str:
    """The county whose change is open.

    Raises:
        RuntimeError: when none is: a number that is nobody's is not kept.
    """
    found = _COUNTY.get()
    if found is None:
        raise RuntimeError("a text with a number in it is written under a change, or compared with sealed_as")
    return found


def seal_for(county: str | None) -> None:
    """Seal for this county from now on; None: for none."""
    _COUNTY.set(county)


@contextmanager
def sealing_for(county: str | None) -> Iterator[None]:
    """Seal for this county within the block; None: for that of the change that will be opened in it."""
    before = _COUNTY.get()
    _COUNTY.set(county)
    try:
        yield
    finally:
        _COUNTY.set(before)
