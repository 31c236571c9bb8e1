"""What a roster's values are read against: the county, the township, and of each table its source and its day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from app.domain.dates import DateInterval
from app.errors import NoDay
from importers.reading import Reading, Table
from importers.values import roster_day

#: A table: its sheet, and its place there.
TablePlace = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TableFrame:
    """Of one table: the day its facts hold from, its reporting unit, and that unit's township if it is one's."""

    day: date
    unit: str | None = None
    township: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Of a whole file. `township`: told, or that of its reporting unit or records; `source`, `day`: the batch's."""

    county: str
    county_name: str
    file: str
    day: date
    source: str
    township: str | None = None
    township_code: str | None = None
    told: bool = False
    tables: Mapping[TablePlace, TableFrame] = field(default_factory=dict)

    def table(self, sheet: str, table: int) -> TableFrame:
        """The frame of one table."""
        return self.tables.get((sheet, table)) or TableFrame(self.day)

    def source_of(self, table: TableFrame, township: str | None) -> str:
        """Who says what a table says: its reporting unit, else the township, else the file."""
        return table.unit or (self.township if self.told else None) or township or self.township or self.file


def spelled(text: str) -> str:
    """A place's name as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def frame_of(
    reading: Reading,
    *,
    county: tuple[str, str],
    townships: Mapping[str, tuple[str, str]],
    township: tuple[str, str] | None = None,
    valid_from: date | None = None,
    figures_until: date | None = None,
) -> Frame:
    """The frame of a file. `townships`: every spelling → code and name; `township`: told by whoever imports.

    `figures_until` is the day of what the file states as figures, for tables without a day and for a file without any.

    Raises:
        NoDay: when the day of a table with records is not known.
    """
    used = {(record.sheet, record.table) for record in reading.records}
    tables = {
        (sheet.name, place): table
        for sheet in reading.sheets
        for place, table in enumerate(sheet.tables)
        if not used or (sheet.name, place) in used
    }
    days = _days(reading.file, tables, valid_from, figures_until)
    frames = {}
    for place, table in tables.items():
        unit = "".join(table.reporting_unit.split()) if table.reporting_unit else None
        frames[place] = TableFrame(days[place], unit or None, township_of_unit(unit, townships))
    chosen = (
        township
        or _only([townships[spelled(one.township)] for one in frames.values() if one.township])
        or _of_records(reading, townships)
    )
    units = [one.unit for one in frames.values() if one.unit]
    source = units[0] if units else chosen[1] if chosen else reading.file
    day = max(days.values(), default=valid_from or figures_until)
    if day is None:
        raise _no_day(reading.file, ())
    code, name = chosen or (None, None)
    return Frame(county[0], county[1], reading.file, day, source, name, code, told=township is not None, tables=frames)


def township_of_unit(unit: str | None, townships: Mapping[str, tuple[str, str]]) -> str | None:
    """The township that a reporting unit belongs to (新圩镇人民政府 → 新圩镇), if exactly one is so named."""
    if not unit:
        return None
    plain = spelled(unit)
    named = [(len(spelling), place) for spelling, place in townships.items() if spelling in plain]
    longest = max((length for length, _ in named), default=0)
    place = _only([place for length, place in named if length == longest])
    return place[1] if place else None


def _of_records(reading: Reading, townships: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The one township that all records name."""
    cells = [record.enterprise.get("township") for record in reading.records]
    places = [townships.get(spelled(str(cell.value))) if cell else None for cell in cells]
    return None if None in places else _only([place for place in places if place])


def _only(places: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    found = set(places)
    return found.pop() if len(found) == 1 else None


def _days(
    file: str, tables: Mapping[TablePlace, Table], told: date | None, figures_until: date | None
) -> dict[TablePlace, date]:
    """The day of each table: told, stated on it, in its title, by the file's other tables, in the file's name."""
    if told:
        return dict.fromkeys(tables, told)
    own = {place: _end(table.reported_on) or _quarter_end(table.title or "") for place, table in tables.items()}
    stated = {day for day in own.values() if day}
    other = stated.pop() if len(stated) == 1 else _quarter_end(PurePath(file).stem)
    days = {}
    for place, day in own.items():
        chosen = day or other or figures_until
        if chosen is None:
            raise _no_day(file, [table.title or "" for table in tables.values()])
        days[place] = chosen
    return days


def _end(days: DateInterval | None) -> date | None:
    return days.until if days else None


def _quarter_end(text: str) -> date | None:
    """The last day of the quarter that a title or a file's name speaks of. A bare date there may be of anything."""
    found = roster_day(text)
    return found.until if found and found.precision == "quarter" else None


def _no_day(file: str, titles: Iterable[str]) -> NoDay:
    """That the day is not known; a day that stands in a title or the file's name is offered, not taken."""
    message = f"不知道“{file}”是哪一天的情况：表上没有填报日期，标题和文件名里也没有季度"
    found = (roster_day(text) for text in (*titles, PurePath(file).stem))
    days = {(one.text, one.until) for one in found if one and one.precision == "day"}
    if len({until for _, until in days}) != 1:
        return NoDay(message)
    text, day = min(days)
    fix = f"请在表上写明填报日期；说的就是 {text} 的，可以用 --valid-from {day} 指明"
    return NoDay(f"{message}；写有“{text}”，不知道是不是那一天", fix=fix)
