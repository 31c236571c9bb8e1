"""What the register knows of the firms that a roster may be about, so that a proposal can be reckoned without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy.orm import Session

from app.domain.credit_code import valid
from app.domain.names import core_name, plain_name
from app.domain.proposal import Known, KnownFirm, KnownSubject
from app.domain.statement import Statement
from app.register import queries
from app.register.identity import same_as
from app.register.places import townships_of
from app.register.project import parts_of
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.spoken import by_subject
from app.store.facts import from_json


def known(
    session: Session,
    county: str,
    *,
    names: Iterable[str],
    codes: Iterable[str],
    source: str,
    township: str | None,
    actor: Actor = LOCAL_OPERATOR,
) -> Known:
    """The firms to which statements ever gave one of these names or valid credit codes, and the source's last roster.

    Each comes with all that stands of it. What was undone is not known.
    """
    named = {plain_name(name) for name in names}
    coded = {code for code in codes if valid(code)}
    last = _last_roster(session, county, source, township, actor)
    firms = _called(session, county, named, coded, actor) | last
    places = tuple(session.scalars(queries.places_above(county)))
    townships = {written: name for written, (_, name) in townships_of(session, county).items()}
    return Known(
        county,
        tuple(_firms(session, county, sorted(firms))),
        last_roster=last,
        townships=townships,
        places=places,
        cores=_cores(session, county, places, actor),
    )


def _called(session: Session, county: str, names: Collection[str], codes: Collection[str], actor: Actor) -> set[str]:
    """The firms that an open statement gives such a name or code."""
    found = set()
    same = same_as(session, county)
    for firm, field, text in session.execute(queries.naming(county, actor)):
        value = str(from_json(text))
        if (value in codes) if field == "uscc" else (plain_name(value) in names):
            found.add(same.of(firm))
    return found


def _last_roster(session: Session, county: str, source: str, township: str | None, actor: Actor) -> frozenset[str]:
    """The firms that the last applied roster of this source and township listed."""
    batch = session.scalar(queries.last_roster(county, source, township, actor))
    if batch is None:
        return frozenset()
    same = same_as(session, county)
    return frozenset(same.of(firm) for firm in session.scalars(queries.listed(county, batch, actor)))


def _firms(session: Session, county: str, firms: Sequence[str]) -> Iterable[KnownFirm]:
    """Firms with all that stands of them and of what they hold."""
    for some in queries.in_parts(firms):
        parts = parts_of(session, county, some)
        said = by_subject(session, county, [part.id for part in parts])
        subjects: defaultdict[str, list[KnownSubject]] = defaultdict(list)
        words: defaultdict[str, list[Statement]] = defaultdict(list)
        for part in parts:
            if part.id in said:
                subjects[part.firm].append(KnownSubject(part.id, part.section, part.kind))
                words[part.firm] += said[part.id]
        for firm in some:
            yield KnownFirm(firm, tuple(subjects[firm]), tuple(words[firm]))


def _cores(
    session: Session, county: str, places: Sequence[str], actor: Actor
) -> dict[str, tuple[tuple[str, str], ...]]:
    """The county's firms with their latest names, by what tells the names apart."""
    latest: dict[str, str] = dict(session.execute(queries.names(county, actor)).all())
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for firm, name in latest.items():
        found[core_name(name, places)].append((firm, name))
    return {core: tuple(firms) for core, firms in found.items()}
