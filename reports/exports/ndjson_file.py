"""A list as .ndjson: a line a row, each the very object that a page of the list has."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.register.lists.export import Export


def ndjson_pieces(export: Export) -> Iterator[bytes]:
    """A line a row."""
    for line in export.lines():
        yield json.dumps(line.row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
