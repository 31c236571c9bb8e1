"""Reminders as text ready to send, one for each township: what is overdue and what falls due; never a phone number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.register.calendar.lines import STATES, Due

_HEADS = {"overdue": "已逾期", "due": "即将到期", "cannot_tell": "要核实"}
_ORDER = ("overdue", "due", "cannot_tell")
#: Telephone numbers of any kind: mobile, with area code, 400.
_PHONE = re.compile(
    r"(?<![\dA-Za-z])(?:\+?86[- ]?)?"
    r"(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?![\dA-Za-z])"
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """The text for one township; `township` None: the county as a whole, and firms whose place is unknown."""

    township: str | None
    code: str | None
    lines: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {"township": self.township, "township_code": self.code, "lines": self.lines, "text": self.text}


def reminders(found: Sequence[Due], as_of: date) -> list[Reminder]:
    """A text for each township of which anything is due, in the order of their codes; the county's own last."""
    by_place: dict[tuple[str, str], list[Due]] = {}
    for one in found:
        by_place.setdefault((one.code or "~", one.township or ""), []).append(one)
    return [
        Reminder(name or None, code if code != "~" else None, len(lines), _text(name, lines, as_of))
        for (code, name), lines in sorted(by_place.items())
    ]


def _text(township: str, lines: Sequence[Due], as_of: date) -> str:
    """The lines by how they stand; each basis is told once, at the end, under its number."""
    bases: dict[str, int] = {}
    told = [f"{township or '县级'}：截至{as_of.year}年{as_of.month}月{as_of.day}日，到期事项 {len(lines)} 项。"]
    for state in _ORDER:
        own = [one for one in lines if one.state == state]
        if own:
            told.append(f"{_HEADS[state]}（{len(own)} 项）：")
        for number, one in enumerate(own, 1):
            basis = bases.setdefault(f"{one.source}：{one.why}", len(bases) + 1)
            told.append(f"{number}. {_line(one, as_of)}（依据{basis}）")
    told += ["依据：", *(f"{number}. {basis}" for basis, number in bases.items())]
    return _PHONE.sub("（电话略）", "\n".join(told))


def _line(one: Due, as_of: date) -> str:
    who = f"{one.name}：" if one.name else ""
    unit = f"，责任单位：{one.department}" if one.department else ""
    return f"{who}{one.what}，{_when(one, as_of)}{unit}"


def _when(one: Due, as_of: date) -> str:
    if one.day is None:
        return "期限不明"
    day, left = one.day.isoformat(), (one.day - as_of).days
    if one.state == "overdue":
        return f"应在 {day} 以前，已过 {-left} 天"
    working = f"，{one.working_days} 个工作日" if one.working_days is not None and left > 0 else ""
    if one.state == "cannot_tell":
        return f"{day}（{STATES['cannot_tell']}）"
    return f"{day} 到期，还有 {left} 天{working}"
