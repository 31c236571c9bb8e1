"""The example counties, each a source paper written out as rosters: 蓝山's foundries, 定襄's flange forges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import UnknownCounty
from reports.example import county as foundries
from reports.example import forges
from reports.example.forge_layouts import FORGE_LAYOUTS, UNITS
from reports.example.layouts import LAYOUTS
from reports.example.papers import inspection, report


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A file written, and the township that sent it; None where it speaks of the whole county."""

    path: Path
    township: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an example once it is made: by which clauses on its survey day, which stages, which ledger."""

    survey_day: date
    clauses: tuple[str, ...]
    later: tuple[str, ...]
    quarter: str
    programme: str | None = None


_FLANGE_FUEL = ("XZ24-FLANGE-FUEL",)

#: By county. `later`: the clauses asked of today; none means those that the county decides by.
EXAMPLES: Mapping[str, Asked] = {
    "431127": Asked(date(2024, 1, 15), ("LOCAL-LANSHAN-AL-SHELL",), (), "2025Q4"),
    "140921": Asked(date(2024, 5, 20), _FLANGE_FUEL, _FLANGE_FUEL, "2024Q2", "XZ24-CLUSTERS"),
}


def asked_of(county: str) -> Asked:
    """What is asked of a county's example.

    Raises:
        UnknownCounty: no example is told of that county.
    """
    if county not in EXAMPLES:
        told = "、".join(f"{code}（{_NAMES[code]}）" for code in EXAMPLES)
        raise UnknownCounty(f"没有县（市、区）{county} 的示例", fix=f"示例县是 {told}")
    return EXAMPLES[county]


def write_rosters(folder: Path, county: str = "431127") -> list[RosterFile]:
    """Write the example's files into a folder and give them in the order in which they are to be imported.

    Raises:
        UnknownCounty: no example is told of that county.
    """
    asked_of(county)
    folder.mkdir(parents=True, exist_ok=True)
    return _WRITERS[county](folder)


def _foundries(folder: Path) -> list[RosterFile]:
    example = foundries.load()
    written = []
    for township, name, layout in LAYOUTS:
        layout(folder / name, example, township)
        written.append(RosterFile(folder / name, township))
    inspection(folder / "督察反馈.xlsx", example)
    report(folder / "整改报告.xlsx", example)
    return [*written, RosterFile(folder / "督察反馈.xlsx", None), RosterFile(folder / "整改报告.xlsx", None)]


def _forges(folder: Path) -> list[RosterFile]:
    example = forges.load()
    written = []
    for sheet, name, layout in FORGE_LAYOUTS:
        layout(folder / name, example, sheet)
        written.append(RosterFile(folder / name, None if sheet in UNITS else sheet))
    return written


_WRITERS: Mapping[str, Callable[[Path], list[RosterFile]]] = {"431127": _foundries, "140921": _forges}
_NAMES = {"431127": "蓝山县", "140921": "定襄县"}
