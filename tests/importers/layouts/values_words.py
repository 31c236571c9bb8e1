"""What the layouts of values share: facts of machines, names of firms, true codes, lines of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from importers.grid import address, column_number
from tests.importers.layouts.making import Due, Entry, Firm, Page, V

Columns = Sequence[tuple[str, str | None]]

INDUCTION = {"kind": "induction_furnace"}
MEDIUM = {**INDUCTION, "frequency": "medium"}
ALU = {**INDUCTION, "shell": "aluminium"}
STEEL = {**INDUCTION, "shell": "steel"}
ALU_MEDIUM = {**MEDIUM, "shell": "aluminium"}
STEEL_MEDIUM = {**MEDIUM, "shell": "steel"}
CUPOLA = {"kind": "cupola"}
OTHER = {"kind": "other"}

FIRMS = [
    "兴鼎铸造有限公司", "永顺机械厂", "宏达铸件有限责任公司", "鑫源金属制品有限公司", "华丰翻砂厂", "瑞祥铸业有限公司",
        "金诚耐磨材料有限公司",
    "泰和机电配件厂", "顺发管件铸造厂", "德隆球墨铸铁有限公司", "福源铸钢厂", "盛达汽车零部件有限公司",
        "明辉阀门铸造有限公司", "恒远铝业制品厂",
]  # fmt: skip

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(body: str, division: str = "431127") -> str:
    """A true credit code: 91, the division, an organisation's eight characters and both check characters."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    own = 11 - sum(int(sign, 36) * weight for sign, weight in zip(body, weights, strict=True)) % 11
    start = "91" + division + body + {10: "X", 11: "0"}.get(own, str(own))
    total = sum(_SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(start))
    return start + _SIGNS[(31 - total % 31) % 31]


def registration(start: str) -> str:
    """A true registration number of fourteen digits and their check digit."""
    product = 10
    for digit in start:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return start + str((11 - product) % 10)


@dataclass(frozen=True)
class K:
    """A cell that names a machine: what its words say of the row's machine."""

    raw: str
    facts: Mapping[str, Any]


def head(page: Page, row: int, columns: Columns, left: str = "A") -> None:
    """A header row."""
    page.row(row, [header for header, _ in columns], left)


def lines(page: Page, columns: Columns, start: int, *rows: Sequence[Any], left: str = "A") -> list[Firm]:
    """Rows of a plain table; a row whose name is blank says more of the firm above."""
    made = []
    at_name = next((at for at, (_, path) in enumerate(columns) if path == "e.name"), 0)
    for row, values in enumerate(rows, start):
        firm = made[-1] if made and values[at_name] is None else None
        kept = [V(value.raw, "*", True) if isinstance(value, K) else value for value in values]
        one = page.line(row, columns, kept, left=left, firm=firm)
        for at, value in enumerate(values, column_number(left)):
            if isinstance(value, K):
                also(one, address(row, at), **value.facts)
        if firm is None:
            made.append(one)
    for one in made:
        for permit in one.permits.values():
            permit.may(standing="held")
    return made


def also(firm: Firm, cell: str, **facts: Any) -> None:
    """Further facts of the firm's last machine, said in that cell."""
    for name, value in facts.items():
        firm.machines[-1].facts[name] = Due(value, (cell,))


def ditto(entry: Entry, name: str, cell: str, raw: str, value: Any, above: str) -> None:
    """The same as above: the fact stands where it was written."""
    entry.page.put(cell, raw)
    entry.facts[name] = Due(value, (above,))


def perhaps(firm: Firm, **facts: Any) -> None:
    """A machine that a reader may tell apart or not."""
    firm.machine().may(**facts)
