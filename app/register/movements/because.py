"""Why a movement came about: the reasons of the history, the acts behind them, successions and clauses by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.register import AsOf
from app.register.history.acts import Act
from app.register.history.difference import Altered, Difference, Firm, Passed, Turned
from app.register.history.reasons import cause
from app.register.movements.families import BODIES, BY_KEY
from app.register.movements.flow import CAME, FEWER, LEARNED, MORE, WENT, Flowed
from app.register.movements.seen import Seen
from app.register.successions.shown import Stood
from app.register.successions.shown import words as in_a_sentence
from app.register.successions.whose import BEFORE, Passing


@dataclass(frozen=True, slots=True)
class Why:
    """Reasons (words of the history), what is said beside them, and the numbers of the changes; empty: nobody told."""

    because: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.because or self.said)

    def __add__(self, other: Why) -> Why:
        return Why(
            tuple(dict.fromkeys(self.because + other.because)),
            tuple(dict.fromkeys(self.said + other.said)),
            tuple(dict.fromkeys(self.numbers + other.numbers)),
        )


NOBODY_TOLD = Why()


def _of(some: Iterable[Firm | Altered | Passed]) -> Why:
    found = NOBODY_TOLD
    for one in some:
        found += Why(one.because, (), (one.act.number,) if one.act else ())
    return found


class Successions:
    """The acts that are another thing at one moment than at the other: come about, become known, or taken back."""

    def __init__(
        self, before: tuple[AsOf, Sequence[Stood]], after: tuple[AsOf, Sequence[Stood]], names: Mapping[str, str]
    ) -> None:
        self.names = names
        states = [{_key(one.passing): one.passing.by(moment.day) for one in stood} for moment, stood in (before, after)]
        self._of_firm: defaultdict[str, list[tuple[Passing, Why]]] = defaultdict(list)
        every = {_key(one.passing): (one, moment) for moment, stood in (before, after) for one in stood}
        for key, (one, moment) in every.items():
            passing = one.passing
            if states[0].get(key, BEFORE) != states[1].get(key, BEFORE):
                paper = "、".join(filter(None, (one.document, one.evidence)))
                told = in_a_sentence(one, names, moment) + (f"（{paper}）" if paper else "")
                told += "" if key in states[1] else "，已撤回"
                why = Why(("transferred",), (told,), (passing.change,))
                for firm in {passing.out_of, passing.into}:
                    self._of_firm[firm].append((passing, why))

    def of(self, machine: str | None, firms: Collection[str]) -> Why:
        """Those that name all of the firms, and no other machine."""
        found = NOBODY_TOLD
        for passing, why in self._of_firm.get(min(firms), ()):
            if passing.machine in (None, machine) and set(firms) <= {passing.out_of, passing.into}:
                found += why
        return found


def _key(one: Passing) -> tuple[str, str, str, str | None]:
    return one.act, one.out_of, one.into, one.machine


class Reasons:
    """Why members of one step moved: looked up by what makes a member of their family.

    `told`: by action the changes that recorded or ended anything of it; `adopted`: by clause those of the step by
    which the county decided by it, or no longer.
    """

    def __init__(
        self,
        difference: Difference,
        successions: Successions,
        sides: tuple[Seen, Seen],
        told: Mapping[str, Sequence[Act]],
        adopted: Mapping[str, Sequence[int]],
    ) -> None:
        self.difference, self.successions, self.sides, self.told = difference, successions, sides, told
        self.adopted = adopted
        self.firms = {one.id: one for one in difference.firms}
        self.altered: defaultdict[tuple[str, str], list[Altered]] = defaultdict(list)
        self.of_section: defaultdict[tuple[str, str], list[Altered]] = defaultdict(list)
        self.passed: defaultdict[str, list[Passed]] = defaultdict(list)
        self.turned: dict[str, Turned] = {}
        for firm in difference.firms:
            for altered in firm.altered:
                self.altered[altered.subject, altered.field].append(altered)
                self.of_section[altered.section, firm.id].append(altered)
            for passed in firm.passed:
                self.passed[passed.machine].append(passed)
            for turned in firm.turned:
                self.turned[turned.machine] = turned
        self._of_machines: defaultdict[tuple[str, str], Why] = defaultdict(Why)

    def of(self, flowed: Sequence[Flowed]) -> dict[Flowed, Why]:
        """Machines first, because firms count by them."""
        found: dict[Flowed, Why] = {}
        for one in sorted(flowed, key=lambda one: one.unit != BODIES):
            why = self._why(one)
            found[one] = why
            if one.unit == BODIES:
                for key in ((one.family, one.firm), (BY_KEY[one.family].group, one.firm)):
                    self._of_machines[key] += why
        return found

    def _why(self, one: Flowed) -> Why:
        asked: list[Callable[[Flowed], Why]]
        if one.how in (MORE, FEWER):
            asked = [self._quantity, self._machine]
        elif one.how in (CAME, WENT):
            asked = [self._moved]
        elif BY_KEY[one.family].bodies:
            asked = [self._machine] if one.unit == BODIES else [self._by_machines]
        elif one.family == "enterprises":
            asked = []
        else:
            asked = [self._by_firm]
        return next((why for ask in (*asked, self._entry, self._passed_on) if (why := ask(one))), NOBODY_TOLD)

    def _entry(self, one: Flowed) -> Why:
        """That the firm itself entered or left, or stands elsewhere."""
        firm = self.firms.get(one.firm)
        own = _of([firm]) if firm is not None and firm.because else NOBODY_TOLD
        return own + self.successions.of(None, [one.firm]) if own else own

    def _passed_on(self, one: Flowed) -> Why:
        machine = one.id if one.unit == BODIES else None
        return self.successions.of(machine, [one.firm])

    def _quantity(self, one: Flowed) -> Why:
        return _of(self.altered[one.id, "quantity"])

    def _moved(self, one: Flowed) -> Why:
        if one.other is not None and one.other.firm != one.firm:
            return _of(self.passed[one.id]) + self.successions.of(one.id, [one.firm, one.other.firm])
        return _of(self.altered[one.firm, "township"])

    def _machine(self, one: Flowed) -> Why:
        """Of a machine: it came, went, may be gone; or is judged otherwise, by its facts or by clauses."""
        itself = _of([*self.passed[one.id], *self.altered[one.id, "present"]])
        turned = self.turned.get(one.id)
        if BY_KEY[one.family].group != "verdict" or turned is None:
            return itself
        told = [one for one in self.of_section["equipment", one.firm] if one.subject == turned.machine]
        told += self.of_section["enterprise", one.firm]
        facts = [altered for altered in told if altered.because and set(altered.because) <= set(turned.because)]
        by_clauses = sum(self._clauses(turned), NOBODY_TOLD) if "clause" in turned.because else NOBODY_TOLD
        by_facts = _of(facts) + itself if set(turned.because) - {"clause"} else NOBODY_TOLD
        return Why(turned.because, by_clauses.said, (by_facts + by_clauses).numbers)

    def _clauses(self, turned: Turned) -> Iterable[Why]:
        """Which clause decides now and did not, or has another text; and by which change the county adopted it."""
        words = {"began": "开始作为依据", "ended": "不再作为依据", "revised": "文字有改动"}
        for clause in dict.fromkeys(side["clause"] for side in (turned.before, turned.after)):
            for how, word in words.items():
                if clause in self.difference.clauses[how]:
                    yield Why((), (f"条款{clause}{word}",), tuple(self.adopted.get(clause, ())))

    def _by_machines(self, one: Flowed) -> Why:
        own = self._of_machines.get((one.family, one.firm), NOBODY_TOLD)
        return own or self._of_machines.get((BY_KEY[one.family].group, one.firm), NOBODY_TOLD)

    def _by_firm(self, one: Flowed) -> Why:
        group = BY_KEY[one.family].group
        if group == "status":
            return _of(self.altered[one.firm, "status"])
        if group == "plan":
            told = self.of_section["plan", one.firm]
            return _of([one for one in told if one.field == "stage"] or told)
        return self._of_state(one, group)

    def _of_state(self, one: Flowed, group: str) -> Why:
        """Of power cut, stopped, closed: by steps and by 生产状态; or the day of a step has come."""
        status = [] if group == "cut" else self.altered[one.firm, "status"]
        ids = list(dict.fromkeys(id for side in self.sides for id in side.held.get((group, one.firm), ())))
        steps = [altered for altered in self.of_section["action", one.firm] if altered.subject in ids]
        found = _of([*steps, *status])
        if found:
            return found
        acts = {act.number: act for id in ids for act in self.told.get(id, ())}
        if one.step != LEARNED:
            return Why(("new_fact",), (), tuple(sorted(acts))) if ids else NOBODY_TOLD
        later = [acts[number] for number in sorted(acts) if number > self.difference.one.known]
        found_of = (Why((cause(act, wrong=False),), (), (act.number,)) for act in later)
        return sum(found_of, NOBODY_TOLD)
