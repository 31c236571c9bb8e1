"""How much of a county a list has to read: what its rows show and its filters ask, of the firms that may fit at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.register import Snapshot
from app.register import queries
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import called, figure_of, snapshot
from app.register.lists.asked import Asked, Facts, Term
from app.register.lists.columns import SECTION
from app.register.lists.fitting import Fitting
from app.register.lists.permits import PermitWant
from app.register.lists.rows import Candidate
from app.register.lists.told_facts import firms_told
from app.register.lists.wants import Answer
from app.register.scope import Actor

#: What filters on the whole look at in the firm itself.
_LOOKS_AT = {
    "q": ("name", "short_name", "former_name", "uscc"),
    "zone": ("township", "village", "park", "address"),
    "programme.stage": (),
}
#: To read firms one by one takes about as long for a third of them as to read them all.
_FEW = 3


def narrowed(session: Session, fitting: Fitting, held: Collection[str] | None, actor: Actor) -> Snapshot:
    """The county as far as the answer depends on it; `held`: outside these firms no machine has the verdict asked.

    A firm is left out only where what is known of it alone says no; so are no sections that a filter or a count reads.
    """
    asked = fitting.asked
    county, moment = asked.county, asked.moment
    if asked.noun == "figures":
        figures = session.scalars(queries.figures(county, moment, actor))
        return Snapshot(county, moment, (), tuple(map(figure_of, figures)))
    sections = sections_of(asked)
    firms = _firms(session, fitting, held, actor)
    if firms is None:
        return snapshot(session, county, moment, actor, sections=sections)
    return snapshot(session, county, moment, actor, firms=firms, sections=sections)


def sections_of(asked: Asked) -> set[str]:
    """Of what firms hold, what the list shows or counts and its filters ask for."""
    found = {SECTION[asked.noun]}
    if asked.noun == "enterprises":
        found.add("equipment")
    for term in asked.terms:
        found.add("equipment" if term.key.name == "verdict" else term.key.section)
        found |= {want.key.section for want in term.wants if isinstance(want, Facts)}
        found |= {"permit" for want in term.wants if isinstance(want, PermitWant)}
    return found & queries.HELD.keys()


def _firms(session: Session, fitting: Fitting, held: Collection[str] | None, actor: Actor) -> set[str] | None:
    """The firms that may fit by what is asked of firms alone; None where that is most of them."""
    asked = fitting.asked
    if held is None and not any(map(of_firm, asked.terms)):
        return None
    every, answers = may_fit(session, fitting, held, actor)
    # Whether a machine fits whosever it is takes all whose it may be.
    owners = owners_on(session, asked.county, asked.moment, same_as(session, asked.county, asked.moment.known))
    found = answers.keys() | (owners.firms & set(every))
    return found if len(found) * _FEW < len(every) else None


def may_fit(
    session: Session, fitting: Fitting, held: Collection[str] | None, actor: Actor
) -> tuple[list[str], dict[str, Answer]]:
    """All firms of the county, and the answers of those that may fit, by what is asked of firms alone; as enrolled."""
    asked = fitting.asked
    terms = tuple(term for term in asked.terms if of_firm(term))
    if not terms:
        ids = called(session, asked.county, asked.moment, actor)
        may: dict[str, Answer] = {}
        may.update((id, True) for id in ids if held is None or id in held)
        return ids, may
    every = firms_told(session, asked.county, asked.moment, actor, fields_of(terms))
    alone = Fitting(replace(asked, noun="enterprises", terms=terms), {}, fitting.stages)
    answers = {firm.id: alone.of(Candidate("enterprise", firm, firm)) for firm in every}
    may = {id: one for id, one in answers.items() if one is not False and (held is None or id in held)}
    return [firm.id for firm in every], may


def of_firm(term: Term) -> bool:
    """Whether what is known of the firm itself answers it."""
    return term.key.name in _LOOKS_AT or (term.key.section == "enterprise" and term.key.type != "together")


def fields_of(terms: Iterable[Term]) -> set[str]:
    """What the filters on firms alone look at, by field."""
    return {name for term in terms if of_firm(term) for name in _LOOKS_AT.get(term.key.name, (term.key.fact,))}
