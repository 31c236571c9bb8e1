"""Three separate questions: is the power cut, production stopped, the firm closed; each yes, no or cannot tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.day_order import come, not_after, surely_before
from app.domain.vocabulary import ENUMS
from app.rules.procedures.case import Facts, taken
from app.rules.procedures.procedure import STEPS

CUTS, RESTORES = ("power_cut",), ("power_restored",)
HALTS, RESUMES = ("halt", "suspension_rectification"), ("resumed",)
CLOSURES = ("ordered_closure", "closure")

#: What a roster's 生产状态 says of production.
_STOPPED = {"producing": False, "suspended": True}


@dataclass(frozen=True, slots=True)
class State:
    """The answer to one of the three, and why. `recorded`: anything at all tells of it."""

    answer: bool | None
    because: str
    recorded: bool = True


def power_cut(actions: Sequence[Facts], day: date) -> State:
    """Whether the firm's power is cut at the end of the day; a halt says nothing of it."""
    return _lifted(actions, day, CUTS, RESTORES, "没有停电、复电的记录")


def production_stopped(
    actions: Sequence[Facts], day: date, status: str | None = None, status_day: date | None = None
) -> State:
    """Whether production is stopped; a power cut says nothing of it. `status`: what a source said of `status_day`."""
    by_steps = _lifted(actions, day, HALTS, RESUMES, "没有停产、恢复生产的记录")
    said = _STOPPED.get(status or "")
    if said is None or (by_steps.recorded and not _later(actions, HALTS + RESUMES, day, status_day)):
        return by_steps
    words = f"{status_day.isoformat() if status_day else ''} 名册写着“{'停产' if said else '在产'}”".strip()
    if by_steps.recorded and by_steps.answer is True and not said:
        return State(False, f"{words}；{by_steps.because}，没有恢复生产的记录")
    return State(said, words)


def still_cut(actions: Sequence[Facts], day: date) -> str | None:
    """That production was resumed since the last cut, and nobody recorded that power was restored; else None."""
    cut = power_cut(actions, day)
    cuts = [taken(one) for one in actions if one.get("kind") in CUTS and come(taken(one), day) is not False]
    since = [
        one
        for one in actions
        if one.get("kind") in RESUMES and come(taken(one), day) and all(not_after(on, taken(one)) for on in cuts)
    ]
    if not cut.answer or not since:
        return None
    return f"{cut.because}，{'、'.join(map(_told, since))}，没有复电的记录；恢复生产不等于复电，请补记复电"


def closed(actions: Sequence[Facts], day: date, status: str | None = None) -> State:
    """Whether the firm is closed; a halt or dismantling says nothing of it, and one merged or moved is not closed."""
    by_steps = _lifted(actions, day, CLOSURES, (), "")
    if by_steps.recorded and by_steps.answer is not False:
        return by_steps
    if status is None:
        return State(None, "没有关停的记录，也没有写生产状态", recorded=False)
    words = f"生产状态写着“{ENUMS['enterprise_status'][status]}”"
    return State(True, words) if status == "closed" else State(False, f"没有关停的记录，{words}")


def _lifted(actions: Sequence[Facts], day: date, ons: Collection[str], offs: Collection[str], nothing: str) -> State:
    """Whether the last step that had come by the day is one of `ons`; every step that may be the last one counts."""
    known = [one for one in actions if one.get("kind") in (*ons, *offs) and come(taken(one), day) is not False]
    if not known:
        return State(None if offs else False, nothing, recorded=False)
    certain = [one for one in known if come(taken(one), day)]
    last = [one for one in known if not any(surely_before(taken(one), taken(after)) for after in certain)]
    answers = {one.get("kind") in ons for one in last} | (set() if certain else {False})
    told = "、".join(dict.fromkeys(_told(one) for one in last))
    if len(answers) == 1:
        return State(answers.pop(), told)
    return State(None, f"{told}：到{day.isoformat()}为止哪个已经发生、哪个在后不能确定")


def _later(actions: Sequence[Facts], kinds: Collection[str], day: date, status_day: date | None) -> bool:
    """Whether the roster's day is after all the steps that had come."""
    if status_day is None:
        return False
    said = DateInterval.of_day(status_day)
    own = [one for one in actions if one.get("kind") in kinds and come(taken(one), day) is not False]
    return all(surely_before(taken(one), said) for one in own)


def _told(action: Facts) -> str:
    on = taken(action)
    return f"{on.text if on else '日期不明'}{STEPS[str(action['kind'])]}"
