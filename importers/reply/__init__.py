"""The same file back: marked, with its questions, and read again when it comes back corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Unreadable
from importers.grid import WorkbookGrid
from importers.reply.corrections import Answer, Changed, Correction, Corrections, corrections, overlaid
from importers.reply.marked import marked_copy
from importers.reply.marks import Asked, Mark, ReplyAbout, firms_of, marks_of
from importers.reply.record import Asking
from importers.reply.refused import NotMarkable
from importers.reply.returned import Returned, is_reply_sheet, reply_in, without_reply_sheets
from importers.reply.table import table_copy

__all__ = [
    "Answer", "Asked", "Asking", "Changed", "Correction", "Corrections", "Mark", "NotMarkable", "Reply",
    "ReplyAbout", "Returned", "corrections", "firms_of", "is_reply_sheet", "marked_copy", "marks_of", "overlaid",
    "reply_in", "reply_to", "table_copy", "without_reply_sheets",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """A workbook to be sent back. `instead`: why it is not the sender's own file; empty where it is."""

    content: bytes
    instead: str


def reply_to(
    original: bytes,
    book: WorkbookGrid,
    marks: Sequence[Mark],
    asked: Sequence[Asked],
    about: ReplyAbout,
    mended: Sequence[Correction] = (),
) -> Reply:
    """The sender's own workbook marked; where that cannot be done safely, the same table with the reason.

    `mended`: what came back corrected since it was sent; `book` says so already.
    """
    try:
        return Reply(marked_copy(original, book, marks, asked, about, mended), "")
    except NotMarkable as refused:
        reason = f"{refused.reason}，没有在原件上标注；这是内容相同的 xlsx 表。"
    except Unreadable as odd:
        reason = f"{odd.message}，没有在原件上标注；这是内容相同的 xlsx 表。"
    return Reply(table_copy(book, marks, asked, about, reason), reason)
