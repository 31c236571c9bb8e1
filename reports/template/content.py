"""What a template holds, before any workbook: its lines and filled cells, what each means, what is asked where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.quarter import Quarter
from app.domain.register import Enterprise, Equipment
from app.domain.statement import Statement
from reports.tables import Printed
from reports.template.columns import TemplateColumn

#: The sheet of the roster itself.
ROSTER = "名册"


class Place(NamedTuple):
    """A cell: its row and its column, both from 0, and its sheet."""

    row: int
    at: int
    sheet: str = ROSTER


@dataclass(frozen=True, slots=True)
class About:
    """What stands over the roster. `reporting_unit`: who reported last, left to be filled in where empty."""

    county: str
    quarter: Quarter
    reporting_unit: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact in question: of which subject (its id), which field, the question in words, what sources claim."""

    subject: str
    field: str
    question: str = ""
    claims: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A column with what it can hold. `kind`: of a permit or action ("": the firm's only one); `block`: a numbered
    furnace, or a type of machine that the head counts; `serial`: the row's own number; `part`: of a coordinate, 度,
    分, 秒 or 分秒; `unit_of`: the field of the size left of it whose unit stands here.
    """

    at: int
    column: TemplateColumn
    path: tuple[str, ...]
    section: str = ""
    name: str = ""
    kind: str = ""
    block: str | None = None
    serial: bool = False
    added: bool = False
    part: str = ""
    unit_of: str = ""

    @property
    def head(self) -> str:
        """All its words in one."""
        return "".join(self.path)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a firm, and the machines that the row tells of, by block (None: of the row itself)."""

    firm: Enterprise
    number: int
    machines: dict[str | None, Equipment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write a fact. `states`: what must be read back of it; nothing where it only denies another value."""

    printed: Printed
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell of a known or an asked fact. `last`: the last row of its merge; `ways`: the likeliest first.

    One without a way that is not asked either says in its note where else the fact stands.
    """

    place: Place
    last: int
    section: str
    subject: str
    name: str
    ways: tuple[Way, ...] = ()
    asked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """What goes on the pages though the roster has columns for it: facts of permits and actions, and firms (their ids)
    with all their machines. `unlisted`: machines that are gone, and that no line can say so of.
    """

    facts: frozenset[tuple[str, str]] = frozenset()
    firms: frozenset[str] = frozenset()
    unlisted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet beside the roster: a line for each machine, permit or action that no column of the roster can tell."""

    name: str
    title: str
    slots: tuple[Slot, ...]
    count: int
    filled: tuple[Filled, ...]

    @property
    def first(self) -> int:
        """The row of the first line, from 0."""
        return HEAD_ROW + 1


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster sheet: its columns, how many rows its head has, its cells from the first line on; and its pages."""

    about: About
    township: str
    slots: tuple[Slot, ...]
    lines: tuple[Line, ...]
    filled: tuple[Filled, ...]
    numbers: tuple[tuple[Place, int, int], ...]
    pages: tuple[Page, ...] = ()

    @property
    def cells(self) -> Iterator[Filled]:
        """Every filled cell, of the roster and of its pages."""
        yield from self.filled
        for page in self.pages:
            yield from page.filled

    @property
    def title(self) -> str:
        """County, township and quarter."""
        return f"{self.about.county}{self.township}铸造企业名册（{self.about.quarter.chinese}）"

    @property
    def head_rows(self) -> int:
        """The rows of the head."""
        return max((len(slot.path) for slot in self.slots), default=1)

    @property
    def first(self) -> int:
        """The row of the first line, from 0."""
        return HEAD_ROW + self.head_rows


#: The rows above the head: the title, then who reports and when.
HEAD_ROW = 2
