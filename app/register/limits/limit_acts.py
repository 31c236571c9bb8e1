"""Acts on a county's limits, each one unit of work: a file added, a limit adopted or dropped, a file taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import BadInput, CatalogueFault, NotAdoptable, UnknownClause
from app.register import policy_files
from app.register.limits.county_limits import CountyLimits, decided_by, limits_of, obstacle, read_own, ships
from app.register.places import county_of
from app.register.policy_files import LATEST, told_reason
from app.register.scope import REGISTER, Actor
from app.register.second import done_or_proposed, gate
from app.rules.limits.limit import Limit
from app.store import ids
from app.store.changes import open_change
from app.store.engine import retrying, unit
from app.store.models import Change, LimitAdoption
from app.store.superseding import supersede

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file that was added: its limits, those adopted with it, and why others were not."""

    county: str
    change: int
    file: str
    sha256: str
    limits: tuple[str, ...]
    adopted: tuple[str, ...]
    not_adopted: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """For `limits add --json` and the API."""
        return {
            "county": self.county,
            "change": self.change,
            "file": self.file,
            "sha256": self.sha256,
            "limits": list(self.limits),
            "adopted": list(self.adopted),
            "not_adopted": [{"limit": limit, "why": why} for limit, why in self.not_adopted],
        }


def add(engine: Engine, county: str, name: str, text: str, *, reason: str, adopting: bool, actor: Actor) -> Added:
    """Add a file of limits in one change, and adopt those of its limits that can decide, where that is asked.

    Raises:
        UnknownCounty: when the dictionary lacks the county.
        BadInput: when no reason is given, or the file is too large or states no limit.
        CatalogueFault: with every fault of the file.
        Decided: when the county has this very file already.
    """
    why = told_reason(reason)

    def once(engine: Engine) -> Added:
        with unit(engine) as session:
            county_of(session, county)
            limits = read_own(name, text, county).limits
            change = open_change(session, county, "limits", actor=actor.name, reason=why)
            kept = policy_files.keep(session, change, "limits", name, text, why)
            refused = {one.id: _unfit(one, county) for one in limits.values()} if adopting else {}
            fit = tuple(one for one in refused if refused[one] is None)
            for one in fit:
                _record(session, change, limits[one], None)
            told = tuple((one, said) for one, said in refused.items() if said)
            return Added(county, change.number, kept.id, kept.sha256, tuple(limits), fit, told)

    def act(engine: Engine) -> Added:
        return retrying(lambda: once(engine))

    told = {"name": name, "text": text}
    return done_or_proposed(engine, "limits.add", told, act, reason=why, actor=actor)


def adopt(engine: Engine, county: str, limit_id: str, *, source: str | None, reason: str, actor: Actor) -> int | None:
    """Adopt the newest text of a limit in one change and give its number; None where it decides already.

    `source`: of a draft, the paper in which the person read its words; so the draft is confirmed.

    Raises:
        UnknownCounty, UnknownClause: when there is no such county or limit.
        BadInput: when no reason is given, or a source where the file names one.
        NotAdoptable: when the limit cannot decide there, or is a draft and no source is named.
    """
    why, read_in = told_reason(reason), _named(source)

    def once(engine: Engine) -> int | None:
        with unit(engine) as session:
            county_of(session, county)
            own = limits_of(session, county, LATEST, REGISTER)
            limit = _newest(own, limit_id)
            _refuse(limit, county, read_in)
            if _stands(own, limit, read_in):
                return None
            change = open_change(session, county, "adopt", actor=actor.name, reason=why)
            _record(session, change, limit, read_in)
            return change.number

    def act(engine: Engine) -> int | None:
        return retrying(lambda: once(engine))

    told = {"limit": limit_id, "source": source}
    return done_or_proposed(engine, "limits.adopt", told, act, reason=why, actor=actor)


