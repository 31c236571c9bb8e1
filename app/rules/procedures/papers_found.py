"""Which papers, acceptances and plans a condition is met by: those of the firm, dated not after the step."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.dates import DateInterval
from app.domain.day_order import either, not_after, surely_before
from app.domain.documents import ACCEPTANCE_LEVELS, DOCUMENT_KINDS
from app.domain.vocabulary import ENUMS
from app.rules.procedures.case import Case, Facts, Finding, taken
from app.rules.procedures.procedure import STEPS, Accepted, OwnPaper, Papers, Planned, called

#: A paper older than the last of these steps may have been for an earlier round: whether it still counts is open.
_ROUNDS = {
    "power_restored": ("power_cut",),
    "resumed": ("power_cut", "halt", "suspension_rectification"),
    "power_cut": ("power_restored",),
    "halt": ("resumed",),
}

#: The paper that a stage of a plan goes by.
_OF_STAGE = {"certified": "certificate", "accepted": "acceptance_opinion"}


def papers(body: Papers, case: Case, kind: str) -> Finding:
    """Whether the firm has such a paper by the day of the step."""
    answers: list[bool | None] = []
    found: list[str] = []
    lacks: list[str] = []
    late, used = [], []
    named_letter = [one for one in case.documents if one.get("id") == case.step.get("request_document")]
    letter_told = bool(named_letter) and _fits(named_letter[0], body) is not False
    for paper in named_letter if letter_told else case.documents:
        fits = _fits(paper, body)
        whose = _whose(paper, case)
        if fits is False or whose is False:
            continue
        told, doubts = named(paper), []
        if fits is None:
            doubts.append(f"{told}：没有写发文单位")
        if whose is None:
            doubts.append(f"{told}：没有写明是不是给这家企业的，请在记这一步时指明它")
        doubt = _dated(paper.get("dated"), case, kind, told)
        if doubt is False:
            late.append(told)
            continue
        doubts += [doubt] if isinstance(doubt, str) else []
        answers.append(None if doubts else True)
        (lacks if doubts else found).extend(doubts or [told])
        used += [] if doubts else [str(paper.get("id", ""))]
    answer = either(answers)
    return Finding(answer, tuple(found), tuple(lacks) if answer is None else (), tuple(late), tuple(used))


def own_paper(body: OwnPaper, case: Case, kind: str) -> Finding:
    """Whether the step's own paper is there; with `file`, whether its file is."""
    kinds = body.by_step.get(kind, ())
    own = case.step.get("document")
    linked = [one for one in case.documents if own and one.get("id") == own and _whose(one, case)]
    number = case.step.get("document_no")
    numbered = [
        one for one in case.documents if number and one.get("number") == number and _whose(one, case) is not False
    ]
    of_kind = [
        one
        for one in case.documents
        if one.get("kind") in kinds and _whose(one, case) and (not number or one.get("number") in (None, number))
    ]
    fits = linked or numbered or of_kind
    wanted = "、".join(DOCUMENT_KINDS[one] for one in kinds) or "文书"
    if not fits:
        return Finding(False, lacks=(f"{wanted}{f'（{number}）' if number else ''}没有收进登记库",))
    if body.file and not any(one.get("evidence") for one in fits):
        return Finding(False, lacks=(f"{named(fits[0])}没有附扫描件",))
    late = [named(one) for one in fits if not_after(_days(one.get("dated")), case.on) is False]
    if len(late) == len(fits):
        return Finding(False, late=tuple(late))
    return Finding(True, tuple(named(one) for one in fits), used=tuple(str(one.get("id", "")) for one in fits))


