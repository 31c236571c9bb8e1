"""A sender's own xlsx or xlsm without some people: cells anew, texts of every other part changed, no part beside."""

from __future__ import annotations

from importers.container.archive import Part, inflate, read_parts
from importers.container.limits import DEFAULT
from importers.grid import Place, WorkbookGrid
from importers.redaction.grids import changed
from importers.redaction.markup import Change, with_texts_changed
from importers.redaction.texts import is_markup
from importers.reply.package_edit import PackageEdit
from importers.reply.part_bytes import PartBytes
from importers.reply.refused import NotMarkable
from importers.reply.sheet_cut import SheetCut
from importers.reply.xml_part import encoding_of

#: Pictures, and what a printer was told: no text is found in them. A part of any other kind may hold texts unseen.
_TEXTLESS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
_PRINTER = "printersettings"
_THUMBNAIL = "docprops/thumbnail"
#: A part that is larger is not held in memory with its changes; the table is written anew instead.
_LARGEST = 60_000_000


def package_without(content: bytes, before: WorkbookGrid, after: WorkbookGrid, change: Change) -> bytes:
    """The package in which cells say what they say in `after`, and no text of any part what `change` takes out.

    Raises:
        NotMarkable: when that cannot be done safely.
    """
    parts = read_parts(content, DEFAULT)
    for part in parts:
        _refuse_unseen(part)
    package = PackageEdit(content, parts)
    sheets = [sheet for sheet in package.sheets if sheet.path]
    if len(package.sheets) != len(before.sheets) or len({sheet.path for sheet in sheets}) < len(sheets):
        raise NotMarkable("工作表的部件与读到的不一一对应")
    cut: dict[str, bytes] = {}
    for sheet, old, new in zip(package.sheets, before.sheets, after.sheets, strict=True):
        said = dict(changed(old, new))
        if said and not sheet.path:
            raise NotMarkable(f"“{old.name}”不是普通工作表")
        if said:
            cut[package.part(sheet.path).name] = _cells_anew(package.stream(sheet.path), sheet.path, said)
    for part in parts:
        if is_markup(part):
            whole = cut.get(part.name) or b"".join(inflate(content, part))
            made = _changed(part, whole, change)
            if made is not whole or part.name in cut:
                package.swap(part.name, [made])
    return package.done()


def _refuse_unseen(part: Part) -> None:
    name = part.name.lower()
    seen = is_markup(part) or name.endswith("/") or _PRINTER in name or name.endswith(_TEXTLESS)
    if not seen or name.startswith(_THUMBNAIL) or part.size > _LARGEST:
        raise NotMarkable(f"部件 {part.name} 里可能还有看不见的文字")


def _cells_anew(stream: PartBytes, path: str, said: dict[Place, str]) -> bytes:
    cut = SheetCut(path, (), lambda style, _: style, said)
    cut.run(stream.pieces())
    return b"".join(stream.spliced(cut.splices))


def _changed(part: Part, whole: bytes, change: Change) -> bytes:
    encoding = encoding_of(whole[:400], part.name)
    text = whole.decode(encoding)
    made = with_texts_changed(text, change)
    return whole if made == text else made.encode(encoding, "xmlcharrefreplace")