def drop(engine: Engine, county: str, named: str, *, reason: str, actor: Actor) -> tuple[str, int]:
    """Drop a limit that the county adopted, or take one of its files out: what was dropped, and the change's number.

    Raises:
        NotFound: when it is neither a limit nor a file of the county's.
        NotAdoptable: when the county did not adopt the limit, or still decides by one of the file.
    """
    why = told_reason(reason)

    def act() -> tuple[str, int]:
        with unit(engine) as session:
            county_of(session, county)
            change = open_change(session, county, "drop", actor=actor.name, reason=why)
            own = limits_of(session, county, LATEST, REGISTER)
            adoption = own.adoptions.get(named.strip().upper())
            if adoption is None and _known(own, named):
                raise _not_adopted(own, named.strip().upper())
            if adoption is not None:
                supersede(session, change, LimitAdoption, [adoption.id])
                return adoption.limit_id, change.number
            file = policy_files.file_called(session, county, "limits", named, REGISTER)
            _refuse_taking_out(own, file)
            policy_files.take_out(session, change, file)
            return file.name, change.number

    return retrying(act)


def _newest(own: CountyLimits, limit_id: str) -> Limit:
    """The newest text, whether or not it decides yet: what `adopt` adopts."""
    texts = own.texts(limit_id.strip().upper())
    if not texts:
        raise UnknownClause(
            f"没有编号为“{limit_id}”的限值", fix="请用 luzhang limits list 查看编号", code="limit.unknown"
        )
    return texts[0][0]


def _stands(own: CountyLimits, limit: Limit, source: str | None) -> bool:
    """Whether the county decides by this very text already, from the same source."""
    adoption = own.adoptions.get(limit.id)
    if adoption is not None:
        return (adoption.digest, adoption.source) == (limit.digest, source)
    return own.standing(limit.id) == limit and ships(limit, own.county)


def _unfit(limit: Limit, county: str) -> str | None:
    """Why a limit of a file cannot decide at once."""
    draft = "它是草稿，须由人核对原文，再用 luzhang limits adopt 编号 --source 出处 采用"
    return obstacle(limit, county) or (draft if limit.status == "draft" else None)


def _refuse(limit: Limit, county: str, source: str | None) -> None:
    refused = obstacle(limit, county)
    if refused:
        raise NotAdoptable(
            f"限值 {limit.id} 不能采用：{refused}", fix="请核对限值和适用地区", code="limit.not_adoptable"
        )
    if limit.status == "draft" and source is None:
        raise NotAdoptable(
            f"限值 {limit.id} 是草稿（{limit.evidence}），没有人核对过原文",
            fix="请先读原文，再用 --source 写明读的是哪份文件、第几条第几页",
            code="limit.draft",
        )
    if limit.status != "draft" and source is not None:
        raise BadInput(
            f"限值 {limit.id} 不是草稿，出处已写明（{limit.evidence}）", fix="请不写 --source", code="limit.source"
        )


def _record(session: Session, change: Change, limit: Limit, source: str | None) -> None:
    before: Mapping[str, Any] = limits_of(session, change.county, LATEST, REGISTER).adoptions
    if limit.id in before:
        supersede(session, change, LimitAdoption, [before[limit.id].id])
    said = {"limit_id": limit.id, "digest": limit.digest, "source": source}
    session.add(LimitAdoption(county=change.county, id=ids.new(), recorded_by=change.number, **said))
    session.flush()
    gate(session, change, "adopt", {"limit": limit.id, "text": limit.digest, "told": source})


def _known(own: CountyLimits, named: str) -> bool:
    try:
        return bool(own.texts(named.strip().upper()))
    except CatalogueFault:  # a file that a later version of the program cannot read may still be taken out
        return False


def _not_adopted(own: CountyLimits, limit_id: str) -> NotAdoptable:
    if ships(own.standing(limit_id), own.county):
        return NotAdoptable(
            f"限值 {limit_id} 随程序生效，不能由县里停用",
            fix="如文字有变，请加入新的限值文件再采用",
            code="limit.shipped",
        )
    return NotAdoptable(f"{own.county} 没有采用限值 {limit_id}", fix="不必停用", code="limit.not_adopted")


def _refuse_taking_out(own: CountyLimits, file: policy_files.OwnFile) -> None:
    try:
        held = decided_by(own, file)
    except CatalogueFault:
        return
    if held:
        raise NotAdoptable(
            f"{file.name} 的限值还在采用：{'、'.join(held)}",
            fix="请先用 luzhang limits drop 停用这些限值",
            code="limits.adopted",
        )


def _named(source: str | None) -> str | None:
    """The source that a person names."""
    if source is None:
        return None
    told = source.strip()
    if not told or len(told) > _LONGEST or not told.isprintable():
        raise BadInput("出处写得不对", fix=f"请写明文件、条款或页码，{_LONGEST} 字以内", code="limit.source")
    return told
