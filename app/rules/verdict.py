"""What a clause says of a machine by the facts at hand, also where sources claim different facts of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from app.domain.statement import Value
from app.domain.verdict import Verdict
from app.rules.clause import Clause
from app.rules.predicate import Facts

#: The values that sources claim for a fact on which they contradict each other, by path.
Claims = Mapping[str, tuple[Value, ...]]


def verdict(clause: Clause, facts: Facts, claims: Claims | None = None) -> Verdict:
    """Answer by the facts; over claims, the answer that every claimed value gives, else it cannot be told.

    What is lacking then is what any of the cases lacks, and the contested facts on which the answer turns.
    """
    contested = {name: values for name, values in (claims or {}).items() if name in clause.fields and values}
    cases = {choice: clause.predicate.holds({**facts, **dict(choice)}) for choice in _choices(contested)}
    answers = set(cases.values())
    if len(answers) == 1 and None not in answers:
        return Verdict(clause.id, answers.pop())
    lacking = {name for name in contested if _turns(name, cases)}
    for choice, answer in cases.items():
        if answer is None:
            lacking.update(clause.predicate.lacks({**facts, **dict(choice)}))
    return Verdict(clause.id, None, tuple(name for name in clause.fields if name in lacking))


_Choice = tuple[tuple[str, Value], ...]


def _choices(contested: Claims) -> Iterator[_Choice]:
    """Each way of believing one source for each contested fact; one empty way where nothing is contested."""
    for values in product(*contested.values()):
        yield tuple(zip(contested, values, strict=True))


def _turns(name: str, cases: Mapping[_Choice, bool | None]) -> bool:
    """Whether another claimed value of this fact alone changes an answer."""
    by_rest: dict[_Choice, set[bool | None]] = {}
    for choice, answer in cases.items():
        rest = tuple(pair for pair in choice if pair[0] != name)
        by_rest.setdefault(rest, set()).add(answer)
    return any(len(answers) > 1 for answers in by_rest.values())
