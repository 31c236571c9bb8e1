"""How something that is to be done by a day stands: done, not due yet, overdue, or it cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.dates import DateInterval
from app.domain.day_order import come

#: The states with their words, the most pressing first.
DUE_STATES: Mapping[str, str] = {
    "overdue": "已逾期",
    "cannot_tell": "不能确定",
    "due": "未到期",
    "no_due": "没有写期限",
    "done": "已完成",
}


def due_state(due: DateInterval | None, done: DateInterval | None, day: date) -> str:
    """The state at the end of a day. `due`: by when it is to be done; `done`: when it was, None where it was not."""
    finished = come(done, day)
    if done is not None and finished is not False:
        return "done" if finished else "cannot_tell"
    if due is None:
        return "no_due"
    late = past(due, day)
    return "cannot_tell" if late is None else "overdue" if late else "due"


def past(due: DateInterval, day: date) -> bool | None:
    """Whether the last day allowed is past: of 4月底前 that is the end itself, of a rough day it may not tell."""
    if due.until is not None and day > due.until:
        return True
    if due.since is None:
        return None if due.until is None else False
    return False if day <= due.since else None
