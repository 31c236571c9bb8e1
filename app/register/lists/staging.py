"""In which stage of a programme a row's firm is, as a filter asks it: the very answers of `programmes stage`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.errors import BadInput
from app.register.lists.reading import coded
from app.register.lists.wants import Answer
from app.register.lists.zones import Places
from app.register.programmes.placing import stages
from app.register.scope import Actor
from app.rules.programmes.programme import Programme
from app.rules.programmes.stages import Staged, ordinal

#: That a firm is in no stage of a programme.
NONE = "none"

#: By programme, the stage of each firm.
StagesOf = Mapping[str, Mapping[str, Staged]]


@dataclass(frozen=True, slots=True)
class StageWant:
    """A stage of a programme, by its number, or `none`."""

    programme: str
    stage: str

    @property
    def text(self) -> str:
        """As addresses have it."""
        return f"{self.programme}:{self.stage}"

    def of(self, staged: Staged | None) -> Answer:
        """The firm's answer; where several stages may be its own, it cannot be told which is."""
        if staged is None:
            return None
        if staged.answer == "none":
            return self.stage == NONE
        if staged.answer == "cannot_tell":
            possible = {str(one.stage.number) for one in (*staged.hints, *staged.unless)}
            return None if self.stage == NONE or self.stage in possible or not possible else False
        numbers = {str(one.number) for one in staged.stages}
        if self.stage not in numbers:
            return False
        return True if len(numbers) == 1 else None


def stage_wanted(places: Places, value: str) -> StageWant:
    """What `XZ24-CLUSTERS:2`, `XZ24-CLUSTERS:第二阶段` or `XZ24-CLUSTERS:none` wants; the only programme goes unsaid.

    Raises:
        BadInput: when the county has no such programme or stage, with what it has.
    """
    own = {id: one for id, one in places.programmes().programmes.items() if places.county in one.stage_counties}
    name, colon, stage = value.replace("：", ":").rpartition(":")
    if not colon and len(own) != 1:
        told = "、".join(own) or "没有"
        raise BadInput(
            f"programme.stage“{value[:50]}”没有写是哪个方案的",
            fix=f"请写成 方案:阶段 的样子，如 XZ24-CLUSTERS:2；给 {places.county} 分了阶段的方案：{told}",
            code="filter.value",
        )
    id = (
        coded(f"给 {places.county} 分了阶段的方案里", {id: id for id in own}, name.strip().upper())
        if colon
        else next(iter(own))
    )
    return StageWant(id, coded(f"方案 {id} 的阶段里", _stages(own[id]), re.sub(r"\s", "", stage)))


def _stages(programme: Programme) -> dict[str, str]:
    """Its stages by number, and none."""
    return {**{str(one.number): ordinal(one) for one in programme.stages}, NONE: "不在任何阶段"}


def stages_of(session: Session, county: str, moment: AsOf, programmes: set[str], actor: Actor) -> StagesOf:
    """In which stage each firm of a county is."""
    found = {}
    for id in sorted(programmes):
        told = stages(session, id, county, as_of=moment.day, known=moment.known, actor=actor)
        found[id] = {one.firm.id: one.staged for one in told.firms}
    return found
