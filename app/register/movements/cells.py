"""The cells behind a movement, and the changes that recorded them: which fields of what a family goes by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.domain.statement import Statement
from app.register.facts.settle import standing
from app.register.facts.spoken import spoken
from app.register.movements.families import BODIES, BY_KEY
from app.register.movements.flow import CAME, FEWER, MORE, WENT, Flowed
from app.register.movements.seen import Seen
from app.register.queries import NOW
from app.register.scope import Actor
from app.register.verdicts.holding import Place
from app.rules.clause import Clause

Asked = tuple[str, tuple[str, ...]]
Said = Mapping[tuple[str, str], Sequence[Statement]]

_CALLED = ("name", "short_name", "uscc", "registration_no")
_THERE = ("state", "removed_on")
_PLATE = ("kind", "shell", "capacity_t", "code", "quantity")
_ACTION = ("kind", "taken_on", "document_no")


class Cells:
    """What was said of some subjects, as known at the moments of a comparison."""

    def __init__(
        self, session: Session, county: str, subjects: Iterable[str], knowns: Iterable[int], actor: Actor
    ) -> None:
        wanted = sorted(set(subjects))
        self._said = {known: _said(session, county, wanted, known, actor) for known in sorted(set(knowns))}

    def behind(self, asked: Iterable[Asked], before: AsOf, after: AsOf) -> list[Statement]:
        """The statements that decide on the fields that are asked for, at the later moment, else at the earlier."""
        wanted = list(asked)
        for moment in (after, before):
            found = [one for subject, names in wanted for one in self._standing(subject, names, moment)]
            if found:
                return found
        return []

    def changes(self, subjects: Iterable[str]) -> dict[str, set[int]]:
        """By subject, the changes that recorded what was said of it."""
        wanted, found = set(subjects), defaultdict[str, set[int]](set)
        for said in self._said.values():
            for (subject, _), words in said.items():
                if subject in wanted:
                    found[subject] |= {one.change for one in words}
        return found

    def _standing(self, subject: str, names: Iterable[str], moment: AsOf) -> list[Statement]:
        said, found = self._said[moment.known], []
        for name in names:
            words = said.get((subject, name), ())
            found += list(standing(words, moment.day)) or _told_later(name, words, moment.day)
        return found


def _told_later(name: str, words: Sequence[Statement], day: date) -> list[Statement]:
    """A report of December tells of a removal in March."""
    return [one for one in words if one.day > day] if name in _THERE else []


def _said(session: Session, county: str, subjects: Sequence[str], known: int, actor: Actor) -> Said:
    found: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for _, one in spoken(session, county, subjects, AsOf(NOW.day, known), actor) if subjects else ():
        found[one.subject, one.field].append(one)
    return found


def asked_of(one: Flowed, sides: Sequence[Seen], clauses: Mapping[str, Clause]) -> list[list[Asked]]:
    """Of what a movement's cells are looked for, first the likeliest; the first that finds any is enough."""
    group, firm = BY_KEY[one.family].group, one.firm
    if one.how in (MORE, FEWER):
        return [[(one.id, ("quantity",))]]
    if one.how in (CAME, WENT):
        # What went over to another firm went by an act, which the reason names; where the firm stands says nothing.
        return [[(firm, ("township",))]] if one.other is None or one.other.firm == firm else []
    if group == "verdict":
        there: list[list[Asked]] = [[(one.id, _THERE)], [(one.id, _PLATE)]]
        gone = len({side.word("machines", one.id) for side in sides}) > 1
        asked = _of_clauses(one, sides, clauses)
        return [*there, asked, [(firm, _CALLED)]] if gone else [asked, *there, [(firm, _CALLED)]]
    if group in ("cut", "stopped", "closed"):
        actions: list[Asked] = [(id, _ACTION) for side in sides for id in side.held.get((group, firm), ())]
        status: list[Asked] = [] if group == "cut" else [(firm, ("status",))]
        return [list(dict.fromkeys(actions)) + status]
    if group == "plan":
        plans: list[Asked] = [(id, ("stage",)) for side in sides for id in side.held.get(("plan", firm), ())]
        return [list(dict.fromkeys(plans))]
    if group == "machines" and one.unit == BODIES:
        return [[(one.id, _THERE)], [(one.id, _PLATE)]]
    return [[(firm, ("status",))]] if group == "status" else [[(firm, _CALLED)]]


def _of_clauses(one: Flowed, sides: Iterable[Seen], clauses: Mapping[str, Clause]) -> list[Asked]:
    """The facts that the clauses ask for under which it stands at either moment."""
    paths = dict.fromkeys(path for side in sides if (id := side.clauses.get(one.id)) for path in clauses[id].fields)
    of_machine = tuple(path for path in paths if "." not in path)
    of_firm = tuple(path.rpartition(".")[2] for path in paths if path.startswith("enterprise."))
    return [(one.id, of_machine), *([(one.firm, of_firm)] if of_firm else [])]


def places_of(found: Iterable[Statement]) -> tuple[Place, ...]:
    """Their cells, each once."""
    return tuple(dict.fromkeys(Place(one.evidence.file, one.evidence.place) for one in found))
