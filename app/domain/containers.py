"""What a zip or compound file holds, by its directory alone: nothing is unpacked, nothing believed blindly."""

from __future__ import annotations

import struct
from collections.abc import Iterator

#: More parts than any honest document has.
MOST_PARTS = 2000
MOST_UNPACKED = 300 * 1024 * 1024

DAMAGED = "损坏或不完整的文件"
ENCRYPTED = "加了密码的文件"
MACROS = "带宏的 Office 文件"
HOSTILE = "目录有假的压缩包"


class _Strange(Exception):
    """The directory says something that an honest file does not; the sentence says what the file is."""


def zipped(content: bytes) -> str:
    """What a zip file is: docx, xlsx or ofd, or in Chinese what else."""
    try:
        names = list(_parts(content))
    except _Strange as why:
        return str(why)
    except struct.error:
        return DAMAGED
    folded = {name.casefold() for name in names}
    if len(folded) != len(names):
        return HOSTILE
    if any(name.rpartition("/")[2] == "vbaproject.bin" for name in folded):
        return MACROS
    if "ofd.xml" in folded:
        return "ofd"
    office = "[content_types].xml" in folded
    for part, found in _OFFICE:
        if office and part in folded:
            return found
    return "ZIP 压缩包"


_OFFICE = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "Excel 二进制工作簿（xlsb）"),
    ("ppt/presentation.xml", "演示文稿（PPT）"),
)


def _parts(content: bytes) -> Iterator[str]:
    """The names in the central directory of a zip file."""
    if not content.startswith(b"PK\x03\x04"):
        raise _Strange(DAMAGED)
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65557))
    if end < 0:
        raise _Strange(DAMAGED)
    count, length, place = struct.unpack_from("<HII", content, end + 10)
    if count > MOST_PARTS or place + length > end:
        raise _Strange(HOSTILE)
    unpacked = 0
    for _ in range(count):
        mark, flags, size, name, extra, comment, made = _entry(content, place)
        if mark != b"PK\x01\x02":
            raise _Strange(DAMAGED)
        unpacked += size
        text = content[place + 46 : place + 46 + name].decode("utf-8" if flags & 0x800 else "gb18030", "replace")
        if flags & 1:
            raise _Strange(ENCRYPTED)
        link = made >> 28 == 0xA
        if unpacked > MOST_UNPACKED or link or ".." in text.replace("\\", "/").split("/") or text[:1] in ("/", "\\"):
            raise _Strange(HOSTILE)
        yield text.replace("\\", "/")
        place += 46 + name + extra + comment


def _entry(content: bytes, place: int) -> tuple[bytes, int, int, int, int, int, int]:
    mark, _, _, flags, _, _, _, _, _, size, name, extra, comment, _, _, made, _ = struct.unpack_from(
        "<4s6H3I5H2I", content, place
    )
    return mark, flags, size, name, extra, comment, made


def compound(content: bytes) -> str:
    """What a compound file (OLE) is: doc or xls, or in Chinese what else."""
    try:
        names = {name.casefold() for name in _streams(content)}
    except (_Strange, struct.error):
        return DAMAGED
    if names & {"encryptedpackage", "encryptioninfo"}:
        return ENCRYPTED
    if names & {"_vba_project_cur", "_vba_project", "vba"}:
        return MACROS
    for stream, found in _STREAMS:
        if stream in names:
            return found
    return "认不出的旧式 Office 文件"


_STREAMS = (
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "演示文稿（PPT）"),
    ("visiodocument", "Visio 图"),
    ("__properties_version1.0", "Outlook 邮件（msg）"),
)

_FREE = 0xFFFFFFF0


def _streams(content: bytes) -> Iterator[str]:
    """The names in the directory of a compound file."""
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in (9, 12):
        raise _Strange(DAMAGED)
    size = 1 << shift
    table = _table(content, size)
    for sector in _chain(table, struct.unpack_from("<I", content, 48)[0]):
        for place in range((sector + 1) * size, (sector + 2) * size, 128):
            entry = content[place : place + 128]
            length = struct.unpack_from("<H", entry, 64)[0]
            if entry[66:67] in (b"\x01", b"\x02", b"\x05") and 2 <= length <= 64:
                yield entry[: length - 2].decode("utf-16-le", "replace")


def _table(content: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    per, most = size // 4, len(content) // size + 1
    sectors = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, most)):
        if following >= _FREE:
            break
        *some, following = struct.unpack_from(f"<{per}I", content, (following + 1) * size)
        sectors += some
    table: list[int] = []
    for sector in [one for one in sectors if one < _FREE][:most]:
        table += struct.unpack_from(f"<{per}I", content, (sector + 1) * size)
    return table


def _chain(table: list[int], first: int) -> Iterator[int]:
    """The sectors of a stream, in order; a chain that runs in a circle is damaged."""
    sector = first
    for _ in range(len(table) + 1):
        if sector >= _FREE:
            return
        yield sector
        if sector >= len(table):
            raise _Strange(DAMAGED)
        sector = table[sector]
    raise _Strange(DAMAGED)
