"""The sheets 变化汇总 and 变化说明: opening, learned, entered and left are the closing; each movement and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.clock import CHINA
from app.register.history.acts import Act
from app.register.history.reasons import in_words
from app.register.movements.families import BODIES, BY_KEY, FIRMS, UNITS
from app.register.movements.families import in_words as of_what
from app.register.movements.flow import CAME, CHANGED, ENTERED, FEWER, LEARNED, LEFT, MORE, WENT
from app.register.movements.values import Line, Movement, Movements, together
from reports.forms import form
from reports.ledger.gathered.content import Content, Row
from reports.tables import Origin, Ref, Table

BALANCE, MOVED = "变化汇总", "变化说明"
COUNTY = "全县（市、区）"
UNKNOWN = "原因不明"
_FIGURES = {
    "opening": "期初",
    "told_more": "更正补登增",
    "told_less": "更正补登减",
    "entered": "新增",
    "came": "迁入、转入",
    "left": "减少",
    "went": "迁出、转出",
    "closing": "期末",
}
_HOW = {
    ENTERED: "新增",
    LEFT: "减少",
    CAME: "迁入、转入",
    WENT: "迁出、转出",
    MORE: "台数增加",
    FEWER: "台数减少",
    CHANGED: "内容变化",
}
#: So many cells are named of a movement; the others stand in the statements that a trace opens.
_CELLS = 3
_NOTES = (
    "期初＋更正补登增－更正补登减＋新增＋迁入、转入－减少－迁出、转出＝期末，每行成立；各乡镇（街道）相加等于全县。",
    "更正补登是期初之后才知道的、期初那一天本来的情况（先算）；其余是本季度里发生的（后算）。",
)
_LEFT_OUT = "年产量、产值、税收、用电量逐季填报，不在本表逐项列出。"


def movements_of(content: Content) -> Movements:
    """What changed since the last quarter's ledger; a content without it prints neither sheet."""
    if content.movements is None:
        raise ValueError("no movements were gathered")
    return content.movements


def balance(content: Content) -> Table:
    """A line for each family of the county, then for each township in which it moved, and one for the others."""
    told = movements_of(content)
    rows: list[Row] = []
    emphasis: list[int] = []
    for family in BY_KEY:
        for unit in (FIRMS, BODIES):
            own = [line for line in told.lines if (line.family, line.unit) == (family, unit)]
            if own:
                emphasis.append(len(rows))
                rows += _of_family(own)
    first = () if content.has("opening") else (f"{form('ledger', MOVED).without}。",)
    notes = (f"{told.opening.words}。", *first, *_NOTES)
    return content.traced(BALANCE, rows, notes=notes, emphasis=emphasis)


def table(content: Content) -> Table:
    """A row for each movement, and for what is another of firms that stayed, firm by firm.

    A first ledger has no such sheet: everything that its other sheets list has entered.
    """
    told = movements_of(content)
    unknown = sum(not one.because for one in told.rows)
    reasons = f"其中{UNKNOWN}{unknown}项" if unknown else "每项都有原因"
    counted = f"共{len(told.rows)}项，{reasons}。" if told.rows else "没有变化。"
    rows = [_moved(one) for one in told.rows]
    numbered = [Row((place, *row.cells), row.origin) for place, row in enumerate(rows, start=1)]
    return content.traced(MOVED, numbered, notes=(f"{told.opening.words}。", counted, *_NOTES[1:], _LEFT_OUT))


def _of_family(lines: Sequence[Line]) -> Iterator[Row]:
    """The county's line first; townships in which nothing moved stand together, by name."""
    whole, *townships = lines
    family = BY_KEY[whole.family]
    yield _line(whole, family.word, COUNTY, together(townships), family.definition)
    still = [line for line in townships if line.still]
    for line in townships:
        if not line.still or len(still) == 1:
            yield _line(
                line, family.word, line.place or "", line, "" if line.holds else f"加不起来，应为{line.reckoned}"
            )
    if len(still) > 1:
        rest = together(still)
        yield _line(
            rest, family.word, f"其余{len(still)}个没有变化", rest, "、".join(line.place or "" for line in still)
        )


def _line(line: Line, word: str, place: str, members: Line, remark: str) -> Row:
    """A line; `members`: whose members it counts."""
    section = "enterprise" if line.unit == FIRMS else "equipment"
    opening, closing = (tuple((section, id) for id in ids) for ids in members.members)
    # A machine may have had other bodies at the opening, so that its number there is no count of what it is now.
    counted: dict[str, tuple[Ref, ...]] = {_FIGURES["closing"]: closing}
    if line.unit == FIRMS:
        counted[_FIGURES["opening"]] = opening
    numbers = (getattr(line, name) for name in _FIGURES)
    return Row((word, place, UNITS[line.unit], *numbers, remark), Origin((), counted))


def _moved(one: Movement) -> Row:
    records: tuple[Ref, ...] = (("enterprise", one.firm),)
    if one.record not in records:
        records = (*records, one.record)
    cells = (
        one.place,
        one.name,
        one.called,
        of_what(one.family),
        f"更正补登：{_HOW[one.how]}" if one.step == LEARNED else _HOW[one.how],
        one.amount if one.unit == FIRMS else None,
        one.amount if one.unit == BODIES else None,
        one.before,
        one.after,
        _why(one),
        _cells(one),
    )
    return Row(cells, Origin(records))


def _why(one: Movement) -> str:
    """The reason, what is said of it, and the changes that made it so."""
    acts = "；".join(map(_act, one.acts))
    if not one.because:
        return f"{UNKNOWN}（有关的变更：{acts}）" if acts else f"{UNKNOWN}（没有有关的变更）"
    return "。".join(filter(None, (in_words(one.because), "；".join(one.said), acts)))


def _act(act: Act) -> str:
    day = act.at.astimezone(CHINA).date().isoformat()
    told = f"{act.kind}“{act.file}”" if act.file else act.kind
    return f"第{act.number}号变更（{day}）{told}" + (f"，{act.reason}" if act.reason else "")


def _cells(one: Movement) -> str:
    places = [f"{place.file} {place.cell}".strip() for place in one.places]
    return "；".join(places[:_CELLS]) + (f"；等{len(places)}处" if len(places) > _CELLS else "")
