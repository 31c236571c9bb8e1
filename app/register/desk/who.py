"""Who is who: what tells the county's firms apart, and which of them may be one, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.names import plain_name
from app.domain.particulars import Particulars
from app.errors import NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.imports.replied import SAME_FIRM, said_of_two
from app.register.likeness.candidates import Candidate, Candidates
from app.register.likeness.described import Stated
from app.register.places import townships_of
from app.register.scope import Actor
from app.store.facts import from_json

#: The fields that tell who a firm is, and where `Particulars` keeps each.
_TELLING = {
    "name": "names",
    "short_name": "short_names",
    "former_name": "former_names",
    "uscc": "codes",
    "registration_no": "registration_nos",
    "township": "townships",
    "village": "villages",
    "legal_representative": "legal_representatives",
    "contact_phone": "phones",
    "address": "addresses",
}


SIDE_BY_SIDE = "同一份名册里是两家"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one firm: the one that would be set aside, the one that would stand, and why."""

    firm: str
    name: str
    other: str
    other_name: str
    candidate: Candidate

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "firm": {"id": self.firm, "name": self.name},
            "other": {"id": self.other, "name": self.other_name},
            "level": self.candidate.level,
            "reasons": list(self.candidate.reasons),
            "against": list(self.candidate.against),
        }


def particulars(session: Session, county: str, actor: Actor) -> list[Particulars]:
    """What was ever stated of each firm that stands, of all the records that it stands for."""
    same = same_as(session, county)
    stated: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    rows = session.execute(queries.particulars(county, _TELLING, actor)).all()
    # What was said of a record set aside comes first: the firm is known by the name of the record that stands.
    for firm, field, value in sorted(rows, key=lambda row: row[0] not in same.into):
        stated[same.of(firm)][_TELLING[field]][str(from_json(value))] = None
    return [
        Particulars(firm, **{"names": (), **{name: tuple(words) for name, words in found.items()}})
        for firm, found in sorted(stated.items())
    ]


def names_of_records(session: Session, county: str, actor: Actor) -> dict[str, str]:
    """The name that each record of a firm has by itself, whichever record stands for it now."""
    names = session.execute(queries.particulars(county, ("short_name", "name"), actor)).all()
    found = {record: str(from_json(value)) for record, field, value in names if field == "short_name"}
    return found | {record: str(from_json(value)) for record, field, value in names if field == "name"}


def places(session: Session, county: str) -> tuple[str, ...]:
    """The names of places that tell no firm apart: province, city, county, townships."""
    townships = dict.fromkeys(name for _, name in townships_of(session, county).values())
    return (*session.scalars(queries.places_above(county)), *townships)


def kept_apart(session: Session, county: str, actor: Actor) -> frozenset[frozenset[str]]:
    """The pairs of firms that stand, of which a person decided that they are different, or that it is for later."""
    same = same_as(session, county)
    return frozenset(
        frozenset((same.of(one.subject_id), same.of(one.other_id)))
        for one in session.scalars(desk_queries.decisions(county, actor))
        if one.answer != "same"
    )


def pairs(session: Session, county: str, actor: Actor) -> list[Pair]:
    """The county's firms that may be one and of which nobody has decided, the likeliest first; each pair once.

    Two that one roster lists side by side are two for its sender: what is only possible is not proposed then. What a
    sender answered of two in a returned copy is a reason like others: a person at the desk decides.
    """
    firms = particulars(session, county, actor)
    rosters = _rosters(session, county, actor)
    decided = kept_apart(session, county, actor)
    asked = Candidates(firms, places(session, county))
    names = {firm.id: shown(firm) for firm in firms}
    found: dict[frozenset[str], Candidate] = {}
    for firm in firms:
        for candidate in asked.of(stated(firm), but=firm.id):
            both = frozenset((firm.id, candidate.firm))
            if rosters[firm.id] & rosters[candidate.firm]:
                if candidate.level != "likely":
                    continue
                candidate = replace(candidate, against=(*candidate.against, SIDE_BY_SIDE))
            if both not in decided and (both not in found or _stronger(candidate, found[both])):
                found[both] = candidate
    for both, answer in _replied(session, county, firms, actor).items():
        if both not in decided:
            found[both] = _with_reply(found.get(both), min(both), answer)
    every = [_pair(both, candidate, names) for both, candidate in found.items()]
    return sorted(every, key=lambda pair: (pair.candidate.level != "likely", pair.name, pair.firm))


