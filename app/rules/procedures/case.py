"""What a step is judged by, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.dates import DateInterval
from app.domain.statement import Value

Facts = Mapping[str, Value]


def no_calendar(day: date) -> bool | None:
    """Nobody knows which days are holidays."""
    return None


@dataclass(frozen=True, slots=True)
class Case:
    """A firm on a day, with the steps taken against it, its papers, acceptances and plan.

    `actions`: id, kind, taken_on, authority, document_no, and of those recorded by hand decided_on, served_on,
    effective_on, effective_time, basis, document, request_document (ids). `documents`: id, kind, number, issuer, dated,
    title, firm, evidence. `acceptances`: level, result, accepted_on. `step`: the particulars of the step that is
    judged, as of an action, with quantity and present (bodies); `recorded`: it was or is being taken, not only asked
    about, so that what it leaves out is lacking.
    """

    day: date
    county: str
    firm: Facts
    actions: Sequence[Facts] = ()
    documents: Sequence[Facts] = ()
    acceptances: Sequence[Facts] = ()
    plan: Facts = field(default_factory=dict)
    holiday: Callable[[date], bool | None] = no_calendar
    step: Facts = field(default_factory=dict)
    recorded: bool = False

    @property
    def on(self) -> DateInterval | None:
        """When the step takes effect; the day asked about where it is only asked about."""
        stated = taken(self.step)
        return stated if stated is not None or self.recorded else DateInterval.of_day(self.day)

    @property
    def others(self) -> list[Facts]:
        """The steps but the one that is judged."""
        return [one for one in self.actions if "id" not in self.step or one.get("id") != self.step["id"]]


def taken(action: Facts) -> DateInterval | None:
    """When an action took effect."""
    on = action.get("effective_on") or action.get("taken_on")
    return on if isinstance(on, DateInterval) else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether something holds: by what, what is lacking, and what came only after the step."""

    answer: bool | None
    found: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a step. `late`: what came only after it; `used`: the ids of the papers that it holds by."""

    id: str
    sentence: str
    source: str
    answer: bool | None
    found: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    force: str = "gap"
    mend: str | None = None
    note: str | None = None
    used: tuple[str, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether a step is not recorded without saying so (force `gap`) or at all (`always`)."""
        return self.answer is False and self.force != "listed"


@dataclass(frozen=True, slots=True)
class Empowering:
    """Who may order the step by what. `answer`: whether the authority told is such a one; None where none is told."""

    id: str
    authority: str
    sentence: str
    source: str
    answer: bool | None
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class May:
    """Whether a step may be taken, because of which conditions.

    `mind`: what is to be kept besides: what the case does not tell of, and sentences that are shown and decide nothing.
    """

    answer: bool | None
    conditions: tuple[Condition, ...]
    mind: tuple[Condition, ...] = ()
    orders: tuple[Empowering, ...] = ()

    @property
    def refusing(self) -> tuple[Condition, ...]:
        """The conditions that speak against it."""
        return tuple(one for one in self.conditions if one.refuses)
