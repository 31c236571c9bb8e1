"""How a drawn roster is laid out: which columns it has, how they are headed, how firms and furnaces share rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from tests.importers.layouts.drawn import wordings
from tests.importers.layouts.drawn.firms import County
from tests.importers.layouts.drawn.values import MARKS, YES_NO
from tests.importers.layouts.drawn.wordings import UNITS, Wording

_NUMBER = Wording("no", "no", wordings.NUMBERS)
_NAME = Wording("e.name", "name", wordings.NAMES, "basic", wordings.NAMES)
_TOWNSHIP = Wording("e.township", "township", wordings.TOWNSHIPS, "basic", wordings.TOWNSHIPS)
_REMARK = Wording("e.remark", "text", wordings.REMARKS)
_MACHINE_NAME = Wording(
    "m.name", "machine_name", ("设备名称", "熔炼设备名称", "炉窑名称", "熔化设备名称"), "machine", ("设备名称", "名称")
)
_PERMITS_OVER = ("手续办理情况", "相关手续办理情况", "环保等手续情况")
_COURSE_OVER = ("管控措施落实情况", "整治措施落实情况")


@dataclass(frozen=True)
class Column:
    """A column: its field, its heads from the top down, and how its cells are written."""

    path: str
    kind: str
    heads: tuple[str, ...]
    group: str = ""
    unit: str = ""
    factor: int = 1
    unit_in: str = ""
    habit: int = 0
    marks: tuple[str, str] = ("有", "无")
    block: int = 0

    @property
    def leaf(self) -> str:
        """The lowest of its heads."""
        return self.heads[-1]


@dataclass
class Style:
    """A sheet's layout."""

    columns: list[Column]
    mode: str
    depth: int
    heads: str
    township: str
    repeat: str
    totals: str
    top: int
    left: int
    nothing: str
    line_unit: str = ""
    odd: float = 0.0
    unit_row: bool = False
    number_row: bool = False
    head_every: int = 0
    blank_rows: bool = False
    title: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    hidden: str = ""
    yearless: bool = False
    form: str = "xlsx"
    words: list[str] = field(default_factory=list)


def draw_style(rng: Random, county: County, *, form: str, small: bool = False) -> Style:
    """A random layout. `small`: of a second table, with few columns."""
    mode = rng.choices(("rows", "words", "counts", "kinds", "blocks", "none"), (45, 20, 12, 6, 9, 8))[0]
    depth = rng.choices((1, 2, 3), (45, 42, 13))[0]
    if mode == "kinds":
        depth = max(depth, 2)
    flat = form in ("csv", "ods")
    style = Style(
        columns=[], mode=mode, depth=depth, form=form,
        heads=rng.choices(("merged", "emptied", "filled"), (70, 20, 10))[0],
        township=rng.choices(("none", "column", "merged", "bands"), (25, 35, 0 if form == "csv" else 22, 18))[0],
        repeat=rng.choices(("merged", "blank", "repeated", "ditto"), (40, 25, 28, 7))[0],
        totals=rng.choices(("none", "bottom", "top", "group"), (50, 27, 10, 13))[0],
        top=rng.choice((0, 0, 0, 1, 2)), left=rng.choice((0, 0, 0, 0, 1, 2)),
        nothing=rng.choice(("", "", "", "/", "-", "—", "无")),
        odd=rng.choice((0.0, 0.0, 0.0, 0.02)),
        unit_row=not small and rng.random() < 0.1,
        number_row=rng.random() < 0.08,
        head_every=rng.choice((0,) * 9 + (4, 6)),
        blank_rows=rng.random() < 0.06,
        title=_title_rows(rng), feet=_feet(rng),
        hidden=rng.choice(("row", "column")) if form == "xlsx" and rng.random() < 0.07 else "",
        line_unit=rng.choice(("万元", "万吨", "吨", "万元、吨", "万吨、万元")) if rng.random() < 0.12 else "",
    )  # fmt: skip
    if style.totals == "group" and style.township == "none":
        style.totals = "bottom"
    if flat and style.repeat == "merged":
        style.repeat = "blank"
    if flat and style.heads == "merged" and form == "csv":
        style.heads = "emptied"
    if style.line_unit and "unit" not in style.title:
        style.title = (*style.title, "unit")
    style.columns = _columns(rng, county, style, density=0.5 if small else rng.choice((0.4, 0.8, 1.0, 1.5)))
    style.depth = max(len(column.heads) for column in style.columns)
    return style


