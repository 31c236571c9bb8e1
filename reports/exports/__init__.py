"""Lists of the register as files, row by row: .xlsx, .csv, .ndjson, .geojson with the same rows and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.errors import BadInput
from app.register.lists import NOUNS
from app.register.lists.export import Export
from reports.exports.csv_file import csv_pieces
from reports.exports.geojson_file import geojson_pieces
from reports.exports.ndjson_file import ndjson_pieces
from reports.exports.workbook_file import workbook_pieces

_WRITERS = {"xlsx": workbook_pieces, "csv": csv_pieces, "ndjson": ndjson_pieces, "geojson": geojson_pieces}

#: What a list can be written as.
FORMS = tuple(_WRITERS)

#: Bytes of rows given out at once: few at first, because somebody waits for them.
_FIRST, _MOST = 2_048, 65_536


def forms_of(noun: str) -> tuple[str, ...]:
    """What a list can be written as: points on a map are of enterprises."""
    return FORMS if noun == "enterprises" else tuple(form for form in FORMS if form != "geojson")


def form_called(noun: str, name: str) -> str:
    """The form that the ending of a file's name tells.

    Raises:
        BadInput: when it is none of the list's.
    """
    form = name.rpartition(".")[2].lower()
    if form not in forms_of(noun):
        told = "、".join(f".{one}" for one in forms_of(noun))
        why = "只有企业清单能写成 .geojson" if form == "geojson" else f"不能按“{name[:100]}”的扩展名写清单"
        raise BadInput(why, fix=f"{NOUNS.get(noun, noun)}清单的文件名请以 {told} 结尾", code="output.form")
    return form


def pieces(export: Export, form: str) -> Iterator[bytes]:
    """The file, piece by piece. Its end is given out only when all rows have been."""
    return _gathered(_WRITERS[form](export))


def _gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The first part as it is, which tells that something comes; the others by and by more together."""
    waiting: list[bytes] = []
    size = most = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > most:
            yield b"".join(waiting)
            waiting, size, most = [], 0, _MOST if most else _FIRST
    if waiting:
        yield b"".join(waiting)
