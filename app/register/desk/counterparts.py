"""What two records of one firm both hold: the same thing twice, where it can only be one way. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import FOREVER
from app.domain.statement import Statement, Value
from app.register.facts.project import Part
from app.register.facts.settle import PRESENT, claimed
from app.register.facts.timelines import Timelines, at
from app.register.machines.matching import Machine, bodies, match
from app.register.machines.matching_papers import Paper, match_action, match_permit

Said = Mapping[str, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Something that is set aside, and the same thing that stands for it."""

    section: str
    aside: str
    into: str


def counterparts(
    aside: Sequence[Part], into: Sequence[Part], said: Said, told: Mapping[str, Timelines]
) -> list[Counterpart]:
    """What the one record holds that the other holds as well; whatever fits several ways is left as two things."""
    found: list[Counterpart] = []
    for section, pairs in (
        ("equipment", _machines(_of(aside, "equipment", said), _of(into, "equipment", said), said, told)),
        ("permit", _papers(_of(aside, "permit", said), _of(into, "permit", said), said)),
        ("plan", _plans(_of(aside, "plan", said), _of(into, "plan", said))),
        ("action", _papers(_of(aside, "action", said), _of(into, "action", said), said)),
    ):
        found += [Counterpart(section, one, other) for one, other in _one_to_one(pairs)]
    return found


def _of(parts: Iterable[Part], section: str, said: Said) -> list[Part]:
    return [part for part in parts if part.section == section and said.get(part.id)]


def _claims(part: Part, said: Said) -> dict[str, tuple[Value, ...]]:
    """Each field's values on the last day for which anybody spoke of it."""
    fields: dict[str, list[Statement]] = {}
    for one in said[part.id]:
        fields.setdefault(one.field, []).append(one)
    return {name: claimed(words, FOREVER) for name, words in fields.items()}


def _plain(part: Part, said: Said) -> dict[str, Value]:
    """What nobody disputes."""
    return {name: values[0] for name, values in _claims(part, said).items() if len(values) == 1}


def _machines(
    aside: Sequence[Part], into: Sequence[Part], said: Said, told: Mapping[str, Timelines]
) -> list[tuple[str, str]]:
    """Machines that stand for the same bodies, as a listing of the one would be laid on the other's."""
    known = [Machine(part.id, _claims(part, said), _gone(told.get(part.id, {}))) for part in into]
    listed = [_plain(part, said) for part in aside]
    quantity = {machine.key: bodies(machine.quantity) for machine in known}
    return [
        (aside[one.listed].id, one.subject)
        for one in match(known, listed).spoken
        if one.subject and not one.bare and quantity[one.subject] == bodies(listed[one.listed].get("quantity"))
    ]


def _gone(told: Timelines) -> bool:
    last = at(told.get(PRESENT, ()), date(9999, 12, 30))
    return last is not None and last.value is False


def _papers(aside: Sequence[Part], into: Sequence[Part], said: Said) -> list[tuple[str, str]]:
    """Permits and actions of one kind, as a roster's would be matched."""
    pairs = []
    for part in aside:
        known = [Paper(one.id, _claims(one, said)) for one in into if one.kind == part.kind]
        fits = (match_permit if part.section == "permit" else match_action)(known, _plain(part, said))
        pairs += [(part.id, key) for key in fits] if len(fits) == 1 else []
    return pairs


def _plans(aside: Sequence[Part], into: Sequence[Part]) -> list[tuple[str, str]]:
    """A firm has one plan."""
    return [(aside[0].id, into[0].id)] if aside and into else []


def _one_to_one(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    return [(one, other) for one, other in pairs if ours[one] == theirs[other] == 1]
