"""Two versions of one roster: the same source, township and day in other bytes, and what they say differently."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.masking import masked_label
from app.domain.statement import Evidence, Value, same_value
from app.domain.vocabulary import SECTIONS, label
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.imports import batch_queries
from app.register.scope import REGISTER, Actor
from app.store.facts import from_json
from app.store.models import ImportBatch, WaitingFile

Row = dict[str, Any]

#: What of a machine, permit or measure tells people which it is.
TELLING = ("code", "name", "kind", "shell", "capacity_t", "quantity", "number", "document_no", "taken_on", "made_on")

SECTION_WORDS = {"enterprise": "企业", "equipment": "设备", "permit": "手续", "plan": "一企一策", "action": "处置"}

#: What every paper on a firm states of it, whatever else it is about.
WHO = frozenset(
    ("enterprise", name)
    for name in (
        *("name", "short_name", "former_name", "uscc", "registration_no", "power_account_no", "county", "township"),
        *("village", "address", "park", "longitude", "latitude", "legal_representative", "contact_person"),
        *("contact_phone", "remark"),
    )
)

#: How much of what two papers state must be the same fields, for them to be versions of one roster and not two papers.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """What one version says of one field, and where."""

    value: Value
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Version:
    """A file as one version of a roster. `said`: by subject and field; `things`: each subject's section and firm.

    `names`: of firms; `listed`: those that its rows were read for; `held`: how many of its rows wait.
    """

    id: str | None
    file: str
    said: Mapping[tuple[str, str], Word]
    things: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]
    listed: frozenset[str]
    held: int = 0

    @property
    def fields(self) -> frozenset[tuple[str, str]]:
        """Which fields it states."""
        return frozenset((self.things[subject][0], name) for subject, name in self.said)

    def what(self, subject: str) -> str:
        """A subject in words."""
        section, firm = self.things[subject]
        if section == "enterprise":
            return self.names.get(firm, "")
        told = ((name, self.said.get((subject, name))) for name in TELLING)
        return " ".join(label(section, name, word.value) for name, word in told if word) or SECTION_WORDS[section]


@dataclass(frozen=True, slots=True)
class Differences:
    """What a version says otherwise than the one before it, what it lacks, and what it has more."""

    former: Version
    newer: Version
    changed: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    new: tuple[Row, ...] = ()

    def count(self, bucket: str, section: str) -> int:
        """How many of a section are gone, or new."""
        return sum(one["section"] == section for one in getattr(self, bucket))

    def as_dict(self) -> Row:
        """As the API answers it."""
        lists = {name: list(getattr(self, name)) for name in ("changed", "gone", "new")}
        against = {"batch": self.former.id, "file": self.former.file}
        return {"batch": self.newer.id, "file": self.newer.file, "against": against, **lists, "held": self.newer.held}


def standing_versions(
    session: Session, county: str, source: str, township: str | None, day: date, *, but: str
) -> list[ImportBatch]:
    """The applied rosters of one source, township and day, the latest first; `but`: not these bytes."""
    found = session.scalars(batch_queries.versions(county, source, township, day, REGISTER))
    return [one for one in found if one.sha256 != but and json.loads(one.counts).get("rows_read")]


def waiting_versions(
    session: Session, county: str, source: str, township: str | None, day: date, *, but: str
) -> list[WaitingFile]:
    """The files of one source, township and day that wait, the latest first; `but`: not these bytes."""
    found = session.scalars(batch_queries.waiting_versions(county, source, township, day, REGISTER))
    return [one for one in found if one.sha256 != but]


def version_of(session: Session, batch: ImportBatch, actor: Actor = REGISTER) -> Version:
    """An applied batch as a version; of firms that became one, what stands."""
    county, same = batch.county, same_as(session, batch.county)
    said: dict[tuple[str, str], Word] = {}
    sections: dict[str, str] = {}
    for one in session.scalars(batch_queries.said_in(county, batch.id, actor)):
        subject = same.of(one.subject_id)
        sections[subject] = one.section
        if one.cell:  # what is only inferred (the township of whoever reports) is said again by none
            said[subject, one.field] = Word(from_json(one.value), Evidence(one.file, one.sheet, one.cell, one.raw))
    listed = frozenset(same.of(firm) for firm in session.scalars(queries.listed(county, batch.id, actor)))
    owners = {id: same.of(firm) for id, firm in _owned(session, county, sections, actor)}
    things = {subject: (section, owners.get(subject, subject)) for subject, section in sections.items()}
    waits = sum(row.batch_id == batch.id for row in session.scalars(desk_queries.held_rows(county, actor)))
    firms = listed | {firm for _, firm in things.values()}
    names = _names(session, county, firms, actor)
    return Version(batch.id, batch.file, said, things, names, listed, waits)


def _owned(session: Session, county: str, sections: Mapping[str, str], actor: Actor) -> Iterator[tuple[str, str]]:
    """What firms hold of these subjects, each with its firm."""
    by_section: defaultdict[str, list[str]] = defaultdict(list)
    for subject, section in sections.items():
        by_section[section].append(subject)
    for section in queries.HELD:
        for some in queries.in_parts(by_section[section]):
            yield from (tuple(row) for row in session.execute(desk_queries.owned(section, county, some, actor)))


def _names(session: Session, county: str, firms: Iterable[str], actor: Actor) -> dict[str, str]:
    """The names under which these firms are known: their full name, else whatever they are called."""
    same, wanted = same_as(session, county), set(firms)
    found: dict[str, dict[str, str]] = {}
    for firm, name, text in session.execute(queries.naming(county, actor)):
        if same.of(firm) in wanted:
            found.setdefault(same.of(firm), {})[name] = str(from_json(text))
    order = ("name", "short_name", "former_name", "uscc")
    return {firm: next(words[name] for name in order if name in words) for firm, words in found.items()}


def alike(one: Version, other: Version) -> bool:
    """Whether two papers are of one kind: they list firms in common, and state for the most part the same fields."""
    if not one.listed & other.listed:
        return False
    together = one.fields | other.fields
    return bool(together) and len(one.fields & other.fields) / len(together) >= ALIKE


def perhaps(one: Version, other: Version) -> bool:
    """Whether two papers in unlike columns may be versions of one all the same: a person must say.

    Most of the firms of each are the other's, and they state something in common beyond who and where a firm is.
    """
    together = len(one.listed & other.listed)
    most = 2 * together > len(one.listed) and 2 * together > len(other.listed)
    return most and any(place not in WHO for place in one.fields & other.fields)


def differences(former: Version, newer: Version) -> Differences:
    """What the newer says otherwise: of what both speak of, field by field; of the rest, what is gone and what is new.

    A firm that a version's rows name, but of which they state nothing that could be read, is neither gone nor new.
    """
    changed = tuple(
        _changed(former, newer, subject, name)
        for subject, name in dict.fromkeys((*former.said, *newer.said))
        if subject in former.things and subject in newer.things and not _same(former, newer, (subject, name))
    )
    return Differences(former, newer, changed, tuple(_only_in(former, newer)), tuple(_only_in(newer, former)))


def _same(former: Version, newer: Version, place: tuple[str, str]) -> bool:
    one, other = former.said.get(place), newer.said.get(place)
    return one is not None and other is not None and same_value(one.value, other.value)


def _changed(former: Version, newer: Version, subject: str, name: str) -> Row:
    section, firm = newer.things[subject]
    before, after = former.said.get((subject, name)), newer.said.get((subject, name))
    known = SECTIONS[section].get(name)
    return {
        "enterprise": {"id": firm, "name": newer.names.get(firm) or former.names.get(firm, "")},
        "section": section,
        "subject": subject,
        "what": newer.what(subject) or former.what(subject),
        "field": name,
        "label": known.zh if known else name,
        "before": masked_label(section, name, before.value) if before else None,
        "after": masked_label(section, name, after.value) if after else None,
        "before_cell": before.evidence.place if before else None,
        "after_cell": after.evidence.place if after else None,
    }


def _only_in(has: Version, lacks: Version) -> Iterator[Row]:
    """What one version speaks of and the other does not; of a firm that it lacks whole, the firm alone."""
    cells: dict[str, str] = {}
    for (subject, _), word in has.said.items():
        cells.setdefault(subject, word.evidence.place)
    for subject, (section, firm) in has.things.items():
        whole = firm not in lacks.listed and firm not in lacks.things
        told = whole if section == "enterprise" else not whole and subject not in lacks.things
        if told:
            yield {
                "enterprise": {"id": firm, "name": has.names.get(firm, "")},
                "section": section,
                "subject": subject,
                "what": has.what(subject),
                "cell": cells.get(subject),
            }
