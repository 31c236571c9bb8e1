"""Workbooks as downloads, named in Chinese."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: For the description of a route that answers with a workbook.
WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {"description": "Excel 工作簿", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}


def workbook(content: bytes, name: str) -> Response:
    """A workbook to be saved under this name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=XLSX, headers={"Content-Disposition": disposition})
