"""A county's limits: those that come with the program, those of its own files, and which it has adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import BadInput
from app.register.asking import county_asked
from app.register.limits.lines import listed
from app.register.policy_files import LATEST, OwnFile, files_of, sound_text
from app.register.scope import Actor, visible
from app.rules.limits.limit import STATUSES, Limit
from app.rules.limits.loader import Limits, load_own_limits, shipped_limits
from app.store.models import LimitAdoption


@dataclass(frozen=True, slots=True)
class Adoption:
    """That the county decides by the text of this digest. `source`: where a person read it, of what was a draft."""

    id: str
    limit_id: str
    digest: str
    source: str | None
    change: int


@dataclass(frozen=True, slots=True)
class CountyLimits:
    """How the limits of a county stood, as known at a change."""

    county: str
    files: tuple[OwnFile, ...]
    adoptions: Mapping[str, Adoption]

    @property
    def limits(self) -> Limits:
        """The texts that stand, each as it decides or does not."""
        own = {limit_id for file in self.files for limit_id in stated(file)}
        names = [*shipped_limits().limits, *sorted(own - shipped_limits().limits.keys())]
        sources = dict(shipped_limits().sources)
        for file in self.files:
            sources |= _read(file.name, file.text).sources
        return Limits({name: self.standing(name) for name in names}, sources)

    def texts(self, limit_id: str) -> list[tuple[Limit, OwnFile | None]]:
        """All its texts with their files, the newest first; that which ships last."""
        found: list[tuple[Limit, OwnFile | None]] = [
            (stated(file)[limit_id], file) for file in reversed(self.files) if limit_id in stated(file)
        ]
        before = shipped_limits().limits.get(limit_id)
        return [*found, (before, None)] if before else found

    def standing(self, limit_id: str) -> Limit:
        """The text that stands: the adopted one; else that which ships, where it decides; else the newest, waiting."""
        texts = self.texts(limit_id)
        chosen = self.adopted(limit_id)
        if chosen is not None:
            return confirmed(chosen, self.adoptions[limit_id])
        limit, file = next((one for one in texts if one[1] is None and ships(one[0], self.county)), texts[0])
        return replace(limit, status="waiting") if file is not None and limit.status == "confirmed" else limit

    def adopted(self, limit_id: str) -> Limit | None:
        """The text that the county adopted, where there still is such a text."""
        adoption = self.adoptions.get(limit_id)
        if adoption is None:
            return None
        return next((one for one, _ in self.texts(limit_id) if one.digest == adoption.digest), None)

    def file_of(self, limit: Limit) -> OwnFile | None:
        """The county's own file in which the standing text is."""
        return next((file for one, file in self.texts(limit.id) if one.digest == limit.digest), None)

    def newer(self, limit: Limit) -> OwnFile | None:
        """The county's file with a newer text, which nobody has adopted yet."""
        texts = self.texts(limit.id)
        return texts[0][1] if texts and texts[0][0].digest != limit.digest else None

    def line(self, limit: Limit) -> dict[str, Any]:
        """A limit in `limits list`."""
        file, newer = self.file_of(limit), self.newer(limit)
        adoption = self.adoptions.get(limit.id) if self.adopted(limit.id) else None
        by = "county" if adoption else "shipped" if ships(limit, self.county) else None
        return listed(limit) | {
            "adopted": by,
            "confirmed_from": adoption.source if adoption else None,
            "file": file.as_dict() if file else None,
            "newer": newer.id if newer else None,
        }


def ships(limit: Limit, county: str) -> bool:
    """Whether a limit that comes with the program decides in the county without an act of its own."""
    return limit.decides and county.startswith(limit.jurisdiction)


def confirmed(limit: Limit, adoption: Adoption) -> Limit:
    """A text as it decides once it is adopted; of a draft, from the source that the person named."""
    if adoption.source is None:
        return limit
    return replace(limit, status="confirmed", level="seen", source=adoption.source, read_in=adoption.source)


def read_own(name: str, text: str, county: str = "") -> Limits:
    """What a file that a county would add states.

    Raises:
        CatalogueFault: with every fault of it.
        BadInput: when it is too large, no text, or states no limit.
    """
    sound_text("limits", name, text)
    found = load_own_limits(name, text, county)
    if not found.limits:
        raise BadInput("文件里没有限值", fix="请在 limits 下面写明限值", code="limits.none")
    return found


@lru_cache(maxsize=64)
def _read(name: str, text: str) -> Limits:
    return load_own_limits(name, text)


def stated(file: OwnFile) -> Mapping[str, Limit]:
    """The limits that a county's own file states."""
    return _read(file.name, file.text).limits


def limits_of(session: Session, county: str, known: int, actor: Actor) -> CountyLimits:
    """How the limits of a county stood, as known at a change."""
    found = adoptions_of(session, county, known, actor)
    return CountyLimits(county, files_of(session, county, "limits", known, actor), found)


def counting(session: Session, county: str | None, actor: Actor) -> Limits:
    """The limits of the county told, as known now; of none, those that come with the program.

    Raises:
        UnknownCounty: when there is no such county.
    """
    if county is None:
        return shipped_limits()
    return limits_of(session, county_asked(session, county, actor), LATEST, actor).limits


def adoptions_of(session: Session, county: str, known: int, actor: Actor) -> dict[str, Adoption]:
    """The limits that a county had adopted by its own act, as known at a change."""
    rows = select(LimitAdoption).where(
        LimitAdoption.county == county, LimitAdoption.recorded_by <= known, LimitAdoption.superseded_by > known
    )
    found = session.scalars(visible(rows.order_by(LimitAdoption.limit_id), actor))
    return {row.limit_id: Adoption(row.id, row.limit_id, row.digest, row.source, row.recorded_by) for row in found}


def obstacle(limit: Limit, county: str) -> str | None:
    """Why a limit cannot be adopted in a county, though its words be read; None where it can."""
    if limit.body is None:
        return "它只供查阅，不作计算"
    if not limit.computes:
        return "它没有写数字；使用年限请用 luzhang limits life 定"
    if limit.status in ("historical", "shown"):
        return f"它是{STATUSES[limit.status]}"
    if not county.startswith(limit.jurisdiction):
        return f"它只适用于行政区划代码 {limit.jurisdiction} 开头的地区"
    return None


def decided_by(own: CountyLimits, file: OwnFile) -> Sequence[str]:
    """The limits that the county decides by as a file states them."""
    return [one for one in own.adoptions if (text := own.adopted(one)) is not None and own.file_of(text) == file]
