"""The parts of an OOXML package that the sheets lean on: relations, workbook, styles, shared strings."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from importers.container.limits import Limits
from importers.container.number_formats import BUILT_IN, PLAIN, NumberFormat, read_format
from importers.container.refusals import over_limit
from importers.container.xml_scan import XmlScan, local, on


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


class RelationsScan(XmlScan):
    """`targets`: id → (kind, path inside the package)."""

    def __init__(self, part: str, limits: Limits, base: str) -> None:
        super().__init__(part, limits)
        self.base = base
        self.targets: dict[str, tuple[str, str]] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(self.base, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, posixpath.normpath(path))


class WorkbookScan(XmlScan):
    """The sheets in order, and the date system."""

    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self.sheets: list[SheetEntry] = []
        self.date1904 = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(SheetEntry(attributes.get("name", ""), local(attributes, "id") or "", hidden))
            if len(self.sheets) > self.limits.sheets:
                raise over_limit(f"工作表超过 {self.limits.sheets} 张")
        elif name == "workbookPr":
            self.date1904 = on(attributes, "date1904")


@dataclass(slots=True)
class Styles:
    """What a cell's style says: whether it is struck out, and how it shows a number."""

    struck: set[int] = field(default_factory=set)
    formats: list[NumberFormat] = field(default_factory=list)

    def format_of(self, style: int) -> NumberFormat:
        """The number format of a style; General where the style does not exist."""
        return self.formats[style] if style < len(self.formats) else PLAIN


class StylesScan(XmlScan):
    """Reads fonts, number formats and the cells' styles; refuses a million of them."""

    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self._within = ""
        self._fonts: list[bool] = []
        self._codes: dict[int, str] = {}
        self._cells: list[tuple[int, int]] = []
        self._count = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "numFmts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "borders", "cellStyles"):
            self._within = name
        elif name in ("font", "xf", "numFmt", "fill", "border", "cellStyle", "dxf"):
            self._style(name, attributes)
        elif name == "strike" and self._within == "fonts" and self._fonts:
            self._fonts[-1] = on(attributes, "val", "1")

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > 3 * self.limits.styles or len(self._cells) >= self.limits.styles:
            raise over_limit(
                f"单元格样式超过 {self.limits.styles:,} 种", "请把内容复制到新建的工作簿中（只粘贴数值）再发送"
            )
        if name == "font" and self._within == "fonts":
            self._fonts.append(False)
        elif name == "numFmt" and self._within == "numFmts":
            self._codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and self._within == "cellXfs":
            self._cells.append((_number(attributes.get("fontId")), _number(attributes.get("numFmtId"))))

    def styles(self) -> Styles:
        """What was read."""
        struck_fonts = {place for place, struck in enumerate(self._fonts) if struck}
        return Styles(
            struck={style for style, (font, _) in enumerate(self._cells) if font in struck_fonts},
            formats=[self._format(number) for _, number in self._cells],
        )

    def _format(self, number: int) -> NumberFormat:
        code = self._codes.get(number) or BUILT_IN.get(number, "General")
        shown = read_format(code[:500])
        return PLAIN if shown == PLAIN else shown


@dataclass(slots=True)
class Strings:
    """The shared texts. `struck`: index → (text kept, text struck out) of those struck out in part or whole."""

    texts: list[str] = field(default_factory=list)
    struck: dict[int, tuple[str, str]] = field(default_factory=dict)


class StringsScan(XmlScan):
    """Walks the shared strings for runs that are struck out."""

    def __init__(self, part: str, limits: Limits) -> None:
        super().__init__(part, limits)
        self.strings = Strings()
        self._phonetic = self._struck = False
        self._runs: list[tuple[bool, str]] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._runs, self._struck = [], False
        elif name == "r":
            self._struck = False
        elif name == "strike":
            self._struck = on(attributes, "val", "1")
        elif name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self.heard = []

    def closed(self, name: str) -> None:
        if name == "t" and self.heard is not None:
            self._runs.append((self._struck, "".join(self.heard)))
            self.heard = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.texts.append("".join(text for _, text in self._runs))
            if any(struck for struck, _ in self._runs):
                self.strings.struck[len(self.strings.texts) - 1] = split_runs(self._runs)


def split_runs(runs: list[tuple[bool, str]]) -> tuple[str, str]:
    """The text that stands, and the text that is struck out."""
    kept = "".join(text for struck, text in runs if not struck)
    return kept, "".join(text for struck, text in runs if struck)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