def _title_rows(rng: Random) -> tuple[str, ...]:
    rows = [row for row, chance in (("annex", 0.3), ("title", 0.85), ("form", 0.5)) if rng.random() < chance]
    if rows and rng.random() < 0.1:
        rng.shuffle(rows)
    if "form" in rows and rng.random() < 0.3:
        rows = [one for row in rows for one in (("unit_alone", "day_alone") if row == "form" else (row,))]
    return tuple(rows)


def _feet(rng: Random) -> tuple[str, ...]:
    return tuple(row for row, chance in (("note", 0.22), ("signature", 0.25)) if rng.random() < chance)


def _columns(rng: Random, county: County, style: Style, density: float) -> list[Column]:
    chosen = [one for one in wordings.FIRM if rng.random() < one.weight * density]
    if style.township in ("column", "merged"):
        chosen.insert(0, _TOWNSHIP)
    chosen.insert(rng.choice((0, len(chosen) and 1)), _NAME)
    if style.township == "merged":
        chosen.sort(key=lambda one: one is not _TOWNSHIP)
    groups: dict[str, list[Wording]] = {}
    for one in chosen:
        groups.setdefault(one.group or one.path, []).append(one)
    basic = groups.pop("basic")
    rest = list(groups)
    rng.shuffle(rest)
    machine = _machine_columns(rng, county, style)
    at = rng.choice((0, 0, len(rest), rng.randint(0, len(rest))))
    made = [*_block(rng, style, "basic", basic)]
    for number, key in enumerate([*rest, ""]):
        if number == at:
            made += machine
        if key:
            made += _block(rng, style, key, groups[key])
    made = _overheads(rng, style, made)
    for word in rng.sample(wordings.UNKNOWN, rng.choice((0, 0, 1, 1, 2))):
        made.insert(_seam(rng, made), Column("x", "unknown", (word,), habit=rng.randint(0, 9)))
    if rng.random() < 0.3:
        made.append(_column(rng, style, _REMARK, False))
    if rng.random() < 0.85:
        made.insert(0, _column(rng, style, _NUMBER, False))
    return _distinct(made)


def _seam(rng: Random, columns: list[Column]) -> int:
    """A place between two columns that no group of heads spans; never before the basic ones."""
    free = [at for at in range(1, len(columns))
            if len(columns[at].heads) == 1 or columns[at].heads[0] != columns[at - 1].heads[0]]  # fmt: skip
    return rng.choice([*free, len(columns)])