def _pair(both: frozenset[str], candidate: Candidate, names: dict[str, str]) -> Pair:
    # Ids grow with time: the record that came first stands.
    stands, aside = sorted(both)
    return Pair(aside, names[aside], stands, names[stands], candidate)


def _replied(session: Session, county: str, firms: Iterable[Particulars], actor: Actor) -> dict[frozenset[str], str]:
    """The pairs of firms of which a sender said that they are one, or are not, where each name is one firm's."""
    said = said_of_two(session, county, actor)
    called: defaultdict[str, set[str]] = defaultdict(set)
    for firm in firms if said else ():
        for name in firm.names:
            called[plain_name(name)].add(firm.id)
    pairs = ((frozenset[str]().union(*(called[name] for name in names)), answer) for names, answer in said.items())
    return {both: answer for both, answer in pairs if len(both) == 2}


def _with_reply(candidate: Candidate | None, firm: str, answer: str) -> Candidate:
    """A candidate with what a sender answered of it: that it is the same makes it one to be decided."""
    of = candidate or Candidate(firm, "possible", (), ())
    if answer == SAME_FIRM:
        return replace(of, level="likely", reasons=(*of.reasons, "来件答复：是同一家"))
    return replace(of, against=(*of.against, "来件答复：不是同一家"))


def _rosters(session: Session, county: str, actor: Actor) -> defaultdict[str, set[str]]:
    """The imports that name each firm."""
    same = same_as(session, county)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for firm, batch in session.execute(desk_queries.named_in(county, actor)):
        found[same.of(firm)].add(batch)
    return found


def stated(firm: Particulars) -> Stated:
    """The latest that was stated of a firm, as a record would state it."""

    def last(words: Iterable[str]) -> str | None:
        return next(iter(reversed(tuple(words))), None)

    return Stated(
        name=last(firm.names),
        short_name=last(firm.short_names),
        former_name=last(firm.former_names),
        uscc=last(firm.codes),
        registration_no=last(firm.registration_nos),
        township=last(firm.townships),
        village=last(firm.villages),
        legal_representative=last(firm.legal_representatives),
        contact_phone=last(firm.phones),
        address=last(firm.addresses),
    )


def shown(firm: Particulars) -> str:
    """The name under which people know a firm."""
    return next(iter((*reversed(firm.names), *reversed(firm.short_names), *reversed(firm.codes))), "")


def _stronger(one: Candidate, other: Candidate) -> bool:
    return (one.level == "likely", len(one.reasons)) > (other.level == "likely", len(other.reasons))


def firm_called(session: Session, county: str, words: str, actor: Actor) -> str:
    """The firm of this id, code or name (any that it ever had).

    Raises:
        NotFound: when there is none, or several.
    """
    return firms_called(session, county, [words], actor)[0]


def firms_called(session: Session, county: str, several: Sequence[str], actor: Actor) -> list[str]:
    """The firms of these ids, codes or names, in that order; what tells firms apart is read once.

    Raises:
        NotFound: when of one there is none, or several.
    """
    firms, same = particulars(session, county, actor), same_as(session, county)
    ids, names, called = (defaultdict[str, dict[str, Particulars]](dict) for _ in range(3))
    for firm in firms:
        for key in (firm.id, *firm.codes):
            ids[key][firm.id] = firm
        for name in firm.names:
            names[plain_name(name)][firm.id] = firm
        for name in (*firm.short_names, *firm.former_names):
            called[plain_name(name)][firm.id] = firm
    found = []
    for words in several:
        plain = plain_name(words)
        sure = ids.get(same.of(words), {}) | ids.get(plain, {})
        found.append(_only(words, list((sure or names.get(plain, {}) or called.get(plain, {})).values())))
    return found


def _only(words: str, found: Sequence[Particulars]) -> str:
    """The one firm that is found."""
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NotFound(f"本县没有“{words}”这家企业", fix="请写企业全称、18位代码或编号", code="enterprise.unknown")
    listed = "；".join(f"{shown(firm)}（{firm.id}）" for firm in found)
    raise NotFound(f"叫“{words}”的企业有 {len(found)} 家：{listed}", fix="请写编号", code="enterprise.several")
