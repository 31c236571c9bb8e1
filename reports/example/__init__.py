"""The example county: paper 000's 36 firms written out as seven township rosters and two further sources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import UnknownCounty
from reports.example.county import load
from reports.example.layouts import LAYOUTS
from reports.example.papers import inspection, report


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A file written, and the township that sent it; None where it speaks of the whole county."""

    path: Path
    township: str | None


def write_rosters(folder: Path, county: str = "431127") -> list[RosterFile]:
    """Write the example's files into a folder and give them in the order in which they are to be imported.

    Raises:
        UnknownCounty: no example is told of that county.
    """
    example = load()
    if county != example.code:
        raise UnknownCounty(f"没有县（市、区）{county} 的示例", fix=f"示例县是 {example.code}（{example.name}）")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for township, name, layout in LAYOUTS:
        layout(folder / name, example, township)
        written.append(RosterFile(folder / name, township))
    inspection(folder / "督察反馈.xlsx", example)
    report(folder / "整改报告.xlsx", example)
    return [*written, RosterFile(folder / "督察反馈.xlsx", None), RosterFile(folder / "整改报告.xlsx", None)]
