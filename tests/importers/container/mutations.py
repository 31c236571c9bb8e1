"""Workbooks with something wrong in them: `mutate(seed)` gives a name and bytes, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.importers.container.mutated_bytes import IN_ARCHIVE, IN_BYTES, Change
from tests.importers.container.mutated_records import IN_BIFF, IN_XLSB
from tests.importers.container.mutated_xml import IN_XML
from tests.importers.container.samples import SAMPLES


def mutate(seed: int) -> tuple[str, bytes]:
    """A sample with one to three changes of the kinds that fit it."""
    chance = Random(seed)
    name = chance.choice(sorted(SAMPLES))
    content = SAMPLES[name]()
    changes: Sequence[Change] = chance.choice(_kinds(content))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(changes)(chance, content)
    return name, content


def _kinds(content: bytes) -> list[Sequence[Change]]:
    if content.startswith(b"PK"):
        inside = IN_XLSB if b"xl/workbook.bin" in content else IN_XML
        return [IN_BYTES, IN_ARCHIVE, inside, inside, inside]
    if content.startswith((b"\xd0\xcf", b"\x09\x00")):
        return [IN_BYTES, IN_BIFF, IN_BIFF, IN_BIFF]
    if content.startswith(b"<?xml"):
        return [IN_BYTES, IN_SPREADSHEETML, IN_SPREADSHEETML]
    return [IN_BYTES, IN_HTML if content.startswith((b"<html", b"MIME")) else IN_TEXT]


_ODD_TEXT = (
    '"', '""', '"甲\n', "\0", "\0" * 300, "\r", "\n" * 500, "," * 600, "\t", ";", "'", "=1+1", '="0012"', "sep=|\r\n",
    "\ufeff", "\ufffd", "\x1a", "\x0c", "甲" * 40_000, "\u202e", "\ud7ff", "\U0010ffff", "x," * 2000,
    "<table><tr><td>", "<?xml?>", "PK\x03\x04",
)  # fmt: skip
_ODD_HTML = (
    "<td colspan=999999999>", "<td rowspan=999999999>", '<td rowspan="-1" colspan="0">', "<td colspan='٣'>",
    "<table>" * 300, "</table>", "<tr>" * 2000, "<td>" * 700, "<!--", "-->", "<![CDATA[", "<script>", "</script>",
    "<style>", "&#0;", "&#xD800;", "&#9999999999;", "&nosuch", "<td", "<", "<!", "<?", "<s>" * 500, "<br>" * 500,
    '<td style="display:none">', "<td " + "a=1 " * 3000 + ">", "\0", "<!DOCTYPE html [",
    "<tr style='display : none'>", "<meta charset=utf-7>", "<xml><x:ExcelWorkbook>", "<td>" + "9" * 5000,
)  # fmt: skip
_ODD_SPREADSHEETML = (
    '<Row ss:Index="9"/>', '<Row ss:Span="1048576">', '<Cell ss:Index="2">', '<Cell ss:MergeDown="1048575"/>',
    "<Cell/>", "</Cell>",
    '<Data ss:Type="Number">', '<Data ss:Type="DateTime">9999-99-99</Data>', '<Cell ss:Index="-1"/>', "<S>", "</Data>",
    '<Cell ss:MergeAcross="16384"><Data ss:Type="x">', "<Row>" * 70, "<!DOCTYPE a>", "&#0;", "&none;", "<Table>",
    '<Worksheet ss:Name="名册">', '<Style ss:ID="s21" ss:Parent="s21">', "<Comment><Data>", "]]>", "<![CDATA[", '"',
)  # fmt: skip


def _with_odd(odd: Sequence[str]) -> Change:
    def changed(chance: Random, content: bytes) -> bytes:
        """Something odd put between two bytes."""
        encoding = "utf-16-le" if content.startswith(b"\xff\xfe") else chance.choice(("utf-8", "gb18030"))
        at = chance.randrange(len(content) + 1)
        return content[:at] + chance.choice(odd).encode(encoding, "surrogatepass") + content[at:]

    return changed


def _stuffed(chance: Random, content: bytes) -> bytes:
    """A field that is one letter or sign over and over: what reads it must not take the square of its length."""
    at = chance.choice([at for at in range(len(content)) if content[at] in b",\t>\n"] or [0]) + 1
    run = chance.choice("Aa91、，-一 .年台吨（约") * chance.choice((300, 3000))
    return content[:at] + run.encode("gb18030" if b"\xc6\xf3" in content else "utf-8") + content[at:]


def _recoded(chance: Random, content: bytes) -> bytes:
    """Read as one encoding and written as another, as mail programs do."""
    text = content.decode(chance.choice(("utf-8", "gb18030", "utf-16", "latin-1")), "replace")
    return text.encode(
        chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "cp1252")), "replace"
    )


IN_TEXT: Sequence[Change] = (_with_odd(_ODD_TEXT), _with_odd(_ODD_TEXT), _stuffed, _stuffed, _recoded)
IN_HTML: Sequence[Change] = (_with_odd(_ODD_HTML), _with_odd(_ODD_HTML), _with_odd(_ODD_TEXT), _stuffed, _recoded)
IN_SPREADSHEETML: Sequence[Change] = (_with_odd(_ODD_SPREADSHEETML), _with_odd(_ODD_SPREADSHEETML), _stuffed, _recoded)
