"""What a number format shows: a date with or without its day, a time, a duration, leading zeros, a unit behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTH, _MONTH_DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', "yyyy-m-d"
_TIME = 'h"时"mm"分"'

#: Formats that a file names by number only. 27 to 36 and 50 to 58 are what they mean in China.
BUILT_IN: dict[int, str] = {
    0: "General",
    9: "0%",
    10: "0.00%",
    14: _FULL,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21), "h:mm:ss"),
    22: "yyyy-m-d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    **dict.fromkeys((30, 31), _FULL),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), _TIME),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_SUFFIX = re.compile(r'[0#?](?:_[^"]|\\ )*((?:"[^"]*")+)(?:_.|\s)*$')
_AM_PM = re.compile(r"am/pm|a/p|上午/下午", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """`date`: shows a day, month or year. `time`: shows hours or minutes. `duration`: hours beyond 24."""

    date: bool = False
    time: bool = False
    duration: bool = False
    year: bool = False
    month: bool = False
    day: bool = False
    zeros: int = 0
    suffix: str = ""

    @property
    def moment(self) -> bool:
        """A number under this format is a date, a time or both."""
        return self.date or self.time or self.duration


PLAIN = NumberFormat()


@lru_cache(maxsize=4096)
def read_format(code: str) -> NumberFormat:
    """Read the first section of a format code, the one for positive numbers."""
    section = _first_section(code)
    bare = _LITERAL.sub("", section).lower()
    if "general" in bare or not bare.strip():
        return PLAIN
    duration = bool(re.search(r"\[(h+|m+|s+)\]", bare))
    clock = bool(_AM_PM.search(bare)) or "h" in bare or "s" in bare
    bare = _AM_PM.sub("", bare)
    if re.search(r"[0#?]", bare) and not clock and not re.search(r"[ymd]", bare.replace("e+", "").replace("e-", "")):
        return _of_number(section, bare)
    year, day = bool(re.search(r"y|e(?![+-])|b", bare)), "d" in bare
    month = "m" in bare and not (clock and not year and not day)
    if duration:
        return NumberFormat(duration=True, time=True)
    return NumberFormat(date=year or month or day, time=clock, year=year, month=month, day=day)


def _of_number(section: str, bare: str) -> NumberFormat:
    zeros = len(bare.strip()) if re.fullmatch(r"0{2,}", bare.strip()) else 0
    match = _SUFFIX.search(section)
    return NumberFormat(zeros=zeros, suffix=match[1].replace('"', "").strip() if match else "")


def _first_section(code: str) -> str:
    quoted = False
    for place, letter in enumerate(code):
        if letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted and code[place - 1 : place] != "\\":
            return code[:place]
    return code
