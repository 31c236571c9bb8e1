"""What a roster says against what was said before: the same, a change, a conflict, or said twice in one file. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.proposal import KnownFirm, Said
from app.domain.statement import WORDING, Statement, Value, same_value
from app.register.facts.presence import presence
from app.register.facts.settle import agreed, claimed, deciding, last_words, standing

#: This file's statements come after every one that the register has.
_LATEST = 2**62


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a statement stands: known (nothing to record), same, changed, conflict, or twice (against this very file).

    `before` is the value so far; where sources stand against each other there is none, and it is `doubted`.
    """

    verdict: str
    before: Value | None = None
    other_source: str | None = None
    doubted: bool = False


#: The first word on a field.
_FIRST = Weighed("changed")


class Words:
    """Every statement on the subjects that a roster speaks of: the register's, then this file's as they come."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, list[Statement]]] = {}
        self._now: dict[tuple[str, str, date, str], Value] = {}

    def learn(self, firm: KnownFirm) -> None:
        """Take in what the register has on a firm and what it holds."""
        for statement in firm.statements:
            self._said.setdefault(statement.subject, {}).setdefault(statement.field, []).append(statement)

    def weigh(self, said: Said) -> Weighed:
        """How a statement stands against all before it; unless it is known or said twice, it counts from now on."""
        place = (said.subject, said.field, said.day, said.source)
        if place in self._now:
            return Weighed("known" if same_value(self._now[place], said.value) else "twice", self._now[place])
        self._now[place] = said.value
        spoken = self._said.setdefault(said.subject, {}).setdefault(said.field, [])
        if not spoken:
            spoken.append(_statement(said))
            return _FIRST
        so_far = standing(spoken, said.day)
        chosen = agreed(so_far)
        before = chosen.value if chosen else None
        words = {word.source: word for word in last_words([word for word in spoken if word.day == said.day])}
        own = words.pop(said.source, None)
        if own is not None and same_value(own.value, said.value):
            return Weighed("known", before)
        spoken.append(_statement(said))
        others = () if said.decides else deciding(tuple(words.values()))
        against = next((word for word in others if not same_value(word.value, said.value)), None)
        if against is not None and (said.section, said.field) in WORDING:
            return Weighed("same", before)
        if against is not None:
            return Weighed("conflict", before if before is not None else against.value, against.source)
        same = before is not None and same_value(before, said.value)
        return Weighed("same" if same else "changed", before, doubted=bool(so_far) and chosen is None)

    def value(self, subject: str, field: str, day: date) -> Value | None:
        """What all agree on at the end of a day."""
        chosen = agreed(standing(self._said.get(subject, {}).get(field, ()), day))
        return chosen.value if chosen else None

    def every(self, subject: str, field: str) -> list[Value]:
        """Every value that was ever stated of a field, as it came."""
        return [said.value for said in self._said.get(subject, {}).get(field, ())]

    def facts(self, subject: str, day: date) -> dict[str, tuple[Value, ...]]:
        """Each field's value at the end of a day, several where sources dispute it; the first later one if none yet."""
        return {field: claimed(spoken, day) for field, spoken in self._said.get(subject, {}).items()}

    def spoken_of(self, subject: str, day: date) -> bool:
        """Whether anybody spoke of it for that day or before."""
        return any(said.day <= day for spoken in self._said.get(subject, {}).values() for said in spoken)

    def counted(self, machine: str, source: str, day: date) -> tuple[str, ...]:
        """Who says how many bodies a machine has: others for this day, or anybody for a later one."""
        said = self._said.get(machine, {}).get("quantity", ())
        return tuple(
            dict.fromkeys(one.source for one in said if one.day > day or (one.day == day and one.source != source))
        )

    def days(self, subject: str, field: str) -> list[date]:
        """The days for which a field was spoken of, in order."""
        return sorted({said.day for said in self._said.get(subject, {}).get(field, ())})

    def told_by(self, subject: str, sources: Collection[str]) -> bool:
        """Whether one of these sources ever spoke of it."""
        return any(said.source in sources for spoken in self._said.get(subject, {}).values() for said in spoken)

    def last_day(self, subject: str) -> date:
        """The last day for which it was spoken of."""
        days = [said.day for spoken in self._said.get(subject, {}).values() for said in spoken]
        return max(days, default=date.min)

    def gone(self, machine: str, dismantlings: Iterable[str], day: date) -> bool:
        """Whether what was said for earlier days has the machine removed by the end of that day."""
        own = self._before(machine, day)
        told = [said for action in dismantlings for said in self._before(action, day)]
        if not told and not any(said.field in ("state", "removed_on") for said in own):
            return False
        return any(one.since <= day < one.until and one.value is False for one in presence(own, told))

    def _before(self, subject: str, day: date) -> list[Statement]:
        found: Mapping[str, list[Statement]] = self._said.get(subject, {})
        return [said for spoken in found.values() for said in spoken if said.day < day]


def _statement(said: Said) -> Statement:
    words = (said.subject, said.section, said.field, said.value, said.day, said.source, said.evidence)
    return Statement(*words, _LATEST, decided=_LATEST if said.decides else 0)
