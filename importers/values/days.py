"""Days as rosters write them, read as intervals: 2024年3月底前, 11月下旬, 2025Q4, 二〇二四年三月, serial numbers."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from app.domain.dates import DateInterval
from importers.values import numerals
from importers.values.text import compact, set_apart

#: A stored number in this span may be a day in a day field: 1960-01-01 to 2064-04-08.
#: What lies below may be a month that lost its point: 20243.
SERIALS = range(21916, 60001)
YEARS = range(1900, 2101)


class NotADay(ValueError):
    """No day is stated; `code` says why: value.bad_date, value.year_unknown, value.not_a_day, value.period."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


_TIME = re.compile(
    r"(?:(?<=[\d日号])(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?)"
    r"(?=\s*(?:$|至|到|—|–|~|-))"
)
#: Blanks in place of the points of a day: 2024 3 1.
_SPACED = re.compile(r"(?P<y>\d{4})\s+(?P<m>\d{1,2})(?:\s+(?P<d>\d{1,2}))?")
_LEADING = re.compile(r"^(?:有效期限?|有效|期限)?:?(?:至|到)?:?(?=\d)")
_YEAR_WORDS = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "今年度": 0, "去年": -1, "上年": -1, "明年": 1, "次年": 1}
_CHINESE_YEAR = re.compile(r"[〇零○oO0-9一二三四五六七八九]{4}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_CHINESE_COUNT = re.compile(r"[一二三四五六七八九十]{1,3}(?=月|日|号)")

_Y = r"(?P<y>\d{4}|今年度?|本年度?|当年|去年|上年|明年|次年)"
_QUARTER = r"(?:第?(?P<q>[1-4一二三四])季度?|(?P<yq>[Qq][1-4]))"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_Y}年?)?(?P<m>\d{{1,2}})月份?(?P<d>\d{{1,2}})(?:日|号)?",
        r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:日|号)?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        rf"(?:{_Y}年?)?(?P<m>\d{{1,2}})月份?(?P<part>上旬|中旬|下旬|底|末|初|中)?",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:月份?)?(?P<part>上旬|中旬|下旬|底|末|初|中)?",
        r"(?P<y>\d{4})(?P<m>\d{2})",
        rf"(?:{_Y}年?度?)?(?P<half>上半年|下半年)",
        rf"(?:{_Y}年?度?[-/.]?)?{_QUARTER}(?P<part>底|末|初)?",
        rf"{_Y}(?:年度?)?(?P<part>底|末|初|中)?",
        r"(?P<yearless>年)(?P<part>底|末|初|中)",
    )
)
_BEFORE = ("之前", "以前", "前")
_SINCE = ("至今", "以来", "起至今", "起", "开始", "至目前")
_UNTIL = ("截至", "截止到", "截止", "不晚于", "最迟", "不迟于", "至迟")
_RANGE = re.compile(r"^(?P<a>.*?\d(?:日|号|月|年)?)(?:至|到|—|–|~|～|--)(?P<b>.*\d.*)$")
_DASHED = re.compile(
    r"^(?P<a>\d{4}(?P<s>[./])\d{1,2}(?P=s)\d{1,2}|\d{4}年.*?|\d{8})-(?P<b>\d{4}.*\d(?:日|号|月|年)?|\d{1,2}月.*)$"
)
_DASHED_MONTHS = re.compile(r"^(?P<a>\d{4}(?P<s>[./])\d{1,2})-(?P<b>\d{4}(?P=s)\d{1,2})$")
_DASHED_ISO = re.compile(r"^(?P<a>\d{4}-\d{1,2}-\d{1,2})-(?P<b>\d{4}-\d{1,2}-\d{1,2})$")


def plain_days(text: str) -> str:
    """A day's text in compared form: no time of day, no blanks, Chinese numerals as digits."""
    timeless = _TIME.sub("", text.strip())
    if spaced := _SPACED.fullmatch(timeless):
        timeless = ".".join(filter(None, spaced.groups()))
    plain = _LEADING.sub("", re.sub(r"(?<=\d)。(?=\d)", ".", compact(timeless)).replace("年年", "年"))
    plain = _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), plain)
    plain = _CHINESE_COUNT.sub(lambda found: str(numerals.whole(found[0])), plain)
    return plain.strip("。,;、'").removesuffix(".")


def parse_days(text: str, *, year: int | None = None) -> DateInterval:
    """Read one statement of a day in words.

    Raises:
        NotADay: when none is stated, with the reason.
    """
    said, plain = text.strip(), plain_days(text)
    if set_apart(_TIME.sub("", said)) and not _SPACED.fullmatch(_TIME.sub("", said)):
        raise NotADay("value.not_a_day")
    if parse_range(text, year=year):
        raise NotADay("value.period")
    for ending in sorted(_SINCE, key=len, reverse=True):
        if plain.endswith(ending) and len(plain) > len(ending):
            start = _unit(plain.removesuffix(ending).removeprefix("自").removeprefix("从"), year)
            return DateInterval(start.since, None, start.precision, said)
    until = next((opening for opening in _UNTIL if plain.startswith(opening)), None)
    if until:
        last = _unit(plain.removeprefix(until).removesuffix("前"), year)
        return DateInterval(None, last.until, last.precision, said)
    before = next((ending for ending in _BEFORE if plain.endswith(ending)), None)
    if before:
        return _before(plain.removesuffix(before), year, said)
    found = _unit(plain.removesuffix("内"), year)
    return DateInterval(found.since, found.until, found.precision, said)


