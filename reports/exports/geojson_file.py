"""Enterprises as points on a map (RFC 7946): all of them, those without a place counted and named beside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.register.lists.export import Export
from app.register.lists.rows import Line

#: RFC 7946 knows one coordinate system; registers are filled with several, and nobody writes which.
_SYSTEM = (
    "经度、纬度，十进制度，按 RFC 7946 作 WGS 84 看待。"
    "数值照名册所填，没有换算；名册没有写明坐标系，若原为 GCJ-02、BD-09 等，会差几百米。"
)


def geojson_pieces(export: Export) -> Iterator[bytes]:
    """One FeatureCollection; what is said of the whole stands at its end (foreign members)."""
    yield b'{"type": "FeatureCollection", "features": ['
    unplaced: list[dict[str, str]] = []
    before = b"\n"
    for line in export.lines():
        if line.position is None:
            unplaced.append({"id": line.row["id"], "name": line.row["name"]})
        yield before + _text(_feature(line))
        before = b",\n"
    beside = {"coordinate_system": _SYSTEM, "unplaced": {"total": len(unplaced), "enterprises": unplaced}}
    yield b"\n],\n" + _text(export.as_dict() | beside)[1:] + b"\n"


def _feature(line: Line) -> dict[str, Any]:
    """An unlocated feature's geometry is null (RFC 7946, 3.2)."""
    geometry = None if line.position is None else {"type": "Point", "coordinates": list(line.position)}
    return {"type": "Feature", "id": line.row["id"], "geometry": geometry, "properties": line.row}


def _text(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
