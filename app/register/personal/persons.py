"""Who is meant by numbers or by a firm: the persons behind them, and the names that were told with their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.masking import REMOVED, digits_in
from app.errors import BadInput
from app.register.desk.who import firm_called
from app.register.facts.identity import same_as
from app.register.personal import person_queries
from app.register.personal.whom import Forgetting
from app.register.scope import Actor
from app.store.facts import from_json
from app.store.keys import ring_of
from app.store.sealed import name_person, words_in

#: Digits of the shortest number that is one.
_SHORTEST, _MOST = 7, 20


@dataclass(frozen=True, slots=True)
class _Told:
    """A contact as one source or one stretch has it."""

    firm: str
    numbers: frozenset[str]
    names: frozenset[str]


def of_firm(session: Session, county: str, words: str, papers: Sequence[str], actor: Actor) -> Forgetting:
    """All contacts that a firm ever had.

    Raises:
        NotFound: when there is no such firm, or several.
    """
    same = same_as(session, county)
    firms = same.voices([firm_called(session, county, words, actor)])
    told = _contacts(session, county, sorted(firms), actor)
    return _whom(session, county, told, frozenset().union(*(one.numbers for one in told)), papers, frozenset(firms))


def of_numbers(
    session: Session, county: str, numbers: Sequence[str], papers: Sequence[str], actor: Actor
) -> Forgetting:
    """Whoever has these numbers, and the names of the contacts that were told together with one of them.

    Raises:
        BadInput: when one is no number of a person.
    """
    wanted = frozenset(map(_number, numbers))
    told = [one for one in _contacts(session, county, None, actor) if one.numbers & wanted]
    return _whom(session, county, told, wanted, papers, frozenset(one.firm for one in told))


def firms_with(session: Session, county: str, whom: Forgetting, actor: Actor) -> frozenset[str]:
    """The firms of whose contacts one has such a number."""
    told = _contacts(session, county, None, actor)
    same = same_as(session, county)
    return frozenset(same.of(one.firm) for one in told if one.numbers & whom.numbers)


def _whom(
    session: Session,
    county: str,
    told: Iterable[_Told],
    numbers: frozenset[str],
    papers: Sequence[str],
    firms: frozenset[str],
) -> Forgetting:
    ring = ring_of(session)
    # A name stands under its firm, and under nobody where its row was not known to be of a firm.
    names = {(firm, name) for one in told for name in one.names for firm in (one.firm, "")}
    persons = {ring.person(county, number) for number in numbers}
    persons |= {ring.person(county, name_person(firm, name), "name") for firm, name in names}
    spoken = frozenset(name for _, name in names)
    return Forgetting(county, frozenset(persons), numbers, spoken, tuple(papers), firms)


def _contacts(session: Session, county: str, firms: Sequence[str] | None, actor: Actor) -> list[_Told]:
    """What stands together: in one row of a roster, in one stretch."""
    found: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for firm, batch, field, value, raw in session.execute(person_queries.contacts_said(county, firms, actor)):
        found[firm, batch] += [(field, str(from_json(value))), (field, raw)]
    for firm, row, person, phone in session.execute(person_queries.contacts_held(county, firms, actor)):
        found[firm, row] += [("contact_person", person or ""), ("contact_phone", phone or "")]
    return [_told(firm, cells) for (firm, _), cells in found.items()]


def _told(firm: str, cells: Sequence[tuple[str, str]]) -> _Told:
    numbers = {one.normal for _, text in cells for one in digits_in(text)}
    names = {
        word
        for field, text in cells
        if field == "contact_person" and REMOVED not in text
        for word in words_in(text)
        if not word.isdigit()
    }
    return _Told(firm, frozenset(numbers), frozenset(names))


def _number(text: str) -> str:
    found = digits_in(text.strip())
    if len(found) != 1 or not _SHORTEST <= len(found[0].normal) <= _MOST:
        raise BadInput("这不是一个电话号码或身份证号码", fix="请一次写一个完整的号码", code="personal.number")
    return found[0].normal
