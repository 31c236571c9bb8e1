"""Words for the second set of layouts: a table written from lines, with what its machines, marks and days mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from importers.grid import address, column_letter, column_number
from tests.importers.layouts.making import Due, Entry, Firm, Layout, N, Page, V, W, day, month, year

_MEDIUM = {"kind": "induction_furnace", "frequency": "medium"}
_ALUMINIUM = {"kind": "induction_furnace", "shell": "aluminium"}
_STEEL = {"kind": "induction_furnace", "shell": "steel"}


def _each(words: Sequence[str], facts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict.fromkeys(words, facts)


#: What a machine's words state, and no more.
KINDS: dict[str, dict[str, Any]] = {
    **_each(["中频炉", "中频电炉", "中频感应炉", "中频感应电炉", "中频"], _MEDIUM),
    **_each(["铝壳炉", "铝壳"], _ALUMINIUM),
    **_each(["钢壳炉", "钢壳"], _STEEL),
    **_each(["铝壳中频炉", "中频炉（铝壳）", "铝壳中频感应电炉", "中频电炉（铝壳）"], _MEDIUM | _ALUMINIUM),
    **_each(["钢壳中频炉", "中频炉（钢壳）", "钢壳中频感应电炉", "中频电炉（钢壳）"], _MEDIUM | _STEEL),
    **_each(["工频炉", "工频感应电炉"], {"kind": "induction_furnace", "frequency": "mains"}),
    "无芯工频感应电炉": {"kind": "induction_furnace", "frequency": "mains", "core": "coreless"},
    **_each(["感应电炉", "感应炉"], {"kind": "induction_furnace"}),
    "冲天炉": {"kind": "cupola"},
    "球团竖炉": {"kind": "pellet_shaft_furnace"},
    "电弧炉": {"kind": "arc_furnace"},
    "煤气发生炉": {"kind": "gas_producer"},
    **_each(
        ["天然气加热炉", "加热炉", "电加热炉", "锻造加热炉", "燃气加热炉", "燃煤加热炉"], {"kind": "heating_furnace"}
    ),
    **_each(["热处理炉", "退火炉", "回火炉", "天然气热处理炉"], {"kind": "heat_treatment_furnace"}),
    "电阻炉": {"kind": "resistance_furnace"},
    "坩埚炉": {"kind": "crucible_furnace"},
    "燃气熔化炉": {"kind": "gas_melting_furnace"},
    "锅炉": {"kind": "boiler"},
    "空压机": {"kind": "compressor"},
    **_each(["抛丸机", "行车", "混砂机", "碾环机", "空气锤", "车床", "造型线"], {"kind": "other"}),
    **_each(["电炉", "熔炼炉", "窑炉"], {}),
}

_HELD = ["√", "有", "是", "已办", "已办理", "办理", "齐全", "○", "已取得", "Y"]
_LACKING = ["×", "无", "否", "未办", "未办理", "没有", "未取得", "N"]
_APPLYING = ["在办", "办理中", "正在办理", "正在办"]
_TRUE, _FALSE = ["有", "是", "√"], ["无", "否", "×"]

_FUELS = {
    "电": "electricity",
    "天然气": "natural_gas",
    "焦炭": "coke",
    "煤": "coal",
    "柴油": "oil",
    "生物质": "biomass",
}
_SCALES = {"规上": "above", "规下": "below", "规模以上": "above", "规模以下": "below", "是": "above", "否": "below"}
_GRADES = {"A级": "A", "B级": "B", "B-级": "B-", "C级": "C", "D级": "D", "引领性": "leading", "非引领性": "not_leading"}
_STAGES = {
    "未制定": "none",
    "已制定": "made",
    "已评审": "reviewed",
    "已下达整改通知": "notified",
    "整改中": "in_progress",
}
_CLASSES = {"重点": "key", "简化": "simplified", "登记": "registration"}

#: The words of a field of fixed values.
MEANINGS: dict[str, dict[str, Any]] = {
    "standing": {
        **dict.fromkeys(_HELD, "held"),
        **dict.fromkeys(_LACKING, "lacking"),
        **dict.fromkeys(_APPLYING, "applying"),
        **dict.fromkeys(["过期", "已过期"], "expired"),
        "无需办理": "not_required",
        "已注销": "revoked",
    },
    "yoke": dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False),
    "state": {
        **dict.fromkeys(["在用", "使用", "正常使用", "使用中", "运行"], "in_use"),
        **dict.fromkeys(["闲置", "长期闲置", "闲置未使用"], "idle"),
        **dict.fromkeys(["封存", "已封存"], "sealed"),
        **dict.fromkeys(["关停未拆除", "已关停未拆除"], "shut_not_removed"),
        **dict.fromkeys(["已拆除", "拆除", "拆除到位"], "removed"),
        "备用": "standby",
    },
    "status": {
        **dict.fromkeys(["在产", "正常生产", "生产", "生产中"], "producing"),
        **dict.fromkeys(["停产", "长期停产"], "suspended"),
        **{"在建": "building", "关停退出": "closed", "搬迁": "relocated", "被整合": "merged"},
    },
    "scale": _SCALES | dict.fromkeys(["作坊", "家庭作坊"], "workshop"),
    "fuel": _FUELS,
    "shell": {"铝壳": "aluminium", "钢壳": "steel", "铝": "aluminium", "钢": "steel"},
    "frequency": {"中频": "medium", "工频": "mains", "高频": "high"},
    "class": {
        **_CLASSES,
        **{f"{word}管理": meant for word, meant in _CLASSES.items()},
        **{"三级": "level_3", "二级": "level_2", "一级": "level_1"},
    },
    "grade": _GRADES | {letter: letter for letter in "ABCD"},
    "stage": {
        **_STAGES,
        **{"已自主验收": "self_accepted", "已出具证明": "certified", "已通过验收": "accepted", "验收未通过": "failed"},
    },
    "acceptance": {"通过": "passed", "未通过": "failed", "待验收": "pending"},
}

_NUMBERS = [
    "capacity_t",
    "melt_rate_t_per_h",
    "quantity",
    "power_kw",
    "transformer_kva",
    "capacity_t_per_year",
    "output_t_per_year",
    "employees",
    "output_value_wan",
    "tax_wan",
    "electricity_kwh",
    "land_mu",
    "longitude",
    "latitude",
]
_NOTHING, _UNKNOWN = ("/", "-", "—", "——"), ("不明", "未测", "未知", "不详", "待核实")


@dataclass
class Total:
    """A row of totals: its cells."""

    values: Sequence[Any]
    why: tuple[str, ...] = ("total",)


@dataclass
class Band:
    """A row that names the township of the rows below it."""

    text: str
    township: str | None
    at: str = "A"
    merged: bool = True


@dataclass
class Again:
    """The header, printed once more."""


@dataclass
class Gap:
    """An empty row."""


def m(word: str, capacity: float | None = None, quantity: int | None = None, **more: Any) -> dict[str, Any]:
    """A machine's facts from its word, tonnes and count."""
    said = {"capacity_t": capacity, "quantity": quantity, **more}
    return {**KINDS[word], **{name: value for name, value in said.items() if value is not None}}


