"""What the sheets of facts of a ledger state: its words for what is not settled say nothing, its counts are bodies."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.dates import DateInterval
from app.domain.masking import is_masked
from app.domain.proposal import RosterIssue as Issue
from importers.facts import Fact, Facts
from importers.grid import WorkbookGrid
from importers.own_ledger.recognised import OwnLedger, answers_written
from importers.own_ledger.sheets import columns, told, word
from importers.reading import Record, Row, Sheet
from importers.values.text import compact

#: How ledgers issued before masked a number that is no mobile telephone's.
_MASKED = re.compile(r".{3}\*{4}.{4}", re.DOTALL)
_COUNT = re.compile(r"[1-9]\d{0,5}(?:\.0+)?")
_CELL = re.compile(r"[A-Z]+(\d+)")
#: What is asked about columns that the form of the ledger knows.
_OF_COLUMNS = ("column.not_understood", "column.name_by_values")


def dated(sheet: Sheet, ledger: OwnLedger) -> Sheet:
    """A sheet of the ledger: what stands in it is of the ledger's day."""
    if ledger.of_facts(sheet.name) is None:
        return sheet
    day = ledger.day
    of_day = DateInterval(day, day, "day", day.isoformat())
    tables = tuple(replace(one, reported_on=of_day, reporting_unit=ledger.county_name) for one in sheet.tables)
    return replace(sheet, tables=tables)


def stated(
    ledger: OwnLedger, sheets: Sequence[Sheet], records: Sequence[Record], rows: Sequence[Row], issues: Sequence[Issue]
) -> tuple[list[Record], list[Issue]]:
    """What the records state, without what the ledger's own words only seem to; and the issues that are left."""
    written = {(row.sheet, row.row): row.cells for row in rows}
    counts = {sheet.name: _counting(sheet) for sheet in sheets if ledger.of_facts(sheet.name)}
    found, asked = [], []
    for record in records:
        if record.sheet not in counts:
            found.append(record)
            continue
        kept, doubts = _settled(record, counts[record.sheet], written)
        found.append(kept)
        asked += doubts
    unread = {(row.sheet, row.row) for row in rows if row.fate == "ignored" and row.sheet in counts}
    left = [one for one in issues if not _is_of_words(one, ledger) and not _is_unread(one, ledger, unread)]
    return found, left + asked


def _is_unread(issue: Issue, ledger: OwnLedger, rows: Container[tuple[str, int]]) -> bool:
    """Whether an issue is about a cell that states nothing: on a sheet that is reckoned, in a foot row's sums."""
    sheet = issue.sheet or ""
    place = _CELL.fullmatch(issue.cell or "")
    return place is not None and (ledger.reckoned(sheet) or (sheet, int(place[1])) in rows)


def _is_of_words(issue: Issue, ledger: OwnLedger) -> bool:
    """Whether an issue is about what the ledger prints where nothing is settled, or about its list of words."""
    sheet, raw = issue.sheet or "", issue.raw or ""
    if issue.code == "sheet.hidden":
        return ledger.reckoned(sheet)
    name = ledger.of_facts(sheet)
    if name is not None and issue.code in _OF_COLUMNS:
        return compact(raw) in columns(name)
    return name is not None and _says_nothing(raw)


def _says_nothing(text: str) -> bool:
    plain = text.strip()
    return (
        plain in (word("disputed"), word("not_stated"), word("perhaps_removed"))
        or is_masked(plain)
        or bool(_MASKED.fullmatch(plain))
    )


def _counting(sheet: Sheet) -> dict[str, bool | None]:
    """The columns that count bodies, each with whether they are there."""
    there: Mapping[str, bool | None] = told("bodies")
    return {
        column.column: there[compact(column.header)]
        for table in sheet.tables
        for column in table.columns
        if compact(column.header) in there
    }


def _settled(
    record: Record, counts: Mapping[str, bool | None], written: Mapping[tuple[str, int], Mapping[str, str]]
) -> tuple[Record, list[Issue]]:
    issues: list[Issue] = []
    machines = []
    for facts in record.equipment:
        kept = _saying(facts)
        rows = {fact.row for fact in facts.values()} & set(record.sheet_rows)
        if len(rows) == 1:
            row = rows.pop()
            bodies, asked = _bodies(record.sheet, row, written.get((record.sheet, row), {}), counts)
            kept, issues = {**kept, **_counted(kept, bodies)}, issues + asked
        machines.append(kept)
    return replace(
        record,
        enterprise=_firm(_saying(record.enterprise)),
        equipment=tuple(machines),
        permits=tuple(map(_saying, record.permits)),
        plan=_saying(record.plan) if record.plan else None,
        actions=tuple(map(_saying, record.actions)),
    ), issues


def _saying(facts: Facts) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if not _says_nothing(fact.raw)}


def _firm(facts: dict[str, Fact]) -> dict[str, Fact]:
    """A firm with a machine of which it cannot be told whose it is: its name without the others'."""
    name = facts.get("name")
    if name is not None:
        facts["name"] = name.meaning(own_name(str(name.value)))
    return facts


def own_name(text: str) -> str:
    """A firm's name without the remark that a machine may be another firm's."""
    return re.split(rf"[(（]{word('owner_unknown')}", text, maxsplit=1)[0]


def _bodies(
    sheet: str, row: int, texts: Mapping[str, str], counts: Mapping[str, bool | None]
) -> tuple[list[tuple[bool | None, Fact]], list[Issue]]:
    """The numbers of bodies of a row, each with whether they are there; several of them cannot be one machine's."""
    found = []
    for letters, there in counts.items():
        text = texts.get(letters, "").strip()
        if _COUNT.fullmatch(text):
            found.append((there, Fact.written(int(float(text)), text, f"{letters}{row}")))
    if len(found) < 2:
        return found, []
    message = "这一行在几栏里都写了台数，分不清这台（组）设备还在不在，台数没有采用"
    at = found[0][1]
    fix = "在厂的和已拆除的请分两行写"
    return [], [Issue("cell.bodies_twice", "question", sheet, at.cell, "equipment.quantity", at.raw, message, fix)]


def _counted(facts: Mapping[str, Fact], bodies: Iterable[tuple[bool | None, Fact]]) -> dict[str, Fact]:
    """The quantity; that bodies counted as removed are so, where no state is written."""
    said: dict[str, Fact] = {}
    for there, fact in bodies:
        said["quantity"] = fact
        if there is False and "state" not in facts:
            said["state"] = fact.meaning("removed")
    return said


def told_of(book: WorkbookGrid, ledger: OwnLedger) -> list[Issue]:
    """That the workbook is a ledger, which of its sheets are not read, and answers that stand in one of these."""
    left_out = [grid.name for grid in book.sheets if ledger.reckoned(grid.name)]
    message = f"这是{ledger.called}，{'、'.join(left_out)}是由登记推算的，不是填报的，没有读取"
    fix = "要改内容的，请改“企业底数”“设备”等明细表；推算的数字会随着变"
    issues = [Issue("file.own_ledger", "warning", None, None, None, None, message, fix)]
    for sheet, cell, text in answers_written(book, ledger):
        said = "台账里填的答复不作填报读取"
        issues.append(
            Issue(
                "cell.answer_not_read", "question", sheet, cell, None, text, said,
                "请在本台账的明细表里改这一项，或由填报单位报送名册",
            )
        )  # fmt: skip
    return issues
