"""The sender's own workbook with the doubtful cells marked, a sheet of questions and what the reply remembers added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from importers.container.archive import read_parts
from importers.container.limits import DEFAULT
from importers.grid import Cell, Place, SheetGrid, WorkbookGrid
from importers.reply import record
from importers.reply.comments_part import new_comments, with_notes
from importers.reply.corrections import Correction
from importers.reply.marks import Asked, Mark, ReplyAbout, place_of
from importers.reply.note_boxes import drawing_with, new_drawing, used_blocks
from importers.reply.package_edit import PackageEdit, SheetPart, relation_attribute
from importers.reply.pages import print_titles, questions_page, record_page
from importers.reply.part_bytes import Splice
from importers.reply.refused import NotMarkable
from importers.reply.sheet_cut import Said, SheetCut
from importers.reply.styles_part import EMPTY, StylesPart
from importers.reply.wording import Line, Painted, heading, lines_of, painted
from importers.reply.xml_part import XmlPart

QUESTIONS = "待核实"


def marked_copy(
    original: bytes,
    book: WorkbookGrid,
    marks: Sequence[Mark],
    asked: Sequence[Asked],
    about: ReplyAbout,
    mended: Sequence[Correction] = (),
) -> bytes:
    """The sender's xlsx or xlsm: every part and cell as it was, but for the marks and the sheets added.

    `mended`: cells that came back corrected since, which say what they say now.

    Raises:
        NotMarkable: when that cannot be done without touching what is there.
    """
    if book.format not in ("xlsx", "xlsm"):
        raise NotMarkable(f"{book.format} 文件里不能加标注")
    return marked_package(original, book, marks, asked, about, mended=mended)


def marked_package(
    content: bytes,
    book: WorkbookGrid,
    marks: Sequence[Mark],
    asked: Sequence[Asked],
    about: ReplyAbout,
    *,
    names: Mapping[str, str] | None = None,
    reason: str = "",
    mended: Sequence[Correction] = (),
) -> bytes:
    """The same in a package of the same table. `names`: its sheets by those of `book`; `reason`: why not itself."""
    package = PackageEdit(content, read_parts(content, DEFAULT))
    names = dict(names or {grid.name: grid.name for grid in book.sheets})
    lines = lines_of(marks, asked)
    styles = StylesPart(_styles(package))
    there = [sheet.name for sheet in package.sheets]
    pages = _pages(package, book, names)
    blocks = used_blocks(package.drawings())
    for grid in book.sheets:
        cells = painted(lines, grid)
        said = _said(mended, grid.name)
        sheet = pages.get(grid.name)
        if (cells or said) and sheet is not None and sheet.path:
            _paint(package, sheet, cells, styles, blocks, said)
        elif said:
            raise NotMarkable(f"更正的单元格所在的“{grid.name}”不是普通工作表")
    questions = unique_name(QUESTIONS, [*there, *names])
    page = questions_page(package.namespace, heading(about, lines, reason), lines, styles.page(), names)
    place = package.add_sheet(questions, page)
    package.define("_xlnm.Print_Titles", print_titles(questions), place)
    rows = record.rows_of(about, questions, names.items(), _remembered(lines, marks, asked, book))
    hidden = unique_name(record.SHEET, [*there, *names, questions])
    package.add_sheet(hidden, record_page(package.namespace, rows), "veryHidden")
    if styles.part.name in {part.name for part in package.parts}:
        package.swap(styles.part.name, [styles.done()])
    else:
        package.relate(package.workbook_path, "styles", package.add_part("styles", ".xml", styles.done(), "styles"))
    return package.done()


def unique_name(name: str, taken: Iterable[str]) -> str:
    """A sheet's name that no other has, whatever its case."""
    used = {one.casefold() for one in taken}
    number, found = 1, name
    while found.casefold() in used:
        number += 1
        found = f"{name}{number}"
    return found


def _pages(package: PackageEdit, book: WorkbookGrid, names: Mapping[str, str]) -> dict[str, SheetPart]:
    """The parts of the sheets, in order: the reader may have told two sheets of one name apart by names of its own."""
    paths = [sheet.path for sheet in package.sheets if sheet.path]
    if len(set(paths)) < len(paths):
        raise NotMarkable("有两张工作表用的是同一个部件")
    if len(package.sheets) == len(book.sheets):
        return {grid.name: sheet for grid, sheet in zip(book.sheets, package.sheets, strict=True)}
    there = {sheet.name: sheet for sheet in package.sheets}
    return {name: there[here] for name, here in names.items() if here in there}


