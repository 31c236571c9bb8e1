"""The words of a reply: comments on cells and the lines of the questions' sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importers.grid import Place, SheetGrid
from importers.reply.marks import Asked, Mark, ReplyAbout, place_of

HEADS = ("序号", "工作表", "单元格", "企业", "问题", "原来写的", "怎么改", "更正为", "说明")
NUMBER, INSTEAD, NOTE = HEADS[0], HEADS[7], HEADS[8]
TITLE = "待核实问题"
_SEVERITIES = {"error": "错误", "question": "疑问", "warning": "提醒"}
_LONGEST_RAW, _LONGEST_TEXT = 200, 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the questions' sheet. `settled`: only the choices answer it, or if it is `open` other words too."""

    number: int
    severity: str
    sheet: str
    cell: str
    firm: str
    question: str
    raw: str
    fix: str
    choices: tuple[str, ...]
    settled: bool
    open: bool = False


@dataclass(frozen=True, slots=True)
class Painted:
    """What a cell gets: its colour by the gravest of its issues, and one comment for all of them."""

    severity: str
    note: str


def lines_of(marks: Iterable[Mark], asked: Iterable[Asked]) -> list[Line]:
    """All that is asked, by number."""
    lines = [
        Line(
            one.number, one.severity, one.sheet, one.cell, one.firm, one.message, one.raw,
            _with_example(one.fix, one.example), one.choices, False,
        )
        for one in marks
    ] + [
        Line(
            one.number, "question", one.sheet or "", one.cell or "", one.firm, one.question, one.raw,
            one.fix, one.choices, bool(one.choices) or one.open, one.open,
        )
        for one in asked
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.number)


def _with_example(fix: str, example: str) -> str:
    return f"{fix}\n例：{example}" if example else fix


def painted(lines: Sequence[Line], grid: SheetGrid) -> dict[Place, Painted]:
    """The cells of a sheet that are coloured; within a merged range its top-left."""
    by_place: dict[Place, list[Line]] = {}
    for line in lines:
        place = place_of(line.cell)
        if place is not None and line.sheet == grid.name:
            by_place.setdefault(corner(grid, place), []).append(line)
    return {
        place: Painted(
            "error" if any(line.severity == "error" for line in about) else "question",
            _shorter("\n".join(_remark(line) for line in about), _LONGEST_TEXT),
        )
        for place, about in sorted(by_place.items())
    }


def corner(grid: SheetGrid, place: Place) -> Place:
    """The top-left of the merged range over a place, also where that is blank."""
    row, column = place
    found = grid.origin(row, column)
    if found != place:
        return found
    covering = (one for one in grid.merges if one.top <= row <= one.bottom and one.left <= column <= one.right)
    return next(((one.top, one.left) for one in covering), place)


def _remark(line: Line) -> str:
    settled = f"\n请在“{TITLE}”表中{how_to_answer(line)}" if line.settled else ""
    return f"【{line.number}】{line.question}\n改法：{line.fix}{settled}"


def how_to_answer(line: Line) -> str:
    """From which words to choose."""
    if not line.choices:
        return "写明"
    return f"{'选或写明' if line.open else '选'}：{'、'.join(line.choices)}"


def shown_raw(raw: str) -> str:
    """As written, cut where it is a whole page."""
    return _shorter(raw, _LONGEST_RAW)


def _shorter(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def heading(about: ReplyAbout, lines: Sequence[Line], reason: str) -> tuple[str, str, str]:
    """The title, what is counted, and what to do."""
    counts = ((word, sum(line.severity == severity for line in lines)) for severity, word in _SEVERITIES.items())
    counted = "，".join(f"{word} {count}" for word, count in counts if count)
    placed = sum(bool(line.cell) for line in lines)
    title = f"{TITLE}：{about.file}"
    summed = (
        f"核对日期：{about.day}　共 {len(lines)} 处（{counted or '无'}），其中 {placed} 处已在表中单元格标色并加批注"
    )
    todo = (
        "填法：直接改表中标色的单元格，或在本表黄色的“更正为”一栏填写，两处填一处即可；有下拉选项的请选一项。"
        "没有标色的单元格，改了也不会读取。填好后保存，把本文件原样发回。"
    )
    if about.further:
        summed += f"　登记库还有 {about.further} 项要问，这次没有列上，以后再问"
    return title, summed, f"{reason}{todo}" if reason else todo
