"""What a record says of a firm's permits, plan and actions, laid on those that it has."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.statement import Evidence
from app.register.machines.matching_papers import Paper, match_action, match_permit
from importers.proposal.entries import row_of, values_of
from importers.proposal.hearing import Draft, Hearing, Speaker
from importers.reading import Facts, Record


def hear_permits(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> None:
    """Permits are told apart by kind, and by number where both state one."""
    for facts in record.permits:
        kind = _kind(facts)
        found = match_permit(_papers(hearing, draft, speaker, "permit", kind), values_of(facts))
        _say_paper(hearing, draft, speaker, record, "permit", facts, found)


def hear_actions(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> None:
    """Actions are told apart by kind, document number and days."""
    for facts in record.actions:
        kind = _kind(facts)
        found = match_action(_papers(hearing, draft, speaker, "action", kind), values_of(facts))
        _say_paper(hearing, draft, speaker, record, "action", facts, found)


def hear_plan(hearing: Hearing, draft: Draft, speaker: Speaker, record: Record) -> None:
    """A firm has one plan."""
    if record.plan:
        key = next(draft.of("plan"), None) or hearing.enrol(draft, "plan")
        _say_all(hearing, draft, speaker, key, "plan", record.plan)


def _say_paper(
    hearing: Hearing,
    draft: Draft,
    speaker: Speaker,
    record: Record,
    section: str,
    facts: Facts,
    found: Sequence[str],
) -> None:
    if len(found) > 1:
        draft.held = True
        first = next(iter(facts.values()))
        at = Evidence("", record.sheet, first.cell, first.raw)
        hearing.ask(f"{section}.fits_several", at, f"{section}.kind", firm=draft.name)
        hearing.held_rows.setdefault(row_of(record, facts), f"{section}.fits_several")
        return
    key = found[0] if found else hearing.enrol(draft, section, _kind(facts))
    _say_all(hearing, draft, speaker, key, section, facts)


def _say_all(hearing: Hearing, draft: Draft, speaker: Speaker, key: str, section: str, facts: Facts) -> None:
    for name, fact in facts.items():
        hearing.say(draft, speaker.said(key, section, name, fact))


def _papers(hearing: Hearing, draft: Draft, speaker: Speaker, section: str, kind: str) -> list[Paper]:
    words = hearing.words
    return [
        Paper(key, words.facts(key, speaker.day), words.last_day(key))
        for key in draft.of(section, kind)
        if key not in hearing.own
    ]


def _kind(facts: Facts) -> str:
    return str(facts["kind"].value) if "kind" in facts else "other"
