"""What an acceptance lacks: the level below, returned items still open, who took part, its paper. Three answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.day_order import not_after
from app.domain.documents import ACCEPTANCE_LEVELS, ACCEPTANCE_RESULTS
from app.rules.acceptance.levels import AcceptanceRule, Rules, above, below, in_force

MISSING, CANNOT_TELL, LATER = "missing", "cannot_tell", "recorded_later"
STANDINGS = {MISSING: "缺", CANNOT_TELL: "不能确定", LATER: "补录（后来才收进登记库）"}


@dataclass(frozen=True, slots=True)
class Item:
    """An item that was returned: whether it had been mended by when; None: it is open."""

    text: str
    done_on: DateInterval | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One acceptance as the rules look at it. `change`: in which it was recorded; `paper_change`: its opinion.

    `paper_fault`: why the paper that it names is no opinion on it.
    """

    id: str
    level: str
    result: str
    on: DateInterval
    change: int
    units: str | None = None
    people: str | None = None
    paper_change: int | None = None
    items: tuple[Item, ...] = ()
    paper_fault: str | None = None

    @property
    def words(self) -> str:
        """区县复验通过（2025-12-20）."""
        return f"{ACCEPTANCE_LEVELS[self.level]}{ACCEPTANCE_RESULTS[self.result]}（{self.on.text}）"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that an acceptance lacks, by which rule."""

    acceptance: str
    standing: str
    words: str
    rule: AcceptanceRule

    @property
    def open(self) -> bool:
        """Whether something is still lacking."""
        return self.standing != LATER

    def as_dict(self) -> dict[str, object]:
        """For commands and the API."""
        return {
            "acceptance": self.acceptance,
            "of": self.rule.of,
            "standing": self.standing,
            "standing_label": STANDINGS[self.standing],
            "open": self.open,
            "words": self.words,
            "rule": self.rule.rule.id,
            "sentence": self.rule.rule.text,
            "source": self.rule.source,
            "fix": self.rule.fix,
        }


def gaps_of(one: Acceptance, others: Sequence[Acceptance], county: str, rules: Rules) -> Iterator[Gap]:
    """What an acceptance lacks. `others`: the firm's other acceptances."""
    day = one.on.until or one.on.since or date.max
    before = [other for other in others if other.id != one.id]
    found = {
        "lower": _lower(one, before),
        "items": _items(one, before),
        "people": _people(one),
        "paper": _paper(one),
    }
    for of, gap in found.items():
        rule = next(in_force(rules, of, day, county), None)
        if gap is not None and rule is not None:
            yield Gap(one.id, gap[0], gap[1], rule)


def standing_of(level: str, acceptances: Sequence[Acceptance], day: date) -> tuple[bool | None, str]:
    """Whether a level stands passed at the end of a day, and why: its last result decides."""
    return _passed(level, acceptances, DateInterval.of_day(day))


def told_of(level: str, acceptances: Sequence[Acceptance], day: date) -> str:
    """A level's last result up to a day with its own day; several where which of them is last cannot be told."""
    on = DateInterval.of_day(day)
    last = _last([one for one in acceptances if one.level == level and not_after(one.on, on) is not False])
    told = "；".join(f"{ACCEPTANCE_RESULTS[one.result]}（{one.on.text}）" for one in last)
    doubtful = len({one.result for one in last}) > 1
    return f"{told}，哪一次在后不能确定" if doubtful else told


def next_of(level: str, result: str, day: date, county: str, rules: Rules) -> list[dict[str, object]]:
    """What comes after a result, in the words of the rules there."""
    found = [one.as_dict() for one in in_force(rules, f"after_{result}", day, county)]
    if result == "passed":
        upper = above(level)
        told = f"下一步：{ACCEPTANCE_LEVELS[upper]}" if upper else "已到最后一级"
        return [one | {"next": told} for one in found]
    return found


def _lower(one: Acceptance, before: Sequence[Acceptance]) -> tuple[str, str] | None:
    level = below(one.level)
    if level is None:
        return None
    passed, why = _passed(level, before, one.on)
    if passed:
        return None
    return (CANNOT_TELL if passed is None else MISSING), f"{one.words}：{why}"


def _passed(level: str, acceptances: Sequence[Acceptance], on: DateInterval) -> tuple[bool | None, str]:
    """Whether the level had passed it on some day, by the last of its results up to then."""
    own = [one for one in acceptances if one.level == level]
    called = ACCEPTANCE_LEVELS[level]
    in_time = [(one, not_after(one.on, on)) for one in own]
    certain = [one for one, answer in in_time if answer]
    doubtful = [one for one, answer in in_time if answer is None]
    last = _last(certain)
    if doubtful:
        told = "、".join(one.words for one in doubtful)
        if {one.result == "passed" for one in (*doubtful, *last)} == {True} and last:
            return True, last[0].words
        return None, f"{told}是不是在{on.text}以前，不能确定"
    if not last:
        late = "、".join(one.words for one in own)
        return False, f"没有{called}的记录" if not own else f"{late}晚于{on.text}"
    if {one.result for one in last} == {"passed"}:
        return True, last[0].words
    if "passed" in {one.result for one in last}:
        return None, f"{'、'.join(one.words for one in last)}哪一次在后，不能确定"
    return False, "、".join(one.words for one in last)


def _last(own: Sequence[Acceptance]) -> list[Acceptance]:
    """The last of them; several where their days do not tell, and of one day the one recorded last."""
    return [one for one in own if not any(_after(other, one) for other in own)]


def _after(one: Acceptance, other: Acceptance) -> bool:
    """Whether the one surely came after the other."""
    if one.id == other.id:
        return False
    if one.on.same_days(other.on) and one.on.since == one.on.until:
        return one.change > other.change
    earlier, later = not_after(other.on, one.on), not_after(one.on, other.on)
    return bool(earlier) and not later


def _items(one: Acceptance, before: Sequence[Acceptance]) -> tuple[str, str] | None:
    """Items that the same level returned before and that were not mended when it passed."""
    if one.result != "passed":
        return None
    open_items: list[str] = []
    doubtful: list[str] = []
    for other in before:
        came = not_after(other.on, one.on)
        if other.level != one.level or came is False:
            continue
        for item in other.items:
            done = not_after(item.done_on, one.on) if item.done_on else False
            if done is None:
                doubtful.append(f"要知道哪天改完的：{item.text}")
            elif done is False and came is None:
                doubtful.append(f"{other.words}是不是在{one.on.text}以前，不能确定：{item.text}")
            elif done is False:
                open_items.append(item.text + (f"（{item.done_on.text}才改完）" if item.done_on else ""))
    if open_items:
        return MISSING, f"{one.words}：退回的问题还没有改完：{'；'.join(open_items)}"
    return (CANNOT_TELL, f"{one.words}：{'；'.join(doubtful)}") if doubtful else None


def _people(one: Acceptance) -> tuple[str, str] | None:
    lacks = [word for word, told in (("参加单位", one.units), ("参加人员", one.people)) if not told]
    return (MISSING, f"{one.words}没有写{'、'.join(lacks)}") if lacks else None


def _paper(one: Acceptance) -> tuple[str, str] | None:
    if one.paper_change is None:
        fault = f"：{one.paper_fault}" if one.paper_fault else ""
        return MISSING, f"{one.words}的验收意见没有收进登记库{fault}"
    if one.paper_change > one.change:
        return LATER, f"{one.words}的验收意见在第 {one.paper_change} 号变更才收进登记库"
    return None
