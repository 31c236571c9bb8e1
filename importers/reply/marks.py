"""What the sender is asked: marks on cells and questions beside them, taken from the issues of an import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.proposal import RosterIssue
from importers.container.limits import LAST_COLUMN, LAST_ROW
from importers.grid import Place, WorkbookGrid, column_number
from importers.reading import Record
from importers.reply.examples import choices_of, example_of

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")

OMITTED, REMOVED = "漏报", "已拆除"
NEW_FIRM, NEW_MACHINE = "另一家新企业", "都不是，是另一台"
ONE_GROUP, FURTHER = "同一组拆开写的", "那一组之外另有的设备"
REPLACED, NOT_REPLACED = "旧的换成了新的", "没有换，两台没有关系"
NONE_REPLACED, BY = "都没有换，没有关系", "换成"

#: Issues that a word settles, with the words; the answer is no new text of the cell.
CHOICES: dict[str, tuple[str, ...]] = {
    "enterprise.missing_this_time": ("漏报", "关停", "搬迁", "被整合"),
    "enterprise.similar": ("同一家", "不是同一家"),
    "machine.not_listed": (OMITTED, REMOVED),
    "firm.several_of_name": (NEW_FIRM,),
    "machine.fits_several": (NEW_MACHINE,),
    "machine.splits_group": (ONE_GROUP, FURTHER),
    "machine.replaced": (REPLACED, NOT_REPLACED),
    "machine.replaces_several": (NONE_REPLACED,),
}
#: Of these the words are not all: a code, a name or a machine may be written as well.
OPEN = frozenset({"firm.several_of_name", "machine.fits_several", "machine.replaces_several"})
#: What a sender can do where the register's remedy is an officer's command.
_FIXES = {
    "import.no_day": "请在表上写明填报日期，如“填报日期：2024年1月15日”",
    "machine.splits_group": "请核实：这几处是那一组拆开写的，还是那一组之外另有的设备；答一次，这几处都算",
    "machine.replaced": "请核实：新的是不是换下了旧的；旧的是否拆了，另外答",
    "machine.replaces_several": f"请逐台写明哪台{BY}了哪台，如“旧设备{BY}新设备”，几对之间用分号隔开",
}
#: Where a question names the machines that are meant.
_MACHINES = re.compile("可能是已登记的：(.+)，分不清")
_OUT_AND_IN = re.compile("”退出的有：(.+)；新增的有：(.+)；哪一台换成了哪一台，对不上")
_COUNTED = re.compile(r"(.+?)（(\d+)台）(?:、|$)")
_LONGEST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to be mended: what is wrong, how to mend it, and how it could read. `raw`: as written."""

    number: int
    sheet: str
    cell: str
    severity: str
    code: str
    field: str | None
    firm: str
    raw: str
    message: str
    fix: str
    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that the field knows, where it knows only some."""
        return choices_of(self.field)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that no cell's text settles. With a place, its cell is coloured too.

    `open`: other words than the choices answer it as well.
    """

    number: int
    code: str
    sheet: str | None
    cell: str | None
    firm: str
    question: str
    raw: str
    fix: str
    choices: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ReplyAbout:
    """Which file is answered: its name and digest, for which county and batch, on which day (as it is to be shown).

    `known`: the change at which the register's own questions were asked; `further`: how many more there are of those.
    """

    file: str
    sha256: str
    county: str
    batch: str | None
    day: str
    known: int | None = None
    further: int = 0


def place_of(cell: str | None) -> Place | None:
    """`D6` as row 6, column 4; None where it is no cell of a sheet."""
    match = _ADDRESS.match(cell or "")
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def firms_of(records: Iterable[Record]) -> dict[tuple[str, int], str]:
    """The firm of each sheet row that one was read from."""
    firms: dict[tuple[str, int], str] = {}
    for record in records:
        name = record.enterprise.get("name")
        if name is not None:
            for row in record.sheet_rows or range(record.rows[0], record.rows[1] + 1):
                firms.setdefault((record.sheet, row), str(name.value))
    return firms


def marks_of(
    issues: Sequence[RosterIssue],
    book: WorkbookGrid,
    *,
    firms: Mapping[tuple[str, int], str] | None = None,
    choices: Mapping[str, tuple[str, ...]] = CHOICES,
) -> tuple[list[Mark], list[Asked]]:
    """Marks for what stands in a cell; questions for the rest, and for what a word settles. Numbered in one sequence.

    They come in the order of the workbook, what has no place last: so a person goes through them.
    """
    marks: list[Mark] = []
    asked: list[Asked] = []
    sheets = {grid.name: at for at, grid in enumerate(book.sheets)}
    firms = firms or {}
    for number, issue in enumerate(sorted(issues, key=lambda one: _order(one, sheets)), 1):
        place = place_of(issue.cell) if issue.sheet in sheets else None
        cell = issue.cell if place else None
        firm = firms.get((issue.sheet or "", place[0]), "") if place else ""
        raw = issue.raw or ""
        words = (*_machines(issue), *_pairs(issue), *choices.get(issue.code, ()))
        if cell is None or issue.sheet is None or words:
            where = issue.sheet if issue.sheet in sheets else None
            told = (where, cell, firm, issue.message, raw, _FIXES.get(issue.code, issue.fix), words)
            asked.append(Asked(number, issue.code, *told, open=issue.code in OPEN))
        else:
            of = (issue.severity, issue.code, issue.field, firm, raw, issue.message, issue.fix)
            marks.append(Mark(number, issue.sheet, cell, *of, _example(issue)))
    return marks, asked


def _machines(issue: RosterIssue) -> tuple[str, ...]:
    """The machines that a question names."""
    found = _MACHINES.search(issue.message) if issue.code == "machine.fits_several" else None
    return _listable(found[1].split("；")) if found else ()


def _pairs(issue: RosterIssue) -> tuple[str, ...]:
    """Each old machine with each new one that may have replaced it: as many bodies for as many."""
    sides = out_and_in(issue.message) if issue.code == "machine.replaces_several" else None
    if sides is None:
        return ()
    return _listable([f"{old}{BY}{new}" for old, gone in sides[0] for new, come in sides[1] if gone == come])


def out_and_in(question: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]] | None:
    """The machines that went and those that came, in the words of a question, each with its bodies."""
    found = _OUT_AND_IN.search(question)
    return (_COUNTED.findall(found[1]), _COUNTED.findall(found[2])) if found else None


def _listable(words: Sequence[str]) -> tuple[str, ...]:
    """Words to choose from, where each is another one and a list can hold them."""
    fit = len(set(words)) == len(words) and len("".join(words)) <= _LONGEST_CHOICES
    return tuple(words) if fit and not any(mark in word for word in words for mark in ',|"') else ()


def _order(issue: RosterIssue, sheets: Mapping[str, int]) -> tuple[int, Place]:
    if issue.sheet is None or issue.sheet not in sheets:
        return len(sheets), (0, 0)
    return sheets[issue.sheet], place_of(issue.cell) or (LAST_ROW + 1, 0)


def _example(issue: RosterIssue) -> str:
    """How the field is written well, unless the remedy says it already."""
    example = example_of(issue.field)
    return "" if "，如" in issue.fix or "例如" in issue.fix else example
