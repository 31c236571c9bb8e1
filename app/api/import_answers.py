"""What `/api/v1/imports` answers and is told: batches with their state, outcomes, differences between versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.api.told import Yes


class Buckets(BaseModel):
    """Enterprises, each in one bucket; `missing` were on the source's last roster and are not on this one."""

    new: int
    changed: int
    same: int
    conflict: int
    missing: int
    held: int


class AppliedCounts(BaseModel):
    """How many enterprises and machines have changed facts."""

    enterprises: int
    equipment: int


class IssueItem(BaseModel):
    """Something doubtful, with its place and how to mend it."""

    code: str
    severity: str
    sheet: str | None
    cell: str | None
    field: str | None
    raw: str | None
    message: str
    fix: str


class ImportAnswer(BaseModel):
    """What an import did, or would do; `batch`, `applied`, `change` are null where nothing was written."""

    batch: str | None
    file: str
    dry_run: bool
    proposal: Buckets
    applied: AppliedCounts | None
    change: int | None
    issues: list[IssueItem]
    counts: dict[str, int]
    records: list[dict[str, Any]]


State = Literal["read", "to_decide", "applied", "undone"]


class Waits(BaseModel):
    """What of a batch waits for a person: rows held, contradictions that it brought, firms that it left out."""

    rows: int
    conflicts: int
    missing: int


class ImportItem(BaseModel):
    """One batch, or a file that was read and waits (`read`); applied, it keeps its id.

    `undone_by`: the change that took it back, with its reason. `why` it waited: `later`, `no_day` or `older`.
    `proposal`: as it was when the file was read.
    """

    batch: str
    state: State
    file: str
    sha256: str
    format: str
    township: str | None
    township_name: str | None
    valid_from: date | None
    source: str
    change: int
    at: datetime
    by: str
    undone_by: int | None
    undone_at: datetime | None
    reason: str | None
    why: Literal["later", "no_day", "older"] | None
    counts: dict[str, int]
    proposal: Buckets
    waits: Waits


class ImportShown(ImportItem):
    """One batch, with what was asked when it was applied."""

    issues: list[IssueItem]


class VersionNamed(BaseModel):
    """A version of a roster."""

    batch: str | None
    file: str


class FirmNamed(BaseModel):
    """A firm; a new one has no id yet."""

    id: str
    name: str


class ThingItem(BaseModel):
    """A firm, or what one holds, of which only one of two versions speaks."""

    enterprise: FirmNamed
    section: str
    subject: str
    what: str
    cell: str | None


class ChangedItem(BaseModel):
    """One field of which two versions say different things; null where one says nothing."""

    enterprise: FirmNamed
    section: str
    subject: str
    what: str
    field: str
    label: str
    before: str | None
    after: str | None
    before_cell: str | None
    after_cell: str | None


class DifferencesAnswer(BaseModel):
    """What a version says otherwise than the one before it. `held`: how many of its rows wait, and are not in it."""

    batch: str | None
    file: str
    against: VersionNamed
    changed: list[ChangedItem]
    gone: list[ThingItem]
    new: list[ThingItem]
    held: int


class Applying(BaseModel):
    """For which day a file that waits is to be applied, where its own words are not to be followed."""

    valid_from: str | None = None
    dry_run: Yes = False


class Dropping(BaseModel):
    """Why a file that waits is withdrawn."""

    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class Dropped(BaseModel):
    """The change that withdrew it."""

    batch: str
    change: int


class Imports(BaseModel):
    """One page of them."""

    total: int
    items: list[ImportItem]
    next: str | None


class OutcomeItem(BaseModel):
    """One field, what the import had made of it and what it is now, for the days from … to; `why` it stays."""

    enterprise: str
    section: str
    field: str
    before: str | None
    after: str | None
    why: str | None
    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")


class UndoneAnswer(BaseModel):
    """What was taken back, what was kept because it changed since, and what could not be, each named.

    `unchanged` counts the fields that the import had only said again.
    """

    batch: str
    change: int
    reversed: list[OutcomeItem]
    kept: list[OutcomeItem]
    could_not: list[OutcomeItem]
    unchanged: int
