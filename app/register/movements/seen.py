"""A county at one moment as a ledger's families have it: which firms and machines belong to each, where, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Enterprise, Equipment
from app.domain.vocabulary import label
from app.register.facts.views import snapshot
from app.register.history.turned import Verdict, Verdicts
from app.register.movements.families import BODIES, DISPUTED, FIRMS, NOT_STATED, OWNER_UNKNOWN, UNCLEAR
from app.register.places import Place, spelling
from app.register.scope import Actor
from app.register.steps.gathered import Gathered
from app.rules.procedures.states import (
    CLOSURES,
    CUTS,
    HALTS,
    RESTORES,
    RESUMES,
    State,
    closed,
    power_cut,
    production_stopped,
)
from app.rules.questions import subject as machine_in_words

#: The steps by which each of the three questions goes; a power cut closes nobody.
_KINDS = {"cut": CUTS + RESTORES, "stopped": HALTS + RESUMES, "closed": CLOSURES}
_STANDS = {"cut": ("没有停电", "停电"), "stopped": ("没有停产", "停产"), "closed": ("没有关停", "关停")}
ABSENT = {"enterprises": "不在册", "machines": "没有登记", "verdict": "没有", "plan": "没有方案"}


class Member(NamedTuple):
    """One that a family counts: in which township, of which firm, and how much it weighs.

    `settled`: it is known whose it is; a machine of which it is not makes no firm count.
    """

    place: str
    firm: str
    weight: int
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """`members`: by family and unit, each member by id (家: firms, 台: machines). `words`: by group and id.

    `held`: by section and firm the ids of its plans and actions; of actions also by the question that they bear on.
    `clauses`: by machine the one that decides.
    """

    moment: AsOf
    names: Mapping[str, str]
    called: Mapping[str, str]
    members: Mapping[tuple[str, str], Mapping[str, Member]]
    words: Mapping[tuple[str, str], str]
    held: Mapping[tuple[str, str], tuple[str, ...]]
    clauses: Mapping[str, str]

    def of(self, family: str, unit: str) -> Mapping[str, Member]:
        """The members of a family."""
        return self.members.get((family, unit), {})

    def word(self, group: str, id: str) -> str:
        """How something stands."""
        return self.words.get((group, id), ABSENT.get(group, ABSENT["enterprises"]))


def seen(
    session: Session,
    county: str,
    moment: AsOf,
    verdicts: Verdicts,
    of: Gathered,
    townships: Mapping[str, Place],
    actor: Actor,
) -> Seen:
    """The county at a moment, with the verdicts and the steps that are known of it."""
    whole = snapshot(session, county, moment, actor, sections=("equipment", "plan"))
    return _Sorting(moment, whole.enterprises, verdicts, of, townships).seen()


class _Sorting:
    """Lays each firm and machine into the families that it belongs to."""

    def __init__(
        self,
        moment: AsOf,
        firms: Iterable[Enterprise],
        verdicts: Verdicts,
        of: Gathered,
        townships: Mapping[str, Place],
    ) -> None:
        self.moment, self.verdicts, self.of = moment, verdicts, of
        self.firms = {firm.id: firm for firm in firms}
        self.places = {firm.id: _place(firm, townships) for firm in self.firms.values()}
        self.called: dict[str, str] = {}
        self.members: dict[tuple[str, str], dict[str, Member]] = {}
        self.words: dict[tuple[str, str], str] = {}
        self.held: dict[tuple[str, str], tuple[str, ...]] = {}

    def seen(self) -> Seen:
        for firm in self.firms.values():
            self._firm("enterprises", firm.id)
            self._say("enterprises", firm.id, "在册")
            self._status(firm)
            self._states(firm.id)
            self._plan(firm)
            for machine in firm.equipment:
                self._machine(firm.id, machine)
        self._strongest()
        names = {firm.id: firm.name for firm in self.firms.values()}
        clauses = {id: verdict.clause for id, verdict in self.verdicts.items()}
        return Seen(self.moment, names, self.called, self.members, self.words, self.held, clauses)

    def _lay(self, family: str, unit: str, id: str, member: Member) -> None:
        self.members.setdefault((family, unit), {})[id] = member

    def _firm(self, family: str, firm: str) -> None:
        self._lay(family, FIRMS, firm, Member(self.places[firm], firm, 1))

    def _say(self, group: str, id: str, word: str) -> None:
        self.words[group, id] = word

    def _status(self, firm: Enterprise) -> None:
        stated = firm.facts.get("status")
        key = DISPUTED if "status" in firm.disputed else str(stated or NOT_STATED)
        self._firm(f"status:{key}", firm.id)
        self._say("status", firm.id, key if stated is None else label("enterprise", "status", stated))

    def _states(self, firm: str) -> None:
        """Power cut, production stopped, closed: three questions of their own."""
        actions, day = self.of.actions.get(firm, ()), self.moment.day
        self.held["action", firm] = tuple(str(one["id"]) for one in actions)
        for group, kinds in _KINDS.items():
            self.held[group, firm] = tuple(str(one["id"]) for one in actions if one.get("kind") in kinds)
        status = self.of.status(firm, day)
        states = {
            "cut": power_cut(actions, day),
            "stopped": production_stopped(actions, day, status, self.of.status_told(firm, day)),
            "closed": closed(actions, day, status),
        }
        for group, state in states.items():
            if state.answer is True:
                self._firm(group, firm)
            elif state.answer is None and state.recorded:
                self._firm(f"{group}_unsure", firm)
            self._say(group, firm, _state_word(group, state))

    def _plan(self, firm: Enterprise) -> None:
        """A firm counts once, under the stage of its plans; of several at different stages that cannot be told."""
        self.held["plan", firm.id] = tuple(plan.id for plan in firm.plans)
        if not firm.plans:
            return
        stages = {None if "stage" in plan.disputed else plan.facts.get("stage") for plan in firm.plans}
        stage = stages.pop() if len(stages) == 1 else None
        self._firm("plan", firm.id)
        self._firm(f"plan:{stage}" if stage is not None else UNCLEAR, firm.id)
        self._say("plan", firm.id, "阶段不明" if stage is None else label("plan", "stage", stage))

    def _machine(self, firm: str, machine: Equipment) -> None:
        place, id, settled = self._where(firm, machine), machine.id, not machine.owners
        self.called[id] = str(machine_in_words(machine.facts))
        family = {True: "machines", None: "machines_unsure"}.get(machine.present)
        self._say("machines", id, {True: "在厂", None: "不能确定是否还在", False: "已拆除"}[machine.present])
        if family is not None:
            self._lay(family, BODIES, id, Member(place, firm, machine.bodies, settled))
            if settled:
                self._firm(family, firm)
        verdict = self.verdicts.get(id)
        if verdict is not None:
            self._lay(verdict.word, BODIES, id, Member(place, firm, verdict.bodies, settled))
            self._say("verdict", id, _verdict_word(verdict))

    def _where(self, firm: str, machine: Equipment) -> str:
        """A machine that may be several firms' stands where all of them stand, or nowhere that can be told."""
        places = {self.places.get(one, OWNER_UNKNOWN) for one in machine.owners} or {self.places[firm]}
        return places.pop() if len(places) == 1 else OWNER_UNKNOWN

    def _strongest(self) -> None:
        """Firms count under their strongest answer; a machine whose owner cannot be told makes none count."""
        own = [
            (member.firm, self.verdicts[id])
            for family in ("holds", "cannot_tell")
            for id, member in self.members.get((family, BODIES), {}).items()
            if member.settled
        ]
        holding = {firm for firm, verdict in own if verdict.holds}
        for firm, _ in own:
            self._firm("holds" if firm in holding else "cannot_tell", firm)


def _place(firm: Enterprise, townships: Mapping[str, Place]) -> str:
    if "township" in firm.disputed:
        return DISPUTED
    stated = firm.facts.get("township")
    if stated is None:
        return NOT_STATED
    known = townships.get(spelling(str(stated)))
    return known[1] if known else str(stated)


def _state_word(group: str, state: State) -> str:
    no, yes = _STANDS[group]
    word = {True: yes, False: no, None: "不能确定"}[state.answer]
    return f"{word}（{state.because}）" if state.recorded and state.because else no if not state.recorded else word


def _verdict_word(verdict: Verdict) -> str:
    return f"{'仍有' if verdict.holds else '待核实'}（{verdict.clause}）"


def in_order(places: Iterable[str], townships: Mapping[str, Place]) -> list[str]:
    """Townships in the dictionary's order, then others by name; what cannot be told at the end."""
    known = {name: code for code, name in townships.values()}
    rest = {NOT_STATED: "1", DISPUTED: "2", OWNER_UNKNOWN: "3"}
    return sorted(set(places), key=lambda one: (one in rest, rest.get(one, ""), known.get(one, "~"), one))
