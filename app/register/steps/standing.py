"""How firms stand on a day: power cut, production stopped, closed; three questions, each with its own three answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.register.scope import Actor
from app.register.steps.gathered import Gathered, gathered
from app.rules.procedures.states import State, closed, power_cut, production_stopped, still_cut

QUESTIONS = {"power_cut": "停电", "production_stopped": "停产", "closed": "关停"}


@dataclass(frozen=True, slots=True)
class Standing:
    """One firm's three answers. `reminders`: what is to be recorded yet for them to be right."""

    firm: str
    name: str
    township: str | None
    states: dict[str, State]
    reminders: tuple[str, ...] = ()

    @property
    def recorded(self) -> bool:
        """Whether anything at all tells of one of them."""
        return any(one.recorded for one in self.states.values())

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "enterprise": {"id": self.firm, "name": self.name, "township": self.township},
            **{
                name: {"answer": one.answer, "because": one.because, "recorded": one.recorded}
                for name, one in self.states.items()
            },
            "reminders": list(self.reminders),
        }


def standings(
    session: Session,
    county: str,
    as_of: date,
    known: int,
    actor: Actor,
    *,
    firm: str | None = None,
    township: str | None = None,
) -> list[Standing]:
    """How the county's firms stand at the end of a day, as known at a change; `firm`: that one alone (an id).

    Raises:
        UnknownTownship: when the county has none such.
    """
    of = gathered(session, county, known, actor, firm=firm, township=township)
    return [_standing(of, one, as_of) for one in of.firms if firm in (None, one)]


def totals(found: list[Standing]) -> dict[str, dict[str, int]]:
    """How many yes, no and cannot tell of each question; `not_recorded`: of which nothing is told."""
    return {
        name: {
            "yes": sum(one.states[name].answer is True for one in found),
            "no": sum(one.states[name].answer is False for one in found),
            "cannot_tell": sum(one.states[name].answer is None and one.states[name].recorded for one in found),
            "not_recorded": sum(one.states[name].answer is None and not one.states[name].recorded for one in found),
        }
        for name in QUESTIONS
    }


def _standing(of: Gathered, firm: str, day: date) -> Standing:
    actions, status = of.actions.get(firm, ()), of.status(firm, day)
    states = {
        "power_cut": power_cut(actions, day),
        "production_stopped": production_stopped(actions, day, status, of.status_told(firm, day)),
        "closed": closed(actions, day, status),
    }
    reminder = still_cut(actions, day)
    return Standing(firm, of.firms[firm].name, of.township(firm), states, (reminder,) if reminder else ())
