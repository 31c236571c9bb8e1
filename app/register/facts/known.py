"""What the register knows of the firms that a roster may be about, so that a proposal can be reckoned without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.domain.credit_code import valid
from app.domain.names import plain_name
from app.domain.proposal import NEW, Known, KnownFirm, KnownSubject
from app.domain.statement import Statement
from app.register import queries
from app.register.desk.who import particulars
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on, with_predecessors
from app.register.facts.project import parts_of
from app.register.facts.spoken import by_subject
from app.register.imports.learned import firms_called
from app.register.places import townships_of
from app.register.scope import LOCAL_OPERATOR, Actor, sees_township
from app.store.facts import from_json

#: What a person said of rows: sheet, row, about what.
Answers = Mapping[tuple[str, int, str], str]


def known(
    session: Session,
    county: str,
    *,
    names: Iterable[str],
    codes: Iterable[str],
    source: str,
    township: str | None,
    actor: Actor = LOCAL_OPERATOR,
    answers: Answers | None = None,
    day: date | None = None,
) -> Known:
    """The firms to which statements ever gave one of these names or valid credit codes, and the source's last roster.

    Each comes with all that stands of it. What was undone is not known. `day`: the roster's; whoever was merged into
    another firm by then is none of which it must be said why the roster leaves it out.
    """
    named = {plain_name(name) for name in names}
    coded = {code for code in codes if valid(code)}
    last = _last_roster(session, county, source, township, actor)
    called, strange, alive = _called(session, county, named, coded, actor)
    own = {name: firm for name, firm in firms_called(session, county).items() if name in named and firm in alive}
    told = {answer for (_, _, about), answer in (answers or {}).items() if about == "firm"}
    answered = set(session.scalars(queries.enrolled(county, sorted(told), actor)))
    firms = called | last | set(own.values()) | answered
    townships = {
        written: name for written, (code, name) in townships_of(session, county).items() if sees_township(actor, code)
    }
    return Known(
        county,
        tuple(_firms(session, county, sorted(firms))),
        last_roster=last - _merged(session, county, day),
        townships=townships,
        places=tuple(session.scalars(queries.places_above(county))),
        answers=_of_ones_own(answers or {}, answered),
        called=own,
        county_firms=tuple(particulars(session, county, actor)) if strange - own.keys() else (),
    )


def _of_ones_own(answers: Answers, firms: Collection[str]) -> Answers:
    """Without the answers that name a firm which is not theirs who ask: a copy that comes back may be made up."""
    return {place: said for place, said in answers.items() if place[2] != "firm" or said == NEW or said in firms}


def _called(
    session: Session, county: str, names: Collection[str], codes: Collection[str], actor: Actor
) -> tuple[set[str], set[str], set[str]]:
    """The firms that an open statement gives such a name or code; the names that none has; all that have one."""
    found, seen, alive = set(), set(), set()
    same = same_as(session, county)
    for firm, field, text in session.execute(queries.naming(county, actor)):
        value = str(from_json(text))
        plain = plain_name(value)
        alive.add(same.of(firm))
        if (value in codes) if field == "uscc" else (plain in names):
            found.add(same.of(firm))
            seen.add(plain)
    return found, set(names) - seen, alive


def _last_roster(session: Session, county: str, source: str, township: str | None, actor: Actor) -> frozenset[str]:
    """The firms that the last applied roster of this source and township listed."""
    batch = session.scalar(queries.last_roster(county, source, township, actor))
    if batch is None:
        return frozenset()
    same = same_as(session, county)
    return frozenset(same.of(firm) for firm in session.scalars(queries.listed(county, batch, actor)))


def _merged(session: Session, county: str, day: date | None) -> frozenset[str]:
    """The firms that were, or may have been, merged into another by a day."""
    if day is None:
        return frozenset()
    return owners_on(session, county, queries.NOW, same_as(session, county)).merged_by(day)


def _firms(session: Session, county: str, firms: Sequence[str]) -> Iterable[KnownFirm]:
    """Firms with all that stands of them and of what they hold."""
    for some in queries.in_parts(firms):
        same = same_as(session, county)
        owners = owners_on(session, county, queries.NOW, same)
        parts = parts_of(session, county, with_predecessors(session, county, some, same))
        said = by_subject(session, county, [part.id for part in parts])
        subjects: defaultdict[str, list[KnownSubject]] = defaultdict(list)
        words: defaultdict[str, list[Statement]] = defaultdict(list)
        for part in parts:
            if part.id in said:
                # A machine that went over is known of both: an older roster still lists it where it was.
                taken = owners.of(part.id, part.firm) if part.section == "equipment" else ()
                for firm in dict.fromkeys((part.firm, *taken)):
                    subjects[firm].append(KnownSubject(part.id, part.section, part.kind))
                    words[firm] += said[part.id]
        for firm in some:
            yield KnownFirm(firm, tuple(subjects[firm]), tuple(words[firm]))
