"""Files as downloads, named in Chinese; long ones given out while they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import StreamingResponse

from app.domain.masking import masked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: For the description of a route that answers with a workbook.
WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {"description": "Excel 工作簿", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}


def workbook(content: bytes, name: str) -> Response:
    """A workbook to be saved under this name."""
    return Response(content, media_type=XLSX, headers=_named(name))


def streaming(pieces: Iterator[bytes], media_type: str, name: str, told: Mapping[str, str]) -> StreamingResponse:
    """A file given out while it is made. What fails before its first piece is a problem like any other; what fails
    later breaks the connection off, so that nobody takes the part for the whole.
    """
    first = next(pieces, b"")
    return StreamingResponse(chain([first], pieces), media_type=media_type, headers={**_named(name), **told})


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(masked(name), safe='')}"}
