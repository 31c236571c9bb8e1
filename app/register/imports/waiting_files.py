"""Files that were read and wait: kept whole with their sender's words, until they are applied or withdrawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.proposal import Proposal
from app.errors import Decided, NotFound
from app.register.desk import desk_queries
from app.register.imports import batch_queries, waiting
from app.register.imports.kept_files import keep_bytes, kept_file
from app.register.imports.waiting import Source, Terms
from app.register.scope import REGISTER, Actor
from app.store.acting import actor_of
from app.store.models import OPEN, Change, WaitingFile
from app.store.superseding import supersede

#: Why a file waits, for people.
WHY = {"later": "先留着，以后再写入", "no_day": "不知道是哪一天的情况", "older": "已有较新的一版"}


@dataclass(frozen=True, slots=True)
class Keeping:
    """A file to be kept: as it was read, on what terms, and why it waits; `numbers`: of the people whom it names."""

    proposal: Proposal
    content: bytes
    terms: Terms
    why: str
    numbers: frozenset[str] = frozenset()

    @property
    def day(self) -> date | None:
        """The day from which it would hold; None where it is not known."""
        return None if self.why == "no_day" else self.proposal.day


def kept(session: Session, county: str, file: Keeping) -> str | None:
    """The id under which the same bytes wait already, on the same terms and for the same day."""
    for one in session.scalars(batch_queries.waiting_bytes(county, file.proposal.sha256, actor_of(session))):
        same = (one.told_township, one.told_day, one.told) == _told(file.terms)
        if same and one.valid_day == file.day:
            return str(one.id)
    return None


def keep(session: Session, change: Change, id: str, file: Keeping) -> None:
    """Keep a file; what waits of the same bytes for the same day gives way to it, for it is told anew."""
    of = file.proposal
    refuse_anothers(session, change.county, of.sha256, file.day)
    keep_bytes(session, change, of.file, of.sha256, file.content, file.numbers)
    before = session.scalars(batch_queries.waiting_bytes(change.county, of.sha256, actor_of(session))).all()
    supersede(session, change, WaitingFile, [one.id for one in before if one.valid_day == file.day])
    row: dict[str, Any] = {name: getattr(of, name) for name in ("file", "sha256", "format", "township", "source")}
    row |= dict(zip(("told_township", "told_day", "told"), _told(file.terms), strict=True))
    row["counts"] = json.dumps({**of.counts, "proposal": of.totals()}, ensure_ascii=False, sort_keys=True)
    common = {"county": change.county, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(WaitingFile).values(id=id, valid_day=file.day, why=file.why, **common, **row))


def refuse_anothers(session: Session, county: str, sha256: str, day: date | None) -> None:
    """Refuse bytes that wait, or were applied, for that day without being the sender's to see: they are kept once.

    Raises:
        Decided: when they are.
    """
    actor = actor_of(session)
    if day is None or actor.townships is None:
        return
    for asked in (batch_queries.waiting_bytes, desk_queries.batches_of):
        every, seen = (
            {one.id for one in session.scalars(asked(county, sha256, who)) if one.valid_day == day}
            for who in (REGISTER, actor)
        )
        if every - seen:
            fix = "确是本乡镇的，请在表上写明填报单位，另存后再交；不清楚的，请问县里"
            raise Decided("同一个文件已经由别的单位报送过，没有再收", fix=fix, code="import.sent_by_another")


def _told(terms: Terms) -> tuple[str | None, date | None, str | None]:
    return terms.township, terms.valid_from, waiting.written(terms.told)


def county_of_waiting(session: Session, id: str, actor: Actor) -> str:
    """The county of a file that was kept.

    Raises:
        NotFound: when there is none such.
    """
    county = session.scalar(batch_queries.waiting_county(id, actor))
    if county is None:
        fix = "请用 luzhang imports --state read 看留着的文件"
        raise NotFound(f"没有留存编号为“{id}”的文件", fix=fix, code="import.not_waiting")
    return str(county)


def refuse_unapplied(session: Session, id: str, actor: Actor) -> None:
    """Refuse a file that was kept where a batch is asked for: nothing of it was applied that could be taken back.

    Raises:
        NotFound: when it waits, or was withdrawn before it was applied.
    """
    county = session.scalar(batch_queries.waiting_county(id, actor))
    one = session.scalar(batch_queries.waiting_file(str(county), id, actor)) if county else None
    if one is None:
        return
    if one.superseded_by != OPEN:
        told = f"“{one.file}”没有写入过，留存的文件已由第 {one.superseded_by} 号变更撤回"
        raise NotFound(told, fix="不用再撤回；要写入的，请重新导入原文件", code="import.not_applied")
    fix = f"不要它的，请用 luzhang imports drop {id} --reason 理由；要写入的，请用 luzhang imports apply {id}"
    raise NotFound(f"“{one.file}”还没有写入，只是留存着", fix=fix, code="import.not_applied")


def waiting_source(session: Session, county: str, id: str) -> Source:
    """A file that waits, and the terms on which it was sent.

    Raises:
        NotFound: when there is none such, or nothing stays of it.
        Decided: when it was applied or withdrawn.
    """
    one = standing(session, county, id)
    file = kept_file(session, county, one.sha256)
    if file is None:
        raise NotFound(f"没有留存“{one.file}”的原件", fix="请重新导入这个文件", code="import.no_source")
    told = json.loads(one.told) if one.told else None
    terms = Terms(one.told_township, one.told_day, told)
    return Source(id, county, one.file, file.content, terms, one.sha256, file.name)


def standing(session: Session, county: str, id: str) -> WaitingFile:
    """A file that waits.

    Raises:
        NotFound: when there is none such.
        Decided: when it was applied or withdrawn.
    """
    one: WaitingFile | None = session.scalar(batch_queries.waiting_file(county, id, REGISTER))
    if one is None:
        raise NotFound(f"没有留存编号为“{id}”的文件", fix="请核对编号", code="import.not_waiting")
    if one.superseded_by != OPEN:
        fix = "请用 luzhang imports 看它现在的状态；撤回过的，请重新导入原文件"
        raise Decided(f"“{one.file}”已由第 {one.superseded_by} 号变更写入或撤回", fix=fix, code="import.not_waiting")
    return one


def to_be_applied(session: Session, county: str, sha256: str, day: date) -> list[str]:
    """The ids of the same bytes that wait for that day, or for any: that of the day first."""
    found = session.scalars(batch_queries.waiting_bytes(county, sha256, actor_of(session))).all()
    fit = [one for one in found if one.valid_day in (day, None)]
    return [one.id for one in sorted(fit, key=lambda one: one.valid_day is None)]


def release(session: Session, change: Change, ids: list[str]) -> None:
    """Files wait no longer: they were applied by this change, or withdrawn."""
    supersede(session, change, WaitingFile, ids)
