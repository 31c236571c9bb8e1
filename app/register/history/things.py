"""A firm and all that it holds, each under the name by which people speak of it, with every row there ever was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.masking import masked_field, masked_label
from app.domain.names import plain_name
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, label
from app.errors import NotFound
from app.register.desk.who import firm_called
from app.register.facts.settle import PRESENT
from app.register.history import queries
from app.register.history.tracks import Kept
from app.register.lists import THERE
from app.register.queries import NAMING, enrolled, in_parts
from app.register.scope import Actor
from app.rules.questions import subject as machine_in_words
from app.store.facts import tables_of, to_json
from app.store.models import OPEN

WORDS = {"equipment": "设备", "permit": "手续", "plan": "一企一策", "action": "处置"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A firm's record, or something that it holds."""

    section: str
    id: str
    called: str


def firm_ever_called(session: Session, county: str, words: str, actor: Actor) -> str:
    """The firm of this id, code or name, also where all that was said of it has been withdrawn.

    Raises:
        NotFound: when there is none, or several.
    """
    if words in set(session.scalars(enrolled(county, [words], actor))):
        return words
    try:
        return firm_called(session, county, words, actor)
    except NotFound as unknown:
        if unknown.code != "enterprise.unknown":
            raise
        found: set[str] = set()
        for value in dict.fromkeys((words, plain_name(words))):
            found |= set(session.scalars(queries.once_called(county, (*NAMING, "uscc"), to_json(value), actor)))
        if len(found) != 1:
            raise
        return found.pop()


def rows_of(
    session: Session, section: str, county: str, subjects: Iterable[str], known: int, actor: Actor
) -> dict[str, list[Kept]]:
    """Every row that the tables of a section had of subjects up to a change; what ended later is still in force."""
    found: defaultdict[str, list[Kept]] = defaultdict(list)
    for some in in_parts(sorted(set(subjects))):
        for model in tables_of(section):
            for row in session.execute(queries.lines(model, county, some, known, actor)):
                kept = Kept.of(row, model)
                if kept.superseded_by > known:
                    kept = replace(kept, superseded_by=OPEN)
                found[kept.subject].append(kept)
    return found


def fields_of(section: str) -> tuple[str, ...]:
    """The fields of a section in the order of the vocabulary; of machines whether they are there as well."""
    return (*SECTIONS[section], *([PRESENT] if section == "equipment" else []))


def zh(section: str, field: str) -> str:
    """A field's name in Chinese."""
    return "是否还在" if field == PRESENT else SECTIONS[section][field].zh


def as_json(field: str, value: Value | None) -> Any:
    """A value as JSON has it."""
    if isinstance(value, DateInterval):
        return value.as_dict()
    return masked_field(field, value) if isinstance(value, str) else value


def in_words(section: str, field: str, value: object, disputed: bool = False) -> str | None:
    """A value as people read it; None where there is none."""
    if disputed:
        return "各来源说法不一"
    if field == PRESENT:
        return THERE[None if value is None else bool(value)]
    return None if value is None else masked_label(section, field, value)


def called_in(section: str, rows: Sequence[Kept], kind: str | None = None) -> str:
    """What something is called, by the last that was known of it."""
    facts: dict[str, Value] = {}
    for row in sorted(rows, key=lambda row: (row.superseded_by, row.since)):
        facts |= row.facts
    if section == "equipment":
        return str(machine_in_words(facts))
    if section == "enterprise":
        return str(facts.get("name") or facts.get("short_name") or facts.get("uscc") or "（名称有争议）")
    words = label(section, "kind", kind) if kind else WORDS[section]
    number = facts.get("number") or facts.get("document_no")
    return f"{words} {number}" if number else words
