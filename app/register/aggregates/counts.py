"""What is counted of a township, a county or several: families of counts in 家 and 台, each remainder by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from app.register.verdicts.reckoning import Count
from app.register.verdicts.verdict_queries import Pin

#: The names of the remainders, beside the words of the vocabulary.
NOT_STATED, DISPUTED, OWNER_UNKNOWN = "not_stated", "disputed", "owner_unknown"


class Place(NamedTuple):
    """A township as the register has it: its name as it is printed, or the remainder; its code in the dictionary."""

    county: str
    township: str
    code: str | None


@dataclass(slots=True)
class Bodies:
    """Machines of a kind (or of all): firms (家) that have such, and bodies (台), by whether they are there.

    `unsaid`: machines of which nobody wrote how many; each counts as one body. `all`: a firm with several counts once.
    """

    all: Count = field(default_factory=Count)
    there: Count = field(default_factory=Count)
    gone: Count = field(default_factory=Count)
    cannot_tell: Count = field(default_factory=Count)
    unsaid: int = 0

    def add(self, other: Bodies) -> None:
        """Those of another township."""
        for name in ("all", "there", "gone", "cannot_tell"):
            one = getattr(other, name)
            getattr(self, name).add(one.enterprises, one.furnaces)
        self.unsaid += other.unsaid

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        heads = ("all", "there", "gone", "cannot_tell")
        return {name: getattr(self, name).as_dict() for name in heads} | {"unsaid": self.unsaid}


@dataclass(slots=True)
class Obsolete:
    """Firms and bodies that hold what must go or of which it cannot be told; a firm once, under its strongest answer.

    `owner_unknown`: firms that have an answer by such machines alone, which count under none.
    """

    holds: Count = field(default_factory=Count)
    cannot_tell: Count = field(default_factory=Count)
    owner_unknown: Count = field(default_factory=Count)

    def add(self, other: Obsolete) -> None:
        """Those of another township."""
        for name in ("holds", "cannot_tell", "owner_unknown"):
            one = getattr(other, name)
            getattr(self, name).add(one.enterprises, one.furnaces)

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {name: getattr(self, name).as_dict() for name in ("holds", "cannot_tell", "owner_unknown")}


@dataclass(slots=True)
class Acts:
    """Acts of a kind: how many, against how many firms; come by the day, yet to come; the rest cannot be told."""

    acts: int = 0
    enterprises: int = 0
    come: int = 0
    to_come: int = 0

    def add(self, other: Acts) -> None:
        """Those of another township."""
        self.acts += other.acts
        self.enterprises += other.enterprises
        self.come += other.come
        self.to_come += other.to_come

    def as_dict(self) -> dict[str, int]:
        """For commands and the API."""
        unclear = self.acts - self.come - self.to_come
        counted = {"acts": self.acts, "enterprises": self.enterprises, "come": self.come}
        return {**counted, "to_come": self.to_come, "cannot_tell": unclear}


class Permits(NamedTuple):
    """One heap of permits: their kind, how they stand, and whether their stated term has ended."""

    kind: str
    standing: str
    term: str


@dataclass(slots=True)
class Figures:
    """Every family of counts of one place.

    `sorted_by`: firms by status, disposition and scale. `plans`: plans by stage; `plan_firms`: firms with a plan by its
    stage (`several`: their plans are at different ones). `permits`: by what is stated of each; `ending`: those to be
    renewed, as `luzhang permits expiring` lists them. `in_force`: firms by measure, sure and not to be told.
    `owner_unknown`: machines of which it cannot be told whose they are (counted in `held` and `kinds` as bodies), and
    the firms that may have such and have no other.
    """

    enterprises: int = 0
    sorted_by: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    held: Bodies = field(default_factory=Bodies)
    kinds: dict[str, Bodies] = field(default_factory=lambda: defaultdict(Bodies))
    owner_unknown: Count = field(default_factory=Count)
    obsolete: Obsolete = field(default_factory=Obsolete)
    plans: Counter[str] = field(default_factory=Counter)
    plan_firms: Counter[str] = field(default_factory=Counter)
    permits: Counter[Permits] = field(default_factory=Counter)
    ending: Counter[str] = field(default_factory=Counter)
    acts: dict[str, Acts] = field(default_factory=lambda: defaultdict(Acts))
    in_force: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, other: Figures) -> None:
        """Those of another township."""
        self.enterprises += other.enterprises
        for name, words in other.sorted_by.items():
            self.sorted_by[name].update(words)
        self.held.add(other.held)
        self.owner_unknown.add(other.owner_unknown.enterprises, other.owner_unknown.furnaces)
        self.obsolete.add(other.obsolete)
        self.plans.update(other.plans)
        self.plan_firms.update(other.plan_firms)
        self.permits.update(other.permits)
        self.ending.update(other.ending)
        for kind, bodies in other.kinds.items():
            self.kinds[kind].add(bodies)
        for kind, acts in other.acts.items():
            self.acts[kind].add(acts)
        for measure, answer in other.in_force.items():
            self.in_force[measure].update(answer)

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API; the words of a family in their order."""
        return {
            "enterprises": self.enterprises,
            **{name: _ordered(words) for name, words in self.sorted_by.items()},
            "equipment": self.held.as_dict(),
            "kinds": {kind: one.as_dict() for kind, one in sorted(self.kinds.items())},
            "owner_unknown": self.owner_unknown.as_dict(),
            "obsolete": self.obsolete.as_dict(),
            "plans": _ordered(self.plans),
            "plan_enterprises": _ordered(self.plan_firms),
            "permits": [{**one._asdict(), "permits": count} for one, count in sorted(self.permits.items())],
            "ending": _ordered(self.ending),
            "acts": {kind: one.as_dict() for kind, one in sorted(self.acts.items())},
            "in_force": {measure: _ordered(answers) for measure, answers in sorted(self.in_force.items())},
        }


def _ordered(words: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(words.items()))


@dataclass(slots=True)
class Aggregates:
    """The counties asked, each as it was known, at the end of a day; `unasked`: where no clause was in force."""

    day: date
    pins: tuple[Pin, ...]
    townships: dict[Place, Figures] = field(default_factory=lambda: defaultdict(Figures))
    unasked: list[str] = field(default_factory=list)

    def totals(self, county: str | None = None) -> Figures:
        """Of all townships, or of those of one county."""
        return _sum(own for place, own in self.townships.items() if county in (None, place.county))

    def by_name(self, county: str) -> dict[str, Figures]:
        """Of one county's townships by the name that is printed, which may stand with and without its code."""
        found: defaultdict[str, Figures] = defaultdict(Figures)
        for place, own in sorted(self.townships.items(), key=lambda one: _order(one[0])):
            if place.county == county:
                found[place.township].add(own)
        return dict(found)

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        places = sorted(self.townships.items(), key=lambda one: _order(one[0]))
        return {
            "as_of": self.day.isoformat(),
            "counties": [{"county": county, "known": known} for county, known in self.pins],
            "totals": self.totals().as_dict(),
            "townships": [{**place._asdict(), **own.as_dict()} for place, own in places],
            "no_clause": list(self.unasked),
        }


def _order(place: Place) -> tuple[str, str, str]:
    return place.county, place.code or "~", place.township


def _sum(figures: Iterable[Figures]) -> Figures:
    whole = Figures()
    for one in figures:
        whole.add(one)
    return whole
