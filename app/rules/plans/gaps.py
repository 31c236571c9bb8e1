"""What is missing under a stage that a plan has reached: a stage before it, a paper, a unit; or it came late. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.dates import DateInterval
from app.domain.day_order import both, not_after
from app.domain.documents import DOCUMENT_KINDS
from app.rules.plans.ladder import STAGES, Ladder, StageRule, needed

MISSING, LATE, CANNOT_TELL = "missing", "late", "cannot_tell"
ANSWERS = {MISSING: "没有", LATE: "晚于这一步", CANNOT_TELL: "不能确定"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that may stand under a stage: its id, kind, issuer, date and what it is called."""

    id: str
    kind: str
    issuer: str | None
    dated: DateInterval | None
    called: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage that a plan reached: recorded as a step, or stated by a source for a day by which it was."""

    stage: str
    on: DateInterval | None
    papers: tuple[Paper, ...] = ()
    unit: str | None = None
    step: str | None = None

    @property
    def when(self) -> str:
        """Its day as it was written."""
        return self.on.text if self.on else "没有写日期"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing. `of`: the stage under which it is; `what`: the stage, the kind of paper, or `unit`."""

    of: str
    what: str
    answer: str
    words: str
    rule: StageRule
    fix: str

    def as_dict(self) -> dict[str, object]:
        """As answers list it."""
        rule = self.rule.rule
        return {
            "stage": self.of,
            "stage_label": STAGES[self.of],
            "missing": self.what,
            "answer": self.answer,
            "answer_label": ANSWERS[self.answer],
            "words": self.words,
            "fix": self.fix,
            "rule": rule.id,
            "sentence": rule.text,
            "source": rule.source.title if rule.source else None,
            "draft": not rule.decides,
        }


def gaps_of(reached: Reached, others: Sequence[Reached], papers: Sequence[Paper], rules: Ladder) -> Iterator[Gap]:
    """What is missing under one stage. `papers`: those of the firm, beside the ones that the step names."""
    for stage in needed(rules, reached.stage):
        gap = _stage(reached, stage, others, rules)
        if gap is not None:
            yield gap
    rule = rules.get(reached.stage)
    if rule is None:
        return
    if rule.papers:
        gap = _paper(reached, rule, (*reached.papers, *(one for one in papers if one not in reached.papers)))
        if gap is not None:
            yield gap
    if rule.unit and not reached.unit and not any(one.issuer for one in reached.papers):
        words = f"{STAGES[reached.stage]}（{reached.when}）没有写{rule.unit}是哪一家"
        yield Gap(reached.stage, "unit", MISSING, words, rule, f"请写明{rule.unit}的名称")


def _stage(reached: Reached, stage: str, others: Sequence[Reached], rules: Ladder) -> Gap | None:
    """Whether a stage that has to come before did so, by the rule that puts it there."""
    rule = _placing(reached.stage, stage, rules)
    before = [one for one in others if one.stage == stage]
    answers = [not_after(one.on, reached.on) for one in before]
    if True in answers:
        return None
    of, word = STAGES[reached.stage], STAGES[stage]
    if not before:
        words = f"{of}（{reached.when}）之前没有{word}的记录"
        return Gap(reached.stage, stage, MISSING, words, rule, f"请先记{word}是哪一天、凭哪份文书")
    days = "、".join(one.when for one in before)
    if None in answers:
        words = f"{word}（{days}）是不是在{of}（{reached.when}）之前，不能确定"
        return Gap(reached.stage, stage, CANNOT_TELL, words, rule, f"请查清{word}和{of}各是哪一天")
    words = f"{word}（{days}）晚于{of}（{reached.when}）"
    return Gap(reached.stage, stage, LATE, words, rule, "请核对两步的日期")


def _placing(of: str, stage: str, rules: Ladder) -> StageRule:
    """The rule that puts a stage before another: that one's own, else that of the furthest stage between."""
    between = (of, *reversed(needed(rules, of)))
    return next((rules[one] for one in between if one in rules and stage in rules[one].after), rules[of])


def _paper(reached: Reached, rule: StageRule, papers: Sequence[Paper]) -> Gap | None:
    """Whether a paper of the kind, by whom it has to be, was there by the day."""
    kinds = "、".join(DOCUMENT_KINDS[kind] for kind in rule.papers)
    of_kind = [one for one in papers if one.kind in rule.papers]
    issued = [(one, _issued(one, rule)) for one in of_kind]
    right = [one for one, answer in issued if answer is not False]
    of, what = STAGES[reached.stage], rule.papers[0]
    by = "、".join(rule.issuers[:2])
    if not right:
        strange = "、".join(one.called for one in of_kind)
        words = f"{of}（{reached.when}）没有{by and f'{by}出具的'}{kinds}"
        words += f"；记着的{strange}不是{by}出具的" if strange else ""
        return Gap(reached.stage, what, MISSING, words, rule, f"请记{kinds}：luzhang paper add，再记这一步")
    answers = [both([_in_time(one, reached), answer]) for one, answer in issued if answer is not False]
    if True in answers:
        return None
    called = "、".join(one.called for one in right)
    if None in answers:
        words = f"{called}是不是{of}（{reached.when}）时已有、由谁出具，不能确定"
        return Gap(reached.stage, what, CANNOT_TELL, words, rule, "请补文书的日期和出具单位")
    words = f"{called}晚于{of}（{reached.when}）"
    return Gap(reached.stage, what, LATE, words, rule, "请核对文书和这一步的日期")


def _in_time(paper: Paper, reached: Reached) -> bool | None:
    """Whether a paper was there by the day of a step; one that the step names, of the very same days, is the step."""
    if paper in reached.papers and paper.dated and reached.on and paper.dated.same_days(reached.on):
        return True
    return not_after(paper.dated, reached.on)


def _issued(paper: Paper, rule: StageRule) -> bool | None:
    if not rule.issuers:
        return True
    return None if not paper.issuer else any(word in paper.issuer for word in rule.issuers)
