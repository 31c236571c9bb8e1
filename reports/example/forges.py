"""The second example county: sixty invented flange forges, their heating furnaces by fuel, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Furnaces:
    """A group of heating furnaces; a capacity or fuel that the roster leaves open is None."""

    quantity: int
    capacity_t: float | None
    fuel: str | None

    @property
    def words(self) -> str:
        """As a clerk writes them: 2台8吨天然气加热炉."""
        size = f"{self.capacity_t:g}吨" if self.capacity_t else ""
        return f"{self.quantity}台{size}{_BEFORE_FURNACE.get(self.fuel or '', self.fuel or '')}加热炉"


#: 煤 reads 燃煤加热炉 in a sentence; the other fuels stand as they are.
_BEFORE_FURNACE = {"煤": "燃煤", "发生炉煤气": "煤气", "重油": "燃油"}


@dataclass(frozen=True, slots=True)
class Forge:
    """One of the sixty. `sheet`: who lists it: its township, a park, or the county."""

    name: str
    sheet: str
    furnaces: tuple[Furnaces, ...]
    status: str = "在产"
    village: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ForgeCounty:
    """The whole story, ready to be written out as rosters."""

    code: str
    name: str
    survey_day: date
    forges: tuple[Forge, ...]

    def of(self, sheet: str) -> list[Forge]:
        """The forges that a roster lists, in its order."""
        return [forge for forge in self.forges if forge.sheet == sheet]


def load() -> ForgeCounty:
    """The example county of paper 003's flange forges (定襄县)."""
    told = yaml.safe_load(files(__package__).joinpath("dingxiang.yaml").read_text(encoding="utf-8"))
    forges = tuple(
        Forge(**{**row, "furnaces": tuple(Furnaces(*group) for group in row["furnaces"])}) for row in told["firms"]
    )
    return ForgeCounty(told["county"], told["county_name"], told["survey_day"], forges)
