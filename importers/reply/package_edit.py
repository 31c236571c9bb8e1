"""A package to which sheets, comments and styles are added by text put in; all other parts keep their very bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

from importers.container.archive import Part, inflate
from importers.container.xml_scan import local
from importers.reply.part_bytes import PartBytes
from importers.reply.refused import NotMarkable
from importers.reply.xml_part import Node, XmlPart, attribute
from importers.reply.zip_copy import copied

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
#: What comes in a workbook before its defined names.
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name in the workbook, its place among all sheets, and the path of its part."""

    name: str
    path: str


class PackageEdit:
    """The package and what is to be added to it; `done` gives its bytes."""

    def __init__(self, content: bytes, parts: Iterable[Part]) -> None:
        self.content = content
        self.parts = tuple(parts)
        self._paths = {plain(part.name): part for part in self.parts}
        self._open: dict[str, XmlPart] = {}
        self._swapped: dict[str, Iterable[bytes]] = {}
        self._added: dict[str, bytes] = {}
        #: Endings of names whose kind was put in.
        self._told: set[str] = set()
        self.workbook_path = self._workbook_path()
        self.workbook = self.xml(self.workbook_path)
        self.namespace = self.workbook.namespace()
        if self.namespace not in (_MAIN, _STRICT_MAIN):
            raise NotMarkable("工作簿的写法不是 Excel 或 WPS 的")
        self.office = _STRICT_OFFICE if self.namespace == _STRICT_MAIN else _OFFICE
        self.sheets = tuple(self._sheets())

    def has(self, path: str) -> bool:
        """Whether the original has this part."""
        return plain(path) in self._paths

    def part(self, path: str) -> Part:
        """The part of a path, whatever the case and slashes of its name."""
        found = self._paths.get(plain(path))
        if found is None:
            raise NotMarkable(f"缺少部件 {path}")
        return found

    def xml(self, path: str) -> XmlPart:
        """A small part, to be read and to have text put in."""
        name = self.part(path).name
        if name not in self._open:
            self._open[name] = XmlPart(name, self.whole(path))
        return self._open[name]

    def whole(self, path: str) -> bytes:
        """A part's bytes as they are in the original."""
        return b"".join(inflate(self.content, self.part(path)))

    def stream(self, path: str) -> PartBytes:
        """A large part, to be walked."""
        return PartBytes(self.content, self.part(path))

    def swap(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a part with other content, in its place."""
        self._swapped[self.part(path).name] = pieces

    def drawings(self) -> list[str]:
        """The texts of all legacy drawings."""
        named = (part.name for part in self.parts if part.name.lower().endswith(".vml"))
        return [self.whole(name).decode("utf-8", "replace") for name in named]

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """The parts that a part names: id → (kind, path)."""
        rels = _rels_path(path)
        if not self.has(rels):
            return {}
        folder = posixpath.dirname(path)
        return {
            node.attributes.get("Id", ""): (node.attributes.get("Type", "").rpartition("/")[2], _joined(folder, node))
            for node in self.xml(rels).root.children
            if node.attributes.get("TargetMode") != "External"
        }

    def add_part(self, stem: str, ending: str, content: bytes, kind: str) -> str:
        """A new part beside those of the workbook, by a name that nothing has; gives its path."""
        folder = posixpath.dirname(self.workbook_path)
        # Styles are looked for by their usual name; of all else there are several, and the first is 1.
        number, path = 0, posixpath.join(folder, f"{stem}{ending}")
        while self._taken(path) or not (number or kind == "styles"):
            number += 1
            path = posixpath.join(folder, f"{stem}{number}{ending}")
        self._added[path] = content
        self._type(path, kind)
        return path

    def _taken(self, path: str) -> bool:
        return self.has(path) or path.lower() in {added.lower() for added in self._added}

    def _type(self, path: str, kind: str) -> None:
        if not path.endswith(".vml"):
            self._override(path, f"{_SHEET_TYPE}.{kind}+xml")
        elif not self._usual("vml", _VML_TYPE):
            self._override(path, _VML_TYPE)

    def _override(self, path: str, kind: str) -> None:
        types = self.xml(_TYPES)
        types.append(types.root, f'<{types.prefix}Override PartName="/{attribute(path)}" ContentType="{kind}"/>')

    def _usual(self, ending: str, kind: str) -> bool:
        """Whether parts that end so are of this kind, from now on where nothing was said of them."""
        types = self.xml(_TYPES)
        told = {node.attributes.get("Extension", "").lower(): node for node in types.root.all("Default")}
        if ending not in told and ending not in self._told:
            types.insert(types.root.tag_end, f'<{types.prefix}Default Extension="{ending}" ContentType="{kind}"/>')
            self._told.add(ending)
        return ending in self._told or told[ending].attributes.get("ContentType") == kind

    def relate(self, path: str, kind: str, target: str) -> str:
        """Let a part name another; gives the relation's id."""
        rels = _rels_path(path)
        part = self._rels(rels)
        taken = {node.attributes.get("Id", "") for node in part.root.children}
        number = len(part.root.children) + part.put_in + 1
        while (name := f"rId{number}") in taken:
            number += 1
        part.put_in = number - len(part.root.children)
        to = posixpath.relpath(target, posixpath.dirname(path) or ".")
        told = f'Id="{name}" Type="{self.office}/{kind}" Target="{attribute(to)}"'
        part.append(part.root, f"<{part.prefix}Relationship {told}/>")
        return name

    def _rels(self, rels: str) -> XmlPart:
        if self.has(rels):
            return self.xml(rels)
        if rels not in self._open:
            self._open[rels] = XmlPart(rels, _RELATIONS.encode())
            if not self._usual("rels", _RELATIONS_TYPE):
                self._override(rels, _RELATIONS_TYPE)
        return self._open[rels]

    def add_sheet(self, name: str, content: bytes, state: str | None = None) -> int:
        """A sheet behind all others; gives its place."""
        path = self.add_part("worksheets/sheet", ".xml", content, "worksheet")
        relation = self.relate(self.workbook_path, "worksheet", path)
        sheets = self._list_of_sheets()
        told = (one.attributes.get("sheetId", "") for one in sheets.children)
        numbers = [int(number) for number in told if number.isdecimal() and len(number) < 6]
        p = self.workbook.prefix
        shown = f' state="{state}"' if state else ""
        identity = f'name="{attribute(name)}" sheetId="{max(numbers, default=0) + 1 + self.workbook.put_in}"{shown}'
        self.workbook.append(sheets, f"<{p}sheet {identity} {self.relation_attribute(self.workbook, relation)}/>")
        if self.workbook.root.child("bookViews") is None and not self.workbook.put_in:
            # The added sheet has a view of its own, which is one of the workbook's.
            self.workbook.insert(sheets.start, f"<{p}bookViews><{p}workbookView/></{p}bookViews>")
        self.workbook.put_in += 1
        return len(sheets.children) + self.workbook.put_in - 1

    def relation_attribute(self, part: XmlPart, relation: str) -> str:
        """The id of a relation as an attribute; its prefix declared where the root has none for it."""
        return relation_attribute(part.root.attributes, self.office, relation)

    def define(self, name: str, text: str, sheet: int) -> None:
        """A name of one sheet."""
        p, root = self.workbook.prefix, self.workbook.root
        told = f'<{p}definedName name="{name}" localSheetId="{sheet}">{attribute(text)}</{p}definedName>'
        names = root.child("definedNames")
        if names is not None:
            self.workbook.append(names, told)
            return
        before = [node for node in root.children if node.name in _BEFORE_NAMES]
        self.workbook.insert(before[-1].end, f"<{p}definedNames>{told}</{p}definedNames>")

    def done(self) -> bytes:
        """The package."""
        for name, part in self._open.items():
            if not self.has(name):
                self._added[name] = part.done()
            elif part.edited:
                self._swapped.setdefault(self.part(name).name, [part.done()])
        return copied(self.content, self.parts, self._swapped, self._added)

    def _workbook_path(self) -> str:
        for kind, path in self.relations("").values():
            if kind == "officeDocument" and self.has(path):
                return path
        return "xl/workbook.xml"

    def _list_of_sheets(self) -> Node:
        sheets = self.workbook.root.child("sheets")
        if sheets is None:
            raise NotMarkable("工作簿没有列出工作表")
        return sheets

    def _sheets(self) -> Iterable[SheetPart]:
        relations = self.relations(self.workbook_path)
        for entry in self._list_of_sheets().children:
            kind, path = relations.get(local(entry.attributes, "id") or "", ("", ""))
            yield SheetPart(entry.attributes.get("name", ""), path if kind == "worksheet" and self.has(path) else "")


def relation_attribute(declared: dict[str, str], office: str, relation: str) -> str:
    """`r:id`, with a prefix that stands for relations where it is written."""
    prefix = next((key[6:] for key, uri in declared.items() if key.startswith("xmlns:") and uri == office), "")
    return f'{prefix}:id="{relation}"' if prefix else f'xmlns:r="{office}" r:id="{relation}"'


def plain(name: str) -> str:
    """A part's name as parts are found by."""
    return name.replace("\\", "/").lstrip("/").lower()


def _joined(folder: str, node: Node) -> str:
    target = node.attributes.get("Target", "").replace("\\", "/")
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path)


def _rels_path(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")
