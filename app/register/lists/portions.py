"""What a county answers to a list, a portion of its firms at a time: the same rows and counts as read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.register import Snapshot
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import holdings, snapshot
from app.register.lists.asked import Asked
from app.register.lists.columns import SECTION
from app.register.lists.fitting import Fitting
from app.register.lists.found import LISTED, Found, Tally, counts_of, fitting_of, judged, replacements
from app.register.lists.narrowing import may_fit, narrowed, of_firm, sections_of
from app.register.lists.rows import Candidate
from app.register.scope import Actor
from app.store.engine import reading

#: Firms read at once: few at first, because somebody waits for the first row.
_FIRST, _MOST = 50, 1_000
_NO_FIRM = ""

Answered = list[tuple[Candidate, bool]]


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


def share_of(session: Session, asked: Asked, actor: Actor) -> Share:
    """Find out which firms may have rows, and how many rows they are if what is known of the firms alone tells.

    Raises:
        UnknownClause: when a clause is none.
        BadInput: when a verdict is asked on a day on which no clause answers.
    """
    fitting, held = fitting_of(session, asked, actor)
    replaced = replacements(session, asked, actor)
    head = Found(asked, (), {new: old for old, new in replaced.items()}, replaced)
    if asked.noun == "figures":
        return _of_figures(session, head, fitting, actor)
    every, answers = may_fit(session, fitting, held, actor)
    owners = owners_on(session, asked.county, asked.moment, same_as(session, asked.county, asked.moment.known))
    tied = owners.firms & set(every)
    whole = _read(session, asked, sorted(tied), actor)
    together = judged(fitting, whole)
    firms = tuple(sorted(answers.keys() | tied))
    share = Share(head, fitting, firms, _by_firm(together, tied), counts_of(fitting, whole, together))
    if asked.sort or held is not None or not all(map(of_firm, asked.terms)):
        return share
    sure, maybe = (sum(one is so for _, one in together) for so in (True, False))
    each = _each(session, asked, actor)
    for id, answer in answers.items():
        if id not in tied:
            sure, maybe = (sure + each(id), maybe) if answer else (sure, maybe + each(id))
    return replace(share, rows=(sure, maybe))


def rows_of(engine: Engine, share: Share, actor: Actor, counts: list[dict[str, Tally]]) -> Iterator[Answered]:
    """The rows that are listed, as enrolled, portion by portion; into `counts` go those of each, when it is read.

    Each portion is read in a transaction of its own: what was known at a change stays what it was, whatever comes
    after, and nobody who reads slowly keeps one open.
    """
    counts.append(share.counts)
    for firms in _portions(share.firms):
        alone = [id for id in firms if id not in share.tied]
        answers: Answered = []
        if alone:
            with reading(engine) as session:
                whole = _read(session, share.asked, alone, actor)
            answers = judged(share.fitting, whole)
            counts.append(counts_of(share.fitting, whole, answers))
        if len(alone) < len(firms):
            own = _by_firm(answers, alone)
            answers = [row for id in firms for row in (own[id] if id in own else share.tied[id])]
        yield _listed(share.asked, answers)


def _of_figures(session: Session, head: Found, fitting: Fitting, actor: Actor) -> Share:
    """Stated figures are of no firm, and few: all at once."""
    whole = narrowed(session, fitting, None, actor)
    answers = judged(fitting, whole)
    sure = sum(one for _, one in answers)
    rows = None if head.asked.sort else (sure, len(answers) - sure)
    return Share(head, fitting, (_NO_FIRM,), {_NO_FIRM: answers}, counts_of(fitting, whole, answers), rows)


def _read(session: Session, asked: Asked, firms: Sequence[str], actor: Actor) -> Snapshot:
    return snapshot(session, asked.county, asked.moment, actor, firms=firms, sections=sections_of(asked))


def _portions(firms: Sequence[str]) -> Iterator[Sequence[str]]:
    start, many = 0, _FIRST
    while start < len(firms):
        yield firms[start : start + many]
        start, many = start + many, _MOST


def _by_firm(answers: Answered, firms: Any) -> dict[str, Answered]:
    found: defaultdict[str, Answered] = defaultdict(list)
    for one, sure in answers:
        found[one.firm.id if one.firm else _NO_FIRM].append((one, sure))
    return {id: found[id] for id in firms}


def _listed(asked: Asked, answers: Answered) -> Answered:
    return [(one, sure) for one, sure in answers if sure in LISTED[asked.maybe]]


def _each(session: Session, asked: Asked, actor: Actor) -> Callable[[str], int]:
    """How many rows a firm has, of which each surely has its own."""
    if asked.noun == "enterprises":
        return lambda _: 1
    return holdings(session, SECTION[asked.noun], asked.county, asked.moment, actor).__getitem__
