"""What a person tells of a step, checked before it is judged: its papers, its basis, its time."""

from __future__ import annotations

import re

from app.errors import BadInput, NotFound
from app.register.papers.documents import Document
from app.register.steps.gathered import Gathered
from app.rules.procedures.loader import shipped_procedures
from app.rules.procedures.procedure import STEPS


def paper_told(of: Gathered, firm: str, id: str | None) -> Document | None:
    """A paper that the step names; one of other firms alone is none of this step's.

    Raises:
        NotFound: when no such paper stands.
        BadInput: when it names other firms only.
    """
    if id is None:
        return None
    paper = of.papers.get(id)
    if paper is None:
        raise NotFound(
            f"没有编号为“{id}”的文书，或已撤回、已修订", fix="请用 luzhang paper list 查看编号", code="document.unknown"
        )
    if paper.is_about(firm) is False:
        why = f"“{paper.title}”（{paper.number or paper.id}）写的是别的企业，不能作这家企业的文书"
        raise BadInput(
            f"{why}；依据 {rule('REG-PAPER')}", fix="请核对文书的编号，或在文书里写明这家企业", code="step.paper"
        )
    return paper


def basis_told(county: str, kind: str, words: str | None) -> str | None:
    """The id of the order by which the step is taken.

    Raises:
        NotFound: when there is no such order.
        BadInput: when it speaks of other steps, or does not hold there.
    """
    if words is None:
        return None
    order = shipped_procedures().order(words)
    if kind not in order.kinds or not county.startswith(order.where.jurisdiction):
        kinds = "、".join(STEPS[one] for one in order.kinds)
        raise BadInput(
            f"“{order.id}”（{order.cited}）不是这里{STEPS[kind]}的依据：它说的是{kinds}",
            fix="请用 luzhang step rules 查看依据",
            code="step.basis",
        )
    return order.id


def time_told(time: str | None) -> str | None:
    """The time of day of a step.

    Raises:
        BadInput: when it is none.
    """
    if time is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time):
        raise BadInput(f"时刻“{time}”写法不对", fix="请写成 09:30 的样子", code="step.time")
    return time


def rule(id: str) -> str:
    """A rule's sentence with its source."""
    one = shipped_procedures().requirements[id]
    return f"“{one.text}”（{one.cited}）"
