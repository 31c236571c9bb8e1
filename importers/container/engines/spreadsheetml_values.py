"""The values of an XML spreadsheet 2003 as cells."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from importers.container.engines.spreadsheetml_styles import Look
from importers.container.number_formats import read_format
from importers.container.package_parts import split_runs
from importers.container.written import (
    DATE_OUT_OF_RANGE,
    VALUE_INVALID,
    moment_cell,
    number_cell,
    serial_moment,
    text_cell,
    truth_cell,
)
from importers.grid import Cell

#: A cell, the code of what is to be said of it (empty: nothing), and the text that it is about.
Read = tuple[Cell | None, str, str]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it begins: its type as the file names it."""

    kind: str


@dataclass(slots=True)
class Heard:
    """The text of a value in runs, each with whether it is struck out."""

    pieces: list[tuple[bool, list[str]]] = field(default_factory=list)
    open: list[bool] = field(default_factory=list)

    @property
    def now(self) -> list[str]:
        """The run that is being heard."""
        return self.pieces[-1][1]

    @property
    def runs(self) -> list[tuple[bool, str]]:
        """What was heard."""
        return [(struck, "".join(texts)) for struck, texts in self.pieces]

    def begin(self, *, struck: bool) -> list[str]:
        """A new run."""
        self.pieces.append((struck, []))
        return self.now

    def open_run(self, *, struck: bool) -> list[str]:
        """A run within the one that is open."""
        self.open.append(struck or any(self.open))
        return self.begin(struck=self.open[-1])

    def close_run(self) -> list[str]:
        """Back to the run around it."""
        self.open.pop()
        return self.begin(struck=any(self.open))


def cell_of_value(value: Value, runs: list[tuple[bool, str]], look: Look, *, date1904: bool) -> Read:
    """What stands in a cell, written as the same workbook saved as xlsx has it."""
    text = "".join(piece for _, piece in runs)
    told = text.strip()
    struck = look.struck
    if value.kind in ("", "String") or not told:
        return _text(runs, text, struck)
    if value.kind == "Number" and _NUMBER.fullmatch(told) and math.isfinite(float(told)):
        return _number(told, look, date1904=date1904)
    if value.kind == "DateTime":
        moment = _moment_of(told)
        if moment is not None:
            return _moment(_serial(moment, date1904=date1904), told, look, date1904=date1904)
    if value.kind == "Boolean" and told in ("0", "1"):
        return truth_cell(told == "1", struck=struck), "", ""
    if value.kind == "Error":
        return Cell(None, told, told, struck), "cell.error", told
    known = value.kind in ("Number", "DateTime", "Boolean")
    return text_cell(text, struck=struck), f"cell.{VALUE_INVALID}", told if known else value.kind


def _text(runs: list[tuple[bool, str]], text: str, struck: bool) -> Read:
    """Text less the runs that are struck out."""
    kept, lost = split_runs(runs)
    if not lost.strip():
        return text_cell(text, struck=struck), "", ""
    if not kept.strip():
        return text_cell(text, struck=True), "", ""
    return text_cell(kept, struck=struck), "cell.struck_part", lost


def _number(told: str, look: Look, *, date1904: bool) -> Read:
    if look.shown.moment:
        return _moment(float(told), told, look, date1904=date1904)
    if len(told) > 15 and told.isdecimal() and len(told.strip("0")) > 15:
        # More digits than a spreadsheet program keeps: they were written by another program and are all there.
        return number_cell(0, raw=told, struck=look.struck), "", ""
    return number_cell(float(told), look.shown, struck=look.struck), "", ""


def _moment(serial: float, told: str, look: Look, *, date1904: bool) -> Read:
    shown = look.shown if look.shown.moment else read_format("yyyy-m-d h:mm" if serial >= 1 else "h:mm")
    moment = serial_moment(serial, shown, date1904=date1904)
    if moment is None:
        return Cell(None, told, DATE_OUT_OF_RANGE, look.struck), "cell.date_out_of_range", told
    return moment_cell(moment, shown, struck=look.struck), "", ""


def _moment_of(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told).replace(tzinfo=None)
    except ValueError:
        return None


def _serial(moment: datetime, *, date1904: bool) -> float:
    """The number that the program keeps for this moment."""
    if date1904:
        return (moment - datetime(1904, 1, 1)) / timedelta(days=1)  # noqa: DTZ001
    first = datetime(1899, 12, 30) if moment >= datetime(1900, 3, 1) else datetime(1899, 12, 31)  # noqa: DTZ001
    return (moment - first) / timedelta(days=1)
