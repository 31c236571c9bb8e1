"""The two sheets that a reply adds, as XML: what is asked, to be read and filled in, and what the reply remembers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from importers.grid import address, column_letter
from importers.reply.styles_part import PageStyles
from importers.reply.wording import HEADS, Line, how_to_answer, shown_raw
from importers.reply.xml_part import attribute, element_text

HEAD_ROW = 4
_WIDTHS = (6, 12, 9, 20, 36, 20, 34, 20, 22)
_MOST_CHOICES = 250
_LONGEST_LINK = 255
_LINE = 14.0
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def record_page(namespace: str, rows: Iterable[Sequence[str]]) -> bytes:
    """The sheet that nobody sees: texts and nothing else."""
    written = (
        f'<row r="{number}">{"".join(_cell(number, at, text) for at, text in enumerate(row, 1) if text)}</row>'
        for number, row in enumerate(rows, 1)
    )
    return (
        f'{_DECLARATION}<worksheet xmlns="{namespace}"><sheetData>{"".join(written)}</sheetData></worksheet>'.encode()
    )


def questions_page(
    namespace: str, heading: tuple[str, str, str], lines: Sequence[Line], styles: PageStyles, names: dict[str, str]
) -> bytes:
    """The sheet of questions. `names`: the sheets of the workbook as it is sent, by their names in the original."""
    last = column_letter(len(HEADS))
    rows = [
        _row(number, [(1, text, style)], height)
        for number, (text, style, height) in enumerate(
            (
                (heading[0], styles.title, 28.0),
                (heading[1], styles.note, 20.0),
                (heading[2], styles.note, _high(heading[2])),
            ),
            1,
        )
    ]
    rows.append(_row(HEAD_ROW, [(at, text, styles.head) for at, text in enumerate(HEADS, 1)], 24.0))
    rows += [_line(HEAD_ROW + at, line, styles, names) for at, line in enumerate(lines, 1)]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(_WIDTHS, 1)
    )
    merges = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in (1, 2, 3))
    return (
        f'{_DECLARATION}<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FFFFC000"/><pageSetUpPr fitToPage="1"/>'
        f'</sheetPr><dimension ref="A1:{last}{HEAD_ROW + max(len(lines), 1)}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{HEAD_ROW}" '
        f'topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="H{HEAD_ROW + 1}" sqref="H{HEAD_ROW + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<mergeCells count="3">{merges}</mergeCells>{_choices(lines)}{_links(lines, names)}'
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    ).encode()


def print_titles(name: str) -> str:
    """What is repeated on every page."""
    return f"{quoted(name)}!${HEAD_ROW}:${HEAD_ROW}"


def quoted(name: str) -> str:
    """A sheet's name within a reference."""
    return "'" + name.replace("'", "''") + "'"


def _line(number: int, line: Line, styles: PageStyles, names: dict[str, str]) -> str:
    graded = styles.error if line.severity == "error" else styles.centred
    linked = styles.link if _target(line, names) else styles.centred
    fix = f"{line.fix}\n请{how_to_answer(line)}" if line.settled else line.fix
    sheet = names.get(line.sheet, line.sheet)
    cells: list[tuple[int, str | int, int]] = [
        (1, line.number, graded), (2, sheet, styles.text), (3, line.cell, linked), (4, line.firm, styles.text),
        (5, line.question, styles.text), (6, shown_raw(line.raw), styles.text), (7, fix, styles.text),
        (8, "", styles.fill_in), (9, "", styles.fill_in),
    ]  # fmt: skip
    tallest = max(_lines(str(text), width) for (_, text, _), width in zip(cells, _WIDTHS, strict=True))
    return _row(number, cells, min(max(tallest * _LINE + 6, 24.0), 400.0))


def _row(number: int, cells: Iterable[tuple[int, str | int, int]], height: float) -> str:
    written = "".join(_cell(number, column, text, style) for column, text, style in cells)
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{written}</row>'


def _cell(row: int, column: int, text: str | int, style: int | None = None) -> str:
    head = f'<c r="{address(row, column)}"' + ("" if style is None else f' s="{style}"')
    if isinstance(text, int):
        return f"{head}><v>{text}</v></c>"
    if not text:
        return f"{head}/>"
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{element_text(text)}</t></is></c>'


def _high(text: str) -> float:
    return _lines(text, sum(_WIDTHS)) * _LINE + 6


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; a full-width letter takes two."""
    fits = max(width * 1.05 - 1, 1)
    return sum(max(1, -(-_letters(line) // int(fits))) for line in text.split("\n"))


def _letters(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)


def _target(line: Line, names: dict[str, str]) -> str:
    if not line.cell or line.sheet not in names:
        return ""
    target = f"{quoted(names[line.sheet])}!{line.cell}"
    return target if len(target) <= _LONGEST_LINK else ""


def _links(lines: Sequence[Line], names: dict[str, str]) -> str:
    links = "".join(
        f'<hyperlink ref="C{HEAD_ROW + at}" location="{attribute(target)}" display="{line.cell}"/>'
        for at, line in enumerate(lines, 1)
        if (target := _target(line, names))
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def _choices(lines: Sequence[Line]) -> str:
    """Drop-downs: an answer must be one of them; of a field's words another may be written."""
    cells: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for at, line in enumerate(lines, HEAD_ROW + 1):
        if (
            line.choices
            and len(",".join(line.choices)) <= _MOST_CHOICES
            and not any("," in one for one in line.choices)
        ):
            cells.setdefault((line.choices, line.settled and not line.open), []).append(f"H{at}")
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" {_strictness(settled)} '
        f'sqref="{" ".join(places)}"><formula1>"{element_text(",".join(words))}"</formula1></dataValidation>'
        for (words, settled), places in cells.items()
    )
    return f'<dataValidations count="{len(cells)}">{rules}</dataValidations>' if rules else ""


def _strictness(settled: bool) -> str:
    return (
        'showErrorMessage="1" errorTitle="请选择" error="请从下拉列表中选一项，其他情况写在“说明”栏"' if settled else ""
    )
