"""How a stored value is written: the text that a person sees on the sheet, beside the value."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from importers.container.number_formats import PLAIN, NumberFormat
from importers.grid import Cell

FORMULA_WITHOUT_VALUE = "formula_without_value"
DATE_OUT_OF_RANGE = "date_out_of_range"
VALUE_INVALID = "value_invalid"


def text_cell(text: str, *, struck: bool = False) -> Cell | None:
    """Text with line breaks as a single line feed; None when nothing but blanks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(text, text, None, struck) if text.strip() else None


def number_text(value: float) -> str:
    """At most fifteen digits, as spreadsheet programs keep and show; integers without a point."""
    if abs(value) >= 1e15:
        return format(value, ".15G")
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return text if len(text) <= 16 else repr(float(format(value, ".15g")))


def number_cell(value: float, shown: NumberFormat = PLAIN, *, raw: str | None = None, struck: bool = False) -> Cell:
    """A number. `raw`: its digits as the file states them, where they are more than a float holds."""
    if raw is not None:
        return Cell(int(raw), raw, None, struck)
    if value != value or value in (float("inf"), float("-inf")):
        return Cell(None, str(value), "#NUM!", struck)
    stored = int(value) if value == int(value) and abs(value) < 1e15 else value
    text = number_text(value)
    if shown.zeros and isinstance(stored, int) and stored >= 0:
        text = text.zfill(shown.zeros)
    return Cell(stored, text + shown.suffix, None, struck)


def truth_cell(value: bool, *, struck: bool = False) -> Cell:
    """A boolean, written as spreadsheet programs do."""
    return Cell(value, "TRUE" if value else "FALSE", None, struck)


def moment_cell(
    value: datetime | date | time | timedelta, shown: NumberFormat = PLAIN, *, struck: bool = False
) -> Cell:
    """A date as its ISO day, with the time unless it is midnight; a month shown without a day as `2024年3月`."""
    if isinstance(value, timedelta):
        return Cell(value / timedelta(days=1), _duration(value), None, struck)
    if isinstance(value, datetime):
        value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        if value.time() == time():
            value = value.date()
    if isinstance(value, datetime):
        return Cell(value, value.isoformat(sep=" "), None, struck)
    if isinstance(value, time):
        value = _whole_second(value)
        return Cell(value, value.isoformat(timespec="seconds"), None, struck)
    if value.day == 1 and shown.year and not shown.day and (shown.month or value.month == 1):
        text = f"{value.year}年{value.month}月" if shown.month else f"{value.year}年"
        return Cell(text, text, None, struck)
    return Cell(value, value.isoformat(), None, struck)


def serial_moment(serial: float, shown: NumberFormat, *, date1904: bool) -> datetime | time | timedelta | None:
    """What a serial number is under a date format; None when no such day is on the calendar."""
    if shown.duration:
        return timedelta(days=serial) if abs(serial) < 1e6 else None
    first = 0 if date1904 and not (shown.time and not shown.date) else 1
    if not first <= serial < 2_958_466 - (1462 if date1904 else 0) or (not date1904 and int(serial) == 60):
        clock = shown.time and not shown.date and 0 <= serial < 1
        return (datetime(1900, 1, 1) + timedelta(days=serial)).time() if clock else None  # noqa: DTZ001
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30 if serial >= 60 else 31)  # noqa: DTZ001
    return epoch + timedelta(days=serial)


def _whole_second(value: time) -> time:
    """The nearest second, as a sheet shows it; the day's last one stays on its day."""
    nearest = datetime.combine(date(2000, 1, 1), value) + timedelta(milliseconds=500)
    return nearest.time().replace(microsecond=0) if nearest.day == 1 else value.replace(microsecond=0)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"