def _distinct(columns: list[Column]) -> list[Column]:
    """Columns whose heads tell them apart: the first of several that say the same stays."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        words = "".join("/".join(column.heads).split())
        if words not in seen:
            seen.add(words)
            kept.append(column)
    return kept


def _block(rng: Random, style: Style, key: str, members: list[Wording]) -> list[Column]:
    """The columns of one group of heads, under its words or each by itself."""
    grouped = style.depth > 1 and key in wordings.GROUPS and len(members) > 1 and rng.random() < 0.8
    columns = [_column(rng, style, one, grouped) for one in members]
    if not grouped:
        return columns
    word = rng.choice(wordings.GROUPS[key])
    return [replace(one, heads=(word, *one.heads), group=key) for one in columns]


def _overheads(rng: Random, style: Style, columns: list[Column]) -> list[Column]:
    """With three rows of heads, a further head over neighbouring groups of one family."""
    if style.depth < 3:
        return columns
    families = (({"discharge", "eia", "permits"}, _PERMITS_OVER), ({"plan", "power", "halt", "order"}, _COURSE_OVER))
    for keys, words in families:
        word = rng.choice(words)
        members = [one for one in columns if one.group in keys and len(one.heads) == 2]
        if not members:
            continue
        at = columns.index(members[0])
        rest = [one for one in columns if one not in members]
        over = [
            replace(one, heads=(word, *(one.heads[1:] if one.group == "permits" else one.heads))) for one in members
        ]
        columns = rest[:at] + over + rest[at:]
    return columns


def _column(rng: Random, style: Style, wording: Wording, grouped: bool) -> Column:
    head = rng.choice(wording.under if grouped else wording.alone)
    one = Column(wording.path, wording.kind, (head,), wording.group, habit=rng.randint(0, 59))
    if wording.kind == "number":
        return _with_unit(rng, style, one)
    if wording.kind in ("mark", "yes"):
        return replace(one, marks=_marks(rng, wording.kind, head))
    if len(head) >= 5 and rng.random() < 0.12 and "（" not in head:
        cut = len(head) - rng.randint(2, 3)
        return replace(one, heads=(f"{head[:cut]}\n{head[cut:]}",))
    return one


def _marks(rng: Random, kind: str, head: str) -> tuple[str, str]:
    if head.startswith("是否"):
        return rng.choice((("是", "否"), ("√", "×")))
    if head.startswith("有无"):
        return rng.choice((("有", "无"), ("√", "×")))
    return rng.choice(YES_NO if kind == "yes" else [one for one in MARKS if one != ("是", "否")])


def _with_unit(rng: Random, style: Style, one: Column) -> Column:
    """A column of numbers with its unit: in its head, in its cells, in a row of units, in a line above, or nowhere."""
    unit, factor = rng.choice(UNITS[one.path])
    counted = one.path in wordings.COUNTED
    place = rng.choices(("header", "cell", "none"), (50, 10, 40) if counted else (76, 21, 3))[0]
    if style.unit_row:
        place = "row"
    for said in style.line_unit.split("、") if not counted else ():
        if said and any((said, size) in UNITS[one.path] for size in (1, 10_000)) and one.path[0] == "e":
            unit, factor, place = said, dict(UNITS[one.path])[said], "line"
    one = replace(one, unit=unit, factor=factor, unit_in=place)
    if place != "header":
        return one
    shown = rng.choice(("{h}（{u}）", "{h}（{u}）", "{h}({u})", "{h}\n（{u}）", "{h}（单位：{u}）", "{h}\n({u})"))
    return replace(one, heads=(shown.format(h=one.leaf, u=unit),))


def _machine_columns(rng: Random, county: County, style: Style) -> list[Column]:
    if style.mode == "none":
        return []
    if style.mode == "words":
        return [Column("w", "words", (rng.choice(wordings.WORDS),), habit=rng.randint(0, 59))]
    if style.mode in ("counts", "kinds"):
        return _by_kind(rng, county, style)
    if style.mode == "blocks":
        return _numbered(rng, county, style)
    chosen = [one for one in wordings.MACHINE if rng.random() < one.weight]
    if rng.random() < 0.25:
        chosen = [_MACHINE_NAME if one.path == "m.kind" else one for one in chosen]
    if rng.random() < 0.3:
        rng.shuffle(chosen)
    return _block(rng, style, "machine", chosen)


def _by_kind(rng: Random, county: County, style: Style) -> list[Column]:
    """A column a kind of furnace with its count; or its count and capacity below its name."""
    met = [machine.words for firm in county.firms for machine in firm.machines if "（" not in machine.words]
    style.words = sorted(set(met), key=lambda one: (-met.count(one), one))[: rng.randint(2, 6)] or ["铝壳炉", "钢壳炉"]
    over = rng.choice(wordings.COUNT_GROUPS) if style.depth > 1 and style.mode == "counts" else ""
    made = []
    for word in style.words:
        if style.mode == "counts":
            heads = (over, word) if over else (rng.choice((f"{word}（台）", f"{word}数量（台）", f"{word}\n（台）")),)
            made.append(Column(f"c.{word}", "count", heads, "machine", habit=rng.randint(0, 9)))
            continue
        made.append(Column(f"c.{word}", "count", (word, rng.choice(("数量（台）", "台数"))), word))
        made.append(Column(f"s.{word}", "size", (word, rng.choice(("容量（吨）", "单台容量（t）", "容量(吨)"))), word))
    return made


def _numbered(rng: Random, county: County, style: Style) -> list[Column]:
    """Numbered blocks side by side, one a furnace."""
    blocks = max(1, min(3, max(len(firm.machines) for firm in county.firms)))
    leaves = [one for one in wordings.MACHINE if one.path in ("m.kind", "m.capacity_t")]
    leaves += [
        one for one in wordings.MACHINE if one.path in ("m.state", "m.yoke", "m.power_kw") and rng.random() < 0.5
    ]
    word = rng.choice(wordings.BLOCKS)
    leaves = [replace(one, under=wordings.BLOCK_LEAVES[one.path]) for one in leaves]
    columns = [_column(rng, style, one, True) for one in leaves]
    made = []
    for number in range(1, blocks + 1):
        said = word.format(n="一二三"[number - 1] if word.startswith("第") else number)
        for one in columns:
            heads = (said, one.leaf) if style.depth > 1 else (said + one.leaf,)
            made.append(replace(one, heads=heads, block=number))
    return made