def accepted(body: Accepted, case: Case, kind: str) -> Finding:
    """Whether an acceptance on one of the levels was passed by then."""
    answers: list[bool | None] = []
    found: list[str] = []
    lacks: list[str] = []
    late = []
    for one in case.acceptances:
        if one.get("level") not in body.levels or one.get("result") != "passed":
            continue
        on = _days(one.get("accepted_on"))
        if _overtaken(one, case):
            continue
        told = f"{ACCEPTANCE_LEVELS[str(one['level'])]}通过（{on.text if on else '日期不明'}）"
        doubt = _dated(on, case, kind, told)
        if doubt is False:
            late.append(told)
            continue
        answers.append(None if doubt else True)
        (lacks if doubt else found).append(doubt if isinstance(doubt, str) else told)
    answer = either(answers)
    return Finding(answer, tuple(found), tuple(lacks) if answer is None else (), tuple(late))


def _overtaken(passed: Facts, case: Case) -> bool:
    """Whether the same level did not pass the firm later, before the step: its last result counts."""
    on = _days(passed.get("accepted_on"))
    return any(
        one.get("level") == passed.get("level")
        and one.get("result") != "passed"
        and surely_before(on, _days(one.get("accepted_on")))
        and not_after(_days(one.get("accepted_on")), case.on)
        for one in case.acceptances
    )


def planned(body: Planned, case: Case, kind: str) -> Finding:
    """What the plan is told to have come to: a word without its paper leaves the matter open."""
    stage = case.plan.get("stage")
    if stage not in body.stages:
        return Finding(False)
    there = any(one.get("kind") == _OF_STAGE.get(str(stage)) for one in case.documents)
    rest = "要看那份文件是哪一天的" if there else "登记库里没有那份文件"
    return Finding(None, lacks=(f"方案写着“{ENUMS['plan_stage'][str(stage)]}”，{rest}",))


def named(paper: Facts) -> str:
    """A paper in words: kind, number, issuer, day."""
    kind = DOCUMENT_KINDS.get(str(paper.get("kind")), "文件")
    dated = _days(paper.get("dated"))
    beside = [str(paper[name]) for name in ("issuer",) if paper.get(name)] + [dated.text if dated else "没有日期"]
    called_so = paper.get("number") or paper.get("title") or ""
    return f"{kind}{'' if called_so == kind else called_so}（{'，'.join(beside)}）"


def _fits(paper: Facts, body: Papers) -> bool | None:
    """Whether it is of a kind, an issuer and a title that count; None where its issuer is not told."""
    if paper.get("kind") not in body.kinds:
        return False
    if body.titles and not _has(paper.get("title"), body.titles):
        return False
    if not body.issuers:
        return True
    return called(str(paper["issuer"]), body.issuers) if paper.get("issuer") else None


def _has(text: object, words: Sequence[str]) -> bool:
    return any(word in str(text or "") for word in words)


def _whose(paper: Facts, case: Case) -> bool | None:
    """Whether it is the firm's; None where it names no firm and the step does not name it."""
    if paper.get("firm"):
        return paper["firm"] == case.firm.get("id")
    if paper.get("id") in (case.step.get("document"), case.step.get("request_document")) and paper.get("id"):
        return True
    return None


def _dated(stated: object, case: Case, kind: str, told: str) -> str | bool | None:
    """False where it came after the step; a doubt in words where its day leaves it open; None where it is in time."""
    dated = _days(stated)
    if dated is None:
        return f"{told}：要知道是哪一天的"
    in_time = not_after(dated, case.on)
    if in_time is False:
        return False
    if in_time is None:
        on = case.on.text if case.on else "日期不明"
        return f"{told}：要知道是{dated.text}的哪一天，与这一步（{on}）谁先谁后不能确定"
    for one in case.others:
        since = taken(one)
        if one.get("kind") in _ROUNDS.get(kind, ()) and not_after(since, case.on) and surely_before(dated, since):
            return f"{told}：早于{since.text if since else ''}的{STEPS[str(one['kind'])]}，是否还作数要核实"
    return None


def _days(stated: object) -> DateInterval | None:
    return stated if isinstance(stated, DateInterval) else None
