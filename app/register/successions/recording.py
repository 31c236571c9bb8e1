"""Recording who came after whom: a firm merged, a firm split, a machine gone over; and taking it back whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.dates import FOREVER, DateInterval
from app.domain.names import plain_name
from app.domain.register import AsOf, Equipment
from app.errors import BadInput, Decided, NotFound
from app.register.desk.deciding import correct
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import snapshot
from app.register.imports.undo import undo
from app.register.queries import NOW, batch, held
from app.register.scope import REGISTER
from app.register.second import gate
from app.register.successions import queries
from app.register.successions.whose import MERGED, SPLIT, TRANSFERRED
from app.store import ids
from app.store.models import OPEN, Change, Succession
from app.store.superseding import supersede

#: How an unknown day is written.
UNKNOWN = "不明"

_LAST = FOREVER - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Since when, by which paper and cell, and why. `on` None: nobody knows when."""

    on: DateInterval | None
    reason: str
    document: str | None = None
    evidence: str | None = None

    def row(self) -> dict[str, object]:
        """As it is kept."""
        on = self.on
        return {
            "moved_on_from": on.since if on else None,
            "moved_on_to": on.until if on else None,
            "moved_on_precision": on.precision if on else None,
            "moved_on_text": on.text if on else UNKNOWN,
            "document": (self.document or "").strip() or None,
            "evidence": (self.evidence or "").strip() or None,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Act:
    """What was recorded. `asks`: the machines of a split firm of which nobody said yet whose they are."""

    id: str
    change: int
    batch: str | None = None
    asks: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, object]:
        """For commands and the API."""
        return {"succession": self.id, "change": self.change, "batch": self.batch, "asks": list(self.asks)}


def merge_into(session: Session, change: Change, firm: str, into: str, grounds: Grounds) -> Act:
    """One firm was merged into another: what it had is the other's from that day on.

    From the day on which it is certain its status is 被整合, by an entry of its own.

    Raises:
        Decided: when both are one, or it was merged before, or the other one was merged into it.
    """
    _two(session, change, firm, (into,))
    same = same_as(session, change.county)
    # A record that stands for another by now went where that one went.
    merged = {same.of(one.enterprise_id): one for one in _standing(session, change) if one.kind == MERGED}
    if firm in merged:
        raise Decided(
            "这家企业已经记过被整合",
            fix=f"要改先撤回：luzhang succeed back {merged[firm].act_id}",
            code="succeed.merged",
        )
    ends = [into]
    while ends[-1] in merged and (then := same.of(merged[ends[-1]].into_id)) not in ends:
        ends.append(then)
    if firm in ends:
        raise Decided("另一家已经记为整合入这一家", fix="请核对谁并入谁", code="succeed.circle")
    certain = grounds.on.until if grounds.on else None
    entry = (
        correct(session, change, "enterprise", firm, {"status": "merged"}, certain, grounds.reason).batch
        if certain
        else None
    )
    gate(session, change, "merge", {"firm": firm, "into": into, "told": grounds.row()})
    return _record(session, change, grounds, [(MERGED, firm, into, None)], entry)


def split_up(
    session: Session, change: Change, firm: str, into: Sequence[str], given: Mapping[str, str], grounds: Grounds
) -> Act:
    """One firm was split: each of its machines goes where it is said to go, or is asked about.

    `given`: by machine (id or 炉号) the firm, which may be the one that was split.

    Raises:
        NotFound, BadInput: when a machine, or the firm that it goes to, is none of theirs.
    """
    _two(session, change, firm, into)
    told = {_machine(session, change, firm, words): to for words, to in given.items()}
    strange = next((to for to in told.values() if to not in (firm, *into)), None)
    if strange is not None:
        raise BadInput(f"“{strange}”不是分出来的企业", fix="设备只能归原企业或分出来的企业", code="succeed.strange")
    rows: list[tuple[str, str, str, str | None]] = [(SPLIT, firm, to, None) for to in dict.fromkeys(into)]
    rows += [(SPLIT, firm, to, machine) for machine, to in told.items()]
    asks = [one.id for one in _machines(session, change, firm) if one.id not in told and one.present is not False]
    act = _record(session, change, grounds, rows, None)
    return Act(act.id, act.change, None, tuple(asks))


def name_one(session: Session, change: Change, act: str, machine: str, to: str, reason: str) -> Act:
    """Say whose a machine of a split firm is since the split.

    Raises:
        NotFound, BadInput: when there is no such split, or the machine or the firm is none of it.
        Decided: when it was said before.
    """
    rows = [one for one in session.scalars(queries.of_act(change.county, act, REGISTER)) if one.kind == SPLIT]
    if not rows:
        raise NotFound(f"没有编号为“{act}”的分立", fix="请用 luzhang succeed list 查看编号", code="succeed.unknown")
    first = rows[0]
    if to not in {first.enterprise_id, *(one.into_id for one in rows)}:
        raise BadInput("这家企业不在这次分立里", fix="设备只能归原企业或分出来的企业", code="succeed.strange")
    one = _machine(session, change, first.enterprise_id, machine)
    if any(row.equipment_id == one for row in rows):
        raise Decided("这台设备归谁已经说过", fix="要改先撤回这次分立", code="succeed.named")
    on = _interval(first)
    grounds = Grounds(on, reason, first.document, first.evidence)
    return _record(session, change, grounds, [(SPLIT, first.enterprise_id, to, one)], None, act=act)


