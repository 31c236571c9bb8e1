"""What a duty is: the procedures that a paper demands, of whom, by when, in the paper's own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.rules.limits.ranges import Conditions
from app.rules.sourced import Sourced

#: Trades as a firm's industry code or the words of its industry tell them.
TRADES = {"foundry": "铸造企业", "forge": "锻造（法兰）企业"}


@dataclass(frozen=True, slots=True)
class Duty:
    """A demand for one procedure or several; what is left out asks nothing.

    `trades`, `applies`, `named`: of whom. `begun_since`: of what was begun on that day or later. `of_class`: of firms
    whose permit is of these classes. `with_permit`: of firms that hold that one. `grade`: the class to be reached.
    `depends`: what it hangs on that no fact of the register tells, so that it can be shown and never required.
    """

    rule: Sourced
    permits: tuple[str, ...]
    trades: tuple[str, ...] = ()
    applies: Conditions = field(default=Conditions())
    named: tuple[str, ...] = ()
    stated: int | None = None
    begun_since: date | None = None
    of_class: tuple[str, ...] = ()
    with_permit: str | None = None
    grade: str | None = None
    depends: str | None = None
    deadline: date | None = None

    def as_dict(self) -> dict[str, object]:
        """As answers cite it."""
        return {
            **self.rule.as_dict(),
            "permits": list(self.permits),
            "of_whom": self.of_whom,
            "grade": self.grade,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "depends": self.depends,
            "named": list(self.named),
            "stated": self.stated,
        }

    @property
    def of_whom(self) -> str:
        """Of whom it is asked, as a person reads it."""
        told = ["、".join(TRADES[one] for one in self.trades)] if self.trades else []
        told += [self.applies.words] if self.applies.parts else []
        told += [f"{self.begun_since.isoformat()} 以后建的"] if self.begun_since else []
        return "，".join(told) or "各企业"
