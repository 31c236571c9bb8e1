"""Longitude and latitude in columns of degrees, minutes and seconds: one value of three cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.vocabulary import SECTIONS
from importers.grid import Cell
from importers.roster.header_words import ANGLES, angle_part
from importers.roster.meanings import Meaning
from importers.roster.reads import Reads
from importers.values import Understood, nothing_kind, understand
from importers.values.text import compact

PARTS = {"度": "°", "分": "'", "秒": '"'}


def join_angles(columns: Sequence[Reads]) -> list[Reads]:
    """The columns of degrees and minutes (and seconds) of one coordinate, read together."""
    said = {column.key: angle_part(column.head.path) for column in columns if not column.explained}
    parts = {path: {one[1] for one in said.values() if one and one[0] == path} for path in ANGLES.values()}
    joined = []
    for column in columns:
        part = said.get(column.key)
        if part and {"度", "分"} <= parts[part[0]]:
            column = replace(column, meaning=Meaning("angle", part[0], kind=part[1]), by="lexicon", unit=part[1])
        joined.append(column)
    return joined


def read_angle(path: str, cells: Sequence[tuple[str, Cell]]) -> tuple[Understood, str]:
    """The value of a coordinate's parts, each with its cell, and all of it as written; nothing where none is stated."""
    stated = {part: text for part, cell in cells if nothing_kind(text := compact(cell.text)) != "empty"}
    if not stated:
        return Understood(None), ""
    raw = "".join(f"{stated[part].rstrip(part + PARTS[part])}{part}" for part in PARTS if part in stated)
    text = "".join(f"{stated[part].rstrip(part + PARTS[part])}{PARTS[part]}" for part in PARTS if part in stated)
    section, name = path.split(".")
    return understand(SECTIONS[section][name], Cell(text, text)), raw
