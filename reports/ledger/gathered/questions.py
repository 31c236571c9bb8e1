"""An open question that figures wait for, and the kinds of them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.tables import Ref

#: Kinds of questions, in the order in which a firm's are listed.
VERDICT, DISPUTE, PRESENCE, OWNER, SILENT, PERMIT, POWER, PLAN = (
    "淘汰类判定",
    "来源说法不一",
    "在不在厂",
    "归属不明",
    "没有写明",
    "手续到期",
    "停电复电",
    "方案阶段",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `about`: the figures that wait for it; `claims`: what sources say; `places`: file and cell.

    `firm`: the firm's id; `records`: what it is asked of, the firm aside.
    """

    firm: str
    kind: str
    words: str
    about: str
    claims: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    records: tuple[Ref, ...] = ()
