"""The safety grade (安全生产标准化) that a firm must reach by a day: by its scale, or because the paper names it."""

from __future__ import annotations

from app.domain.names import plain_name
from app.domain.vocabulary import ENUMS
from app.rules.limits.limit import Grade, Limit
from app.rules.limits.permits import stands
from app.rules.limits.ranges import Facts
from app.rules.limits.verdict import FAILS, MEETS, NOT_APPLICABLE, Case, Verdict, untold

#: Better first.
_LEVELS = ("level_1", "level_2", "level_3")
_CLASSES = ENUMS["permit_class"]


def judge(limit: Limit, body: Grade, case: Case) -> Verdict:
    """Whether the grade is reached on the day, by whom it is asked."""
    concerned = applies(limit, body, case.facts)
    if concerned is False:
        return Verdict(NOT_APPLICABLE, f"要求只对{limit.title}")
    reached, why, lacks = _reached(body.level, case)
    needed = _CLASSES[body.level]
    if reached is not True and concerned is None and not case.trying:
        named = "方案没有点名这家；" if body.named else ""
        return untold(f"{named}不知道它在不在要求的范围内（{limit.title}）", *limit.applies.lacks(case.facts), *lacks)
    if reached is None:
        return untold(f"要求{needed}：{why}", *lacks)
    return Verdict(MEETS if reached else FAILS, f"要求{needed}：{why}", result=needed if reached else None)


def applies(limit: Limit, body: Grade, facts: Facts) -> bool | None:
    """A firm that the paper names is meant, whatever its scale is now; of others its conditions say."""
    return True if is_named(body, facts) else limit.applies.holds(facts)


def is_named(body: Grade, facts: Facts) -> bool:
    """Whether the paper names the firm, under its name as of the day or a former one."""
    names = (facts.get("enterprise.name"), facts.get("enterprise.former_name"))
    own = {plain_name(str(name)) for name in names if name}
    return bool(own & {plain_name(name) for name in body.named})


def _reached(level: str, case: Case) -> tuple[bool | None, str, tuple[str, ...]]:
    own = [one for one in case.permits if one.get("kind", "safety_grade") == "safety_grade"]
    if not own:
        return None, "没有说明达到几级", ("permit.safety_grade",)
    enough = _LEVELS[: _LEVELS.index(level) + 1]
    unknown: list[str] = []
    held: list[str] = []
    for one in own:
        holds, why = stands(one, case.day, term_needed=False)
        grade = one.get("class")
        if holds is False:
            held.append(why)
        elif grade is None:
            unknown.append(f"没有写是几级（{why}）")
        elif grade not in enough:
            held.append(f"是{_CLASSES.get(str(grade), str(grade))}")
        elif holds:
            return True, f"已是{_CLASSES[str(grade)]}，{why}", ()
        else:
            unknown.append(f"写着{_CLASSES[str(grade)]}，但{why}")
    if unknown:
        return None, unknown[0], ("permit.safety_grade",)
    return False, "；".join(dict.fromkeys(held)), ()
