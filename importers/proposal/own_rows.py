"""What the rows of the county's own ledger say of those of whom they were printed: only what was altered."""

from __future__ import annotations

from dataclasses import replace

from importers.facts import Facts
from importers.own_ledger.echo import Echo
from importers.proposal.hearing import Draft, Hearing, Speaker
from importers.reading import Record

#: What belongs to the identity of a paper or a measure: another kind is another one.
_IDENTITY = {"permit": "kind", "action": "kind"}


def hear_own_rows(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> Record:
    """Say what was altered in rows that the ledger printed; the record with what it says beyond these."""
    echo = hearing.echo
    if echo is None:
        return record
    plan = _rest(hearing, draft, speaker, record, echo, "plan", (record.plan,) if record.plan else ())
    return replace(
        record,
        enterprise=echo.left(record.sheet, record.enterprise),
        equipment=_rest(hearing, draft, speaker, record, echo, "equipment", record.equipment),
        permits=_rest(hearing, draft, speaker, record, echo, "permit", record.permits),
        plan=plan[0] if plan else None,
        actions=_rest(hearing, draft, speaker, record, echo, "action", record.actions),
    )


def _rest(
    hearing: Hearing,
    draft: Draft,
    speaker: Speaker,
    record: Record,
    echo: Echo,
    section: str,
    entries: tuple[Facts, ...],
) -> tuple[Facts, ...]:
    """Say each entry of whose row it is; those that are of none, or of one of several in a row, are left."""
    subjects = [echo.of(record.sheet, section, facts.values()) for facts in entries]
    rest = []
    for facts, subject in zip(entries, subjects, strict=True):
        altered = echo.left(record.sheet, facts)
        if not altered:
            continue
        if subject is None or _IDENTITY.get(section) in altered or subjects.count(subject) > 1:
            rest.append(facts)
            continue
        draft.heard.add(subject)
        for name, fact in altered.items():
            hearing.say(draft, speaker.said(subject, section, name, fact))
    return tuple(rest)