def _styles(package: PackageEdit) -> XmlPart:
    paths = (path for kind, path in package.relations(package.workbook_path).values() if kind == "styles")
    path = next(paths, "")
    if path and package.has(path):
        return package.xml(path)
    return XmlPart("styles", EMPTY.format(namespace=package.namespace).encode())


def _said(mended: Sequence[Correction], sheet: str) -> dict[Place, Said]:
    """What cells of a sheet say now. A number stays one where one stood: elsewhere its format could be a day's."""
    found: dict[Place, Said] = {}
    for one in mended:
        place = place_of(one.cell)
        if one.sheet == sheet and place is not None:
            number = _number(one.after) if _number(one.before) is not None else None
            found[place] = number if number is not None else one.after.text if one.after else None
    return found


def _number(cell: Cell | None) -> float | None:
    value = cell.value if cell is not None and not cell.error else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _paint(
    package: PackageEdit,
    sheet: SheetPart,
    cells: Mapping[Place, Painted],
    styles: StylesPart,
    blocks: set[int],
    said: Mapping[Place, Said],
) -> None:
    def restyle(style: int, place: Place) -> int:
        return styles.marked(style, cells[place].severity) if place in cells else style

    _refuse_heads(package, sheet, said)
    cut = SheetCut(sheet.path, cells, restyle, said)
    stream = package.stream(sheet.path)
    cut.run(stream.pieces())
    splices = [*cut.splices, *(_comments(package, sheet, cut, cells, blocks) if cells else ())]
    package.swap(sheet.path, stream.spliced(splices))


def _refuse_heads(package: PackageEdit, sheet: SheetPart, said: Iterable[Place]) -> None:
    """A head of a table stands in the table's part too, and programs call the file damaged where the two differ."""
    tables = [path for kind, path in package.relations(sheet.path).values() if kind == "table" and package.has(path)]
    for told in (package.xml(path).root.attributes for path in (tables if said else ())):
        top = place_of(told.get("ref", "").partition(":")[0])
        if top is not None and told.get("headerRowCount") != "0" and any(row == top[0] for row, _ in said):
            raise NotMarkable("更正的单元格是智能表格的标题")


def _comments(
    package: PackageEdit, sheet: SheetPart, cut: SheetCut, cells: Mapping[Place, Painted], blocks: set[int]
) -> list[Splice]:
    """Comments beside those that are there; what the sheet itself must say for it."""
    relations = package.relations(sheet.path)
    notes = {place: cell.note for place, cell in cells.items()}
    path = next((path for kind, path in relations.values() if kind == "comments" and package.has(path)), "")
    if path:
        written, alone, shared = with_notes(package.xml(path), notes)
        package.swap(path, [written])
    else:
        written, alone, shared = with_notes(new_comments(package.namespace), notes)
        package.relate(sheet.path, "comments", package.add_part("comments", ".xml", written, "comments"))
    drawing = relations.get(cut.legacy or "", ("", ""))[1]
    if drawing and package.has(drawing):
        try:
            text = package.whole(drawing).decode()
        except UnicodeDecodeError as odd:
            raise NotMarkable("原件批注的图形部件编码异常") from odd
        package.swap(drawing, [drawing_with(text, alone, shared, cut.measures).encode()])
        return []
    if cut.legacy is not None:
        raise NotMarkable("原件批注的图形部件缺失")
    if not alone:
        return []
    made = package.add_part("drawings/vmlDrawing", ".vml", new_drawing(alone, cut.measures, blocks), "")
    named = relation_attribute(cut.root, package.office, package.relate(sheet.path, "vmlDrawing", made))
    at = cut.legacy_place or 0
    return [Splice(at, at, f"<{cut.prefix}legacyDrawing {named}/>".encode())]


def _remembered(
    lines: Sequence[Line], marks: Sequence[Mark], asked: Sequence[Asked], book: WorkbookGrid
) -> list[tuple[Line, str, str, str]]:
    codes = {one.number: one.code for one in marks} | {one.number: one.code for one in asked}
    fields = {one.number: one.field or "" for one in marks}
    grids: dict[str, SheetGrid] = {grid.name: grid for grid in book.sheets}
    return [
        (
            line,
            codes[line.number],
            fields.get(line.number, ""),
            line.question if line.settled or not line.cell else record.text_at(grids, line.sheet, line.cell),
        )
        for line in lines
    ]
