"""What a county answers to a list, a portion of its firms at a time: the same rows and counts as read at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.register import Snapshot
from app.register import queries
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import holdings, snapshot
from app.register.lists.asked import Asked
from app.register.lists.columns import SECTION
from app.register.lists.counting import Counting
from app.register.lists.fitting import Fitting
from app.register.lists.found import LISTED, Found, Tally, counts_of, fitting_of, judged, replacements
from app.register.lists.narrowing import may_fit, narrowed, of_firm, sections_of
from app.register.lists.rows import Candidate
from app.register.lists.ruled_out import firms_left
from app.register.scope import Actor
from app.store.engine import reading

#: Firms, or rows in another order than theirs, read at once: few at first, because somebody waits for the first row.
_FIRST, _GROWING, _MOST = 50, 5, 1_000
#: Of whom stated figures are.
NO_FIRM = ""

Answered = list[tuple[Candidate, bool]]
_Some = TypeVar("_Some")


@dataclass(frozen=True, slots=True)
class Share:
    """One county's share of a list, before its rows are read.

    `firms`: those that may have any, as enrolled; `tied`: of these the ones whose machines may be one another's, which
    are answered together, already. `rows`: how many fit, and of how many it cannot be told, if the firms alone tell.
    """

    head: Found
    fitting: Fitting
    firms: tuple[str, ...]
    tied: Mapping[str, Answered]
    counts: dict[str, Tally]
    rows: tuple[int, int] | None = None

    @property
    def asked(self) -> Asked:
        """What is asked of the county."""
        return self.head.asked


def head_of(session: Session, asked: Asked, actor: Actor) -> Found:
    """What is told of a county's share whatever its rows are."""
    replaced = replacements(session, asked, actor)
    return Found(asked, (), {new: old for old, new in replaced.items()}, replaced)


def told_by_firms(asked: Asked) -> bool:
    """Whether the facts of firms alone tell how many rows there are."""
    return all(of_firm(term) and term.key.name != "programme.stage" for term in asked.terms) or asked.noun == "figures"


def share_of(session: Session, head: Found, actor: Actor) -> Share:
    """Find out which firms may have rows, and how many rows they are if what is known of the firms alone tells.

    Raises:
        UnknownClause: when a clause is none.
        BadInput: when a verdict is asked on a day on which no clause answers.
    """
    asked = head.asked
    fitting, held = fitting_of(session, asked, actor)
    if asked.noun == "figures":
        return _of_figures(session, head, fitting, actor)
    every, answers = may_fit(session, fitting, held, actor)
    owners = owners_on(session, asked.county, asked.moment, same_as(session, asked.county, asked.moment.known))
    tied = owners.firms & set(every)
    whole = _read(session, asked, sorted(tied), actor)
    together = judged(fitting, whole)
    firms = tuple(sorted(answers.keys() | tied))
    share = Share(head, fitting, firms, _by_firm(together, tied), counts_of(fitting, whole, together))
    if not told_by_firms(asked):
        return share
    sure, maybe = (sum(one is so for _, one in together) for so in (True, False))
    alone = [id for id in answers if id not in tied]
    each = _each(session, asked, alone, actor)
    for id in alone:
        sure, maybe = (sure + each(id), maybe) if answers[id] else (sure, maybe + each(id))
    having = tuple(id for id in firms if id in tied or each(id))
    return replace(share, firms=having, rows=(sure, maybe))


def rows_of(engine: Engine, share: Share, actor: Actor, counting: Counting) -> Iterator[Answered]:
    """The rows that are listed, as enrolled, portion by portion; `counting` counts those of each, when it is read.

    Each portion is read in a transaction of its own: what was known at a change stays what it was, whatever comes
    after, and nobody who reads slowly keeps one open. What the columns of machines and papers rule out is not read, but
    for the first portion, which does not wait for that.
    """
    yield _portion(engine, share, share.firms[:_FIRST], actor, counting)
    rest = _left(engine, share, share.firms[_FIRST:], actor)
    for firms in cut(rest, _FIRST * _GROWING):
        yield _portion(engine, share, firms, actor, counting)


def cut(every: Sequence[_Some], many: int = 0) -> Iterator[Sequence[_Some]]:
    """A portion at a time, small ones first; `many`: how much the first of them is."""
    start, many = 0, min(_MOST, many or _FIRST)
    while start < len(every):
        yield every[start : start + many]
        start, many = start + many, min(_MOST, many * _GROWING)


def listed(asked: Asked, answers: Answered) -> Answered:
    """Of rows that are or may be what was asked, those to be listed."""
    return [(one, sure) for one, sure in answers if sure in LISTED[asked.maybe]]


def _left(engine: Engine, share: Share, firms: Sequence[str], actor: Actor) -> Sequence[str]:
    asked = share.asked
    if not firms or share.rows is not None:
        return firms
    with reading(engine) as session:
        left = firms_left(session, asked, same_as(session, asked.county, asked.moment.known), actor)
    return firms if left is None else [id for id in firms if id in left or id in share.tied]


def _portion(engine: Engine, share: Share, firms: Sequence[str], actor: Actor, counting: Counting) -> Answered:
    alone = [id for id in firms if id not in share.tied]
    answers: Answered = []
    if alone:
        with reading(engine) as session:
            whole = _read(session, share.asked, alone, actor)
        answers = judged(share.fitting, whole)
        counting.add(share.fitting, whole, answers)
    if len(alone) < len(firms):
        own = _by_firm(answers, alone)
        answers = [row for id in firms for row in (own[id] if id in own else share.tied[id])]
    return listed(share.asked, answers)


def _of_figures(session: Session, head: Found, fitting: Fitting, actor: Actor) -> Share:
    """Stated figures are of no firm, and few: all at once."""
    whole = narrowed(session, fitting, None, actor)
    answers = judged(fitting, whole)
    sure = sum(one for _, one in answers)
    counts = counts_of(fitting, whole, answers)
    return Share(head, fitting, (NO_FIRM,), {NO_FIRM: answers}, counts, (sure, len(answers) - sure))


def _read(session: Session, asked: Asked, firms: Sequence[str], actor: Actor) -> Snapshot:
    return snapshot(session, asked.county, asked.moment, actor, firms=firms, sections=sections_of(asked))


def _by_firm(answers: Answered, firms: Collection[str]) -> dict[str, Answered]:
    found: defaultdict[str, Answered] = defaultdict(list)
    for one, sure in answers:
        found[one.firm.id if one.firm else NO_FIRM].append((one, sure))
    return {id: found[id] for id in firms}


def _each(session: Session, asked: Asked, firms: Sequence[str], actor: Actor) -> Callable[[str], int]:
    """How many rows a firm has, of which each surely has its own."""
    if asked.noun == "enterprises":
        return lambda _: 1
    section = SECTION[asked.noun]
    if section in ("permit", "action") or len(firms) > _MOST:
        return holdings(session, section, asked.county, asked.moment, actor).__getitem__
    same, there = same_as(session, asked.county, asked.moment.known), Counter[str]()
    rows = queries.holdings(section, asked.county, asked.moment, actor)
    for some in queries.in_parts(same.voices(firms)):
        for firm, count in session.execute(rows.where(queries.HELD[section].enterprise_id.in_(some))):
            there[same.of(firm)] += count
    return there.__getitem__
