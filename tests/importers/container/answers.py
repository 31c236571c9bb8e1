"""What reading some bytes answers, and what is wrong with the answer: shared by the tests and the measurements."""

from __future__ import annotations

import json
import re

from app.errors import Unreadable
from importers.container import open_bytes
from importers.reading import Reading
from importers.roster import read_workbook


class BadAnswer(Exception):
    """A refusal that tells the sender nothing, or a reading whose rows do not add up."""


def answer(content: bytes, name: str) -> str:
    """`read`, or the code of a refusal.

    Raises:
        BadAnswer: when the answer is not what the sender is owed.
        Exception: any other is a crash.
    """
    try:
        reading = read_workbook(open_bytes(content, name))
    except Unreadable as refused:
        said = refused.as_dict()
        if not said["code"].startswith("file.") or not all(_is_chinese(said[part]) for part in ("message", "fix")):
            raise BadAnswer(str(said)) from refused
        return refused.code
    require_sums(reading)
    json.dumps(reading.as_dict(), ensure_ascii=False, allow_nan=False).encode()
    return "read"


def require_sums(reading: Reading) -> None:
    """Rows read are those in records, those ignored and those held; no row is two of these."""
    fates: dict[str, set[tuple[str, int]]] = {"record": set(), "ignored": set(), "held": set()}
    for row in reading.rows:
        fates[row.fate].add((row.sheet, row.row))
    in_records = {(record.sheet, row) for record in reading.records for row in record.sheet_rows}
    counts = reading.counts()
    parts = {"ignored": counts["rows_ignored"], "held": counts["rows_held"], "record": len(fates["record"])}
    if counts["rows_read"] != sum(parts.values()) or sum(len(rows) for rows in fates.values()) != counts["rows_read"]:
        raise BadAnswer(f"{counts} of {parts}")
    if not fates["record"] <= in_records:
        raise BadAnswer(f"rows in no record: {sorted(fates['record'] - in_records)[:5]}")


def _is_chinese(sentence: str) -> bool:
    return len(re.findall("[一-鿿]", sentence)) >= 4 and "Error" not in sentence
