"""The county's own ledger among the files that arrive: proved by its chain, held against what was known then."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.proposal import RosterIssue
from app.domain.register import AsOf
from app.register.facts.views import snapshot
from app.register.ledgers.knowledge import change_at
from app.register.places import townships_of
from app.register.scope import Actor
from importers.own_ledger.echo import Echo, apart, echo_of
from importers.own_ledger.recognised import OwnLedger
from importers.reading import Reading, Record

OWN = "file.own_ledger"


@dataclass(frozen=True, slots=True)
class Own:
    """A ledger without the questions about what the register itself said, and whose each row is."""

    reading: Reading
    echo: Echo

    @property
    def answers(self) -> dict[tuple[str, int, str], str]:
        """Whose each row is, in the form in which a person answers it."""
        return {(*place, "firm"): of["enterprise"] for place, of in self.echo.subjects.items()}


def own_words(session: Session, county: str, reading: Reading, actor: Actor) -> Own | None:
    """What the register itself said in a file; None of one that is no ledger of this county out of this register."""
    ledger = reading.ledger
    if ledger is None or not _printed_here(session, county, ledger, actor):
        return None
    whole = snapshot(session, county, AsOf(ledger.day, ledger.known), actor)
    townships = [name for _, name in sorted(set(townships_of(session, county).values()))]
    echo = echo_of(reading, ledger, whole, townships)
    return Own(_without(reading, ledger, echo), echo)


def of_another(reading: Reading) -> Reading:
    """A ledger that another register printed: it is read as any roster, which is said."""
    said = "不是本登记库印出的，按普通名册读取"
    return replace(reading, issues=tuple(_saying(one, said) for one in reading.issues))


def _printed_here(session: Session, county: str, ledger: OwnLedger, actor: Actor) -> bool:
    """Whether the county's chain bears the digest that the ledger names."""
    if ledger.county != county:
        return False
    if not ledger.known:
        return not ledger.anchor
    change = change_at(session, county, ledger.known, actor)
    return change is not None and bool(ledger.anchor) and change.digest == ledger.anchor


def _without(reading: Reading, ledger: OwnLedger, echo: Echo) -> Reading:
    found = f"改动{echo.altered}格" if echo.altered else "没有改动"
    said = f"和本县登记库当时印出的（依据第{ledger.known}号变更）核对：{found}"
    issues = (one for one in reading.issues if not _about_printed(one, echo))
    records: list[Record] = [part for record in reading.records for part in apart(record, echo)]
    return replace(reading, issues=tuple(_saying(one, said) for one in issues), records=tuple(records))


def _saying(issue: RosterIssue, said: str) -> RosterIssue:
    return replace(issue, message=f"{issue.message}；{said}") if issue.code == OWN else issue


def _about_printed(issue: RosterIssue, echo: Echo) -> bool:
    """Whether an issue is about a cell that stands as the register printed it, or a column of none but such."""
    if not issue.sheet or not issue.cell:
        return False
    if issue.code.startswith("column."):
        return echo.column_stands(issue.sheet, issue.cell)
    return echo.stands(issue.sheet, issue.cell)
