"""A marked copy that came back: its original with the marked cells as they read now, and what was answered beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.proposal import RosterIssue
from app.register import deciding, desk_queries, waiting
from app.register.scope import REGISTER
from app.register.waiting import Source
from app.register.who import particulars, shown
from app.store.models import Change
from importers.container import open_bytes
from importers.grid import WorkbookGrid
from importers.reply import Answer, Corrections, Returned, corrections, overlaid, reply_in, without_reply_sheets

MISSING = "enterprise.missing_this_time"
_NAMED = re.compile("“(.+?)”")


#: An answer, and the question that it answers.
Answered = tuple[Answer, str]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is to be read instead of the workbook that was sent. `source`: the batch that it corrects, where known."""

    book: WorkbookGrid
    source: Source | None = None
    answers: tuple[Answered, ...] = ()
    issues: tuple[RosterIssue, ...] = ()


def corrected(session: Session, county: str, book: WorkbookGrid) -> Corrected:
    """The workbook itself; of a marked copy that came back, its original with the corrections.

    Where the register has not kept the original, the copy is read whole, without the sheets added, and says so.

    Raises:
        Unreadable: when what a copy remembers was tampered with.
    """
    returned = reply_in(book)
    if returned is None:
        return Corrected(book)
    source = waiting.source_of_file(session, county, returned.remembered.sha256)
    if source is None:
        message = f"没有留存原件“{returned.remembered.file}”，这份回执按普通名册整份读取"
        issue = _issue("reply.original_unknown", "warning", message, "只改了标注的格子的，不受影响")
        return Corrected(without_reply_sheets(book), issues=(issue,))
    original = corrected(session, county, open_bytes(source.content, source.name)).book
    found = corrections(returned, original, book)
    grid = replace(overlaid(original, found), file=book.file, sha256=book.sha256)
    answers, notes = _answers(returned, found)
    return Corrected(grid, source, answers, (*found.issues, *notes))


def _answers(returned: Returned, found: Corrections) -> tuple[tuple[Answered, ...], tuple[RosterIssue, ...]]:
    """The answers that are carried out, each with its question; the others, and the notes, are shown."""
    asked = {one.number: one for one in returned.remembered.askings}
    done = tuple((one, asked[one.number].text) for one in found.answers if one.code == MISSING and one.number in asked)
    others = [one for one in found.answers if one.code != MISSING]
    issues = [
        _issue(
            "reply.answered",
            "question",
            f"第 {one.number} 问来件答复“{one.answer}”{f'（{one.note}）' if one.note else ''}",
            "请在办理台核对后定下来（luzhang decide）",
            asked[one.number].sheet if one.number in asked else None,
            asked[one.number].cell if one.number in asked else None,
        )
        for one in others
    ]
    told = {one.number for one in found.answers}
    issues += [
        _issue("reply.note", "warning", f"第 {number} 问来件说明：{text}", "请看一眼")
        for number, text in found.notes
        if number not in told
    ]
    return done, tuple(issues)


def carry_out(session: Session, change: Change, came: Corrected) -> None:
    """Record what was answered of firms that the roster left out, unless somebody answered before.

    The question named the firm, so its name finds it among those that the batch left out.
    """
    if came.source is None or not came.answers:
        return
    firms = {firm.id: shown(firm) for firm in particulars(session, change.county, REGISTER)}
    left_out = waiting.left_out(session, change.county, came.source.batch)
    for answer, text in came.answers:
        named = _NAMED.search(text)
        meant = [firm for firm in left_out if named and firms.get(firm) == named[1]]
        answered = (change.county, came.source.batch)
        waits = [firm for firm in meant if session.scalar(desk_queries.absence(*answered, firm, REGISTER)) is None]
        if len(waits) == 1:
            reason = f"来件答复：{answer.answer}{f'，{answer.note}' if answer.note else ''}"
            deciding.answer_absence(session, change, came.source.batch, waits[0], answer.answer, reason)


def _issue(
    code: str, severity: str, message: str, fix: str, sheet: str | None = None, cell: str | None = None
) -> RosterIssue:
    return RosterIssue(code, severity, sheet, cell, None, None, message, fix)
