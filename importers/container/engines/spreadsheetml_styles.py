"""The styles of an XML spreadsheet 2003: what is struck out, and how a number is shown."""

from __future__ import annotations

from dataclasses import dataclass

from importers.container.limits import Limits
from importers.container.number_formats import PLAIN, NumberFormat, read_format
from importers.container.refusals import over_limit

#: Formats by their names, as codes.
_NAMED = {
    "General Number": "General",
    "General Date": "yyyy-m-d h:mm",
    "Long Date": "yyyy-m-d",
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy-m-d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm",
    "Short Time": "h:mm",
    "Currency": "0.00",
    "Euro Currency": "0.00",
    "Fixed": "0.00",
    "Standard": "0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Yes/No": "General",
    "True/False": "General",
    "On/Off": "General",
}
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is shown."""

    struck: bool = False
    shown: NumberFormat = PLAIN


@dataclass(slots=True)
class _Style:
    parent: str
    struck: bool | None = None
    shown: NumberFormat | None = None


class StyleSheet:
    """Styles by their ids; what one does not say its parent does, and at last the style Default."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._styles: dict[str, _Style] = {}
        self._known: dict[str, Look] = {}
        self._now = _Style("")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element within the styles, its attributes without their prefix."""
        if name == "Style":
            if len(self._styles) >= self.limits.styles:
                raise over_limit(f"单元格样式超过 {self.limits.styles:,} 种")
            self._now = self._styles[attributes.get("ID", "")] = _Style(attributes.get("Parent", "Default"))
        elif name == "Font":
            self._now.struck = attributes.get("StrikeThrough") in ("1", "true")
        elif name == "NumberFormat":
            code = attributes.get("Format", "General")
            self._now.shown = read_format(_NAMED.get(code, code)[:500])

    def look(self, style: str) -> Look:
        """What a style says, with all that it inherits."""
        if style not in self._known:
            struck: bool | None = None
            shown: NumberFormat | None = None
            for one in self._line(style):
                struck = one.struck if struck is None else struck
                shown = one.shown if shown is None else shown
            self._known[style] = Look(bool(struck), PLAIN if shown is None else shown)
        return self._known[style]

    def _line(self, style: str) -> list[_Style]:
        line: list[_Style] = []
        name = style or "Default"
        while name in self._styles and len(line) < _DEEPEST:
            line.append(self._styles[name])
            name = line[-1].parent if name != "Default" else ""
        return line