def on(text: str) -> dict[str, Any]:
    """The interval of a plain day, month or year."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) == 1 and len(text) == 8:
        parts = [int(text[:4]), int(text[4:6]), int(text[6:])]
    if len(parts) == 3:
        return day("{:04}-{:02}-{:02}".format(*parts))
    return month("{:04}-{:02}".format(*parts)) if len(parts) == 2 else year(parts[0])


def heads(spec: str) -> list[tuple[str, str]]:
    """Columns told as `header path` with | between; ↵ breaks a header's line."""
    pairs = [one.strip().rsplit(" ", 1) for one in spec.split("|")]
    return [(header.replace("↵", "\n").strip(), path) for header, path in pairs]


def rows(text: str, *given: Any) -> list[Any]:
    """Lines told as text: cells with | between, @ the next of `given`, ' a text that looks like a number; a line that
    begins with = is a total, with # a band (`#words>township`), ^ the header again, ~ an empty row."""
    left, lines = iter(given), []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line == "^":
            lines.append(Again())
        elif line == "~":
            lines.append(Gap())
        elif line.startswith("#"):
            words, _, township = line[1:].partition(">")
            lines.append(Band(words, township or None))
        else:
            cells = [_told(cell.strip(), left) for cell in line.lstrip("=").split("|")]
            lines.append(Total(cells) if line.startswith("=") else cells)
    if list(left):
        raise ValueError("more is given than the lines ask for")
    return lines


