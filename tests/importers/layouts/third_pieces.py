"""Shorthand of the third set: tables, cards and turned tables told in lines of cells between bars."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from importers.grid import address, column_number
from tests.importers.layouts.making import Due, Entry, Firm, Layout, N, Page, V, W, days, month, year

_NOTHING = {"/", "-", "—", "——", "N/A"}
_UNKNOWN = {"不明", "未测", "未知", "不详", "待核实"}
_NUMBERS = {
    *("capacity_t_per_year", "output_t_per_year", "output_value_wan", "tax_wan", "electricity_kwh", "land_mu"),
    *("employees", "longitude", "latitude", "capacity_t", "melt_rate_t_per_h", "quantity", "power_kw"),
    "transformer_kva",
}
_DATES = {
    *("established_on", "deadline", "made_on", "commissioned_on", "removed_on", "valid_from", "valid_to"),
    *("accepted_on", "taken_on"),
}
_WORDS: dict[str, dict[str, str]] = {
    "standing": {"held": "√ ✓ ○ 是 有 已办 已办理 已取得 已批复 已验收 Y",
                 "lacking": "× 否 无 未办 未办理 未取得 N",
                 "applying": "在办 办理中 正在办理 申请中", "expired": "过期 已过期", "revoked": "已吊销 已注销",
                 "not_required": "无需办理 不需办理"},
    "m.state": {"in_use": "在用 使用 使用中 正常使用 运行 正常", "standby": "备用",
                "idle": "闲置 长期闲置 停用 闲置未使用",
                "sealed": "封存 已封存",
                "shut_not_removed": "关停未拆除 已关停未拆除", "removed": "已拆除 拆除到位 已拆"},
    "status": {"producing": "在产 正常生产 生产", "suspended": "停产 长期停产", "building": "在建",
               "closed": "关停退出 已关停", "relocated": "搬迁", "merged": "被整合"},
    "scale": {"above": "规上 规模以上", "below": "规下 规模以下", "workshop": "作坊 小作坊"},
    "class": {"key": "重点 重点管理", "simplified": "简化 简化管理", "registration": "登记 登记管理",
              "level_1": "一级", "level_2": "二级", "level_3": "三级"},
    "grade": {"A": "A A级", "B": "B B级", "B-": "B-级", "C": "C C级", "D": "D D级", "leading": "引领性",
              "not_leading": "非引领性"},
    "stage": {"none": "未制定", "made": "已制定", "reviewed": "已评审", "notified": "已下达整改通知",
              "in_progress": "整改中",
              "self_accepted": "已自主验收", "certified": "已出具证明",
              "accepted": "已通过验收", "failed": "验收未通过"},
    "acceptance": {"passed": "通过 已通过", "failed": "未通过 不通过", "pending": "待验收"},
    "fuel": {"electricity": "电 电力", "natural_gas": "天然气", "coke": "焦炭", "coal": "煤", "oil": "柴油",
             "biomass": "生物质", "producer_gas": "煤气"},
    "shell": {"aluminium": "铝壳", "steel": "钢壳"},
}  # fmt: skip
_MEANINGS = {
    kind: {one: value for value, told in words.items() for one in told.split()} for kind, words in _WORDS.items()
}
_KINDS = {
    "induction_furnace": ("中频炉", "中频电炉", "中频感应炉", "中频感应电炉", "感应电炉", "铝壳炉", "钢壳炉",
                          "铝壳中频炉",
                          "钢壳中频炉", "工频炉", "无芯工频感应电炉", "中频炉（铝壳）", "中频炉（钢壳）", "铝壳",
                          "钢壳",
                          "铝壳电炉", "钢壳电炉", "铝壳中频感应电炉", "钢壳中频感应电炉", "高频炉"),
    "cupola": ("冲天炉",), "arc_furnace": ("电弧炉",), "resistance_furnace": ("电阻炉", "箱式电阻炉"),
    "gas_melting_furnace": ("燃气熔化炉", "熔铝炉"), "crucible_furnace": ("坩埚炉",),
    "pellet_shaft_furnace": ("球团竖炉",),
    "heating_furnace": ("加热炉", "天然气加热炉", "电加热炉", "锻造加热炉", "燃煤加热炉", "煤气加热炉"),
    "heat_treatment_furnace": ("热处理炉", "退火炉", "台车炉", "回火炉", "井式炉"), "gas_producer": ("煤气发生炉",),
    "boiler": ("锅炉", "燃气锅炉", "生物质锅炉"), "pressure_vessel": ("压力容器", "储气罐"),
    "transformer": ("变压器",), "motor": ("电动机",), "pump": ("水泵", "循环水泵"),
    "compressor": ("空压机", "螺杆空压机"),
    "fan": ("风机", "除尘风机"),
    "other": ("抛丸机", "行车", "混砂机", "造型机", "碾环机", "空气锤", "叉车", "砂处理线"),
}  # fmt: skip
_PARTS = {
    "中频": ("frequency", "medium"),
    "工频": ("frequency", "mains"),
    "高频": ("frequency", "high"),
    "铝壳": ("shell", "aluminium"),
    "钢壳": ("shell", "steel"),
    "无芯": ("core", "coreless"),
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}


def meant(word: str) -> dict[str, Any]:
    """What a machine's name says of it: 铝壳中频炉, 无芯工频感应电炉; 电炉 says nothing that is sure."""
    facts: dict[str, Any] = {"kind": _KIND[word]} if word in _KIND else {}
    for part, (name, value) in _PARTS.items():
        if part in word:
            facts[name] = value
    return facts


