"""One procedure of one firm on a day: held, lacking, applied for, expired, not required, or cannot be told; and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.permit_number import parts
from app.domain.vocabulary import ENUMS
from app.rules.duties.duty import TRADES, Duty
from app.rules.duties.required import Case, Required, required
from app.rules.limits.permits import stands
from app.rules.limits.ranges import Facts

STATES = {
    "held": "已有",
    "lacking": "没有",
    "applying": "在办",
    "expired": "已过期",
    "cannot_tell": "不能确定",
    "not_required": "无需办理",
}

#: Better first: of several permits of a kind and a place the best one answers.
_BEST = ("held", "not_required", "applying", "cannot_tell", "expired", "lacking")
#: What one place has that another place's permit does not make good.
_SHORT = ("expired", "lacking")
_KINDS = ENUMS["permit_kind"]
_CLASSES = ENUMS["permit_class"]
_LEVELS = ("level_1", "level_2", "level_3")
_ASKED = {
    "enterprise.scale": "是规模以上还是规模以下",
    "enterprise.industry_code": f"是不是{'、'.join(TRADES.values())}（行业代码是多少）",
    "enterprise.status": "在产、停产还是已关停",
    "enterprise.established_on": "哪年哪月成立",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer for one kind. `required`: whether some paper asks for it; `duties`: those that do, or may.

    `overdue`: owed after the last day that a paper gives. `question`: what would settle it.
    """

    kind: str
    state: str
    because: str
    required: bool | None = None
    duties: tuple[Duty, ...] = ()
    lacks: tuple[str, ...] = ()
    overdue: bool = False

    @property
    def question(self) -> str | None:
        """The one question that would settle it; None where nothing that can be told is lacking."""
        if self.state != "cannot_tell" or not self.lacks:
            return None
        return f"该企业{'、'.join(dict.fromkeys(_asked(name, self.kind) for name in self.lacks))}？"


def kinds_of(duties: Iterable[Duty]) -> tuple[str, ...]:
    """The kinds of procedures that duties speak of, in the order of the vocabulary."""
    told = {kind for duty in duties for kind in duty.permits}
    return tuple(kind for kind in _KINDS if kind in told)


def judge(kind: str, duties: Sequence[Duty], case: Case) -> Cell | None:
    """The firm's answer for a kind under duties that decide; None where none speaks of it and nothing is stated."""
    speaking = [duty for duty in duties if kind in duty.permits and duty.rule.decides]
    own = case.of(kind)
    if not speaking and not own:
        return None
    asked = [(duty, required(duty, kind, case)) for duty in speaking]
    owed = _owed(asked)
    grades = [duty.grade for duty, one in asked if one.answer and duty.grade]
    state, because, lacks = _standing(kind, own, case.day, min(grades, key=_rank, default=None))
    cited = tuple(duty for duty, one in asked if one.answer is owed.answer)
    if state in ("lacking", "expired") and owed.answer is None:
        state, because, lacks = "cannot_tell", f"{because}；是不是必须办不能确定：{owed.why}", owed.lacks
    elif owed.answer is False and state not in ("held", "applying"):
        state, because, lacks = "not_required", f"没有文件要求：{owed.why}", ()
    elif state == "cannot_tell" and owed.answer is None and owed.why:
        lacks = (*lacks, *owed.lacks)
    late = owed.answer is True and state in ("lacking", "expired", "applying")
    overdue = late and any(duty.deadline is not None and case.day > duty.deadline for duty in cited)
    return Cell(kind, state, because, owed.answer, cited, tuple(dict.fromkeys(lacks)), overdue)


def _owed(asked: Sequence[tuple[Duty, Required]]) -> Required:
    """Whether any duty asks it: one that does decides; else one of which it cannot be told leaves it open."""
    if any(one.answer for _, one in asked):
        return Required(True)
    unknown = [(duty, one) for duty, one in asked if one.answer is None]
    if unknown:
        why = "；".join(f"{duty.rule.id} {one.why}" for duty, one in unknown)
        return Required(None, why, tuple(name for _, one in unknown for name in one.lacks))
    if not asked:
        return Required(None, "没有载入要求这项手续的文件")
    return Required(False, "；".join(dict.fromkeys(one.why for _, one in asked)))


