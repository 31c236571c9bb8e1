"""The difference between two moments as values, and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.register import AsOf
from app.register.history.acts import Act
from app.register.history.members import Flow
from app.register.history.moments import moment_dict
from app.register.history.reasons import as_list
from app.register.history.things import as_json, in_words, zh
from app.register.history.tracks import State
from app.register.verdicts.holding import Place


@dataclass(frozen=True, slots=True)
class Altered:
    """One field that is another one: before → after, why, by which change, and the cells of both sides."""

    section: str
    subject: str
    called: str
    field: str
    before: State
    after: State
    because: tuple[str, ...]
    act: Act | None
    places: tuple[tuple[Place, ...], tuple[Place, ...]] = ((), ())

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "section": self.section,
            "subject": self.subject,
            "called": self.called,
            "field": self.field,
            "label": zh(self.section, self.field),
            "before": self._side(self.before, self.places[0]),
            "after": self._side(self.after, self.places[1]),
            "because": as_list(self.because),
            "change": self.act.as_dict() if self.act else None,
        }

    def _side(self, state: State, places: tuple[Place, ...]) -> dict[str, Any]:
        value = as_json(self.field, state[0])
        text = in_words(self.section, self.field, *state)
        return {"value": value, "text": text, "disputed": state[1], "sources": [one.as_dict() for one in places]}


@dataclass(frozen=True, slots=True)
class Passed:
    """A machine that entered, left, or is another firm's: why, and by which change."""

    machine: str
    called: str
    how: str
    bodies: int
    because: tuple[str, ...]
    act: Act | None
    other: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API. `other`: the firm that it went to or came from."""
        return {
            "equipment": self.machine,
            "called": self.called,
            "how": self.how,
            "bodies": self.bodies,
            "other": self.other,
            "because": as_list(self.because),
            "change": self.act.as_dict() if self.act else None,
        }


@dataclass(frozen=True, slots=True)
class Turned:
    """A machine that is judged otherwise: by the facts, by the clauses, or by both."""

    machine: str
    called: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    because: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        own = {"equipment": self.machine, "called": self.called, "before": self.before, "after": self.after}
        return {**own, "because": as_list(self.because)}


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that entered, left, or of which something is another: `how`, and all of it."""

    id: str
    name: str
    uscc: str | None
    township: str | None
    how: str
    because: tuple[str, ...]
    act: Act | None
    altered: tuple[Altered, ...] = ()
    passed: tuple[Passed, ...] = ()
    turned: tuple[Turned, ...] = ()

    def with_altered(self, altered: tuple[Altered, ...]) -> Firm:
        """The same with its fields' cells."""
        return replace(self, altered=altered)

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "enterprise": {"id": self.id, "name": self.name, "uscc": self.uscc, "township": self.township},
            "how": self.how,
            "because": as_list(self.because),
            "change": self.act.as_dict() if self.act else None,
            "fields": [one.as_dict() for one in self.altered],
            "equipment": [one.as_dict() for one in self.passed],
            "verdicts": [one.as_dict() for one in self.turned],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two moments of a county, or of one township: sums that go over, and each firm with what is another.

    `told`: those of the firms that are shown, with their cells.
    """

    county: str
    township: str | None
    one: AsOf
    other: AsOf
    enterprises: Flow
    furnaces: Flow
    verdicts: Mapping[str, Mapping[str, Mapping[str, int]]]
    clauses: Mapping[str, list[str]]
    firms: tuple[Firm, ...]
    told: tuple[Firm, ...] | None = None

    @property
    def reasons(self) -> dict[str, int]:
        """How many firms each reason is given for."""
        found: dict[str, int] = {}
        for firm in self.firms:
            because = [firm.because]
            because += [one.because for one in firm.altered] + [one.because for one in firm.passed]
            because += [one.because for one in firm.turned]
            for word in sorted({word for words in because for word in words}):
                found[word] = found.get(word, 0) + 1
        return dict(sorted(found.items()))

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang differences --json` prints."""
        changed = sum(firm.how == "changed" for firm in self.firms)
        return {
            "county": self.county,
            "township": self.township,
            "from": moment_dict(self.one),
            "to": moment_dict(self.other),
            "enterprises": {**self.enterprises.as_dict(), "changed": changed},
            "furnaces": self.furnaces.as_dict(),
            "verdicts": self.verdicts,
            "clauses": self.clauses,
            "reasons": self.reasons,
            "firms": [firm.as_dict() for firm in (self.firms if self.told is None else self.told)],
        }
