"""A kept file without some people: the sender's own where that is safe, else the same table; read again to be sure."""

from __future__ import annotations

from xml.sax.saxutils import escape

from app.domain.taking_out import TakingOut, numbers_named
from app.errors import Unreadable
from app.register.personal.file_copies import FileCopy
from importers.container import open_bytes
from importers.grid import WorkbookGrid
from importers.reading import Reading
from importers.redaction.grids import alike, changed, contact_texts, contacts_of, without
from importers.redaction.markup import Change
from importers.redaction.package import package_without
from importers.redaction.plain import text_without
from importers.redaction.texts import markup_texts, texts_of
from importers.reply.refused import NotMarkable
from importers.reply.table import plain_copy, sheet_names
from importers.roster import read_workbook

__all__ = ["redacted", "texts_of"]

_IN_PLACE = ("xlsx", "xlsm", "csv", "tsv", "html", "mht", "spreadsheetml")


def redacted(content: bytes, name: str, taking: TakingOut) -> FileCopy | None:
    """A copy that holds nothing of the people, or None where the file says nothing of them.

    A way is judged by what comes out: the tables must be the same but for the people, and no text may hold them.

    Raises:
        Unreadable: when the file cannot be read now, so that nothing is lost because a machine is busy.
    """
    before = open_bytes(content, name)
    read = read_workbook(before)
    after = without(before, taking, contacts_of(read, taking))
    gone = _gone(before, after)
    if not gone and not _holds(content, before, taking, gone):
        return None
    made = _in_place(content, before, after, taking, gone) or _as_table(after, taking, gone)
    if made is None:
        return FileCopy(b"", name, alike=False)
    again, ending = made
    named = after.file if ending == "" else f"{after.file.rpartition('.')[0] or after.file}{ending}"
    book = open_bytes(again, named)
    reads = read_workbook(book)
    same = alike(book, after) and _rows(read, taking) == _rows(reads)
    return FileCopy(again, named, same, numbers_named(texts_of(again, book), contact_texts(book, reads)))


def _in_place(
    content: bytes, before: WorkbookGrid, after: WorkbookGrid, taking: TakingOut, gone: dict[str, str]
) -> tuple[bytes, str] | None:
    if before.format not in _IN_PLACE:
        return None
    change = _change(taking, gone)
    try:
        if before.format in ("xlsx", "xlsm"):
            made = package_without(content, before, after, change)
        else:
            made = text_without(content, before.format, change)
        book = open_bytes(made, after.file)
        return (made, "") if alike(book, after) and not _holds(made, book, taking, gone) else None
    except (NotMarkable, Unreadable):
        return None


def _as_table(after: WorkbookGrid, taking: TakingOut, gone: dict[str, str]) -> tuple[bytes, str] | None:
    made = plain_copy(after, sheet_names(after))
    return None if _holds(made, open_bytes(made, after.file), taking, gone) else (made, ".xlsx")


def _holds(content: bytes, book: WorkbookGrid, taking: TakingOut, gone: dict[str, str]) -> bool:
    """Whether a file says anything of the people still: a number in any text, a cell's old text in any part."""
    if any(taking.text(text) != text for text in texts_of(content, book)):
        return True
    left = [f">{escape(text)}<" for text in gone]
    return bool(left) and any(one in text for text in markup_texts(content) for one in left)


def _gone(before: WorkbookGrid, after: WorkbookGrid) -> dict[str, str]:
    """Texts of cells that give way to others, and stand in no cell any more."""
    said: dict[str, str] = {}
    stands: set[str] = set()
    for old, new in zip(before.sheets, after.sheets, strict=True):
        said |= {old.text(*place): text for place, text in changed(old, new)}
        stands.update(cell.text for row in new.rows.values() for cell in row.cells)
    return {text: now for text, now in said.items() if text not in stands}


def _change(taking: TakingOut, gone: dict[str, str]) -> Change:
    return lambda text: gone[text] if text in gone else taking.text(text)


def _rows(read: Reading, taking: TakingOut | None = None) -> list[tuple[str, int, str, str | None]]:
    """What a reading makes of the rows: which are firms' records, and what is held or left out, and why."""
    say = taking.text if taking else str
    return [(say(row.sheet), row.row, row.fate, row.why) for row in read.rows]
