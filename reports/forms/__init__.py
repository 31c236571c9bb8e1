"""The forms that reports print: sheet names, titles and columns, as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from reports.tables import Column


@cache
def _forms(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def sheets(form: str) -> tuple[str, ...]:
    """The sheets of a form, in order."""
    return tuple(_forms(form))


def heading(form: str, sheet: str) -> tuple[str, str, tuple[Column, ...]]:
    """A sheet's title, its unit line and its columns."""
    told = _forms(form)[sheet]
    columns = tuple(Column(row[0], row[1], total=len(row) > 2, partial="量" in row[2:]) for row in told["columns"])
    return told["title"], told.get("unit", ""), columns
