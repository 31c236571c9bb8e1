"""On which terms a ledger is asked for and issued: what may be told together, and when a reason is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from app import clock
from app.domain.quarter import Quarter
from app.errors import BadInput, Lost
from app.register.ledgers import PEOPLE, Issued, People

#: As many characters as print; the API takes as many.
_REASON, _NAME = 1000, 100


def together(issue: bool, draft: bool, revision: int | None, people: People) -> None:
    """That what is told goes together.

    Raises:
        BadInput: when it does not.
    """
    if issue and draft:
        raise BadInput("--issue 和 --draft 不能同时用", fix="签发用 --issue；只看当前状态用 --draft", code="usage")
    if revision is not None and (issue or draft):
        fix = "请只写其中一个：取已签发的一版用 --revision，签发用 --issue，只看当前状态用 --draft"
        raise BadInput("--revision 不能与 --issue、--draft 同用", fix=fix, code="usage")
    if people.named() and not (issue or draft):
        fix = "填报人、审核人、签发人在签发时写，请与 --issue 或 --draft 同用"
        raise BadInput("已签发的台账不能再改填报人、审核人、签发人", fix=fix, code="usage")


def begun(quarter: Quarter) -> None:
    """That there is anything to be issued: no issue can be taken back.

    Raises:
        BadInput: when the quarter has not begun.
    """
    if quarter.first > clock.today():
        fix = f"请核对季度；先看数据的，不写 --issue，出草稿。今天是{clock.today().isoformat()}"
        raise BadInput(f"{quarter.chinese}还没有开始，不能签发", fix=fix, code="ledger.not_begun")


def plainly(reason: str | None, people: People) -> tuple[str | None, People]:
    """A reason and names as one line each; None where nothing is written.

    Raises:
        BadInput: when one is longer than a ledger prints.
    """
    names = {name: _line(told, _NAME, PEOPLE[name]) for name, told in people.as_dict().items()}
    return _line(reason, _REASON, "理由"), People(**names)


def _line(told: str | None, most: int, what: str) -> str | None:
    words = " ".join("".join(one if one.isprintable() else " " for one in told or "").split())
    if len(words) > most:
        raise BadInput(f"{what}有{len(words)}个字，太长", fix=f"请写在{most}个字以内", code="ledger.long")
    return words or None


def reasoned(issued: Sequence[Issued], quarter: Quarter, reason: str | None) -> int:
    """The number of the next revision, which from the second on needs a reason.

    Raises:
        BadInput: when none is told.
    """
    if issued and not reason:
        raise BadInput(
            f"{quarter.chinese}台账已签发第{issued[-1].revision}版",
            fix="再签发是更正，请用 --reason 写明更正的理由",
            code="ledger.issued",
        )
    return len(issued) + 1


def unbeaten(issued: Sequence[Issued], expected: int) -> None:
    """That nobody took the number meanwhile.

    Raises:
        Lost: when somebody did.
    """
    if len(issued) + 1 != expected:
        last = issued[-1]
        fix = "请先看这一版（luzhang ledgers），确要再更正的，写明理由重新签发"
        words = f"{last.quarter.chinese}台账第{last.revision}版刚由{last.actor}签发，本次没有签发"
        raise Lost(words, fix=fix, code="ledger.issued_meanwhile")
