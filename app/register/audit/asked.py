"""What is asked of the record of who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.errors import BadInput
from app.store.audit import NOBODYS, RESULTS


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters that all hold together. `chain`: a county's code, or that of what is no county's.

    `actor`, `origin`, `what`: a part of it; `act`: an act, or the room of it (`people`, `enterprises`); `since`,
    `until`: days in China, both included; `people`: only acts of people, tokens and links.
    """

    chain: str
    actor: str | None = None
    account: str | None = None
    act: str | None = None
    firm: str | None = None
    what: str | None = None
    since: date | None = None
    until: date | None = None
    result: str | None = None
    code: str | None = None
    origin: str | None = None
    people: bool = False

    def __post_init__(self) -> None:
        if self.result is not None and self.result not in RESULTS:
            raise BadInput(f"没有“{self.result}”这种结果", fix=f"请写 {'、'.join(RESULTS)} 之一", code="audit.result")
        if self.since and self.until and self.until < self.since:
            raise BadInput("截止的日子早于开始的日子", fix="请把两个日子对调", code="audit.days")
        if self.firm and self.chain == NOBODYS:
            raise BadInput(f"{NOBODYS} 是账号与登录的记录，不属于企业", fix="请写企业所在的县", code="audit.firm")
