"""What a quarterly ledger is made of: the register at the quarter's end, who still holds, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.dates import DateInterval
from app.domain.quarter import Quarter
from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.vocabulary import label
from reports.forms import heading
from reports.ledger.beside import Beside
from reports.tables import Printed, Table

DISPUTED = "有争议"
NOT_STATED = "未说明"
UNSORTED = "未归类"
OWNER_UNKNOWN = "归属不明"


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
class Content:
    """Everything that the sheets print.

    `holding` is the answer of `luzhang obsolete` for the quarter's last day, `clauses` those that it was asked of.
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

    def table(
        self,
        sheet: str,
        rows: Iterable[tuple[Printed, ...]],
        *,
        total: str | None = None,
        notes: Iterable[str] = (),
        emphasis: Iterable[int] = (),
    ) -> Table:
        """A sheet of the ledger's form, titled as 蓝山县2025年第四季度企业底数表."""
        title, unit, columns = heading("ledger", sheet)
        full = f"{self.county_name}{self.quarter.chinese}{title}"
        return Table(sheet, full, columns, tuple(rows), total, tuple(notes), unit, frozenset(emphasis))

    def firms(self) -> list[Enterprise]:
        """The county's firms by township, in the dictionary's order, then by name."""
        order = {name: place for place, name in enumerate(self.townships)}
        return sorted(
            self.snapshot.enterprises, key=lambda firm: (order.get(township(firm), len(order)), firm.name, firm.id)
        )


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


def masked_phone(text: str) -> str:
    """138****1234: personal numbers do not leave by a ledger."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 7 and text != DISPUTED else text


def possible_owners(machines: Iterable[Equipment]) -> frozenset[str]:
    """The firms (ids) whose the machines may be, where that cannot be told."""
    return frozenset(firm for machine in machines for firm in machine.owners)


def names(firms: Iterable[Enterprise]) -> str:
    """Firms by name, for a remark."""
    return "、".join(firm.name for firm in firms)