def hand_over(session: Session, change: Change, firm: str, machine: str, into: str, grounds: Grounds) -> Act:
    """One machine went over to another firm and stays the same machine.

    Raises:
        NotFound: when the firm has no such machine.
        Decided: when that is recorded already.
    """
    _two(session, change, firm, (into,))
    one = _machine(session, change, firm, machine)
    row = grounds.row()
    for before in _standing(session, change):
        same_days = (before.moved_on_from, before.moved_on_to) == (row["moved_on_from"], row["moved_on_to"])
        if before.equipment_id == one and before.into_id == into and same_days:
            raise Decided(f"这台设备的转让已经记过（编号 {before.act_id}）", fix="不必再记", code="succeed.already")
    return _record(session, change, grounds, [(TRANSFERRED, firm, into, one)], None)


def take_back(session: Session, change: Change, act: str) -> dict[str, object]:
    """Take an act back whole, with the status that it stated.

    Raises:
        NotFound: when no such act stands.
    """
    rows = session.scalars(queries.of_act(change.county, act, REGISTER)).all()
    if not rows:
        raise NotFound(
            f"没有编号为“{act}”的记录，或已撤回", fix="请用 luzhang succeed list 查看编号", code="succeed.unknown"
        )
    kind, entries = rows[0].kind, {one.entry_id for one in rows if one.entry_id}
    supersede(session, change, Succession, [one.id for one in rows])
    for entry in sorted(entries):
        stated = session.scalar(batch(change.county, entry, REGISTER))
        if stated is not None and stated.superseded_by == OPEN:
            undo(session, change, entry)
    return {"succession": act, "change": change.number, "taken_back": kind}


def _record(
    session: Session,
    change: Change,
    grounds: Grounds,
    rows: Sequence[tuple[str, str, str, str | None]],
    entry: str | None,
    act: str | None = None,
) -> Act:
    made = [ids.new() for _ in rows]
    act = act or made[0]
    common = {"county": change.county, "recorded_by": change.number, "superseded_by": OPEN, "act_id": act}
    told = [
        {"id": id, "kind": kind, "enterprise_id": firm, "into_id": into, "equipment_id": machine, "entry_id": entry}
        for id, (kind, firm, into, machine) in zip(made, rows, strict=True)
    ]
    session.execute(insert(Succession), [{**common, **one, **grounds.row()} for one in told])
    return Act(act, change.number, entry)


def _standing(session: Session, change: Change) -> list[Succession]:
    return [one for one, *_ in session.execute(queries.successions(change.county, OPEN - 1, REGISTER))]


def _two(session: Session, change: Change, firm: str, others: Sequence[str]) -> None:
    same = same_as(session, change.county)
    if not others:
        raise BadInput("没有写归了哪家企业", fix="请写企业全称、18位代码或编号", code="succeed.nobody")
    if any(same.of(firm) == same.of(one) for one in others):
        raise Decided("两边是同一家企业", fix="改名用 renamed，搬迁用 moved", code="succeed.same")


def _interval(row: Succession) -> DateInterval | None:
    if row.moved_on_precision is None:
        return None
    return DateInterval(row.moved_on_from, row.moved_on_to, row.moved_on_precision, row.moved_on_text)


def _machines(session: Session, change: Change, firm: str, *, gone: bool = False) -> list[Equipment]:
    """The machines of a firm as they are told of last; with `gone` those too that went over to others since."""
    same = same_as(session, change.county)
    firms = [firm, *(owners_on(session, change.county, NOW, same).onward(firm) if gone else ())]
    whole = snapshot(session, change.county, AsOf(_LAST, change.number), REGISTER, firms=firms).enterprises
    records = session.execute(held("equipment", change.county, same.voices([firm]), change.number, REGISTER))
    enrolled = {row.id for row in records}
    found = {
        machine.id: machine
        for one in whole
        for machine in (*one.equipment, *one.perhaps)
        if one.id == firm or machine.id in enrolled
    }
    return list(found.values())


def _machine(session: Session, change: Change, firm: str, words: str) -> str:
    """The firm's machine of this id or 炉号."""
    own = _machines(session, change, firm, gone=True)
    asked = same_as(session, change.county).of(words)
    found = [one for one in own if one.id == asked] or [one for one in own if _coded(one, words)]
    if len(found) == 1:
        return found[0].id
    listed = "；".join(f"{one.id}（{one.facts.get('code') or one.facts.get('kind') or '无编号'}）" for one in own)
    why = f"叫“{words}”的设备有 {len(found)} 台" if found else f"这家企业没有“{words}”这台设备"
    code = "equipment.several" if found else "equipment.unknown"
    raise NotFound(why, fix=f"这家企业的设备：{listed or '没有'}", code=code)


def _coded(machine: Equipment, words: str) -> bool:
    code = str(machine.facts.get("code") or "")
    return bool(code) and plain_name(code).rstrip("号炉#") == plain_name(words).rstrip("号炉#")