def _told(cell: str, given: Iterator[Any]) -> Any:
    if cell in ("", "@"):
        return next(given) if cell else None
    if cell.startswith("'"):
        return cell[1:]
    if re.fullmatch(r"-?(0|[1-9]\d{0,8})(\.\d+)?", cell):
        number = float(cell) if "." in cell else int(cell)
        return cell if isinstance(number, float) and 1900 < number < 2100 else number
    return cell.replace("↵", "\n")


def stacked(page: Page, top: int, columns: Sequence[tuple[str, str]], groups: dict[str, str], left: str = "A") -> None:
    """A header of two rows: `groups` by their letters ("E:H"), their columns below them, the others over both rows."""
    under: set[int] = set()
    for letters, text in groups.items():
        first, last = (column_number(letter) for letter in letters.split(":"))
        page.put(
            address(top, first), text, merge=f"{address(top, first)}:{address(top, last)}" if last > first else None
        )
        under |= set(range(first, last + 1))
    for at, (header, _) in enumerate(columns, column_number(left)):
        if at in under:
            page.put(address(top + 1, at), header)
        else:
            page.put(address(top, at), header, merge=f"{address(top, at)}:{address(top + 1, at)}")


def sheet(
    book: Layout,
    name: str = "Sheet1",
    *,
    county: str | None = None,
    township: str | None = None,
    **known: Any,
) -> Page:
    """A sheet whose title or name may suggest its county, township and industry."""
    told = {"industry": "*", "county": county, "township": township, **known}
    return book.page(name, known={one: value for one, value in told.items() if value is not None})


def table(
    page: Page,
    top: int,
    columns: Sequence[tuple[str, str]],
    lines: Sequence[Any],
    *,
    left: str = "A",
    head: bool = True,
    down: str = "",
) -> list[Firm]:
    """Write a header at `top` (unless `head` is false: the first line stands there) and its lines. A line without a
    firm's name says more of the firm above, as does a name met before. `down`: columns merged over a firm's rows."""
    if head:
        page.row(top, [header for header, _ in columns], left)
    firms: dict[str, Firm] = {}
    band: tuple[str, Band] | None = None
    last: Firm | None = None
    for row, line in enumerate(lines, top + head):
        if isinstance(line, Total):
            page.row(row, line.values, left).skip(row, *line.why)
        elif isinstance(line, Band):
            at = f"{line.at}{row}"
            end = column_letter(column_number(left) + len(columns) - 1)
            page.put(at, line.text, merge=f"{at}:{end}{row}" if line.merged else None).skip(
                row, "title", "note", "total"
            )
            band = (at, line)
        elif isinstance(line, Again):
            page.row(row, [header for header, _ in columns], left).skip(row, "header_repeat")
        elif not isinstance(line, Gap):
            last = _line(page, row, columns, line, left, firms, last)
            if (
                band
                and band[1].township
                and "township" not in {name for name, due in last.own.facts.items() if not due.optional}
            ):
                last.own.facts["township"] = Due(band[1].township, (band[0],))
    for letter in down:
        for one in firms.values():
            if len(one.rows) > 1:
                page.merge(f"{letter}{one.rows[0]}:{letter}{one.rows[-1]}")
    return list(firms.values())


