"""A streaming walk over the XML of a part that refuses what no spreadsheet program writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.parsers import expat

from app.errors import Unreadable
from importers.container.limits import Limits
from importers.container.refusals import damaged, hostile


class XmlScan:
    """Walks one part. Subclasses override `opened` and `closed`, and set `heard` to a list to collect text."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.part = part
        self.limits = limits
        self.heard: list[str] | None = None
        self._depth = 0
        self._deepest, self._most = limits.depth, limits.attributes
        self._names: dict[str, str] = {}
        self._parser = self._new_parser()
        self._listen(True)

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `name` without its prefix."""

    def closed(self, name: str) -> None:
        """An element ends."""

    def run(self, pieces: Iterable[bytes]) -> None:
        """Walk the whole part."""
        for piece in pieces:
            self.feed(piece)
        self.end()

    def feed(self, piece: bytes, *, silently: bool = False) -> None:
        """Walk on. `silently`: verify only that the piece, balanced in itself, is XML; nothing in it is told."""
        if silently != self._silent:
            self._listen(not silently)
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as broken:
            raise self._broken(broken) from broken
        except (ValueError, LookupError) as unknown:
            raise damaged(f"部件 {self.part} 用了不认识的文字编码") from unknown

    def end(self) -> None:
        """The part must end here."""
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as broken:
            raise self._broken(broken) from broken

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._external
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        return parser

    def _listen(self, listening: bool) -> None:
        self._silent = not listening
        self._parser.StartElementHandler = self._start if listening else None
        self._parser.EndElementHandler = self._end if listening else None
        self._parser.CharacterDataHandler = self._text if listening else None

    def _broken(self, broken: expat.ExpatError) -> Unreadable:
        return damaged(f"部件 {self.part} 第 {broken.lineno} 行不是正确的 XML")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._deepest:
            raise hostile(f"部件 {self.part} 的 XML 嵌套超过 {self._deepest} 层")
        if len(attributes) > self._most:
            raise hostile(f"部件 {self.part} 有一个元素带 {len(attributes)} 个属性")
        self.opened(self._names.get(name) or self._local(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.closed(self._names[name])

    def _text(self, text: str) -> None:
        if self.heard is not None:
            self.heard.append(text)

    def _local(self, name: str) -> str:
        return self._names.setdefault(name, name.rpartition(":")[2])

    def _doctype(self, *_: Any) -> None:
        raise hostile(f"部件 {self.part} 含有文档类型声明（DTD）或实体定义")

    def _external(self, *_: Any) -> int:
        raise hostile(f"部件 {self.part} 引用了外部实体")


def local(attributes: dict[str, str], name: str) -> str | None:
    """An attribute by its name without prefix (`r:id` and `d3p1:id` are both `id`)."""
    for full, value in attributes.items():
        if full == name or full.endswith(":" + name):
            return value
    return None


def on(attributes: dict[str, str], name: str, default: str = "0") -> bool:
    """A boolean attribute as OOXML writes it."""
    return attributes.get(name, default) in ("1", "true", "on")
