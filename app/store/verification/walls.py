"""Whether PostgreSQL still keeps each county's rows from whoever is to see others' only."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.store import row_security
from app.store.verification.finding import Finding


def wall_findings(session: Session) -> Iterator[Finding]:
    """The tables whose policy is gone, out of force or another one."""
    for table, fault in sorted(row_security.faults(session.connection()).items()):
        yield Finding("wall.broken", f"按县隔开各行的数据库策略{fault}", table=table, id=row_security.POLICY)
