"""The example county as the paper tells it: its firms, what each source claims, and the paper's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from app.domain.credit_code import check_character, organisation_check


@dataclass(frozen=True, slots=True)
class Steel:
    """A group of steel-shell furnaces of a 示例 firm; `yoke` in the roster's words."""

    quantity: int
    capacity_t: float | None
    yoke: str | None


@dataclass(frozen=True, slots=True)
class Firm:
    """One of the 36. `invented`: a 示例 firm; of the others only what the paper states is stated."""

    name: str
    township: str
    bucket: str | None
    aluminium: int
    state: str | None
    removal: str | None
    steel: tuple[Steel, ...]
    resumed: bool
    uscc: str | None
    eia: str | None
    discharge: str | None
    note: str | None

    @property
    def invented(self) -> bool:
        return self.name.startswith("示例")

    @property
    def bodies(self) -> int:
        """All its furnace bodies."""
        return self.aluminium + sum(group.quantity for group in self.steel)

    @property
    def roster_remark(self) -> str:
        """What its township's roster says under 备注."""
        if self.invented:
            return "示例企业"
        return self.note or "示例：原文未说明所在乡镇"


@dataclass(frozen=True, slots=True)
class County:
    """The whole story, ready to be written out as rosters."""

    code: str
    name: str
    survey_day: date
    report_day: date
    firms: tuple[Firm, ...]
    inspection: Mapping[str, Any]
    report: Mapping[str, Any]
    figures: tuple[Mapping[str, Any], ...]

    def of(self, township: str) -> list[Firm]:
        """The firms of a township, in the roster's order."""
        return [firm for firm in self.firms if firm.township == township]


def load() -> County:
    """The example county of paper 000 (closing-out opinion of 2025-12-23, 蓝山县)."""
    told = yaml.safe_load(files(__package__).joinpath("lanshan.yaml").read_text(encoding="utf-8"))
    return County(
        code=told["county"],
        name=told["county_name"],
        survey_day=told["survey_day"],
        report_day=told["report_day"],
        firms=tuple(_firm(row, told["county"]) for row in told["firms"]),
        inspection=told["inspection"],
        report=told["report"],
        figures=tuple(told["figures"]),
    )


def _firm(row: Mapping[str, Any], county: str) -> Firm:
    return Firm(
        name=row["name"],
        township=row["township"],
        bucket=row["bucket"],
        aluminium=row.get("aluminium", 0),
        state=row.get("state"),
        removal=row.get("removal"),
        steel=tuple(Steel(*group) for group in row.get("steel", ())),
        resumed=row.get("resumed", False),
        uscc=_invented_code(county, row["uscc_serial"]) if "uscc_serial" in row else None,
        eia=row.get("eia"),
        discharge=row.get("discharge"),
        note=row.get("note"),
    )


def _invented_code(county: str, serial: int) -> str:
    """A well-formed code for an invented firm: both check characters right, so that it reads like any other."""
    organisation = f"MA0000{serial:02d}"
    first17 = f"91{county}{organisation}{organisation_check(organisation)}"
    return first17 + check_character(first17)
