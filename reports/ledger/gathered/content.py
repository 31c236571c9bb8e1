"""What a quarterly ledger is made of: the register at the quarter's end, who still holds, and the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.dates import DateInterval
from app.domain.quarter import Quarter
from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.vocabulary import label
from app.register.aggregates.counts import Figures
from app.register.movements.values import Movements
from reports.forms import form
from reports.ledger.gathered.beside import Beside
from reports.tables import Column, Origin, Printed, Ref, Table

if TYPE_CHECKING:
    from reports.ledger.gathered.past import Past
    from reports.ledger.gathered.questions import Question

DISPUTED = "有争议"
NOT_STATED = "未说明"
UNSORTED = "未归类"
OWNER_UNKNOWN = "归属不明"
#: Figures that papers state of acts, beside the acts that are recorded by name.
ACT_TOPICS = {
    "power_cut": "停电",
    "power_restored": "复电",
    "halt": "停产通知",
    "closure": "关停退出",
    "resumed": "恢复生产",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A roster that the figures rest on."""

    file: str
    source: str
    day: str
    change: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Revision:
    """An issue of this quarter's ledger: its number, the knowledge that it shows, and why it was made."""

    number: int
    known: int
    reason: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issue is called and who answers for it: (填报人, 张三) and so on; of a draft its number says so."""

    number: str
    people: tuple[tuple[str, str], ...] = ()


class Row(NamedTuple):
    """A row of a sheet with where its cells come from."""

    cells: tuple[Printed, ...]
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the sheets print.

    `holding` is the answer of `luzhang obsolete` for the quarter's last day, with the ids of its firms and machines;
    `clauses`: those that it was asked of, each with its edition. `past`: the quarters before, the oldest first.
    `audited`: the number and digest of the record of who made the change that it is known at.
    `again`: the same county counted by the database, by township; None of a content that no register holds.
    """

    county_name: str
    quarter: Quarter
    snapshot: Snapshot
    holding: Mapping[str, Any]
    known_at: str
    digest: str
    townships: tuple[str, ...]
    clauses: tuple[tuple[str, str], ...] = ()
    sources: tuple[SourceFile, ...] = ()
    revisions: tuple[Revision, ...] = ()
    beside: Beside = field(default_factory=Beside)
    questions: tuple[Question, ...] = ()
    past: tuple[Past, ...] = ()
    issued: Issued | None = None
    movements: Movements | None = None
    audited: tuple[int, str] | None = None
    again: Mapping[str, Figures] | None = None

    def table(
        self,
        sheet: str,
        rows: Iterable[tuple[Printed, ...]],
        *,
        origins: Iterable[Origin] = (),
        total: str | None = None,
        notes: Iterable[str] = (),
        emphasis: Iterable[int] = (),
        columns: Sequence[Column] | None = None,
    ) -> Table:
        """A sheet of the ledger's form, titled as 蓝山县2025年第四季度企业底数表."""
        told = form("ledger", sheet)
        return Table(
            sheet,
            f"{self.county_name}{self.quarter.chinese}{told.title}",
            told.columns if columns is None else tuple(columns),
            tuple(rows),
            total,
            tuple(notes),
            told.unit,
            frozenset(emphasis),
            tuple(origins),
        )

    def traced(
        self,
        sheet: str,
        rows: Iterable[Row],
        *,
        total: str | None = None,
        notes: Iterable[str] = (),
        emphasis: Iterable[int] = (),
        columns: Sequence[Column] | None = None,
    ) -> Table:
        """The same of rows that say where they come from."""
        kept = list(rows)
        cells, origins = [row.cells for row in kept], [row.origin for row in kept]
        return self.table(sheet, cells, origins=origins, total=total, notes=notes, emphasis=emphasis, columns=columns)

    def has(self, word: str) -> bool:
        """Whether the register holds what a sheet or a column of the form is printed of."""
        return not word or _HELD[word](self)

    def firms(self) -> list[Enterprise]:
        """The county's firms by township, in the dictionary's order, then by name."""
        order = {name: place for place, name in enumerate(self.townships)}
        return sorted(
            self.snapshot.enterprises, key=lambda firm: (order.get(township(firm), len(order)), firm.name, firm.id)
        )

    def held(self) -> Iterator[tuple[Enterprise, Mapping[str, Any]]]:
        """The machines of the answer on obsolete equipment, each with its firm, in the order of the firms."""
        places = {firm.id: (place, firm) for place, firm in enumerate(self.firms())}
        rows = [row for row in self.holding["rows"] if row["enterprise"].get("id") in places]
        for row in sorted(rows, key=lambda one: places[one["enterprise"]["id"]][0]):
            for furnace in row["furnaces"]:
                yield places[row["enterprise"]["id"]][1], furnace


_HELD: Mapping[str, Callable[[Content], bool]] = {
    "equipment": lambda told: any(firm.equipment for firm in told.snapshot.enterprises),
    "clauses": lambda told: told.holding["totals"] is not None,
    "permits": lambda told: any(firm.permits for firm in told.snapshot.enterprises),
    "plans": lambda told: (
        bool(told.beside.levels)
        or any(firm.plans for firm in told.snapshot.enterprises)
        or any(figure.topic in ("plan", "resumed") for figure in told.snapshot.figures)
    ),
    "actions": lambda told: (
        any(firm.actions for firm in told.snapshot.enterprises)
        or any(figure.topic in ACT_TOPICS for figure in told.snapshot.figures)
    ),
    "power": lambda told: bool(told.beside.power),
    "questions": lambda told: bool(told.questions),
    "movements": lambda told: told.movements is not None,
    "opening": lambda told: told.movements is not None and any(line.opening for line in told.movements.lines),
    "past": lambda told: any(one.firms for one in told.past),
}


def ref(section: str, subject: Subject) -> Ref:
    """A subject as what a cell stands for."""
    return section, subject.id


def refs(section: str, subjects: Iterable[Subject]) -> tuple[Ref, ...]:
    """Subjects as what a number counts."""
    return tuple((section, one.id) for one in subjects)


def township(firm: Enterprise) -> str:
    """A firm's township as printed."""
    return said(firm, "enterprise", "township") or NOT_STATED


def said(subject: Subject, section: str, field: str) -> str:
    """A fact as a person reads it: its Chinese word; 有争议 where sources disagree; empty where not stated."""
    if field in subject.disputed:
        return DISPUTED
    value = subject.facts.get(field)
    if value is None:
        return ""
    return value.text if isinstance(value, DateInterval) else label(section, field, value)


def number(subject: Subject, field: str) -> float | int | str | None:
    """A numeric fact, 有争议, or None where not stated."""
    if field in subject.disputed:
        return DISPUTED
    value = subject.facts.get(field)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def possible_owners(machines: Iterable[Equipment]) -> frozenset[str]:
    """The firms (ids) whose the machines may be, where that cannot be told."""
    return frozenset(firm for machine in machines for firm in machine.owners)


#: So many names at most fit a cell that is still printed whole.
_NAMED = 80


def names(firms: Iterable[Enterprise]) -> str:
    """Firms by name, for a remark; of more than a cell shows, where they are listed."""
    return listed([firm.name for firm in firms])


def listed(called: Sequence[str]) -> str:
    """Names in a row, or how many and where they stand."""
    return "、".join(called) if len(called) <= _NAMED else f"{len(called)}家，名单见“企业底数”等明细表"