def _before(plain: str, year: int | None, said: str) -> DateInterval:
    """X底前: to X's last day. X日前: to that day. X月前 without 底: to the day before X begins."""
    at_end = re.fullmatch(r"(.*)(?:底|末)", plain)
    if at_end:
        last = _unit("今年" if at_end[1] == "年" else at_end[1], year)
        return DateInterval(None, last.until, last.precision, said)
    named = _unit(plain, year)
    first = named.since or date.min
    until = named.until if named.precision == "day" else first - timedelta(days=1)
    return DateInterval(None, until, named.precision, said)


def parse_range(text: str, *, year: int | None = None) -> tuple[DateInterval, DateInterval] | None:
    """Both ends of `2024-09-10至2029-09-09`; None where no two days are written. The second end may lack its year."""
    plain = plain_days(text).removeprefix("自").removeprefix("从")
    found = _RANGE.match(plain) or _DASHED_ISO.match(plain) or _DASHED_MONTHS.match(plain) or _DASHED.match(plain)
    if not found or "至今" in plain:
        return None
    try:
        first = _unit(found["a"].removesuffix("起"), year)
        second = _unit(found["b"].removesuffix("止"), first.since.year if first.since else year)
    except NotADay as problem:
        if problem.code == "value.bad_date":
            raise
        return None
    return (first, second) if not second.until or not first.since or first.since <= second.until else None


def _unit(plain: str, year: int | None) -> DateInterval:
    """A day, ten days, month, quarter, half or year with both its ends."""
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _interval({name: part for name, part in found.groupdict().items() if part}, year, plain)
    raise NotADay("value.not_a_day")


def _interval(parts: dict[str, str], year: int | None, plain: str) -> DateInterval:
    in_year = _year_of(parts.get("y"), year)
    part = parts.get("part", "")
    if "d" in parts:
        day = _day(in_year, int(parts["m"]), int(parts["d"]))
        return DateInterval(day, day, "day", plain)
    if "m" in parts:
        return _month(in_year, int(parts["m"]), part, plain)
    if "half" in parts:
        first_half = parts["half"] == "上半年"
        return _months(in_year, *((1, 6) if first_half else (7, 12)), "half", plain)
    quarter = parts.get("q") or parts.get("yq", "")[1:]
    if quarter:
        number = "一二三四".find(quarter) + 1 or int(quarter)
        return _months(in_year, number * 3 - 2, number * 3, "quarter", plain)
    if part in {"底", "末"}:
        return _months(in_year, 12, 12, "month", plain)
    return _months(in_year, 1, 12, "year", plain)


def _year_of(written: str | None, year: int | None) -> int:
    if written and written.isdigit():
        if int(written) not in YEARS:
            raise NotADay("value.bad_date")
        return int(written)
    if year is None:
        raise NotADay("value.year_unknown")
    return year + _YEAR_WORDS.get(written or "", 0)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay("value.bad_date") from None


def _month(year: int, month: int, part: str, plain: str) -> DateInterval:
    if part in {"上旬", "中旬", "下旬"}:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        first_day, last_day = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last)}[part]
        return DateInterval(_day(year, month, first_day), _day(year, month, last_day), "ten_days", plain)
    return _months(year, month, month, "month", plain)


def _months(year: int, first: int, last: int, precision: str, plain: str) -> DateInterval:
    since = _day(year, first, 1)
    until = _day(year, last, calendar.monthrange(year, last)[1])
    return DateInterval(since, until, precision, plain)


def stored_day(value: float, *, date1904: bool) -> date | None:
    """The day of a sheet's serial number, where it is plausible."""
    if not SERIALS.start <= value < SERIALS.stop:
        return None
    begins = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    return begins + timedelta(days=int(value))


def parse_stored(value: object, text: str, *, date1904: bool) -> DateInterval | None:
    """The day of a stored value that is no text; None where it is a text.

    Raises:
        NotADay: when the stored value is a number that states no day.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _shown(value, text)
    if isinstance(value, str) and re.fullmatch(r"\d{5}(?:\.\d+)?", value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if day := stored_day(value, date1904=date1904):
        return _shown(day, text)
    return _written_as_number(value, text)


def _shown(day: date, text: str) -> DateInterval:
    """The day of a date cell; where its format shows less (2024年3月), that is what the roster says."""
    try:
        shown = parse_days(text)
    except NotADay:
        return DateInterval.of_day(day, text.strip() or None)
    fits = shown.since and shown.until and shown.since <= day <= shown.until
    return shown if fits else DateInterval.of_day(day, text.strip() or None)


def _written_as_number(value: int | float, text: str) -> DateInterval:
    """2023, 202307, 20230715 and 2021.02 typed as numbers. 2014.1 may be 2014.10 that lost its zero."""
    number = numerals.of_stored(value)
    shown = compact(text)
    if number is None:
        raise NotADay("value.not_a_day")
    digits = f"{number.normalize():f}"
    if re.fullmatch(r"\d{4}\.1", digits) and not re.fullmatch(r"\d{4}\.(?:10|01)", shown):
        raise NotADay("value.month_unclear")
    if re.fullmatch(r"\d{4}\.\d{2}", shown) and shown.startswith(digits):
        digits = shown
    if not re.fullmatch(r"\d{4}|\d{6}|\d{8}|\d{4}\.\d{1,2}", digits):
        raise NotADay("value.not_a_day")
    found = parse_days(digits)
    said = digits if text.strip() in {"", str(value)} else text.strip()
    return DateInterval(found.since, found.until, found.precision, said)


def read_days(text_or_value: object, *, year: int | None = None, date1904: bool = False) -> DateInterval | None:
    """The days that a text or a stored value states; None where it states none."""
    text = str(text_or_value)
    try:
        found = parse_stored(text_or_value, text, date1904=date1904)
        return found or parse_days(text, year=year)
    except NotADay:
        return None
