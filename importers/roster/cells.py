"""Reading one cell under its column: facts with raw text and place, machines in words, or what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default

from app.domain.proposal import RosterIssue as Issue
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS, Field, field
from importers.facts import Fact, Wording
from importers.grid import Cell
from importers.roster.legends import legend_in
from importers.roster.listed_papers import permits_listed
from importers.roster.reads import Reads
from importers.roster.sheet_rows import SheetRows
from importers.values import Understood, nothing_kind, read_machines, understand
from importers.values.text import compact

#: Doubts that show the field was recognised in the cell, though its value is not stated.
RECOGNISED = frozenset(
    f"value.{what}"
    for what in [
        "stated_unknown",
        "masked",
        "not_exact",
        "year_unknown",
        "period",
        "month_unclear",
        "kind_unclear",
        "fuel_unclear",
        "below_detection",
        "no_day",
        "bad_date",
        "cell_error",
        "melt_rate",
    ]
) | {"cell.struck_out", "code.digits_lost"}
#: A longer text is no mark.
_MARK_AND_BLANKS = 4
_YES_NO = SECTIONS["equipment"]["yoke"]
#: A choice of a list with its number: 01-在用, 2、停产.
_CHOSEN = re.compile(r"\d{1,3}\s*[-—–_.、:：]\s*(?P<word>[^\d\s].*)")
#: A name that no lexicon has is still a machine's: 砂处理线, KGPS-500.
_MACHINE_LIKE = re.compile(r"[炉窑机釜锅泵器线车床锤]|[A-Za-z][^\u4e00-\u9fff]{0,30}\d")
#: A name that is no more than a name carries none of these.
_MEASURES = re.compile(r"\d(?!号|#)|[两二三四五六七八九十]台|一台|[（(][^（()）]*[)）]|[×x*]\d|[、，,；;\n]")


@dataclass(frozen=True, slots=True)
class Heard:
    """What one cell gives, wherever it stands: all cells with one text share it.

    `facts` by path of the vocabulary, `machines` by field name (what the header says of them stands in its own cell),
    `extra`: a text kept aside. `ditto`: what the row above says.
    """

    facts: tuple[tuple[str, Wording], ...] = ()
    machines: tuple[Mapping[str, Wording | Fact], ...] = ()
    extra: str | None = None
    issues: tuple[Issue, ...] = ()
    ditto: bool = False

    @property
    def states(self) -> bool:
        """Whether it states anything."""
        return bool(self.facts or self.machines)


NOTHING = Heard()
DITTO = Heard(ditto=True)


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one sheet. `year`: the roster's own; `date1904`: the date system of its file.

    `legend`: what marks mean that are unclear without it.
    """

    view: SheetRows
    year: int | None = None
    date1904: bool = False
    legend: Mapping[str, str] = default(default_factory=dict)

    def hear(self, column: Reads, cell: Cell) -> Heard:
        """All that this cell says under this column, wherever it stands."""
        kind = None if column.style == "row_number" else nothing_kind(cell.text)
        if kind == "ditto":
            return DITTO
        if column.style == "row_number" or (kind == "empty" and not cell.error):
            return NOTHING
        if cell.struck or cell.error:
            return Heard(issues=self._unreadable(column, cell))
        if column.style == "value" and column.path in ("equipment.name", "equipment.kind"):
            return self._words(column, cell)
        return _STYLES[column.style](self, column, cell)

    def understood(self, column: Reads, cell: Cell, asked: Field | None = None, unit: str | None = None) -> Understood:
        """The cell under the column's field, or under another."""
        wanted = asked or column.field
        word = self._explained(column, cell) if len(cell.text) < _MARK_AND_BLANKS else None
        if word:
            said = understand(wanted, replace(cell, value=word, text=word), year=self.year)
            if said.value is not None:
                return said
        said = understand(wanted, cell, unit=unit or column.unit, year=self.year, date1904=self.date1904)
        chosen = (
            _CHOSEN.fullmatch(cell.text.strip()) if said.value is None and (wanted.enum or wanted is _YES_NO) else None
        )
        if chosen:
            word = chosen["word"]
            coded = understand(wanted, replace(cell, value=word, text=word), year=self.year)
            return coded if coded.value is not None else said
        return said

    def _explained(self, column: Reads, cell: Cell) -> str | None:
        """The word of a mark that the column's head or the lines around the table explain."""
        mark = compact(cell.text)
        return legend_in(column.head.header).get(mark) or self.legend.get(mark)

    def _unreadable(self, column: Reads, cell: Cell) -> tuple[Issue, ...]:
        path = column.path if not column.kept else None
        if cell.struck:
            words = ("question", "单元格的内容已被划掉，不作数", "请确认划掉的内容是否作废；如仍有效请取消删除线")
            return (self.issue("cell.struck_out", *words, None, path, cell.text),)
        words = ("warning", "单元格是错误值或没有结果的公式", "请改为填写数值或文字后重新上报")
        return (self.issue("cell.error", *words, None, path, cell.text or cell.error or ""),)

    def issue(
        self, code: str, severity: str, message: str, fix: str, at: str | None, path: str | None, raw: str | None
    ) -> Issue:
        """An issue at a cell of this sheet."""
        return Issue(code, severity, self.view.grid.name, at, path, raw, message, fix)

    def _doubts(self, said: Understood, column: Reads, cell: Cell) -> tuple[Issue, ...]:
        if said.issue is None:
            return ()
        code, severity, message, fix = said.issue
        return (self.issue(code, severity, message, fix, None, column.path, cell.text),)

    def _value(self, column: Reads, cell: Cell) -> Heard:
        if column.path == "action.document_no" and self.understood(column, cell, _YES_NO).value is not None:
            return Heard()
        said = self.understood(column, cell)
        facts = [] if said.value is None else [(column.path or "", Wording(said.value, cell.text))]
        facts += [(path, Wording(value, cell.text)) for path, value in said.also.items()]
        return Heard(facts=tuple(facts), issues=self._doubts(said, column, cell))

    def _part(self, column: Reads, cell: Cell) -> Heard:
        return Heard()

    def _kept(self, column: Reads, cell: Cell) -> Heard:
        return Heard(extra=cell.text.strip())

    def _words(self, column: Reads, cell: Cell) -> Heard:
        """Machines in words, or a plain name with what its words say."""
        if nothing_kind(cell.text) in ("zero", "unknown", "below_detection"):
            return Heard(issues=self._doubts(self.understood(column, cell), column, cell))
        machines, residue = _unwrapped_machines(cell.text)
        read = [self._machine(column, one, cell.text) for one in machines]
        plain_name = len(read) <= 1 and not _MEASURES.search(compact(cell.text))
        names = column.meaning is not None and column.meaning.style == "value"
        plain_name = plain_name and (names or bool(read))
        if (names and len(read) <= 1) or plain_name:
            name = self._name(cell)
            said = read[0] if read else self._by_kind(cell)
            known = bool(said) or bool(_MACHINE_LIKE.search(compact(cell.text)))
            read = [{**name, **said, **name}] if known and name else read
            residue = residue if read and not plain_name and machines else "" if known else cell.text.strip()
        issues: tuple[Issue, ...] = ()
        if residue:
            words = (
                "question",
                f"设备描述没有全部看懂：{residue}",
                "请按“2台4吨中频炉、1台0.5吨铝壳炉（闲置）”的样子填写",
            )
            issues = (self.issue("machines.not_understood", *words, None, "equipment.name", cell.text),)
        return Heard(machines=tuple(read), issues=issues)

    def _by_kind(self, cell: Cell) -> dict[str, Wording]:
        """What a word says that is no machine's whole name: 中频, 铝壳."""
        said = understand(SECTIONS["equipment"]["kind"], cell)
        facts = {} if said.value is None else {"kind": Wording(said.value, cell.text)}
        return facts | {path.split(".")[1]: Wording(value, cell.text) for path, value in said.also.items()}

    def _name(self, cell: Cell) -> dict[str, Wording]:
        said = understand(SECTIONS["equipment"]["name"], cell)
        return {} if said.value is None else {"name": Wording(said.value, cell.text)}

    def _machine(self, column: Reads, said: Mapping[str, Value], raw: str) -> dict[str, Wording | Fact]:
        own = {name: Wording(value, raw) for name, value in said.items()}
        return {**self.header_says(column), **own}

    def header_says(self, column: Reads) -> dict[str, Fact]:
        """What the header's words state of the machine; they stand in the header's cell."""
        return {
            name: Fact(Wording(value, column.head.path[-1]), *column.head.place) for name, value in column.says.items()
        }

    def _count(self, column: Reads, cell: Cell) -> Heard:
        """Machines of the header's words: how many; or, where words stand there instead, the machines themselves."""
        if nothing_kind(cell.text) == "zero":
            return Heard()
        said = self.understood(column, cell)
        if isinstance(said.value, int):
            quantity = Wording(said.value, cell.text)
            counted: Mapping[str, Wording | Fact] = {**self.header_says(column), "quantity": quantity}
            return Heard(machines=(counted,) if said.value > 0 else ())
        machines, residue = read_machines(cell.text)
        if machines and not residue and re.search(r"\d", cell.text):
            return Heard(machines=tuple(self._machine(column, one, cell.text) for one in machines))
        return Heard(issues=self._doubts(said, column, cell))

    def _mark(self, column: Reads, cell: Cell) -> Heard:
        """A yes states what the header says; a no states nothing of it."""
        said = self.understood(column, cell, _YES_NO)
        if said.value is True:
            section = column.section or ""
            return Heard(
                facts=tuple((f"{section}.{name}", Wording(value, cell.text)) for name, value in column.says.items())
            )
        return Heard(issues=self._doubts(said, column, cell))

    def _paper(self, column: Reads, cell: Cell) -> Heard:
        """A permit's cell under its bare name: its standing with its number, or its class."""
        said = self.understood(column, cell, SECTIONS["permit"]["standing"])
        if said.value is None and not said.also and said.issue and said.issue[0] not in RECOGNISED:
            other = self.understood(column, cell, SECTIONS["permit"]["class"])
            if other.value is not None:
                return Heard(facts=(("permit.class", Wording(other.value, cell.text)),))
        facts = [] if said.value is None else [("permit.standing", Wording(said.value, cell.text))]
        facts += [(path, Wording(value, cell.text)) for path, value in said.also.items()]
        return Heard(facts=tuple(facts), issues=self._doubts(said, column, cell))

    def _papers(self, column: Reads, cell: Cell) -> Heard:
        """Permits by name, each in the standing that the header says."""
        if nothing_kind(cell.text) == "zero":
            return NOTHING
        kinds = permits_listed(cell.text)
        standing = column.says["standing"]
        if kinds:
            return Heard(facts=tuple((f"permit.standing.{kind}", Wording(standing, cell.text)) for kind in kinds))
        words = ("question", "没有看懂写的是哪几种手续", "请写成“营业执照、环评批复、排污许可证”的样子")
        issues = (self.issue("value.not_understood", *words, None, column.path, cell.text),)
        return Heard(extra=cell.text.strip(), issues=issues)

    def _act(self, column: Reads, cell: Cell) -> Heard:
        """An action that the header names: its day, or whether it was done."""
        said = self.understood(column, cell, SECTIONS["action"]["taken_on"])
        if said.value is not None:
            return Heard(facts=(("action.taken_on", Wording(said.value, cell.text)),))
        done = self.understood(column, cell, _YES_NO)
        if done.value is True:
            return Heard(
                facts=(("action.kind", Wording(column.meaning.kind or "", cell.text)),) if column.meaning else ()
            )
        if done.value is False:
            return Heard()
        return Heard(extra=cell.text.strip(), issues=self._doubts(said, column, cell))

    def _term(self, column: Reads, cell: Cell) -> Heard:
        """A validity in one cell: from and to, or its end alone."""
        ends = re.split(r"(?<=[\d日号])\s*(?:至|到|—+|~|～|--?(?=\s*\d{4}))\s*", cell.text.strip(), maxsplit=1)
        ends[0] = re.sub(r"^[自从]\s*(?=\d)", "", ends[0])
        names = ("valid_from", "valid_to") if len(ends) == 2 else ("valid_to",)
        facts: list[tuple[str, Wording]] = []
        issues: list[Issue] = []
        for name, end in zip(names, ends, strict=True):
            part = cell if len(ends) == 1 else replace(cell, value=end, text=end)
            said = self.understood(column, part, field(f"permit.{name}"))
            if said.value is not None:
                facts.append((f"permit.{name}", Wording(said.value, cell.text)))
            issues += self._doubts(said, column, cell)
        return Heard(facts=tuple(facts), issues=tuple(issues))

    def _position(self, column: Reads, cell: Cell) -> Heard:
        """Longitude and latitude in one cell."""
        if nothing_kind(cell.text) == "unknown":
            return Heard(issues=self._doubts(understand(field("enterprise.longitude"), cell), column, cell))
        parts = [part for part in re.split(r"[,，;；、\s/]+", cell.text.strip()) if part]
        facts = []
        if len(parts) == 2:
            for path in ("enterprise.longitude", "enterprise.latitude"):
                for part in parts:
                    said = understand(field(path), replace(cell, value=part, text=part))
                    if said.value is not None:
                        facts.append((path, Wording(said.value, cell.text)))
        if len({path for path, _ in facts}) == len(facts) == 2:
            return Heard(facts=tuple(facts))
        words = ("question", "经纬度没有看懂", "请写成“112.19,25.37”的样子，或分两列填写经度和纬度")
        return Heard(
            extra=cell.text.strip(),
            issues=(self.issue("value.not_understood", *words, None, column.path, cell.text),),
        )


#: A break between digits may part two numbers (0.5 over 2) or one: nobody can tell.
_BETWEEN_DIGITS = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
_WITHIN_WORDS = re.compile(r"(?<![\d.,])\s+|\s+(?![\d.,\s])")


def _unwrapped_machines(text: str) -> tuple[tuple[Mapping[str, Value], ...], str]:
    """Machines in words; a line break inside a word does not divide it, one between digits always does."""
    machines, residue = read_machines(text)
    if residue and "\n" in text:
        joined, rest = read_machines(_WITHIN_WORDS.sub("", _BETWEEN_DIGITS.sub("\n", text)))
        if not rest or sum(map(len, joined)) <= sum(map(len, machines)):
            return joined, rest
    return machines, residue


_STYLES: dict[str, Callable[[CellReader, Reads, Cell], Heard]] = {
    "value": CellReader._value,
    "kept": CellReader._kept,
    "aside": CellReader._kept,
    "unit": CellReader._kept,
    "angle": CellReader._part,
    "words": CellReader._words,
    "count": CellReader._count,
    "mark": CellReader._mark,
    "paper": CellReader._paper,
    "papers": CellReader._papers,
    "act": CellReader._act,
    "term": CellReader._term,
    "position": CellReader._position,
}
