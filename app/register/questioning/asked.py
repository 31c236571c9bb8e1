"""A question to a township: one fact of one machine or firm in a clerk's words, with the answers where they are few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.statement import Value
from app.register.verdicts.holding import Place


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact asked for; or whose a machine is, where `field` is `owner`: that an officer records as an act.

    `firm`, `machine`: ids; no machine where it is a fact of the firm. `machines`: those whose verdict needs it, each
    with its bodies. `field`: its path (`equipment.yoke`, `enterprise.status`). `answers`: values with their words.
    `clauses`: those whose verdict needs it. `standing`: whether it is among the fewest that settle if the machine must
    go at all; else it only bears on a further clause. `telling`: whether it is among the fewest that can settle a
    verdict, to be asked first. `sources`: the cells that tell of the machine or the firm. `claimed`: what sources say
    of it that contradict each other.
    """

    firm: str
    name: str
    township: str
    machine: str | None
    machines: tuple[tuple[str, int], ...]
    field: str
    words: str
    answers: tuple[tuple[Value, str], ...]
    clauses: tuple[str, ...]
    standing: bool
    telling: bool
    sources: tuple[Place, ...] = ()
    claimed: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Whose fact it is: the machine's id, else the firm's."""
        return self.machine or self.firm

    @property
    def field_name(self) -> str:
        """The field without its section."""
        return self.field.rpartition(".")[2]

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `questions`."""
        return {
            "enterprise": {"id": self.firm, "name": self.name},
            "machine": self.machine,
            "machines": [machine for machine, _ in self.machines],
            "field": self.field,
            "question": self.words,
            "answers": [{"value": value, "label": shown} for value, shown in self.answers],
            "claimed": list(self.claimed),
            "clauses": list(self.clauses),
            "standing": self.standing,
            "telling": self.telling,
            "sources": [place.as_dict() for place in self.sources],
        }


def by_township(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    """The questions of each township, in order; under no name where the township is not known."""
    found: dict[str, list[Asked]] = {}
    for one in asked:
        found.setdefault(one.township, []).append(one)
    return found


def bodies(asked: Iterable[Asked]) -> int:
    """How many furnaces the verdicts are of that need the answers."""
    return sum(dict(machine for one in asked for machine in one.machines).values())


def gathered(asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """The questions by township, each with how many there are of how many firms and machines."""
    return [
        {
            "township": township or None,
            "enterprises": len({one.firm for one in own}),
            "furnaces": bodies(own),
            "questions": [one.as_dict() for one in own],
        }
        for township, own in by_township(asked).items()
    ]


def answer_of(asked: Sequence[Asked], county: str, day: date, known: int) -> dict[str, Any]:
    """The object that `luzhang questions --json` prints."""
    return {
        "county": county,
        "as_of": day.isoformat(),
        "known": known,
        "totals": {
            "questions": len(asked),
            "enterprises": len({one.firm for one in asked}),
            "furnaces": bodies(asked),
        },
        "townships": gathered(asked),
    }