def _standing(kind: str, own: Sequence[Facts], day: date, grade: str | None) -> tuple[str, str, tuple[str, ...]]:
    """What the firm's own papers of the kind come to, whatever is asked of it."""
    if not own:
        return "cannot_tell", f"没有说明{_KINDS[kind]}办了没有", (f"permit.{kind}",)
    places: dict[str, list[Facts]] = {}
    for one in own:
        number = parts(str(one.get("number") or ""))
        places.setdefault(number.site if number else "", []).append(one)
    found = {place: _best([_one(one, day, grade) for one in some]) for place, some in places.items()}
    best = _best(found.values())
    short = [place for place, one in found.items() if place and one[0] in _SHORT]
    unplaced = found.get("")
    if best[0] in _SHORT or not short or (unplaced is not None and unplaced[0] == best[0]):
        return best
    told = "；".join(f"场所 {place}：{found[place][1]}" for place in short)
    return "cannot_tell", f"{told}，那里还在不在生产没有写（别的证：{best[1]}）", ("permit.place",)


def _best(found: Iterable[tuple[str, str, tuple[str, ...]]]) -> tuple[str, str, tuple[str, ...]]:
    """The best answer of some papers, with the reasons of all that give it."""
    every = list(found)
    best = min(every, key=lambda one: _BEST.index(one[0]))
    return best[0], "；".join(dict.fromkeys(why for state, why, _ in every if state == best[0])), best[2]


def _one(permit: Facts, day: date, grade: str | None) -> tuple[str, str, tuple[str, ...]]:
    """One paper: its state, why, and what it lacks."""
    standing, told = permit.get("standing"), permit.get("class")
    if standing == "not_required":
        return "not_required", "办理情况是“无需办理”", ()
    if told == "registration" and standing in ("lacking", "revoked"):
        return "lacking", "登记管理：应当填报排污登记表，还没有填报", ()
    holds, why = stands(permit, day, term_needed=False)
    if told == "registration" and holds is False and not _to_begin(permit, day):
        return "expired", f"登记管理：排污登记表{why}", ()
    if told == "registration":
        return "not_required", "登记管理：填报排污登记表，不需要申请取得排污许可证", ()
    if standing == "applying":
        return "applying", "正在办理", ()
    if holds is None:
        return "cannot_tell", why, ("permit.valid_to",)
    if holds is False:
        gone = standing in ("lacking", "revoked") or _to_begin(permit, day)
        return ("lacking" if gone else "expired"), why, ()
    if grade is not None and told is None:
        return "cannot_tell", f"要求{_CLASSES[grade]}，没有写是几级（{why}）", ("permit.class",)
    if grade is not None and _rank(str(told)) > _rank(grade):
        return "lacking", f"要求{_CLASSES[grade]}，是{_CLASSES[str(told)]}", ()
    return "held", why, ()


def _to_begin(permit: Facts, day: date) -> bool:
    since = permit.get("valid_from")
    return isinstance(since, DateInterval) and since.since is not None and day < since.since


def _rank(level: str) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def _asked(name: str, kind: str) -> str:
    if name in _ASKED:
        return _ASKED[name]
    section, _, field = name.partition(".")
    if section == "permit" and field in _KINDS:
        return f"{_KINDS[field]}办了没有（已办、未办、在办，或无需办理）"
    if name == "permit.place":
        return f"{_KINDS[kind]}过期或没有的那处场所还在不在生产"
    if name == "permit.class":
        return f"{_KINDS[kind]}是哪一类、哪一级"
    if name == "permit.valid_to":
        return f"{_KINDS[kind]}有效期到哪一天"
    return f"的“{field}”各来源说法不一，以哪一个为准"
