"""Two issued ledgers cell by cell: what is printed otherwise, of which record, and which changes made it so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.errors import NotFound
from app.register.history.acts import Act
from app.register.history.differences import differences
from app.register.history.reasons import as_list
from app.register.ledgers import cells
from app.register.ledgers.frozen import Cell, Frozen, Ref, Sheet
from app.register.ledgers.issuing import Issued, frozen_of
from app.register.ledgers.members import Members
from app.register.scope import Actor

#: Who it is in the list, not what is said of them: these move when a row is put in before.
_PLACES = ("序号",)
#: What a row of 变化说明 is about, beside its record.
_KINDS = ("类别", "变化")
#: The sheet that tells of the issue itself.
VERSION = "版本说明"

_Key = tuple[Any, ...]


def compare(session: Session, one: Issued, other: Issued, actor: Actor) -> dict[str, Any]:
    """What the second prints otherwise than the first, with the reasons that lie between what each knew.

    Raises:
        NotFound: when one of them was issued before its data were kept.
    """
    both = [_kept(session, issued, actor) for issued in (one, other)]
    why = _Why.between(session, one, other, actor)
    names = list(dict.fromkeys(sheet.name for frozen in both for sheet in frozen.sheets))
    sheets = [_sheets(name, both, why) for name in names]
    return {
        "one": one.as_dict(),
        "other": other.as_dict(),
        "same_file": one.sha256 == other.sha256,
        "differs": any(
            told["changed"] or told["left"] or told["entered"] for told in sheets if told["sheet"] != VERSION
        ),
        "sheets": sheets,
    }


def _kept(session: Session, issued: Issued, actor: Actor) -> Frozen:
    frozen = frozen_of(session, issued, actor)
    if frozen is None:
        words = f"{issued.quarter.chinese}台账第{issued.revision}版签发时没有留存数据，不能逐格比较"
        raise NotFound(words, fix="请打开两个文件对照；以后签发的各版都会留存", code="ledger.no_content")
    return frozen


@dataclass(slots=True)
class _Why:
    """Reasons by what they are about: a field of a record, a record, a firm; with the changes that made them."""

    exact: dict[tuple[str, str], list[tuple[tuple[str, ...], Act | None]]] = field(default_factory=dict)
    whole: dict[str, list[tuple[tuple[str, ...], Act | None]]] = field(default_factory=dict)

    @classmethod
    def between(cls, session: Session, one: Issued, other: Issued, actor: Actor) -> _Why:
        """Out of the differences of each county between what the two knew."""
        own = cls()
        first, second = one.knows, other.knows
        for county in sorted(first.keys() & second.keys()):
            moments = AsOf(one.quarter.last, first[county]), AsOf(other.quarter.last, second[county])
            for firm in differences(session, county, *moments, actor=actor).firms:
                own._add(firm.id, firm.because, firm.act)
                for altered in firm.altered:
                    own.exact.setdefault((altered.subject, altered.field), []).append((altered.because, altered.act))
                    own._add(altered.subject, altered.because, altered.act)
                    own._add(firm.id, altered.because, altered.act)
                for passed in firm.passed:
                    own._add(passed.machine, passed.because, passed.act)
                    own._add(firm.id, passed.because, passed.act)
                for turned in firm.turned:
                    own._add(turned.machine, turned.because, None)
        return own

    def _add(self, subject: str, because: tuple[str, ...], act: Act | None) -> None:
        if because:
            self.whole.setdefault(subject, []).append((because, act))

    def of(self, records: Iterable[Ref], fact: str = "") -> dict[str, Any]:
        """Why a cell is another: its fact's own reasons, else those of the row's records, the most specific first."""
        ids = [id for _, id in records]
        section, _, name = fact.partition(".")
        found = [one for of, id in records if of == section for one in self.exact.get((id, name), ())]
        for id in reversed(ids):
            found = found or self.whole.get(id, [])
        reasons = dict.fromkeys(reason for because, _ in found for reason in because)
        acts = {act.number: act for _, act in found if act}
        return {"because": as_list(reasons), "changes": [acts[number].as_dict() for number in sorted(acts)]}


def _sheets(name: str, both: list[Frozen], why: _Why) -> dict[str, Any]:
    """One sheet of both: rows of one record stand beside each other."""
    sides = [frozen.sheet(name) for frozen in both]
    members = [Members(frozen) for frozen in both]
    rows = [dict(_keyed(sheet)) if sheet else {} for sheet in sides]
    told: dict[str, Any] = {"sheet": name, "same": 0, "changed": [], "left": [], "entered": []}
    for key, place in rows[0].items():
        if key not in rows[1]:
            told["left"].append(_row(sides[0], place, members[0], why))
            continue
        found = list(_cells(sides, (place, rows[1][key]), members[1], why))
        told["changed"] += found
        told["same"] += not found
    told["entered"] = [_row(sides[1], place, members[1], why) for key, place in rows[1].items() if key not in rows[0]]
    titles = [[head.title for head in sheet.columns] if sheet else [] for sheet in sides]
    told["columns_left"] = [title for title in titles[0] if title not in titles[1]]
    told["columns_entered"] = [title for title in titles[1] if title not in titles[0]]
    return told


def _keyed(sheet: Sheet) -> Iterator[tuple[_Key, int]]:
    """Each row by whose it is: by its most specific record, else by its words below its heading."""
    seen: Counter[_Key] = Counter()
    part, under = "", _before_numbers(sheet)
    for place in range(len(sheet.rows)):
        words = _line(sheet, place)
        if place in sheet.emphasis:
            part = words
        origin = sheet.origin(place)
        own = next((ref for ref in reversed(origin.own) if ref[0] != "enterprise"), next(iter(origin.own), None))
        # A heading of 汇总 tells its records too: where a line counts, its words are what it is.
        key: _Key = ("words", *origin.counties, part, words, *under[place])
        if own and _of_record(sheet):
            key = ("record", own, *_kinds(sheet, place))
        yield (*key, seen[key]), place
        seen[key] += 1


def _cells(sides: list[Sheet | None], places: tuple[int, int], members: Members, why: _Why) -> Iterator[dict[str, Any]]:
    one, other = sides
    if one is None or other is None:
        return
    before = {head.title: at for at, head in enumerate(one.columns)}
    origin = other.origin(places[1])
    for at, head in enumerate(other.columns):
        was = before.get(head.title)
        if head.title in _PLACES or was is None:
            continue
        old, new = one.rows[places[0]][was], other.rows[places[1]][at]
        if old != new:
            counted = _counted(one, places[0], other, places[1], head.title)
            yield {
                **_called(other, places[1], members),
                "column": head.title,
                "cells": [cells.row_address(one, places[0], was), cells.row_address(other, places[1], at)],
                "before": old,
                "after": new,
                **counted,
                **why.of(origin.records, head.fact),
            }


def _counted(one: Sheet, first: int, other: Sheet, second: int, title: str) -> Mapping[str, Any]:
    """Of a count, whom it no longer counts and whom it counts now."""
    was, now = one.origin(first).counted.get(title, ()), other.origin(second).counted.get(title, ())
    if not was and not now:
        return {}
    left, entered = set(was) - set(now), set(now) - set(was)
    return {"left": [list(ref) for ref in was if ref in left], "entered": [list(ref) for ref in now if ref in entered]}


def _row(sheet: Sheet | None, place: int, members: Members, why: _Why) -> dict[str, Any]:
    if sheet is None:
        return {}
    cell = cells.row_address(sheet, place)
    return {**_called(sheet, place, members), "cell": cell, **why.of(sheet.origin(place).records)}


def _called(sheet: Sheet, place: int, members: Members) -> dict[str, Any]:
    records = sheet.origin(place).own
    if records and _of_record(sheet):
        return {"called": members.called(records[-1])}
    county = sheet.origin(place).counties and _words(sheet, place)[:1]
    return {"called": "　".join(dict.fromkeys([*county, _line(sheet, place)]))}


def _of_record(sheet: Sheet) -> bool:
    """Whether its rows are of the records behind them, and not lines that count or tell of many."""
    return not sheet.emphasis and sheet.name != VERSION


def _kinds(sheet: Sheet, place: int) -> tuple[Cell, ...]:
    """What tells apart the rows of one record where it has several: which movement each is."""
    return tuple(sheet.rows[place][at] for at, head in enumerate(sheet.columns) if head.title in _KINDS)


def _before_numbers(sheet: Sheet) -> list[tuple[Cell, ...]]:
    """The cells of each row before the first column in which anything is counted: family, township, unit."""
    counted = (at for row in sheet.rows for at, cell in enumerate(row) if cells.is_number(cell))
    first = min(counted, default=len(sheet.columns) - 1)
    return [row[:first] for row in sheet.rows]


def _line(sheet: Sheet, place: int) -> str:
    """The words that a row stands under; of a city's row those after its county."""
    told = _words(sheet, place)
    return told[1] if sheet.origin(place).counties and len(told) > 1 else next(iter(told), "")


def _words(sheet: Sheet, place: int) -> list[str]:
    return [cell.strip() for cell in sheet.rows[place] if isinstance(cell, str) and cell.strip()]
