"""The styles of a workbook, to which those of the marks and of the questions are added; none of its own is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importers.reply.refused import NotMarkable
from importers.reply.xml_part import XmlPart

#: The colours of marked cells, by severity; all else is as a question.
COLOURS = {"error": "FFFFC7CE", "question": "FFFFFF99"}
_HEAD_COLOUR = "FFD9E1F2"

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_MOST = 65_000
_TEXT = 49

EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{namespace}">'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class PageStyles:
    """The styles of the questions' sheet, as their numbers in the workbook."""

    title: int
    note: int
    head: int
    text: int
    link: int
    centred: int
    error: int
    fill_in: int


class StylesPart:
    """Adds fills and formats; `done` gives the part's bytes."""

    def __init__(self, part: XmlPart) -> None:
        self.part = part
        self._prefix = part.prefix
        self._added: dict[str, list[str]] = {name: [] for name in _ORDER}
        self._node = {name: part.root.child(name) for name in _ORDER}
        self._xfs = list(self._node["cellXfs"].all("xf")) if self._node["cellXfs"] else []
        self._before = {name: len(node.children) if node else 0 for name, node in self._node.items()}
        # A workbook without a list has nothing that its first formats could name: it is made as Excel makes it.
        if not self._xfs:
            self._xf(0, 0, 0)
        if not self._node["fills"]:
            self._fill("", pattern="none")
            self._fill("", pattern="gray125")
        if not self._node["fonts"]:
            self._font("")
        if not self._node["borders"]:
            self._border("")
        self._fills = {severity: self._fill(colour) for severity, colour in COLOURS.items()}
        self._marked: dict[tuple[int, str], int] = {}

    def marked(self, style: int, severity: str) -> int:
        """The same style with the colour of a mark."""
        kind = severity if severity in self._fills else "question"
        key = style, kind
        if key not in self._marked:
            self._marked[key] = self._clone(style, self._fills[kind])
        return self._marked[key]

    def page(self) -> PageStyles:
        """Styles of a list that is read on the screen and on paper."""
        plain = self._font('<{p}sz val="10"/><{p}name val="宋体"/><{p}charset val="134"/>')
        bold = self._font('<{p}b/><{p}sz val="10"/><{p}name val="宋体"/><{p}charset val="134"/>')
        large = self._font('<{p}b/><{p}sz val="15"/><{p}name val="宋体"/><{p}charset val="134"/>')
        blue = '<{p}u/><{p}sz val="10"/><{p}color rgb="FF0563C1"/><{p}name val="宋体"/><{p}charset val="134"/>'
        link = self._font(blue)
        line = '<{p}%s style="thin"><{p}color rgb="FF999999"/></{p}%s>'
        border = self._border("".join(line % (side, side) for side in ("left", "right", "top", "bottom")))
        head = self._fill(_HEAD_COLOUR)
        centred = '<{p}alignment horizontal="center" vertical="center" wrapText="1"/>'
        wrapped = '<{p}alignment vertical="center" wrapText="1"/>'
        return PageStyles(
            title=self._xf(large, 0, 0, '<{p}alignment horizontal="center" vertical="center"/>'),
            note=self._xf(plain, 0, 0, '<{p}alignment vertical="center" wrapText="1"/>'),
            head=self._xf(bold, head, border, centred),
            text=self._xf(plain, 0, border, wrapped, _TEXT),
            link=self._xf(link, 0, border, centred, _TEXT),
            centred=self._xf(plain, 0, border, centred),
            error=self._xf(plain, self._fills["error"], border, centred),
            fill_in=self._xf(plain, self._fills["question"], border, wrapped + '<{p}protection locked="0"/>', _TEXT),
        )

    def done(self) -> bytes:
        """The part with all added at the end of its lists."""
        if self._before["cellXfs"] + len(self._added["cellXfs"]) > _MOST:
            raise NotMarkable("原件的单元格样式太多，放不下标注的颜色")
        for name in _ORDER:
            added = "".join(self._added[name])
            if not added:
                continue
            node, number = self._node[name], self._before[name] + len(self._added[name])
            if node is not None:
                self.part.append(node, added)
                self.part.count(node, number)
            else:
                tag = f"{self._prefix}{name}"
                self._put(name, f'<{tag} count="{number}">{added}</{tag}>')
        return self.part.done()

    def _put(self, name: str, text: str) -> None:
        """A list that the part lacks goes behind those that come before it."""
        root, earlier = self.part.root, _ORDER[: _ORDER.index(name)]
        before = [node for node in root.children if node.name in earlier]
        if before:
            self.part.insert(before[-1].end, text)
        elif root.inner_end is not None:
            self.part.insert(root.tag_end, text)
        else:
            self.part.append(root, text)

    def _add(self, name: str, text: str) -> int:
        self._added[name].append(text)
        return self._before[name] + len(self._added[name]) - 1

    def _fill(self, colour: str, pattern: str = "solid") -> int:
        p = self._prefix
        inside = f'<{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>' if colour else ""
        return self._add(
            "fills", f'<{p}fill><{p}patternFill patternType="{pattern}">{inside}</{p}patternFill></{p}fill>'
        )

    def _font(self, inside: str) -> int:
        p = self._prefix
        return self._add("fonts", f"<{p}font>{inside.format(p=p)}</{p}font>")

    def _border(self, inside: str) -> int:
        p = self._prefix
        return self._add("borders", f"<{p}border>{inside.format(p=p)}<{p}diagonal/></{p}border>")

    def _xf(self, font: int, fill: int, border: int, inside: str = "", number: int = 0) -> int:
        p = self._prefix
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyNumberFormat="1"'
        told = f'numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" {applied}'
        if self._node["cellStyleXfs"] is not None:
            told += ' xfId="0"'
        if "protection" in inside:
            told += ' applyProtection="1"'
        return self._add("cellXfs", f"<{p}xf {told}>{inside.format(p=p)}</{p}xf>")

    def _clone(self, style: int, fill: int) -> int:
        if not self._xfs:
            return self._xf(0, fill, 0)
        node = self._xfs[style] if style < len(self._xfs) else self._xfs[0]
        tag = self.part.content[node.start : node.tag_end].decode()
        rest = self.part.content[node.tag_end : node.end].decode()
        for name, value in (("fillId", str(fill)), ("applyFill", "1")):
            tag = _with(tag, name, value)
        return self._add("cellXfs", tag + rest)


def _with(tag: str, name: str, value: str) -> str:
    """A tag with an attribute set to a value."""
    changed, times = re.subn(rf"""(\s{name}\s*=\s*)(?:"[^"]*"|'[^']*')""", rf'\g<1>"{value}"', tag, count=1)
    if times:
        return changed
    slash = "/>" if tag.endswith("/>") else ">"
    return f'{tag[: -len(slash)].rstrip()} {name}="{value}"{slash}'
