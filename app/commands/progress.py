"""How far a long piece of work is: one line on standard error that is written over, for a person at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds after which it is worth telling, and between two tellings.
_AFTER = 0.5


@contextmanager
def advancing(total: int | None, unit: str) -> Iterator[Callable[[int], None]]:
    """What is called with each number that is done; it tells nothing where nobody watches, and wipes its line after.

    `total`: of how many; None while nobody knows.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    last = time.monotonic()
    shown = False

    def tell(done: int) -> None:
        nonlocal last, shown
        if done % 64 == 0 and (now := time.monotonic()) - last >= _AFTER:
            last, shown = now, True
            sys.stderr.write(f"\r已写 {done}{f' / {total}' if total is not None else ''} {unit}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
