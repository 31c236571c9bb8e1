"""Who still holds what a clause says must go: the answer as values, and as JSON. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Equipment
from app.domain.statement import Value
from app.register.verdicts.explanation import Explanation
from app.rules.clause import Clause

HOLDS, CANNOT_TELL = "holds", "cannot_tell"

#: The line under which a machine stands of which it cannot be told whose it is.
OWNER_UNKNOWN = "归属不明"

_STATED = ("kind", "shell", "yoke", "capacity_t", "quantity", "state")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one clause says of a machine: it holds, or it cannot be told and this would settle it."""

    clause: Clause
    holds: bool
    lacks: tuple[str, ...] = ()
    question: str | None = None

    @property
    def word(self) -> str:
        """`holds` or `cannot_tell`."""
        return HOLDS if self.holds else CANNOT_TELL

    def rank(self) -> tuple[bool, tuple[int, int, str]]:
        """Which answer decides a machine: holds first, then the more local clause, then the newer edition."""
        return (not self.holds, self.clause.rank())

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `also`."""
        return {
            "clause": self.clause.id,
            "answer": self.word,
            "lacks": list(self.lacks),
            "question": self.question,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a field on which sources contradict each other."""

    field: str
    value: Value
    source: str

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `conflict`."""
        value = self.value.as_dict() if isinstance(self.value, DateInterval) else self.value
        return {"field": self.field, "value": value, "source": self.source}


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file that supports an answer."""

    file: str
    cell: str

    def as_dict(self) -> dict[str, str]:
        """As it stands in `sources`."""
        return {"file": self.file, "cell": self.cell}


@dataclass(frozen=True, slots=True)
class Line:
    """One machine (or machine group) that is held, or of which it cannot be told."""

    machine: Equipment
    answers: tuple[Answer, ...]
    day: date
    conflict: tuple[Claim, ...] = ()
    sources: tuple[Place, ...] = ()
    because: Explanation | None = None

    @property
    def decides(self) -> Answer:
        """The answer under which it is counted."""
        return self.answers[0]

    @property
    def overdue(self) -> bool:
        """Held after the last day that the clause gives."""
        deadline = self.decides.clause.deadline
        return self.decides.holds and deadline is not None and self.day > deadline

    @property
    def stated(self) -> dict[str, Value | None]:
        """What is known of it; a state cannot be stated of a machine that may be gone."""
        known = {name: self.machine.facts.get(name) for name in _STATED}
        return known if self.machine.present else {**known, "state": None}

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `furnaces`."""
        decides, clause = self.decides, self.decides.clause
        said = {
            **self.stated,
            "answer": decides.word,
            "clause": clause.id,
            "clause_text": clause.text,
            "edition": clause.edition.id if clause.edition else None,
            "overdue": self.overdue,
            "lacks": list(decides.lacks),
            "question": decides.question,
            "also": [answer.as_dict() for answer in self.answers[1:]],
            "sources": [place.as_dict() for place in self.sources],
            "because": self.because.as_dict() if self.because else None,
        }
        if self.machine.owners:
            said |= {"owners": list(self.machine.owners), "owner": OWNER_UNKNOWN}
        return {**said, "conflict": [claim.as_dict() for claim in self.conflict]} if self.conflict else said


@dataclass(frozen=True, slots=True)
class Row:
    """A firm with its lines."""

    enterprise: Enterprise
    lines: tuple[Line, ...]

    @property
    def holds(self) -> bool | None:
        """Its strongest answer; None where none of the lines is surely its own."""
        own = [line.decides.holds for line in self.lines if not line.machine.owners]
        return any(own) if own else None

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `rows`."""
        facts = self.enterprise.facts
        named = {"name": self.enterprise.name, "uscc": facts.get("uscc"), "township": facts.get("township")}
        return {"enterprise": named, "furnaces": [line.as_dict() for line in self.lines]}


@dataclass(frozen=True, slots=True)
class Holding:
    """The answer for a county (or a township of it) as of a day, as known at a change. `why`: why there is none."""

    county: str
    day: date
    change: int
    at: datetime | None
    rows: tuple[Row, ...] = ()
    why: str | None = None

    def count(self, answer: str) -> dict[str, int]:
        """Firms (each once, under its strongest answer) and furnace bodies under an answer.

        A machine that may be one firm's or another's is counted once, and makes neither of them count.
        """
        bodies = {line.machine.id: line.machine.bodies for line in self._lines() if line.decides.word == answer}
        return {
            "enterprises": sum(row.holds is (answer == HOLDS) for row in self.rows),
            "furnaces": sum(bodies.values()),
        }

    def _lines(self) -> list[Line]:
        return [line for row in self.rows for line in row.lines]

    @property
    def owner_unknown(self) -> dict[str, int]:
        """归属不明: firms that are listed for such machines alone, and the bodies (counted under their answers too)."""
        bodies = {line.machine.id: line.machine.bodies for line in self._lines() if line.machine.owners}
        return {"enterprises": sum(row.holds is None for row in self.rows), "furnaces": sum(bodies.values())}

    @property
    def totals(self) -> dict[str, dict[str, int]] | None:
        """Both counts, and of how many it is unknown whose they are if there are any; None where no clause answered."""
        if self.why:
            return None
        counted = {answer: self.count(answer) for answer in (HOLDS, CANNOT_TELL)}
        return counted | ({"owner_unknown": self.owner_unknown} if self.owner_unknown["furnaces"] else {})

    @property
    def status(self) -> int:
        """1 where there is something to look at: no clause, a conflict, what cannot be told, or whose it is; else 0."""
        unclear = any(line.conflict or line.machine.owners or not line.decides.holds for line in self._lines())
        return 1 if self.why or unclear else 0

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang obsolete --json` prints."""
        at = self.at.astimezone(clock.CHINA).isoformat() if self.at else None
        answer = {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": {"change": self.change, "at": at},
            "totals": self.totals,
            "rows": self._listed(),
        }
        return {**answer, "why": self.why} if self.why else answer

    def _listed(self) -> list[dict[str, Any]]:
        """The rows; a machine that stands there with several firms is `counted` with the first."""
        rows = [row.as_dict() for row in self.rows]
        seen: set[str] = set()
        for row, told in zip(self.rows, rows, strict=True):
            for line, furnace in zip(row.lines, told["furnaces"], strict=True):
                if line.machine.owners:
                    furnace["counted"] = line.machine.id not in seen
                    seen.add(line.machine.id)
        return rows
