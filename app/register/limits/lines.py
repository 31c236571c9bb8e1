"""What a check of limits answers, as values and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.dates import FOREVER, DateInterval
from app.domain.register import Enterprise, Equipment
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, label
from app.register.limits.measuring import Recorded
from app.register.verdicts.holding import OWNER_UNKNOWN
from app.rules.clause import LEVELS
from app.rules.limits.limit import KINDS, STATUSES, Grade, Limit
from app.rules.limits.verdict import ANSWERS, CANNOT_TELL, FAILS, MEETS, Verdict


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that a verdict used, with the cell that says so."""

    section: str
    field: str
    value: Value
    file: str
    cell: str

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `facts`."""
        value = self.value.as_dict() if isinstance(self.value, DateInterval) else self.value
        words = {"label": SECTIONS[self.section][self.field].zh, "words": label(self.section, self.field, self.value)}
        return {"field": f"{self.section}.{self.field}", **words, "value": value, "file": self.file, "cell": self.cell}


@dataclass(frozen=True, slots=True)
class Line:
    """One limit over one firm or machine."""

    limit: Limit
    firm: Enterprise
    machine: Equipment | None
    verdict: Verdict
    day: date
    measurement: Recorded | None = None
    question: str | None = None
    used: tuple[Used, ...] = ()

    @property
    def overdue(self) -> bool:
        """Not met after the last day that the limit gives."""
        return self.verdict.answer == FAILS and self.limit.deadline is not None and self.day > self.limit.deadline

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `lines`."""
        said = self.measurement
        machine = self.machine
        owner = {"owner": OWNER_UNKNOWN, "owners": list(machine.owners)} if machine and machine.owners else {}
        return {
            "enterprise": {"id": self.firm.id, "name": self.firm.name},
            "equipment": {name: machine.facts.get(name) for name in ("code", "name", "kind")}
            | {"id": machine.id, **owner}
            if machine
            else None,
            "limit": self.limit.id,
            "title": self.limit.title,
            "answer": self.verdict.answer,
            "result": self.verdict.result,
            "because": self.verdict.because,
            "numbers": dict(self.verdict.numbers),
            "lacks": list(self.verdict.lacks),
            "question": self.question,
            "deadline": self.limit.deadline.isoformat() if self.limit.deadline else None,
            "overdue": self.overdue,
            "draft": not self.limit.decides,
            "limit_text": self.limit.text,
            "source": self.limit.source,
            "read_in": self.limit.read_in,
            "measurement": said.as_dict() if said else None,
            "facts": [one.as_dict() for one in self.used],
        }

    @property
    def words(self) -> str:
        """The answer as people read it."""
        word = ANSWERS[self.verdict.answer]
        if self.verdict.answer == FAILS and self.limit.deadline is not None:
            word += "，已过期限" if self.overdue else f"（期限 {self.limit.deadline.isoformat()}，未到）"
        return word


@dataclass(frozen=True, slots=True)
class Target:
    """The firms that a paper names under a limit: those that the register holds, and those that it does not."""

    limit: Limit
    named: tuple[str, ...]
    absent: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `targets`."""
        body = self.limit.body
        grade = body if isinstance(body, Grade) else Grade("")
        return {
            "limit": self.limit.id,
            "title": self.limit.title,
            "level": grade.level,
            "deadline": self.limit.deadline.isoformat() if self.limit.deadline else None,
            "stated": grade.stated,
            "named": list(self.named),
            "absent": list(self.absent),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A county's limits as of a day. `drafts` say what would be if a person confirmed them; `silent` decide nothing."""

    county: str
    day: date
    change: int
    lines: tuple[Line, ...] = ()
    drafts: tuple[Line, ...] = ()
    silent: tuple[Limit, ...] = ()
    targets: tuple[Target, ...] = ()
    without_target: tuple[str, ...] = ()

    @property
    def totals(self) -> dict[str, int]:
        """Lines by answer; a draft is not counted."""
        return {
            answer: sum(one.verdict.answer == answer for one in self.lines) for answer in (MEETS, FAILS, CANNOT_TELL)
        }

    @property
    def status(self) -> int:
        """1 where something cannot be told, else 0."""
        return 1 if self.totals[CANNOT_TELL] else 0

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang limits check --json` prints."""
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.change,
            "totals": self.totals,
            "lines": [one.as_dict() for one in self.lines],
            "drafts": [one.as_dict() for one in self.drafts],
            "not_deciding": [listed(one) for one in self.silent],
            "targets": [one.as_dict() for one in self.targets],
            "without_target": list(self.without_target),
        }


def listed(limit: Limit) -> dict[str, Any]:
    """A limit as lists show it."""
    return {
        "limit": limit.id,
        "kind": limit.kind,
        "kind_label": KINDS[limit.kind],
        "title": limit.title,
        "text": limit.text,
        "jurisdiction": limit.jurisdiction or None,
        "effective_from": None if limit.since == date.min else limit.since.isoformat(),
        "effective_to": None if limit.until == FOREVER else (limit.until - timedelta(days=1)).isoformat(),
        "deadline": limit.deadline.isoformat() if limit.deadline else None,
        "status": limit.status,
        "status_label": STATUSES[limit.status],
        "decides": limit.decides,
        "evidence": limit.level,
        "evidence_label": LEVELS.get(limit.level, limit.evidence),
        "source": limit.source,
        "read_in": limit.read_in,
        "note": limit.note,
    }


def told(checked: Checked) -> Sequence[Line]:
    """Lines as people read them first: not met, then what cannot be told, then met."""
    order = {FAILS: 0, CANNOT_TELL: 1, MEETS: 2}
    return sorted(checked.lines, key=lambda one: (order.get(one.verdict.answer, 3), one.firm.name, one.limit.id))
