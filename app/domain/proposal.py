"""What an import would change, decided purely before anything is written: the value that a person sees and approves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.particulars import Particulars
from app.domain.register import StatedFigure
from app.domain.statement import Evidence, Statement, Value

#: What a person answers of a row that speaks of none of the known firms or machines.
NEW = "new"

#: What a person answers of rows that divide a group which others count as one: it is divided so.
SPLIT = "split"

BUCKETS = ("held", "conflict", "new", "changed", "same")


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """Something that the register has: its id, section, and the kind that belongs to its identity (permit, action)."""

    id: str
    section: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """A firm that the register has, with every statement about it and what it holds that has not been withdrawn."""

    id: str
    subjects: tuple[KnownSubject, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows that a roster needs to be compared with.

    `firms`: those whose name or valid credit code the roster states, and those of its source's last roster.
    `last_roster`: the firms that the last applied roster of the same source and township listed.
    `townships`: the county's townships by every spelling that the dictionary or an alias gives.
    `places`: the names of its province, city and county, widest first, which tell no firm apart.
    `county_firms`: what tells every firm of the county apart, where the roster states a name that none of them has, so
    that it can be asked whether it is one of them.
    `answers`: what a person said of rows that were held: sheet, row, `firm` or `machine` → an id, `new` or `split`.
    `called`: the county's own names for firms, as a person decided: plain name → the firm's id.
    """

    county: str
    firms: tuple[KnownFirm, ...] = ()
    last_roster: frozenset[str] = frozenset()
    townships: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    county_firms: tuple[Particulars, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[tuple[str, int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewSubject:
    """Something to be enrolled. `key` stands for its id inside the proposal; `owner` is the firm's id or key."""

    key: str
    section: str
    owner: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement to be recorded: `subject` is an id of the register or a key of the proposal.

    `decides`: it follows from a person's answer, which decides for it against what others said of that day.
    """

    subject: str
    section: str
    field: str
    value: Value
    day: date
    source: str
    evidence: Evidence
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it stands and as this roster says it. `doubted`: others stand against each other before it."""

    subject: str
    section: str
    field: str
    before: Value | None
    after: Value
    conflict: bool
    other_source: str | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One firm of the roster, in one bucket, with all that applying would record.

    What is held is not among `statements`; a conflict's statement is (both are kept). `replaced`: machines that went
    out, each with the one that came in its place.
    """

    bucket: str
    enterprise: str
    name: str
    subjects: tuple[NewSubject, ...] = ()
    statements: tuple[Said, ...] = ()
    differences: tuple[Difference, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A sheet row kept whole. `enterprise`: id or key of the firm that it was read for."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    fate: str
    why: str | None = None
    enterprise: str | None = None


@dataclass(frozen=True, slots=True)
class RosterIssue:
    """Something doubtful in a roster, with its place and how to mend it. Severity: error, warning or question."""

    code: str
    severity: str
    sheet: str | None
    cell: str | None
    field: str | None
    raw: str | None
    message: str
    fix: str

    def as_dict(self) -> dict[str, str | None]:
        """As reading and import print it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that one file would change in one county, for one day (each statement carries its own)."""

    county: str
    file: str
    sha256: str
    format: str
    township: str | None
    day: date
    source: str
    entries: tuple[Entry, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    rows: tuple[RosterRow, ...] = ()
    issues: tuple[RosterIssue, ...] = ()
    figures: tuple[StatedFigure, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def totals(self) -> dict[str, int]:
        """Enterprises in each bucket, and those missing this time."""
        found = dict.fromkeys(("new", "changed", "same", "conflict", "missing", "held"), 0)
        for entry in self.entries:
            found[entry.bucket] += 1
        found["missing"] = len(self.missing)
        return found
