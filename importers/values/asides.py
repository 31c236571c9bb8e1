"""What stands beside a word in its cell: a day, how long it has been so, ticked boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.dates import DateInterval
from importers.values.days import NotADay, parse_days

#: A day, month or year in the compared form of a text; no 底前, nothing that lies ahead.
DAY = (
    r"(?:19|20)\d{2}(?:年度?(?:\d{1,2}月份?(?:\d{1,2}[日号]?|上旬|中旬|下旬|底|初|末)?)?"
    r"|[./-]\d{1,2}(?:[./-]\d{1,2})?)"
)
_SINCE = r"(?:起|开始|至今|以来|起至今)"
_BRACKETED = re.compile(
    rf"(?P<rest>[^()]+)\((?:自|从|于)?(?P<day>{DAY}|(?:19|20)\d{{2}}){_SINCE}?(?:评定|评|认定|年度|度)?\)"
)
_NOTED = re.compile(rf"(?P<day>{DAY})\((?P<rest>[^()]+)\)")
_LEADING = re.compile(rf"(?P<done>已?于|自|从)?(?P<day>{DAY}){_SINCE}?[,:、]?(?P<rest>\D.*)")
_TRAILING = re.compile(rf"(?P<rest>.*[^\d./-])[,:]?(?:自|于)?(?P<day>{DAY}){_SINCE}?")
_LASTING = re.compile(
    r"(?P<rest>.+?)\(?(?:已|达|近|约|超过)?(?:[一二两三四五六七八九十半多几\d.]+个?)(?:年|月|天)(?:多|余)?(?:以上|左右)?\)?"
)
_TICKED, _EMPTY = "☑✓✔√■☒", "□☐○"
_BOX = re.compile(rf"[{_TICKED}{_EMPTY}]")


@dataclass(frozen=True, slots=True)
class Dated:
    """A word with the day beside it. `done`: the text says 已, so the day lies behind."""

    rest: str
    day: DateInterval
    done: bool


def dated(plain: str) -> Dated | None:
    """`停产(2023.5)`, `2024年3月已拆除`, `已办,2021年5月` taken apart; None where no day stands there."""
    for form in (_BRACKETED, _NOTED, _LEADING, _TRAILING):
        found = form.fullmatch(plain)
        if not found:
            continue
        rest = found["rest"].strip(",:、;")
        try:
            day = parse_days(found["day"])
        except NotADay:
            return None
        done = (found.groupdict().get("done") or "").startswith("已")
        return Dated(f"已{rest}" if done else rest, day, done or rest.startswith("已"))
    return None


def lasting(plain: str) -> str | None:
    """`停产两年以上` → 停产; None where no length of time stands behind a word."""
    found = _LASTING.fullmatch(plain)
    return found["rest"] if found else None


def ticked(raw: str) -> str | None:
    """The word whose box is ticked: `□在产 ☑停产`, `有□ 无☑`. None where none is, or several are, or none is empty."""
    boxes = _BOX.findall(raw)
    if len(boxes) < 2 or not any(box in _EMPTY for box in boxes) or sum(box in _TICKED for box in boxes) != 1:
        return None
    words = [part.strip(" 　\t\r\n,，、;；/（）()") for part in _BOX.split(raw)]
    if words[0] and words[-1]:
        return None
    options = words[:-1] if words[0] else words[1:]
    chosen = options[next(at for at, box in enumerate(boxes) if box in _TICKED)]
    return chosen if all(options) and chosen else None
