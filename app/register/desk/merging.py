"""Two records of one firm become one, without losing either's history, and can be taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.errors import Decided, NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.counterparts import Counterpart, counterparts
from app.register.facts.identity import Same, same_as
from app.register.facts.project import parts_of, project, reckon
from app.register.facts.spoken import by_subject
from app.register.places import townships_of
from app.register.scope import REGISTER
from app.register.second import gate
from app.store import ids
from app.store.models import OPEN, Change, IdentityDecision, SameSubject
from app.store.superseding import supersede


@dataclass(frozen=True, slots=True)
class Merged:
    """The decision, and what of the record set aside was found to be the same as what the other one held."""

    decision: str
    change: int
    counterparts: tuple[Counterpart, ...]

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        same = [{"section": one.section, "aside": one.aside, "into": one.into} for one in self.counterparts]
        return {"decision": self.decision, "change": self.change, "answer": "same", "counterparts": same}


@dataclass(frozen=True, slots=True)
class Apart:
    """The decision that was taken back, and how much was said while both were one: it stays with the one that stood."""

    decision: str
    change: int
    answer: str
    stays: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {"decision": self.decision, "change": self.change, "taken_back": self.answer, "stays": self.stays}


def merge(session: Session, change: Change, firm: str, into: str, reason: str) -> Merged:
    """Let one record of a firm stand for another one of it as well, with all that both hold.

    Nothing said is moved or lost: the settled facts are reckoned from what was said of both. What both hold is one
    thing where it can only be one way, as when a roster is matched.

    Raises:
        NotFound: when the county has no such firm.
        Decided: when both are one already, or a person decided that they are different.
    """
    same = _both(session, change.county, firm, into)
    aside, stands = same.of(firm), same.of(into)
    if aside == stands:
        raise Decided("这两条记录已经是同一家企业", code="identity.same_already")
    _refuse_different(session, change.county, same.group(aside), same.group(stands))
    _withdraw(session, change, _open(session, change.county, [aside], [stands], "later"))
    pairs = _counterparts(session, change.county, aside, stands)
    decision = _decide(session, change, "enterprise", aside, stands, "same", reason)
    for pair in pairs:
        _decide(session, change, pair.section, pair.aside, pair.into, "same", reason, under=decision)
    project(session, change, _settle(session, change))
    alike = [(one.section, one.aside, one.into) for one in pairs]
    gate(session, change, "merge", {"firm": aside, "into": stands, "counterparts": alike})
    return Merged(decision, change.number, tuple(pairs))


def keep_apart(session: Session, change: Change, firm: str, other: str, answer: str, reason: str) -> str:
    """Record that two firms are different, or that it will be decided later; the decision's id.

    Raises:
        NotFound: when the county has no such firm.
        Decided: when both are one, or this very answer stands.
    """
    same = _both(session, change.county, firm, other)
    if same.of(firm) == same.of(other):
        raise Decided("这两条记录已经定为同一家企业", fix="请先撤回那个决定，再定为不同", code="identity.same_already")
    standing = _open(session, change.county, same.group(firm), same.group(other), "different", "later")
    if any(one.answer == answer for one in standing):
        raise Decided("这个决定已经记过了", code="identity.decided_already")
    _withdraw(session, change, standing)
    one, another = sorted((same.of(firm), same.of(other)))
    return _decide(session, change, "enterprise", one, another, answer, reason)


def take_apart(session: Session, change: Change, decision: str) -> Apart:
    """Take a decision back, with all that was decided under it; both records have their own facts again.

    Raises:
        NotFound: when no such decision stands.
        Decided: when it was brought by a decision on the firms, which is the one to take back.
    """
    standing = {one.id: one for one in session.scalars(desk_queries.decisions(change.county, REGISTER))}
    one = standing.get(decision)
    if one is None:
        raise NotFound(f"没有“{decision}”这个有效的决定", fix="请核对决定编号", code="identity.unknown")
    if one.under_id:
        raise Decided(f"它是随企业的决定 {one.under_id} 一起定的", fix="请撤回那个决定", code="identity.under")
    other, answer = one.other_id, one.answer
    stays = _said_since(session, change.county, other, one.recorded_by) if answer == "same" else 0
    _withdraw(session, change, [one, *(another for another in standing.values() if another.under_id == decision)])
    if answer == "same":
        project(session, change, _settle(session, change))
    return Apart(decision, change.number, answer, stays)


def _both(session: Session, county: str, firm: str, other: str) -> Same:
    there = set(session.scalars(queries.enrolled(county, [firm, other], REGISTER)))
    for id in (firm, other):
        if id not in there:
            raise NotFound(f"本县没有编号为“{id}”的企业", fix="请核对企业编号", code="enterprise.unknown")
    return same_as(session, county)


def _open(
    session: Session, county: str, ours: Sequence[str], theirs: Sequence[str], *answers: str
) -> list[IdentityDecision]:
    """The decisions that stand between two groups of records, with one of these answers."""
    found = session.scalars(desk_queries.decisions(county, REGISTER, of=ours))
    return [
        one
        for one in found
        if one.answer in answers
        and ((one.subject_id in ours and one.other_id in theirs) or (one.other_id in ours and one.subject_id in theirs))
    ]


def _refuse_different(session: Session, county: str, ours: Sequence[str], theirs: Sequence[str]) -> None:
    against = next(iter(_open(session, county, ours, theirs, "different")), None)
    if against is not None:
        raise Decided(
            f"第 {against.recorded_by} 号变更已定为不同的企业：{against.reason}",
            fix=f"请先撤回那个决定（{against.id}），再合并",
            code="identity.different",
        )


def _counterparts(session: Session, county: str, aside: str, stands: str) -> list[Counterpart]:
    parts = parts_of(session, county, [aside, stands])
    said = by_subject(session, county, [part.id for part in parts])
    told = reckon(parts, said, townships_of(session, county))
    ours = [part for part in parts if part.firm == aside]
    return counterparts(ours, [part for part in parts if part.firm == stands], said, told)


def _decide(
    session: Session,
    change: Change,
    section: str,
    subject: str,
    other: str,
    answer: str,
    reason: str,
    under: str | None = None,
) -> str:
    id = ids.new()
    session.execute(
        insert(IdentityDecision).values(
            county=change.county,
            id=id,
            recorded_by=change.number,
            superseded_by=OPEN,
            section=section,
            subject_id=subject,
            other_id=other,
            answer=answer,
            reason=reason,
            under_id=under,
        )
    )
    return id


def _withdraw(session: Session, change: Change, decisions: Iterable[IdentityDecision]) -> None:
    supersede(session, change, IdentityDecision, [one.id for one in decisions])


def _settle(session: Session, change: Change) -> list[str]:
    """Make the table of who stands for whom say what the decisions that stand come to, and nothing else.

    Returns the records of firms of which, or of whose things, another one stands now.
    """
    decided = [one for one in session.scalars(desk_queries.decisions(change.county, REGISTER)) if one.answer == "same"]
    rows = session.scalars(desk_queries.same_rows(change.county, REGISTER)).all()
    owners = _owners(session, change.county, [*decided, *rows])
    wanted = _wanted(decided, owners)
    of = {one.subject_id: one.section for one in decided}
    stale = [row for row in rows if wanted.get(row.subject_id) != row.into_id]
    kept = {row.subject_id for row in rows} - {row.subject_id for row in stale}
    new = {subject: into for subject, into in wanted.items() if subject not in kept}
    changed = {id for row in stale for id in (row.subject_id, row.into_id)} | {*new, *new.values()}
    supersede(session, change, SameSubject, [row.id for row in stale])
    common = {"county": change.county, "recorded_by": change.number, "superseded_by": OPEN}
    told = [
        {"id": ids.new(), "section": of[subject], "subject_id": subject, "into_id": into, **common}
        for subject, into in new.items()
    ]
    if told:
        session.execute(insert(SameSubject), told)
    return sorted({owners.get(id, id) for id in changed})


def _owners(session: Session, county: str, pairs: Sequence[IdentityDecision | SameSubject]) -> dict[str, str]:
    """The record of a firm for which each thing was enrolled."""
    found: dict[str, str] = {}
    for section in queries.HELD:
        things = {id for one in pairs if one.section == section for id in _both_of(one)}
        for some in queries.in_parts(sorted(things)):
            found |= dict(session.execute(desk_queries.owned(section, county, some, REGISTER)).all())
    return found


def _both_of(pair: IdentityDecision | SameSubject) -> tuple[str, str]:
    return pair.subject_id, pair.other_id if isinstance(pair, IdentityDecision) else pair.into_id


def _wanted(decided: Sequence[IdentityDecision], owners: Mapping[str, str]) -> dict[str, str]:
    """Who stands for whom. A thing stands for another only as long as both belong to one firm."""
    firms = settled({one.subject_id: one.other_id for one in decided if one.section == "enterprise"})

    def firm(thing: str) -> str:
        return firms.get(owners[thing], owners[thing])

    things = [one for one in decided if one.section != "enterprise" and firm(one.subject_id) == firm(one.other_id)]
    return firms | settled({one.subject_id: one.other_id for one in things})


def settled(decided: dict[str, str]) -> dict[str, str]:
    """Who stands for whom in the end, where one that stands for another was itself set aside later."""
    return {subject: _end(decided, into) for subject, into in decided.items()}


def _end(decided: dict[str, str], id: str) -> str:
    while id in decided:
        id = decided[id]
    return id


def _said_since(session: Session, county: str, firm: str, change: int) -> int:
    """How much was said of a firm and of what it holds after a change."""
    parts = parts_of(session, county, [firm])
    said = by_subject(session, county, [part.id for part in parts])
    return sum(one.change > change for words in said.values() for one in words)
