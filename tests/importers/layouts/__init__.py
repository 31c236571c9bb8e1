"""Layouts that townships might send, each with what a careful person reads from it, written before the reader ran."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module

from tests.importers.layouts.making import LAYOUTS, Layout

_ROOMS = {"making", "writing", "scoring", "__main__"}


def collection() -> dict[str, Callable[[], Layout]]:
    """Every layout of the modules of this package, by name."""
    for found in pkgutil.iter_modules(__path__):
        if not found.ispkg and found.name not in _ROOMS:
            import_module(f"{__name__}.{found.name}")
    return dict(LAYOUTS)
