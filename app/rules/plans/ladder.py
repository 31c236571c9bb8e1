"""What a paper says of one stage of a plan: what comes before it, which paper it needs, by when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.documents import DOCUMENT_KINDS
from app.domain.vocabulary import ENUMS
from app.rules.sourced import Sourced

#: 方案阶段, in the order of the vocabulary; 验收未通过 is an outcome and no step further.
STAGES = ENUMS["plan_stage"]
ORDER = tuple(name for name in STAGES if name not in ("none", "failed"))


@dataclass(frozen=True, slots=True)
class StageRule:
    """One stage. `papers`: one of these kinds is needed; `issuers`: words of which its issuer's name has one.

    `unit`: who has to be named with it. `deadline`: the last day for it that the paper gives.
    """

    rule: Sourced
    stage: str
    after: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    unit: str | None = None
    deadline: date | None = None

    def as_dict(self) -> dict[str, object]:
        """As answers cite it."""
        return {
            **self.rule.as_dict(),
            "stage": self.stage,
            "stage_label": STAGES[self.stage],
            "after": [{"stage": one, "label": STAGES[one]} for one in self.after],
            "papers": [{"kind": one, "label": DOCUMENT_KINDS[one]} for one in self.papers],
            "issuers": list(self.issuers),
            "unit": self.unit,
            "deadline": self.deadline.isoformat() if self.deadline else None,
        }


Ladder = Mapping[str, StageRule]


def ladder(rules: Iterable[StageRule], day: date, county: str) -> Ladder:
    """The rule of each stage on a day: one that decides before a draft, the narrower place before the wider."""
    found: dict[str, StageRule] = {}
    for one in rules:
        if one.rule.in_force(day, county):
            before = found.get(one.stage)
            if before is None or _weight(one) > _weight(before):
                found[one.stage] = one
    return found


def _weight(one: StageRule) -> tuple[bool, int, date]:
    return one.rule.decides, len(one.rule.jurisdiction), one.rule.since


def needed(rules: Ladder, stage: str) -> tuple[str, ...]:
    """All the stages that have to come before one, each once, the earliest first."""
    found: set[str] = set()
    waiting = [stage]
    while waiting:
        rule = rules.get(waiting.pop())
        for one in rule.after if rule else ():
            if one not in found:
                found.add(one)
                waiting.append(one)
    return tuple(one for one in ORDER if one in found)


def rank(stage: str | None) -> int:
    """How far a stage is; of none and of a failed acceptance nothing."""
    return ORDER.index(stage) + 1 if stage in ORDER else 0
