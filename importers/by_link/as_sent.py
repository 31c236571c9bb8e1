"""What a file says by itself: read without the register, so that nothing but the file can be shown to its sender.

The only words of others in it are those of the division dictionary, which is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine

from app.domain.proposal import Known, Proposal, RosterIssue
from app.domain.quarter import Quarter
from app.errors import NoDay
from app.register import queries
from app.register.imports.kept_files import KeptFile
from app.register.links.receiving import Sent
from app.register.places import Place, county_of, township_in, townships_of
from app.store.engine import reading
from importers import collector
from importers.figures import figures, figures_day
from importers.grid import WorkbookGrid
from importers.kept import open_kept
from importers.proposal import propose
from importers.proposal.frame import Frame, frame_of
from importers.reading import Reading
from importers.reply import Reply, corrections, overlaid, reply_in, without_reply_sheets
from importers.replying import reply_for
from importers.returning import Corrected
from importers.roster import read_workbook

#: Gives a file that the same sender sent before, by its digest; None of what did not come from there.
Before = Callable[[str], KeptFile | None]

OTHER_QUARTER = "file.other_quarter"

#: The words of an import that speak of the register, in the words of a file that is read alone.
_ALONE = (
    ("登记库中的", "本文件中的"),
    ("登记库中有", "本文件中有"),
    ("可能就是已有的", "可能就是本文件中的"),
    ("。暂按新企业登记", ""),
    ("可能是已登记的", "可能是前面写的"),
    ("已登记的", "前面写的"),
    ("导入时指定的是", "这个链接是"),
    ("，或先登记该别名后再导入", ""),
    ("，或改用该县的代码导入", ""),
    ("后重新导入", "后重新交来"),
)
_OFFICERS = "请向县里说明，由县里核对"
_STATE_A_DAY = "请在表上写明填报日期，如“填报日期：2024年1月15日”，改好后再交一次"


@dataclass(frozen=True, slots=True)
class AsSent:
    """A file as it reads by itself. `came`: what is marked; `day`: of which it speaks, None where it does not say."""

    reading: Reading
    proposal: Proposal
    came: Corrected
    issues: tuple[RosterIssue, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class _Places:
    """The county and the township, and how its townships are spelled in the dictionary."""

    county: Place
    township: Place
    spelled: dict[str, Place]
    above: tuple[str, ...]


@collector.paused()
def as_sent(engine: Engine, sent: Sent, file: KeptFile, before: Before) -> AsSent:
    """Read a file that came by a link. Of the register only the division dictionary is asked.

    Raises:
        Unreadable: when it is no workbook, or encrypted, damaged, hostile or over a limit.
    """
    places = _places(engine, sent.county, sent.township)
    came = _corrected(open_kept(file.content, file.name, sent.file, sent.sha256), before)
    read = read_workbook(came.book)
    read = replace(read, issues=(*read.issues, *came.issues))
    sheets = [] if read.ledger else [one.name for one in read.sheets if one.why_no_table == "not_a_roster"]
    until = figures_day(came.book, sheets)
    asked: tuple[RosterIssue, ...] = ()
    try:
        frame = _frame(read, places, until)
    except NoDay as unknown:
        frame = _frame(read, places, sent.quarter.last)
        asked = (RosterIssue(unknown.code, "question", None, None, None, None, unknown.message, _STATE_A_DAY),)
    day = None if asked else frame.day
    townships = {written: place[1] for written, place in places.spelled.items()}
    alone = Known(sent.county, townships=townships, places=places.above)
    proposal = propose(read, alone, frame, figures(came.book, sheets, frame.source))
    found = (*asked, *_of_other_quarter(day, sent.quarter), *proposal.issues)
    return AsSent(read, proposal, came, tuple(_alone(one) for one in found), day)


def marked(sent: AsSent, content: bytes) -> Reply:
    """The sender's own workbook with what is wrong in it marked; the register asks nothing in it."""
    of = sent.proposal
    return reply_for(content, sent.came, sent.reading.records, sent.issues, county=of.county, batch=None, day=of.day)


def _corrected(book: WorkbookGrid, before: Before) -> Corrected:
    """The workbook; of a marked copy what it corrects, if its original came from the same sender, else as it stands."""
    returned = reply_in(book)
    if returned is None:
        return Corrected(book)
    told = returned.remembered
    file = before(told.sha256)
    if file is None:
        return Corrected(without_reply_sheets(book), unknown=True)
    original = _corrected(open_kept(file.content, file.name, told.file, told.sha256), before)
    found = corrections(returned, original.book, book)
    grid = replace(overlaid(original.book, found), file=book.file, sha256=book.sha256)
    mended = (*original.mended, *found.cells)
    return Corrected(grid, issues=found.issues, original=original.original or file.content, mended=mended)


def _frame(read: Reading, places: _Places, until: date | None) -> Frame:
    own, told, spelled = places.county, places.township, places.spelled
    return frame_of(read, county=own, townships=spelled, township=told, figures_until=until)


def _places(engine: Engine, county: str, township: str) -> _Places:
    with reading(engine) as session:
        spelled = dict(townships_of(session, county, learned=False))
        above = tuple(session.scalars(queries.places_above(county)))
        return _Places(county_of(session, county), township_in(session, county, township), spelled, above)


def _of_other_quarter(day: date | None, quarter: Quarter) -> Iterator[RosterIssue]:
    """That the file is of a day outside the link's quarter."""
    if day is not None and Quarter.of(day) != quarter:
        message = f"文件说的是 {day} 的情况，这个链接是{quarter.chinese}的"
        fix = "请核对填报日期；交错了季度的，请换对应的文件"
        yield RosterIssue(OTHER_QUARTER, "question", None, None, None, None, message, fix)


def _alone(issue: RosterIssue) -> RosterIssue:
    return replace(issue, message=_said(issue.message), fix=_said(issue.fix))


def _said(text: str, words: Iterable[tuple[str, str]] = _ALONE) -> str:
    if "luzhang" in text:
        return _OFFICERS
    for before, after in words:
        text = text.replace(before, after)
    return text
