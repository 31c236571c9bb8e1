"""A subject's days as a line of stretches: laying facts over some of them, and what that changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

#: Columns of a row by name; equal when they say the same.
Columns = Mapping[str, Any]


class Piece(NamedTuple):
    """Columns that hold on the days [since, until)."""

    since: date
    until: date
    columns: Columns


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece that the register has a row for."""

    id: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Which rows go out of force and which pieces are to be recorded instead."""

    superseded: tuple[str, ...]
    recorded: tuple[Piece, ...]

    def __bool__(self) -> bool:
        return bool(self.superseded or self.recorded)


def overlay(line: list[Piece], since: date, until: date, lay: Mapping[str, Any], blank: Columns) -> list[Piece]:
    """The line with `lay` over every day in [since, until); days without a piece start from `blank`.

    `lay` gives columns to set; its entry `disputed` is a pair (fields named, those of them in dispute).
    """
    if since >= until:
        return line  # no day at all
    found: list[Piece] = []
    open_from = since
    for piece in line:
        if piece.until <= since or piece.since >= until:
            found.append(piece)
            continue
        first, last = max(piece.since, since), min(piece.until, until)
        if open_from < first:
            found.append(_laid(Piece(open_from, first, blank), lay))
        if piece.since < first:
            found.append(Piece(piece.since, first, piece.columns))
        found.append(_laid(Piece(first, last, piece.columns), lay))
        if last < piece.until:
            found.append(Piece(last, piece.until, piece.columns))
        open_from = last
    if open_from < until:
        found.append(_laid(Piece(open_from, until, blank), lay))
    return joined(piece for piece in found if piece.columns["disputed"] or _states(piece.columns))


def rewrite(rows: Iterable[Kept], line: list[Piece]) -> Rewrite:
    """The least that turns the rows into the line: a row that still says the whole of its days stays as it is."""
    superseded: list[str] = []
    rest = list(line)
    for row in sorted(rows, key=lambda row: row.piece.since):
        place = _covering(rest, row.piece)
        if place is None:
            superseded.append(row.id)
            continue
        around = rest[place]
        ends = (
            Piece(around.since, row.piece.since, around.columns),
            Piece(row.piece.until, around.until, around.columns),
        )
        rest[place : place + 1] = [end for end in ends if end.since < end.until]
    return Rewrite(tuple(superseded), tuple(rest))


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in the order of their days; what goes on saying the same is one."""
    found: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.since):
        if found and found[-1].until == piece.since and found[-1].columns == piece.columns:
            found[-1] = Piece(found[-1].since, piece.until, piece.columns)
        else:
            found.append(piece)
    return found


def _laid(piece: Piece, lay: Mapping[str, Any]) -> Piece:
    columns = {**piece.columns, **{name: value for name, value in lay.items() if name != "disputed"}}
    named, disputed = lay["disputed"]
    before = set(filter(None, str(piece.columns["disputed"]).split(",")))
    columns["disputed"] = ",".join(sorted((before - named) | disputed))
    return Piece(piece.since, piece.until, columns)


def _states(columns: Columns) -> bool:
    return any(value is not None for name, value in columns.items() if name != "disputed")


def _covering(line: list[Piece], wanted: Piece) -> int | None:
    for place, piece in enumerate(line):
        if piece.since <= wanted.since and wanted.until <= piece.until and piece.columns == wanted.columns:
            return place
    return None
