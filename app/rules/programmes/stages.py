"""In which stage of a programme a place is, with the reason in words: one, several, none, or not to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.rules.programmes.programme import Area, Programme, Stage
from app.rules.programmes.zones import Fit, Place

ANSWERS = {"in_stage": "在名单里", "several": "几个阶段都合", "none": "不在任何阶段", "cannot_tell": "不能确定"}


@dataclass(frozen=True, slots=True)
class Match:
    """An area of a stage that a place lies in, or may lie in, and why."""

    stage: Stage
    area: Area
    fit: Fit

    @property
    def words(self) -> str:
        """The reason as a person reads it: 乡镇为宏道镇 → 第二阶段."""
        return f"{self.fit.because} → {ordinal(self.stage)}"


@dataclass(frozen=True, slots=True)
class Staged:
    """The answer for one place. `unless`: areas of which nothing told says that the place is not in them."""

    answer: str
    matches: tuple[Match, ...] = ()
    hints: tuple[Match, ...] = ()
    unless: tuple[Match, ...] = ()
    question: str | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that it is in, each once."""
        return tuple({match.stage.number: match.stage for match in self.matches}.values())

    @property
    def settled(self) -> bool:
        """Whether nothing is left to ask."""
        return self.question is None


def ordinal(stage: Stage) -> str:
    """第一阶段."""
    digits = "零一二三四五六七八九十"
    return f"第{digits[stage.number]}阶段" if stage.number < len(digits) else f"第{stage.number}阶段"


def stages_on(programme: Programme, day: date) -> tuple[Stage, ...]:
    """The stages of a day: two on a day that ends one and begins the next."""
    return tuple(stage for stage in programme.stages if stage.standing(day) == "during")


def stage_of(programme: Programme, place: Place, day: date) -> Staged:
    """The stage, or stages, in whose areas the place lies; zones as they are that day."""
    judged = [
        Match(stage, area, _fit(area, place))
        for stage in programme.stages
        for area in stage.areas
        if area.zone is None or area.zone.in_force(day)
    ]
    matches = tuple(one for one in judged if one.fit.within)
    hints = tuple(one for one in judged if one.fit.within is None and one.fit.hint)
    silent = tuple(one for one in judged if one.fit.within is None and not one.fit.hint)
    if matches:
        several = len({one.stage.number for one in matches}) > 1
        others = tuple(one for one in hints if one.stage.number not in {match.stage.number for match in matches})
        asked = _which(matches) if several else _asked(others) if others else None
        return Staged("several" if several else "in_stage", matches, others, question=asked)
    if hints or place.township_code is None:
        return Staged("cannot_tell", hints=hints, unless=silent, question=_asked(hints or silent))
    return Staged("none", unless=silent, question=_asked(silent) if silent else None)


def agreed(claimed: Sequence[Staged]) -> Staged:
    """The answer of every claim on where a firm stands; where they differ, none, and the question which is right."""
    first = claimed[0]
    if len({(one.answer, tuple(stage.number for stage in one.stages)) for one in claimed}) == 1:
        return replace(first, matches=tuple(dict.fromkeys(match for one in claimed for match in one.matches)))
    reasons = tuple(dict.fromkeys(match for one in claimed for match in (*one.matches, *one.hints)))
    unless = tuple(dict.fromkeys(match for one in claimed for match in one.unless))
    words = "；".join(match.words for match in reasons)
    return Staged("cannot_tell", hints=reasons, unless=unless, question=f"各来源写的地方不一样，以哪个为准：{words}？")


def _fit(area: Area, place: Place) -> Fit:
    if area.zone is not None:
        return area.zone.of(place)
    if place.township_code is None:
        why = f"乡镇写的是“{place.township}”，认不出是哪一个" if place.township else "没有写在哪个乡镇"
        return Fit(None, why, field="township")
    called = place.township or area.name
    return Fit(place.township_code == area.township, f"乡镇为{called}", field="township")


def _asked(open_areas: tuple[Match, ...]) -> str | None:
    names = "、".join(dict.fromkeys(one.area.name.removesuffix("企业") for one in open_areas))
    return f"企业是否在下列地方：{names}？" if names else None


def _which(matches: tuple[Match, ...]) -> str:
    return f"按哪一条划分：{'；'.join(one.words for one in matches)}？"
