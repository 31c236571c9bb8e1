"""The register as of a day and as known at a change: enterprises with all that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.statement import Value

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day asked about (its end) and the county's change up to which we knew."""

    day: date
    known: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Something with facts. A fact not stated is absent; one that sources dispute is absent and named in `disputed`."""

    id: str
    facts: Facts
    disputed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Equipment(Subject):
    """A machine or machine group. `present`: True there, False gone, None cannot be told (contract: Who holds).

    `owners`: the firms that it may belong to, by id, where it cannot be told to which; else empty.
    """

    present: bool | None = True
    owners: tuple[str, ...] = ()

    @property
    def bodies(self) -> int:
        """Furnace bodies: the quantity, or one where nobody wrote it."""
        quantity = self.facts.get("quantity")
        return quantity if isinstance(quantity, int) else 1


@dataclass(frozen=True, slots=True)
class Enterprise(Subject):
    """A firm with its machines, permits, plan and actions.

    A machine of which it cannot be told whose it is stands in `equipment` of the first of its possible owners that are
    there, so that it is counted once, and in `perhaps` of the others.
    """

    equipment: tuple[Equipment, ...] = ()
    permits: tuple[Subject, ...] = ()
    plans: tuple[Subject, ...] = ()
    actions: tuple[Subject, ...] = ()
    perhaps: tuple[Equipment, ...] = ()

    @property
    def name(self) -> str:
        """Its name as of the day; where sources contradict each other, what tells it apart."""
        return str(self.facts.get("name") or self.facts.get("short_name") or self.facts.get("uscc") or "（名称有争议）")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """What a paper states of a place or a programme as a number of its own, never spread over firms.

    `number` None: the paper states none (不明, shown so, never 0).
    """

    id: str
    phrase: str
    number: float | None
    unit: str
    since: date | None
    until: date | None
    when: str
    source: str
    topic: str | None = None
    evidence_file: str = ""
    evidence_cell: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of a county's register as of a day, as known at a change."""

    county: str
    as_of: AsOf
    enterprises: tuple[Enterprise, ...] = ()
    figures: tuple[StatedFigure, ...] = field(default=())
