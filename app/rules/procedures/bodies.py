"""Whether one condition's body holds of a case: its answer, what it was found by, what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from app.domain.dates import DateInterval
from app.domain.day_order import both, either, not_after, surely_before
from app.rules.procedures import papers_found, states
from app.rules.procedures.case import Case, Facts, Finding, taken
from app.rules.procedures.procedure import (
    STEPS,
    Accepted,
    Ahead,
    Body,
    Earlier,
    Existing,
    InOrder,
    NoHoliday,
    NoneOf,
    NoNight,
    OneOf,
    OwnPaper,
    Papers,
    Planned,
    Powered,
    Standing,
    Stated,
)

#: The particulars of a step in words.
PARTICULARS = {
    "authority": "实施单位",
    "document_no": "文号",
    "decided_on": "作出日期",
    "served_on": "送达日期",
    "effective_on": "实施日期",
}

_IN_TURN = ("decided_on", "served_on", "effective_on")

#: An interval longer than this is not looked through day by day.
_LONGEST = 366


def judged(body: Body, case: Case, kind: str) -> Finding | None:
    """What the body comes to; None where the case only asks and does not tell what it needs."""
    return _BODIES[type(body)](body, case, kind)


def _stated(body: Stated, case: Case, kind: str) -> Finding | None:
    if not case.recorded:
        return None
    missing = [PARTICULARS[name] for name in body.fields if not _particular(case, name)]
    return Finding(not missing, lacks=tuple(f"没有写{name}" for name in missing))


def _particular(case: Case, name: str) -> object:
    return case.on if name == "effective_on" else case.step.get(name)


def _own_paper(body: OwnPaper, case: Case, kind: str) -> Finding | None:
    return papers_found.own_paper(body, case, kind) if case.recorded else None


def _one_of(body: OneOf, case: Case, kind: str) -> Finding | None:
    parts = [found for part in body.parts if (found := judged(part, case, kind)) is not None]
    answer = either([one.answer for one in parts])
    kept = [one for one in parts if one.answer is answer]
    return Finding(
        answer,
        _all(one.found for one in kept),
        _all(one.lacks for one in kept),
        _all(one.late for one in parts),
        _all(one.used for one in kept),
    )


def _none_of(body: NoneOf, case: Case, kind: str) -> Finding | None:
    inner = _one_of(OneOf(body.parts), case, kind) or Finding(False)
    if inner.answer is None:
        return Finding(None, lacks=inner.lacks)
    return Finding(False, lacks=tuple(f"已有{one}" for one in inner.found)) if inner.answer else Finding(True)


def _standing(body: Standing, case: Case, kind: str) -> Finding | None:
    if case.on is None:
        return Finding(None, lacks=("要知道这一步是哪一天",))
    found = [_state(name, case, day) for name in body.states for day in _ends(case.on)]
    by_state = [
        _agreed([one.answer for one in found[first : first + len(_ends(case.on))]])
        for first in range(0, len(found), len(_ends(case.on)))
    ]
    answer = either(by_state)
    because = tuple(dict.fromkeys(one.because for one in found))
    if answer:
        return Finding(True, tuple(one.because for one in found if one.answer)[:1])
    if answer is None:
        return Finding(None, lacks=because)
    kinds = [kind for name in body.states for kind in _BEGUN_BY[name]]
    after = tuple(
        f"{_told(one)}晚于这一步"
        for one in case.others
        if one.get("kind") in kinds and not_after(taken(one), case.on) is False
    )
    return Finding(False, lacks=(*because, *after))


#: The steps that bring a state about.
_BEGUN_BY = {"power_cut": states.CUTS, "production_stopped": states.HALTS}


def _state(name: str, case: Case, day: date) -> states.State:
    """One of the three states by the other steps; what is not recorded at all is not so."""
    if name == "power_cut":
        found = states.power_cut(case.others, day)
    else:
        status = case.firm.get("status")
        found = states.production_stopped(case.others, day, str(status) if status else None)
    return found if found.recorded or found.answer is not None else replace(found, answer=False)


def _agreed(answers: list[bool | None]) -> bool | None:
    return answers[0] if len(set(answers)) == 1 else None


def _ends(on: DateInterval) -> list[date]:
    return sorted({day for day in (on.since, on.until) if day is not None})


def _earlier(body: Earlier, case: Case, kind: str) -> Finding | None:
    lifted = {id(one): by for one in case.others if (by := _lifted(one, case)) is not None}
    own = [one for one in case.others if one.get("kind") in body.kinds]
    answer = either([None if id(one) in lifted else not_after(taken(one), case.on) for one in own])
    words = "、".join(STEPS[one] for one in body.kinds)
    if answer is None and lifted:
        told = [f"{_told(one)}：已有{_told(lifted[id(one)])}，是否还作数要核实" for one in own if id(one) in lifted]
        return Finding(None, lacks=tuple(told))
    if answer:
        return Finding(
            True, tuple(_told(one) for one in own if not_after(taken(one), case.on) and id(one) not in lifted)
        )
    if answer is None:
        return Finding(None, lacks=tuple(f"要知道{_told(one)}是哪一天" for one in own))
    return Finding(False, lacks=(f"没有在这之前的{words}", *(f"{_told(one)}晚于这一步" for one in own)))


def _lifted(halt: Facts, case: Case) -> Facts | None:
    """The resumption that lifted a halt before this step."""
    if halt.get("kind") not in states.HALTS:
        return None
    after = (one for one in case.others if one.get("kind") in states.RESUMES and not_after(taken(one), case.on))
    return next((one for one in after if surely_before(taken(halt), taken(one))), None)


def _in_order(body: InOrder, case: Case, kind: str) -> Finding | None:
    days = [(name, one) for name in _IN_TURN if isinstance(one := _particular(case, name), DateInterval)]
    if len(days) < 2 or not case.recorded:
        return None
    answers: list[bool | None] = []
    lacks = []
    for (one_name, one), (other_name, other) in pairwise(days):
        answer = True if one.same_days(other) else not_after(one, other)
        answers.append(answer)
        pair = f"{PARTICULARS[one_name]}（{one.text}）", f"{PARTICULARS[other_name]}（{other.text}）"
        if answer is False:
            lacks.append(f"{pair[0]}晚于{pair[1]}")
        elif answer is None:
            lacks.append(f"要知道{pair[0]}、{pair[1]}各是哪一天")
    return Finding(both(answers), lacks=tuple(lacks))


def _ahead(body: Ahead, case: Case, kind: str) -> Finding | None:
    if not case.recorded:
        return None
    served, on = case.step.get("served_on"), case.on
    if not isinstance(served, DateInterval) or on is None:
        return Finding(None, lacks=("要知道通知是哪天几点送达的",))
    told = f"通知 {served.text} 送达，{on.text} 实施"
    least = (on.since - served.until).days if on.since and served.until else None
    most = (on.until - served.since).days if on.until and served.since else None
    whole = -(-body.hours // 24)
    if least is not None and least > whole:
        return Finding(True, (told,))
    if most is not None and most < whole:
        return Finding(False, lacks=(f"{told}，不足 {body.hours} 小时",))
    return Finding(None, lacks=(f"{told}，是否满 {body.hours} 小时要知道送达和实施的钟点",))


def _no_holiday(body: NoHoliday, case: Case, kind: str) -> Finding | None:
    on = case.on
    if on is None or on.since is None or on.until is None or (on.until - on.since).days > _LONGEST:
        return Finding(None, lacks=("要知道是哪一天，才知道是不是法定节假日",))
    days = [on.since + timedelta(days=number) for number in range((on.until - on.since).days + 1)]
    answers = {case.holiday(day) for day in days}
    if answers == {False}:
        return Finding(True, (f"{on.text} 不是法定节假日",))
    if answers == {True}:
        return Finding(False, lacks=(f"{on.text} 是法定节假日",))
    unknown = "节假日表里没有这一天，或只是调休放假" if None in answers else "其中有法定节假日，要知道是哪一天"
    return Finding(None, lacks=(f"{on.text}：{unknown}",))


def _no_night(body: NoNight, case: Case, kind: str) -> Finding | None:
    time = case.step.get("effective_time")
    if not isinstance(time, str) or not re.fullmatch(r"\d\d:\d\d", time):
        return None
    night = time >= body.since or time < body.until
    if night:
        return Finding(None, lacks=(f"{time} 实施；{body.custom}",))
    return Finding(True, (f"{time} 实施，不在 {body.since}–{body.until} 之间；{body.custom}",))


def _existing(body: Existing, case: Case, kind: str) -> Finding | None:
    quantity, present = case.step.get("quantity"), case.step.get("present")
    if not isinstance(quantity, int):
        return None
    if not isinstance(present, int):
        return Finding(None, lacks=("登记库里没有写那一天有几台",))
    if quantity <= present:
        return Finding(True, (f"那一天有 {present} 台，这一步 {quantity} 台",))
    return Finding(False, lacks=(f"那一天只有 {present} 台，写了 {quantity} 台",))


def _powered(body: Powered, case: Case, kind: str) -> Finding | None:
    if case.on is None:
        return Finding(None, lacks=("要知道这一步是哪一天",))
    found = [_state("power_cut", case, day) for day in _ends(case.on)]
    cut, because = _agreed([one.answer for one in found]), tuple(dict.fromkeys(one.because for one in found))
    if not cut:
        return Finding(None, lacks=because) if cut is None else Finding(True, because)
    after = tuple(
        _told(one) for one in case.others if one.get("kind") in states.RESTORES and not_after(case.on, taken(one))
    )
    return Finding(False, lacks=() if after else (f"{because[0]}，没有复电的记录",), late=after)


def _told(action: Facts) -> str:
    on = taken(action)
    return f"{STEPS[str(action['kind'])]}（{on.text if on else '日期不明'}）"


def _all(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


_BODIES: dict[type, Callable[[Any, Case, str], Finding | None]] = {
    Stated: _stated,
    OwnPaper: _own_paper,
    Papers: papers_found.papers,
    Accepted: papers_found.accepted,
    Planned: papers_found.planned,
    Standing: _standing,
    Earlier: _earlier,
    OneOf: _one_of,
    NoneOf: _none_of,
    InOrder: _in_order,
    Ahead: _ahead,
    NoHoliday: _no_holiday,
    NoNight: _no_night,
    Existing: _existing,
    Powered: _powered,
}
