"""A small part of a package as a tree of places, so that text can be put in without writing anything anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from importers.container.limits import DEFAULT
from importers.container.xml_scan import XmlScan
from importers.reply.refused import NotMarkable

_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_TAG_END = re.compile(rb"""[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")
_COUNT = re.compile(rb"""(\scount\s*=\s*)(?:"[^"]*"|'[^']*')""")
_ILLEGAL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class Node:
    """An element: its name without prefix, its attributes, where it and its insides lie. `inner` is None if `<a/>`."""

    name: str
    attributes: dict[str, str]
    start: int
    tag_end: int = 0
    inner_end: int | None = None
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        """The first child of this name."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, name: str) -> Iterator[Node]:
        """The children of this name."""
        return (one for one in self.children if one.name == name)


def encoding_of(head: bytes, part: str) -> str:
    """How a part's text is written: by its mark, else as it declares, else UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if head.startswith(b"\xff") else "utf-16-be"
    if head.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    declared = _DECLARED.match(head)
    name = declared[1].decode().lower() if declared else "utf-8"
    if name in ("utf-8", "utf8", "us-ascii", "ascii"):
        return "utf-8"
    if name in ("gbk", "gb2312", "gb18030", "iso-8859-1", "windows-1252"):
        return "gb18030" if name.startswith("gb") else name
    raise NotMarkable(f"部件 {part} 的文字编码 {name} 不常见")


class _Tree(XmlScan):
    def __init__(self, part: str, content: bytes) -> None:
        super().__init__(part, DEFAULT)
        self.content = content
        self.root: Node | None = None
        self._open: list[Node] = []

    def _new_parser(self) -> expat.XMLParserType:
        # The content is UTF-8 by now, whatever the part declares.
        return in_utf_8(super()._new_parser())

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        node = Node(name, attributes, at, tag_end(self.content, at))
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self._open.append(node)

    def closed(self, name: str) -> None:
        node = self._open.pop()
        if self.content[node.tag_end - 2 : node.tag_end] == b"/>":
            node.end = node.tag_end
            return
        node.inner_end = self._parser.CurrentByteIndex
        node.end = self.content.index(b">", node.inner_end) + 1


def in_utf_8(strict: expat.XMLParserType) -> expat.XMLParserType:
    """A parser with the same refusals that takes its bytes for UTF-8 whatever they declare."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = strict.StartDoctypeDeclHandler
    parser.EntityDeclHandler = strict.EntityDeclHandler
    parser.ExternalEntityRefHandler = strict.ExternalEntityRefHandler
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def tag_end(content: bytes, start: int) -> int:
    """Behind the `>` that ends the tag that begins here."""
    found = _TAG_END.match(content, start)
    if found is None:
        raise NotMarkable("有一个标签没有写完")
    return found.end()


class XmlPart:
    """A part of a package, and what is to be put into it; `done` gives its bytes with that put in."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.encoding = encoding_of(content[:400], name)
        self._original = content
        self.content = content if self.encoding == "utf-8" else content.decode(self.encoding).encode()
        tree = _Tree(name, self.content)
        tree.run([self.content])
        if tree.root is None:
            raise NotMarkable(f"部件 {name} 是空的")
        self.root = tree.root
        #: (from, to, text instead), in the order in which they were asked for.
        self._edits: list[tuple[int, int, bytes]] = []
        #: How many children the list that grows was given: their numbers go on from it.
        self.put_in = 0

    @property
    def prefix(self) -> str:
        """The prefix of the root's name with its colon, such as `x:`; mostly empty."""
        name = re.match(rb"<([^\s/>]+)", self.content[self.root.start :])
        prefix, colon, _ = name[1].decode().rpartition(":") if name else ("", "", "")
        return prefix + colon

    def namespace(self) -> str:
        """What the root's prefix stands for."""
        prefix = self.prefix.rstrip(":")
        return self.root.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")

    @property
    def edited(self) -> bool:
        """Whether anything was put in."""
        return bool(self._edits)

    def insert(self, at: int, text: str) -> None:
        """Put text in at a place."""
        self._edits.append((at, at, text.encode()))

    def append(self, node: Node, text: str) -> None:
        """Put text in as the last thing within an element."""
        if node.inner_end is not None:
            self.insert(node.inner_end, text)
            return
        tag = self.content[node.start : node.tag_end]
        name = re.match(rb"<([^\s/>]+)", tag)
        closing = f"</{name[1].decode()}>" if name else ""
        slash = self.content.rindex(b"/", node.start, node.tag_end)
        opened = next((one for one in self._edits if one[:2] == (slash, node.tag_end)), None)
        if opened is None:
            self._edits.append((slash, node.tag_end, f">{text}{closing}".encode()))
        else:
            before = opened[2].removesuffix(closing.encode())
            self._edits[self._edits.index(opened)] = (slash, node.tag_end, before + text.encode() + closing.encode())

    def count(self, node: Node, number: int) -> None:
        """Say in an element how many it holds, where it says so."""
        found = _COUNT.search(self.content, node.start, node.tag_end)
        if found:
            self._edits.append((found.start(), found.end(), found[1] + f'"{number}"'.encode()))

    def done(self) -> bytes:
        """The part with all put in; the very bytes where nothing was."""
        if not self._edits:
            return self._original
        made, at = [], 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            made += [self.content[at:start], text]
            at = end
        made.append(self.content[at:])
        whole = b"".join(made)
        return whole if self.encoding == "utf-8" else whole.decode().encode(self.encoding, "xmlcharrefreplace")


def attribute(text: str) -> str:
    """Text between double quotes."""
    return escape(_ILLEGAL.sub("\ufffd", text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def element_text(text: str) -> str:
    """Text between tags, as a sheet keeps it: control characters replaced, `_x000D_` in a text kept a text."""
    plain = _ESCAPED.sub("_x005F_", _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
    return escape(plain)
