"""Builds workbooks byte by byte, so that a test can make one lie at exactly one place."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Entry:
    """A zip entry. What is None is told truly; `local_…` is what the local header says instead."""

    name: str
    content: bytes
    method: int = 8
    flags: int = 0
    external: int = 0
    size: int | None = None
    crc: int | None = None
    local_size: int | None = None
    local_name: str | None = None
    header: int | None = None

    def packed(self) -> bytes:
        """The bytes as they lie in the archive."""
        if self.method != 8:
            return self.content
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        return deflater.compress(self.content) + deflater.flush()


def archive(entries: Iterable[Entry], *, count: int | None = None, prefix: bytes = b"", suffix: bytes = b"") -> bytes:
    """The entries as a zip."""
    body, directory, total = bytearray(prefix), bytearray(), 0
    for entry in entries:
        header = len(body) if entry.header is None else entry.header
        packed = entry.packed()
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        name = entry.name.encode()
        local_name = name if entry.local_name is None else entry.local_name.encode()
        flags = entry.flags | 0x0800
        if entry.header is None:
            local_size = size if entry.local_size is None else entry.local_size
            told = (20, flags, entry.method, 0, 0x21, crc, len(packed), local_size, len(local_name), 0)
            body += struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *told) + local_name + packed
        told = (0x0314, 20, flags, entry.method, 0, 0x21, crc, len(packed), size, len(name), 0, 0, 0, 0)
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", *told, entry.external << 16, header) + name
        total += 1
    number = total if count is None else count
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, number, number, len(directory), len(body), 0)
    return bytes(body + directory + end + suffix)


def sheet(rows: str = "", *, before: str = "", after: str = "") -> str:
    """A worksheet around its rows."""
    data = f"<sheetData>{rows}</sheetData>"
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}{data}{after}</worksheet>'


ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>容量</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>甲铸造厂</t></is></c><c r="B2"><v>0.5</v></c></row>'
)


def parts(sheets: Mapping[str, str] | None = None, **others: str) -> dict[str, str]:
    """The parts of a workbook by their paths. `sheets`: name → XML; `others`: styles, strings, workbook_attributes."""
    sheets = sheets if sheets is not None else {"名册": sheet(ROWS)}
    relations = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    made = {f"xl/{target}": xml for (_, _, target), xml in zip(relations, sheets.values(), strict=True)}
    for name, kind, target in (("styles", "styles", "styles.xml"), ("strings", "sharedStrings", "sharedStrings.xml")):
        if name in others:
            relations.append((name, kind, target))
            made[f"xl/{target}"] = others[name]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    workbook = others.get("workbook", f"<sheets>{listed}</sheets>")
    head = {
        "[Content_Types].xml": _types(made),
        "_rels/.rels": _relations([("w", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": _relations(relations),
    }
    return head | made


def _relations(relations: list[tuple[str, str, str]]) -> str:
    items = "".join(f'<Relationship Id="{n}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for n, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _types(made: Mapping[str, str]) -> str:
    kinds = {"xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings"}
    told = {"xl/workbook.xml": "sheet.main"} | {path: kinds.get(path, "worksheet") for path in made}
    items = "".join(f'<Override PartName="/{path}" ContentType="{_TYPE}.{kind}+xml"/>' for path, kind in told.items())
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{default}{items}</Types>'


def entries(told: Mapping[str, str]) -> list[Entry]:
    """Parts as honest entries."""
    return [Entry(path, text.encode()) for path, text in told.items()]


def workbook(rows: str = ROWS, **others: str) -> bytes:
    """An honest workbook with one sheet."""
    before, after = others.pop("before", ""), others.pop("after", "")
    return archive(entries(parts({"名册": sheet(rows, before=before, after=after)}, **others)))


def altered(path: str, **changes: object) -> bytes:
    """An honest workbook of which one entry lies."""
    return archive(
        replace(entry, **changes) if entry.name == path else entry  # type: ignore[arg-type]
        for entry in entries(parts())
    )


def with_extra(*extra: Entry) -> bytes:
    """An honest workbook with further entries."""
    return archive([*entries(parts()), *extra])


def ods(rows: str, *, before: str = "", manifest: str = "") -> bytes:
    """An OpenDocument sheet around its rows."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(
        f'xmlns:{short}="{names}{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="名册">{rows}</table:table>'
    content = f"{before}<office:document-content {spaces}>{body}</office:spreadsheet></office:body>"
    return archive(
        [
            Entry("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", method=0),
            Entry("content.xml", f"{content}</office:document-content>".encode()),
            Entry("META-INF/manifest.xml", f'<manifest xmlns="{names}manifest:1.0">{manifest}</manifest>'.encode()),
        ]
    )