def m(word: str, capacity: float | None = None, quantity: int | None = None, **more: Any) -> dict[str, Any]:
    """A machine told in words."""
    told = {"capacity_t": capacity, "quantity": quantity}
    return {**meant(word), **{name: value for name, value in told.items() if value is not None}, **more}


def on(text: str) -> dict[str, Any]:
    """A date's truth: 2024-03-05, 2024.3, 2019年, or told as `..2024-03-31 month`, `2024-01-01..2024-06-30 half`."""
    if ".." in text:
        ends, _, precision = text.partition(" ")
        since, until = ends.split("..")
        return days(since or None, until or None, precision or None)
    parts = [int(one) for one in re.findall(r"\d+", text)]
    if len(parts) == 1:
        return year(parts[0])
    if len(parts) == 2:
        return month(f"{parts[0]}-{parts[1]:02d}")
    iso = date(*parts).isoformat()
    return days(iso, iso, "day")


def credit(number: int, area: str = "431127") -> str:
    """A credit code of that area that passes both checks."""
    signs, body = "0123456789ABCDEFGHJKLMNPQRTUWXY", f"MA{number * 7919 % 1000000:06d}"
    values = [ord(one) - 55 if one.isalpha() else int(one) for one in body]
    rest = (11 - sum(one * weight for one, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11) % 11
    code = f"91{area}{body}{'X' if rest == 10 else rest}"
    return code + signs[(31 - sum(signs.index(one) * 3**at for at, one in enumerate(code)) % 31) % 31]


def sheet(book: Layout, name: str = "Sheet1", *, county: str = "*", township: str = "*", **more: Any) -> Page:
    """A page whose firms may be given its county and township."""
    page = book.page(name)
    page.known = {"county": county, "township": township, **more}
    return page


def heads(told: str) -> list[tuple[str, str]]:
    """Columns told as `header path|header path`; the header may hold blanks."""
    return [
        (one.strip().rpartition(" ")[0].replace("\\n", "\n"), one.strip().rpartition(" ")[2]) for one in told.split("|")
    ]


def stack(page: Page, row: int, columns: Sequence[tuple[str, str]], groups: Mapping[str, str], left: str = "A") -> None:
    """Two rows of heads: groups by column range above their leaves, all other heads merged down."""
    under: set[int] = set()
    for span, text in groups.items():
        first, last = (column_number(end) for end in span.split(":"))
        under |= set(range(first, last + 1))
        page.put(address(row, first), text)
        if first != last:
            page.merge(f"{address(row, first)}:{address(row, last)}")
    for at, (header, _) in enumerate(columns, column_number(left)):
        page.put(address(row + (at in under), at), header)
        if at not in under:
            page.merge(f"{address(row, at)}:{address(row + 1, at)}")


def _literal(text: str) -> tuple[Any, str | None]:
    """The cell's content, and what stands after `=>`."""
    raw, arrow, told = text.partition("=>")
    return raw.replace("\\n", "\n"), told if arrow else None


class _Line:
    """A row (or a card, or a column of a turned table) that says things of one firm."""

    def __init__(self, page: Page, firm: Firm, area: str, above: Mapping[str, Due]) -> None:
        self.page, self.firm, self.area, self.above = page, firm, area, above
        self.slots: dict[str, Entry] = {}
        self.said: dict[str, Due] = {}

    def machine(self, slot: str = "") -> Entry:
        if slot not in self.slots:
            self.slots[slot] = self.firm.machine()
        return self.slots[slot]

    def put(self, cell: str, header: str, path: str, value: Any) -> None:
        """One cell under its head."""
        if value in (None, ""):
            return
        if isinstance(value, str):
            if re.fullmatch(r"\$\d+", value):
                value = credit(int(value[1:]), self.area)
            raw, told = _literal(value)
        elif isinstance(value, V):
            raw, told = value.raw, None
        else:
            raw, told = value.raw if isinstance(value, N | W) else value, None
        path, _, factor = path.partition("*")
        optional, path = path.startswith("?"), path.lstrip("?")
        numeric = path.rpartition(".")[2] in _NUMBERS or path.startswith("c:") or header in ("序号", "No.")
        self.page.put(cell, _number(raw) if numeric and isinstance(raw, str) else raw)
        bare = isinstance(raw, str) and told is None
        if isinstance(value, N) or told in ("?", "??", "!") or (bare and raw in _UNKNOWN | _NOTHING):
            unknown = "value.stated_unknown" if told == "??" or raw in _UNKNOWN else None
            asked = value.asked if isinstance(value, N) else unknown or ("*" if told == "?" else None)
            if asked and path != "-":
                self.page.ask(cell, asked)
            return
        if isinstance(value, W):
            for facts in value.machines:
                self.firm.machine(cell, raw, **facts)
        elif path == "x":
            self.firm.extras[header] = str(raw)
        elif path in ("k", "n") or re.fullmatch(r"[kn]\d", path):
            self.kind(cell, path, raw, told)
        elif path.startswith("c:"):
            self.count(cell, path, int(told or raw))
        elif path.startswith("v:"):
            since, until = told.split(" to ") if told else raw.split("至")
            for end, text in (("valid_from", since), ("valid_to", until)):
                self.firm.permit(path[2:]).facts[end] = Due(on(text), (cell,))
        elif path in ("pl", "ph"):
            for kind in (told or "").split(","):
                self.firm.permit(kind).facts["standing"] = Due("lacking" if path == "pl" else "held", (cell,))
        elif path == "r":
            self.firm.own.may(remark=raw)
            for one in self.slots.values():
                one.may(remark=raw)
        elif path != "-":
            due = value.value if isinstance(value, V) else None
            self.fact(cell, path, raw, told, factor, due, optional or (isinstance(value, V) and value.optional))

    def count(self, cell: str, path: str, number: int) -> None:
        word, _, capacity = path[2:].partition("@")
        if number:
            one = self.firm.machine(quantity=number)
            one.facts["quantity"] = Due(number, (cell,))
            one.facts.update({name: Due(fact, ()) for name, fact in m(word, float(capacity or 0) or None).items()})

    def kind(self, cell: str, path: str, raw: str, told: str | None) -> None:
        one = self.machine(path[1:])
        for name, fact in meant(told or raw).items():
            one.facts[name] = Due(fact, (cell,))
        one.facts["name"] = Due(raw, (cell,), path[0] == "k")

    def fact(self, cell: str, path: str, raw: Any, told: str | None, factor: str, due: Any, optional: bool) -> None:
        slot = re.match(r"m(\d*)\.", path)
        if slot:
            entry, name = self.machine(slot[1]), path.partition(".")[2]
        else:
            entry, name = self.firm.entry(path, self.machine)
        if told == "^":
            entry.facts[name] = self.said[path] = self.above[path]
            return
        if told and told.startswith("~"):
            optional, told = True, told[1:]
        if due is None:
            due = truth(path, told if told is not None else str(raw), float(factor or 1) if told is None else 1)
        held = entry.facts.get(name)
        cells = held.cells if held and held.value == due and held.cells else ()
        if path == "e.address":
            entry.may(village="*", park="*")
        optional = optional and (held is None or held.optional)
        entry.facts[name] = self.said[path] = Due(due, (*cells, cell), optional)

    def end(self) -> None:
        """A paper that has a number, a class or an end was given: a reader may say so."""
        for permit in self.firm.permits.values():
            if any(name in permit.facts for name in ("number", "class", "valid_to", "valid_from")):
                permit.may(standing="held")


def truth(path: str, text: str, factor: float = 1) -> Any:
    """The value of a text under a path."""
    name = path.rpartition(".")[2]
    if name in _NUMBERS:
        value = round(float(text) * factor, 9)
        return int(value) if name in ("quantity", "employees") else value
    if name in _DATES:
        return on(text)
    if name == "yoke":
        return {"有": True, "无": False, "√": True, "×": False, "是": True, "否": False}[text]
    words = _MEANINGS.get("m.state" if name == "state" else name)
    if words is None:
        return text
    return text if text in words.values() else words[text]


def table(
    page: Page,
    row: int,
    columns: Sequence[tuple[str, str]],
    lines: str,
    *more: Any,
    head: bool = True,
    left: str = "A",
    down: str = "",
    area: str = "431127",
) -> list[Firm]:
    """Rows of cells between bars; `@` takes the next of `more`, `raw=>truth` says what is meant (? asked, ! nothing,
    ^ as above, ~ may be left out). `=…` a total, `#text>township` a band, `^` the heads again. `down`: columns merged
    over a firm's rows. A row without a name says more of the firm above, one with a known name of that firm."""
    first, firms, given, above, town, spans = column_number(left), {}, iter(more), {}, None, []
    named = next(at for at, (_, path) in enumerate(columns) if path == "e.name")
    if head:
        page.row(row, [header for header, _ in columns], left)
        row += 1
    current: Firm | None = None
    kept: dict[tuple[int, str], set[str]] = {}
    for line in (one.strip() for one in lines.strip().split("\n")):
        said = line.startswith('="')  # a cell guarded by a formula, no total
        cells = [one.strip() for one in (line if said else line.lstrip("=#^")).split("|")]
        if line[0] == "#":
            town, town_cell = _band(page, row, first, len(columns), cells[0]), address(row, first)
        elif line[0] in "^=" and not said:
            texts = [header for header, _ in columns] if line[0] == "^" else [_number(one) for one in cells]
            page.row(row, texts, left).skip(row, "header_repeat" if line[0] == "^" else "total")
        else:
            if len(cells) != len(columns):
                raise ValueError(f"{page.name} row {row}: {len(cells)} cells, {len(columns)} columns")
            values = [next(given) if one == "@" else one for one in cells]
            name = values[named]
            key = name.raw if isinstance(name, V) else name
            if key not in ("", None):
                current = firms.get(key) or page.firm(row)
                firms[key] = current
                if town:
                    current.own.facts["township"] = Due(town, (town_cell,))
                if not spans or spans[-1][0] is not current:
                    spans.append((current, row, row))
            if current is None:
                raise ValueError("a row before any firm")
            spans[-1] = (spans[-1][0], spans[-1][1], row)
            if row not in current.rows:
                current.rows.append(row)
            told = _Line(page, current, area, above)
            for at, ((header, path), value) in enumerate(zip(columns, values, strict=True), first):
                told.put(address(row, at), header, path, value)
                if path == "x" and value not in ("", None):
                    kept.setdefault((id(current), header), set()).add(value)
            told.end()
            above = {**told.said}
        row += 1
    _finish(page, columns, first, firms, kept)
    for _, top, bottom in spans:
        for letter in down if bottom > top else "":
            page.merge(f"{letter}{top}:{letter}{bottom}")
    if next(given, None) is not None:
        raise ValueError("a value is left over")
    return list(firms.values())


def _band(page: Page, row: int, first: int, width: int, told: str) -> str:
    text, _, town = told.partition(">")
    page.put(address(row, first), text).merge(f"{address(row, first)}:{address(row, first + width - 1)}")
    return town


def _finish(
    page: Page,
    columns: Sequence[tuple[str, str]],
    first: int,
    firms: Mapping[str, Firm],
    kept: Mapping[tuple[int, str], set[str]],
) -> None:
    for firm in firms.values():  # several values under one unforeseen head: not judged
        for header in [one for one in firm.extras if len(kept[id(firm), one]) > 1]:
            del firm.extras[header]
    for at, (_, path) in enumerate(columns, first):
        if path == "x":
            page.ask(address(1, at)[:-1])


def _number(text: str) -> Any:
    if not text:
        return None
    return (float(text) if "." in text else int(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def card(
    page: Page, row: int, lines: str, *more: Any, firm: Firm | None = None, area: str = "431127", wide: int = 0
) -> Firm:
    """A form: each line `label path|value|label path|value`; a last value is merged as far as column `wide`."""
    one, given = firm or page.firm(row), iter(more)
    told = _Line(page, one, area, {})
    for line in (one.strip() for one in lines.strip().split("\n")):
        cells = [cell.strip() for cell in line.split("|")]
        if row not in one.rows:
            one.rows.append(row)
        for at in range(0, len(cells) - 1, 2):
            header, _, path = cells[at].rpartition(" ")
            page.put(address(row, at + 1), header)
            value = next(given) if cells[at + 1] == "@" else cells[at + 1]
            told.put(address(row, at + 2), header, path, value)
        if wide > len(cells):
            page.merge(f"{address(row, len(cells))}:{address(row, wide)}")
        row += 1
    told.end()
    if next(given, None) is not None:
        raise ValueError("a value is left over")
    return one


def turned(page: Page, row: int, lines: str, *more: Any, left: str = "A", area: str = "431127") -> list[Firm]:
    """A table whose firms stand side by side: each line `head path|of the first|of the second …`."""
    split = [[cell.strip() for cell in line.strip().split("|")] for line in lines.strip().split("\n")]
    last, first, given = row + len(split) - 1, column_number(left), iter(more)
    firms = [page.firm(row, last) for _ in split[0][1:]]
    told = [_Line(page, one, area, {}) for one in firms]
    for at, (head, *cells) in enumerate(split, row):
        header, _, path = head.rpartition(" ")
        page.put(address(at, first), header)
        for aside, (one, cell) in enumerate(zip(told, cells, strict=True), first + 1):
            one.put(address(at, aside), header, path, next(given) if cell == "@" else cell)
    for one in told:
        one.end()
    return firms
