"""Rows of the structure layouts laid in few words: furnaces by their words, counts per kind, firms going on below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from importers.grid import address, column_letter, column_number
from tests.importers.layouts.making import Due, Firm, N, Page, V, W

_INDUCTION = {"kind": "induction_furnace"}
_ALUMINIUM = {**_INDUCTION, "shell": "aluminium"}
_STEEL = {**_INDUCTION, "shell": "steel"}
_MEDIUM = {**_INDUCTION, "frequency": "medium"}

#: What the words of a furnace state.
KINDS: dict[str, dict[str, Any]] = {
    "铝壳炉": _ALUMINIUM,
    "钢壳炉": _STEEL,
    "中频炉": _MEDIUM,
    "中频电炉": _MEDIUM,
    "中频感应电炉": _MEDIUM,
    "铝壳中频炉": {**_ALUMINIUM, "frequency": "medium"},
    "钢壳中频炉": {**_STEEL, "frequency": "medium"},
    "中频炉（铝壳）": {**_ALUMINIUM, "frequency": "medium"},
    "中频炉（钢壳）": {**_STEEL, "frequency": "medium"},
    "工频炉": {**_INDUCTION, "frequency": "mains"},
    "冲天炉": {"kind": "cupola"},
    "电弧炉": {"kind": "arc_furnace"},
    "电阻炉": {"kind": "resistance_furnace"},
    "天然气加热炉": {"kind": "heating_furnace"},
    "燃气加热炉": {"kind": "heating_furnace"},
    "加热炉": {"kind": "heating_furnace"},
    "热处理炉": {"kind": "heat_treatment_furnace"},
    "台车式热处理炉": {"kind": "heat_treatment_furnace"},
    "煤气发生炉": {"kind": "gas_producer"},
    "抛丸机": {"kind": "other"},
    "电炉": {},
}

#: The words of enumerated facts.
WORDS: dict[str, dict[str, Any]] = {
    "state": {
        "在用": "in_use",
        "使用": "in_use",
        "备用": "standby",
        "闲置": "idle",
        "封存": "sealed",
        "已拆除": "removed",
        "已拆": "removed",
    },
    "yoke": {"有": True, "无": False, "是": True, "否": False},
    "standing": {
        "有": "held",
        "无": "lacking",
        "已办": "held",
        "未办": "lacking",
        "在办": "applying",
        "√": "held",
        "×": "lacking",
        "正在办理": "applying",
    },
    "status": {
        "在产": "producing",
        "正常生产": "producing",
        "停产": "suspended",
        "关停": "closed",
        "关停退出": "closed",
        "在建": "building",
    },
    "scale": {"规上": "above", "规下": "below", "是": "above", "否": "below"},
    "stage": {"已制定": "made", "未制定": "none"},
}
_NOTHING = {"/", "-", "—", "——"}
_UNKNOWN = {"不明", "不详", "待核实", "未知"}
_TEXTS = {"remark", "problem", "measures", "progress"}


def hints(township: str | None = None, **more: Any) -> dict[str, Any]:
    """What a title or a sheet's name suggests of every firm: may be stated."""
    place = {"township": township} if township else {}
    return {"county": "*", "village": "*", "industry": "*", "industry_code": "*", **place, **more}


def code(subject: int, kind: str = "91", place: str = "431127") -> str:
    """A credit code whose two check characters are right."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    eight = f"{subject:08d}"
    left = 11 - sum(int(one) * by for one, by in zip(eight, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body = f"{kind}{place}{eight}{ {10: 'X', 11: '0'}.get(left, left) }"
    total = sum(alphabet.index(one) * pow(3, at, 31) for at, one in enumerate(body))
    return body + alphabet[(31 - total) % 31]


def made(word: str, capacity: float | None = None, quantity: int | None = None, **more: Any) -> dict[str, Any]:
    """The facts of one machine of words."""
    numbers = {"capacity_t": capacity, "quantity": quantity}
    return {**KINDS[word], **{name: value for name, value in numbers.items() if value is not None}, **more}


def _told(path: str | None, factor: float | None, value: Any) -> Any:
    if value is None or isinstance(value, V | N | W) or path is None:
        return value
    name = path.split(".")[-1]
    if value in _NOTHING:
        return N(value)
    if value in _UNKNOWN and name not in _TEXTS:
        return N(value, "value.stated_unknown")
    if name in WORDS:
        return V(value, WORDS[name][value])
    return V(value, value * factor) if factor else value


def lay_line(page: Page, row: int, columns: Sequence[Any], values: Sequence[Any], left: str, firm: Firm | None) -> Firm:
    """`columns`: (header, path[, factor]). Paths beyond those of Page.line: "f" the word of a furnace, "fn" the same
    under 设备名称, "c:铝壳炉" a count of that kind."""
    paths = [column[1] for column in columns]
    said = [
        _told(path, (*column[2:], None)[0], value) for path, column, value in zip(paths, columns, values, strict=True)
    ]
    before = len(firm.machines) if firm else 0
    own = [
        (column[0], None if path in ("f", "fn") or str(path)[:2] == "c:" else path)
        for column, path in zip(columns, paths, strict=True)
    ]
    firm = page.line(row, own, said, left=left, firm=firm)
    for at, (path, value) in enumerate(zip(paths, said, strict=True), column_number(left)):
        cell = address(row, at)
        if value is None or path is None or isinstance(value, N):
            continue
        if path.startswith("c:") and value != 0:
            firm.machine(**KINDS[path[2:]]).facts["quantity"] = Due(value, (cell,))
        if path in ("f", "fn"):
            machine = firm.machines[-1] if len(firm.machines) > before else firm.machine()
            word = value.value if isinstance(value, V) else value
            machine.facts.update({name: Due(one, (cell,)) for name, one in KINDS[word].items()})
            if path == "fn":
                machine.facts["name"] = Due(word, (cell,))
    return firm


def lay(
    page: Page,
    row: int,
    columns: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    *,
    left: str = "A",
    merge: str = "",
    within: tuple[str, str] | None = None,
) -> list[Firm]:
    """Rows of firms; a blank name goes on with the firm above, a name told again says more of that firm. `merge`: the
    letters of columns merged over a firm's rows. `within`: the township of these firms and its cell."""
    at_name = [column[1] for column in columns].index("e.name")
    firms: dict[Any, Firm] = {}
    last: Firm | None = None
    for at, values in enumerate(rows, row):
        told = values[at_name]
        name = told.value if isinstance(told, V) else told
        last = lay_line(page, at, columns, values, left, last if name is None else firms.get(name))
        if name is not None:
            firms[name] = last
    for firm in firms.values():
        if len(firm.rows) > 1:
            page.merge(*(f"{letter}{firm.rows[0]}:{letter}{firm.rows[-1]}" for letter in merge))
        if within:
            firm.own.facts["township"] = Due(within[0], (within[1],))
    return list(firms.values())


def band(page: Page, row: int, text: str, last: str | None, first: str = "A") -> str:
    """A row that parts the table, merged to the column `last` (None: not merged); gives its cell."""
    page.put(f"{first}{row}", text, merge=f"{first}{row}:{last}{row}" if last else None)
    page.skip(row, "title", "note", "total")
    return f"{first}{row}"


def headed(page: Page, row: int, columns: Sequence[Any], left: str = "A") -> None:
    """One head row."""
    page.row(row, [column[0] for column in columns], left)


def titled(page: Page, text: str, row: int, width: int, left: str = "A") -> None:
    """A title merged over the table's width."""
    last = column_letter(column_number(left) + width - 1)
    page.put(f"{left}{row}", text, merge=f"{left}{row}:{last}{row}")