def _line(
    page: Page,
    row: int,
    columns: Sequence[tuple[str, str]],
    line: Sequence[Any],
    left: str,
    firms: dict[str, Firm],
    last: Firm | None,
) -> Firm:
    if len(line) != len(columns):
        raise ValueError(f"row {row}: {len(line)} values under {len(columns)} columns: {line}")
    names = [value for (_, path), value in zip(columns, line, strict=True) if path == "e.name"]
    name = names[0].value if names and isinstance(names[0], V) else names[0] if names else None
    if name is None or name in ("同上", "〃"):
        if last is None:
            raise ValueError(f"row {row} belongs to no firm")
        firm = last
    else:
        firm = firms.get(name) or firms.setdefault(name, page.firm())
    if row not in firm.rows:
        firm.rows.append(row)
    machines: dict[str, Entry] = {}
    for at, ((header, path), value) in enumerate(zip(columns, line, strict=True), column_number(left)):
        if value is not None:
            _cell(page, firm, address(row, at), header, path, value, machines)
    if any(path == "r" for _, path in columns):
        for one in firm.machines:
            one.may(remark="*")
    return firm


def _cell(page: Page, firm: Firm, cell: str, header: str, path: str, value: Any, machines: dict[str, Entry]) -> None:
    raw = value.raw if isinstance(value, V | N | W) else value
    page.put(cell, raw)
    if isinstance(value, N):
        if value.asked:
            page.ask(cell, value.asked)
    elif isinstance(value, W):
        for said in value.machines:
            firm.machine(cell, raw, **said)
    elif path in ("-", "?") or (isinstance(raw, str) and raw in (*_NOTHING, "同上", "〃")):
        return
    elif path == "x":
        firm.extras[header] = str(raw)
    elif path == "r":
        firm.own.may(remark="*")
    elif (
        raw in ("无", "零")
        and path.rsplit(".", 1)[-1] not in (*_NUMBERS, *MEANINGS)
        and not path.startswith(("k", "c"))
    ):
        return
    elif isinstance(raw, str) and raw in _UNKNOWN:
        page.ask(cell, "value.stated_unknown")
    elif path.startswith("c:"):
        if raw not in (0, "0", "无", "零"):
            one = firm.machine(cell, raw, quantity=int(raw))
            one.facts |= {name: Due(due, ()) for name, due in KINDS[path[2:]].items()}
    elif re.fullmatch(r"k\d*", path):
        word = value.value if isinstance(value, V) else raw
        entry = _machine(firm, path[1:], machines)
        entry.facts |= {fact: Due(due, (cell,)) for fact, due in KINDS[word].items()}
    elif found := re.fullmatch(r"m(\d*)\.(\w+)(?:\*([\d.]+))?", path):
        _state(_machine(firm, found[1], machines), found[2], cell, value, float(found[3] or 1))
    else:
        path, _, factor = path.partition("*")
        entry, name = firm.entry(path, firm.machine)
        _state(entry, name, cell, value, float(factor or 1))
        if path.startswith("p.") and name != "standing":
            entry.may(standing="held")


def _machine(firm: Firm, number: str, machines: dict[str, Entry]) -> Entry:
    if number not in machines:
        machines[number] = firm.machine()
        if number:
            machines[number].may(code="*", quantity=1)
    return machines[number]


def _state(entry: Entry, name: str, cell: str, value: Any, factor: float) -> None:
    optional = isinstance(value, V) and value.optional
    due = value.value if isinstance(value, V) else _meant(name, value, factor)
    held = entry.facts.get(name)
    cells = held.cells if held and not held.optional and held.value == due else ()
    entry.facts[name] = Due(due, (*cells, cell), optional)


def _meant(name: str, raw: Any, factor: float) -> Any:
    if name in _NUMBERS:
        return float(raw) * factor
    if name in MEANINGS:
        return MEANINGS[name][raw]
    if name in ("valid_from", "valid_to", "deadline") or name.endswith("_on"):
        return on(str(raw)) if isinstance(raw, str | int) else day(raw.isoformat()[:10])
    return str(raw)
