"""A marked copy that came back: its original with the marked cells as they read now, and what was answered beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from app.domain.proposal import RosterIssue
from app.register.desk import deciding
from app.register.imports import waiting
from app.register.imports.replied import record_facts, record_pairs, record_rows
from app.register.imports.waiting import Answers, Source
from app.store.models import Change
from importers.answering import Understood, understood
from importers.grid import WorkbookGrid
from importers.kept import open_source
from importers.reply import (
    Correction,
    Corrections,
    corrections,
    overlaid,
    reply_in,
    without_reply_sheets,
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is to be read instead of the workbook that was sent. `source`: the batch that it corrects, where known.

    `original`: the bytes that its sender sent first; `mended`: what came back corrected of them since. `said`: what
    was answered beside the questions; `settled`: those that need not be asked again, each by its code and words.
    `unknown`: it is a copy whose original was not kept, with marks that are no longer true; `anothers`: its original is
    another township's than the one that it is told to be of, and was left alone.
    """

    book: WorkbookGrid
    source: Source | None = None
    said: Understood = field(default_factory=Understood)
    issues: tuple[RosterIssue, ...] = ()
    original: bytes = b""
    mended: tuple[Correction, ...] = ()
    settled: frozenset[tuple[str, str]] = frozenset()
    unknown: bool = False
    anothers: bool = False

    @property
    def rows(self) -> Answers:
        """Whose rows are and of which machines they speak, by what was answered."""
        return self.said.row_answers


def corrected(session: Session, county: str, book: WorkbookGrid, township: str | None = None) -> Corrected:
    """The workbook itself; of a marked copy that came back, its original with the corrections.

    Where the register has not kept the original, the copy is read whole, without the sheets added, and says so; so too
    where the original is another township's than the one told: whoever applies a clerk's copy may see what the clerk
    may not, and the clerk would answer for that one.

    Raises:
        Unreadable: when what a copy remembers was tampered with.
    """
    returned = reply_in(book)
    if returned is None:
        return Corrected(book)
    source = waiting.source_of_file(session, county, returned.remembered.sha256)
    anothers = source is not None and waiting.is_anothers(session, source, township)
    if source is None or anothers:
        why = "不是这个乡镇的" if anothers else "没有留存"
        message = f"{why}原件“{returned.remembered.file}”，这份回执按普通名册整份读取"
        issue = _issue("reply.original_unknown", "warning", message, "只改了标注的格子的，不受影响")
        return Corrected(without_reply_sheets(book), issues=(issue,), unknown=True, anothers=anothers)
    before = corrected(session, county, open_source(source), source.terms.township)
    found = corrections(returned, before.book, book)
    grid = replace(overlaid(before.book, found), file=book.file, sha256=book.sha256)
    told = returned.remembered
    said = understood(session, source, before.book, book.file, found.answers, told.askings, told.known)
    first, mended = before.original or source.content, (*before.mended, *found.cells)
    issues, settled = (*found.issues, *said.issues, *_notes(found)), before.settled | said.settled
    return Corrected(grid, source, said, issues, first, mended, settled)


def _notes(found: Corrections) -> Iterator[RosterIssue]:
    """Notes beside questions that were not answered, which are shown."""
    told = {one.number for one in found.answers}
    for number, text in found.notes:
        if number not in told:
            yield _issue("reply.note", "warning", f"第 {number} 问来件说明：{text}", "请看一眼")


def carry_out(session: Session, change: Change, came: Corrected) -> None:
    """Record what was answered, in the batch of the copy: whose rows are, and what is said of machines and firms.

    Raises:
        Decided: when somebody has decided otherwise since the answers were read.
    """
    if came.source is None or change.batch is None:
        return
    record_rows(session, change, change.batch, came.said.rows)
    record_facts(session, change, change.batch, came.said.facts)
    record_pairs(session, change, change.batch, came.said.pairs)
    for one in came.said.absences:
        deciding.answer_absence(session, change, came.source.batch, one.firm, one.answer, one.reason)


def _issue(
    code: str, severity: str, message: str, fix: str, sheet: str | None = None, cell: str | None = None
) -> RosterIssue:
    return RosterIssue(code, severity, sheet, cell, None, None, message, fix)
