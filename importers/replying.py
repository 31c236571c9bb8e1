"""The marked copy of what a sender sent, of an import just made or of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.proposal import RosterIssue
from app.register import queries
from app.register.desk import desk_queries
from app.register.imports.undo import county_of_batch
from app.register.imports.waiting import Source, source_of
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from importers.beside import Beside, beside
from importers.grid import WorkbookGrid
from importers.kept import open_source
from importers.learning import read_on_terms
from importers.reading import Reading, Record
from importers.reply import Reply, ReplyAbout, firms_of, marks_of, reply_to, table_copy
from importers.returning import Corrected, corrected
from importers.versions import APPLIED_BEFORE, NEWER, OLDER, PERHAPS

#: What an officer acts on, and a sender cannot: which version counts, what became of answers.
FOR_OFFICERS = frozenset(
    (NEWER, OLDER, PERHAPS, APPLIED_BEFORE, "reply.carried_out", "reply.answered", "reply.says_of_two")
)

UNKNOWN = "这份副本的原件没有留存，上面还有上一次的标注，没有在它上面再标；这是内容相同的 xlsx 表。"


def reply_for(
    content: bytes,
    came: Corrected,
    records: Sequence[Record],
    issues: Sequence[RosterIssue],
    *,
    county: str,
    batch: str | None,
    day: date,
    engine: Engine | None = None,
    actor: Actor = LOCAL_OPERATOR,
) -> Reply:
    """The sender's workbook with what is doubtful marked; of a batch in a register also with what that has to ask.

    Of a copy that came back it is the first original with what was corrected since: programs that save a copy write
    it in their own way, and what was settled carries no mark any more.
    """
    book: WorkbookGrid = came.book
    open_ones = [
        issue for issue in issues if (issue.code, issue.message) not in came.settled and issue.code not in FOR_OFFICERS
    ]
    marks, asked = marks_of(open_ones, book, firms=firms_of(records))
    own = Beside()
    if engine is not None and batch is not None:
        with reading(engine) as session:
            own = beside(session, county, batch, actor, book.file, open_ones, len(marks) + len(asked))
    asked += own.asked
    shown = f"{day.year}年{day.month}月{day.day}日"
    about = ReplyAbout(book.file, book.sha256, county, batch, shown, own.known, own.further)
    if came.unknown:
        return Reply(table_copy(book, marks, asked, about, UNKNOWN), UNKNOWN)
    return reply_to(came.original or content, book, marks, asked, about, came.mended)


def reply_of(engine: Engine, batch: str, *, actor: Actor = LOCAL_OPERATOR) -> tuple[str, Reply]:
    """The marked copy of a batch, with what was asked when it was applied; and the name of its file.

    Raises:
        NotFound: when no such batch stands, or its file was not kept.
    """
    with reading(engine) as session:
        county = county_of_batch(session, batch, actor)
        source = source_of(session, county, batch)
        issues = [_issue(row) for row in session.scalars(desk_queries.issues_of(county, batch, actor))]
        day = session.scalars(queries.batch(county, batch, actor)).one().valid_day
        came = corrected(session, county, open_source(source), source.terms.township)
    read = read_on_terms(came.book, source.terms)
    words: dict[str, Any] = {"county": county, "batch": batch, "day": day, "engine": engine, "actor": actor}
    return source.name, reply_for(source.content, came, read.records, issues, **words)


def read_source(session: Session, source: Source) -> Reading:
    """What a batch says, as it was read."""
    came = corrected(session, source.county, open_source(source), source.terms.township)
    return read_on_terms(came.book, source.terms)


def _issue(row: RosterIssue) -> RosterIssue:
    return RosterIssue(**{name: getattr(row, name) for name in RosterIssue.__slots__})
