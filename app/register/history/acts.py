"""Changes as people read them: what was done, by whom, when, why, and with which file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.register.history import queries
from app.register.queries import in_parts
from app.register.scope import REGISTER, Actor

#: What was done, by the act under which it is recorded.
KINDS = {
    "import": "导入名册",
    "resume": "续收待定的行",
    "undo": "撤回导入",
    "merge": "两条记录定为同一家",
    "keep_apart": "定为不是一家，或以后再定",
    "decide": "人工认定",
    "withdraw": "撤回决定或记录",
    "correct": "手工填报或更正",
    "clauses": "加入条款文件",
    "adopt": "采用条款或限值",
    "drop": "停用条款等，或撤下待定的文件",
    "limits": "加入限值文件",
    "programmes": "加入方案文件",
    "check": "核对台账",
    "issue": "出具台账",
    "measure": "记一次测量",
    "set_life": "定使用年限",
    "succeed": "记整合、分立、转让",
    "permit": "记手续",
    "advance": "推进一企一策",
    "plan_measure": "记方案措施",
    "paper": "记文书",
    "step": "记一步处置",
    "holiday": "改节假日表",
    "acceptance": "记验收",
    "returned_item": "记整改事项",
    "keep": "留下未写入的文件",
    "save_view": "存查询",
    "propose": "提出，等另一人确认",
    "refuse_proposal": "退回提出的事",
    "withdraw_proposal": "收回提出的事",
    "two_eyes": "定哪些事要两人办",
    "link": "开上传链接",
    "revoke_link": "停用上传链接",
    "forget": "删除个人信息",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One change. `parts`: it took two records apart again."""

    number: int
    act: str
    actor: str
    at: datetime
    reason: str | None
    file: str | None
    parts: bool = False

    @property
    def kind(self) -> str:
        """What was done, in words."""
        return "拆开两条记录" if self.parts else KINDS.get(self.act, self.act)

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "change": self.number,
            "act": self.act,
            "kind": self.kind,
            "actor": self.actor,
            "at": self.at.astimezone(clock.CHINA).isoformat(),
            "reason": self.reason,
            "file": self.file,
        }


def acts_of(session: Session, county: str, numbers: Iterable[int], actor: Actor) -> dict[int, Act]:
    """Changes of a county by number."""
    found: dict[int, Act] = {}
    for some in in_parts(sorted(set(numbers))):
        files: dict[int, str] = dict(session.execute(queries.files(county, some, actor)).all())
        parted = set(session.scalars(queries.parted(county, some, REGISTER)))
        for number, act, who, at, reason in session.execute(queries.acts(county, some, actor)):
            found[number] = Act(number, act, who, at, reason, files.get(number), parts=number in parted)
    return found
