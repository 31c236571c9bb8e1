"""The guard of zip containers: reads the directory and the local headers, inflates nothing, refuses what lies."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from importers.container.limits import Limits
from importers.container.refusals import damaged, encrypted, hostile, over_limit

_END = b"PK\x05\x06"
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_HAS_DESCRIPTOR = 0x0008
_UTF8 = 0x0800
_SYMLINK = 0o120000


@dataclass(frozen=True, slots=True)
class Part:
    """One entry. `start`, `packed`: where its bytes lie; `size`, `crc`: what it says that it unpacks to."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    header: int
    start: int


def read_parts(content: bytes, limits: Limits) -> tuple[Part, ...]:
    """The parts of an honest archive, in the order of its directory; else the refusal that says what is wrong."""
    try:
        count, first, end = _end_of_directory(content)
        if count > limits.parts:
            raise over_limit(f"内含 {count} 个部件，最多 {limits.parts} 个")
        parts = tuple(_entries(content, count, first, end))
    except struct.error as short:
        raise damaged("压缩包目录残缺") from short
    _refuse_names(parts)
    _refuse_overlaps(parts, first)
    _refuse_sizes(parts, limits)
    return parts


def inflate(content: bytes, part: Part) -> Iterator[bytes]:
    """The part's bytes in pieces; refuses a part that is not as long, or not the same, as its entry says."""
    packed = memoryview(content)[part.start : part.start + part.packed]
    size = crc = 0
    for piece in _stored(packed) if part.method == 0 else _deflated(packed, part.name):
        size += len(piece)
        if size > part.size:
            raise hostile(f"部件 {part.name} 解压后比它申报的 {part.size} 字节大")
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != part.size:
        raise damaged(f"部件 {part.name} 解压后为 {size} 字节，与申报的 {part.size} 字节不符")
    if crc != part.crc:
        raise damaged(f"部件 {part.name} 的校验和不符，内容在传输或保存中被改动")


def _stored(packed: memoryview) -> Iterator[bytes]:
    for place in range(0, len(packed), 1 << 20):
        yield bytes(packed[place : place + (1 << 20)])


def _deflated(packed: memoryview, name: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for place in range(0, len(packed), 1 << 16):
            piece = inflater.decompress(packed[place : place + (1 << 16)], 1 << 20)
            while piece:
                yield piece
                piece = inflater.decompress(inflater.unconsumed_tail, 1 << 20) if inflater.unconsumed_tail else b""
        yield inflater.flush()
    except zlib.error as broken:
        raise damaged(f"部件 {name} 无法解压") from broken
    if not inflater.eof:
        raise damaged(f"部件 {name} 的压缩数据不完整")


def _end_of_directory(content: bytes) -> tuple[int, int, int]:
    """How many entries, where the directory starts and where it ends."""
    tail = content.rstrip(b"\0") if content.endswith(b"\0\0\0\0" * 8) else content
    at = content.rfind(_END, max(0, len(tail) - 65_557))
    if at < 0:
        raise damaged("压缩包不完整，缺少结尾的目录（多半是没有传完）")
    disk, start_disk, here, count, size, first, comment = struct.unpack("<HHHHIIH", content[at + 4 : at + 22])
    if content[at + 22 + comment :].strip(b"\0"):
        raise hostile("压缩包结尾之后夹带了别的内容")
    if at + 22 + comment > len(content):
        raise damaged("压缩包结尾残缺")
    end = at
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, first):
        here, count, size, first, end = _zip64(content, at)
        disk = start_disk = 0
    elif content[at - 20 : at - 16] == b"PK\x06\x07":
        end = int.from_bytes(content[at - 12 : at - 4], "little")
    if disk or start_disk or here != count:
        raise hostile("压缩包自称分卷，或目录项数前后不一")
    if first + size < end:
        raise hostile("压缩包前面或目录之后夹带了别的内容")
    if first + size > end:
        raise damaged("压缩包目录的位置不对")
    return count, first, end


def _zip64(content: bytes, at: int) -> tuple[int, int, int, int, int]:
    if content[at - 20 : at - 16] != b"PK\x06\x07":
        raise hostile("压缩包目录的大小不实")
    end = int.from_bytes(content[at - 12 : at - 4], "little")
    if content[end : end + 4] != b"PK\x06\x06":
        raise damaged("压缩包目录的位置不对")
    here, count, size, first = struct.unpack("<QQQQ", content[end + 24 : end + 56])
    return here, count, size, first, end


def _entries(content: bytes, count: int, first: int, end: int) -> Iterator[Part]:
    at = first
    for _ in range(count):
        if content[at : at + 4] != b"PK\x01\x02" or at + _ENTRY.size > end:
            raise hostile("压缩包的目录项数与申报不符")
        part, at = _entry(content, at)
        yield part
    if at != end and content[at : at + 4] != b"PK\x05\x05":
        raise hostile("压缩包的目录项数与申报不符")


def _entry(content: bytes, at: int) -> tuple[Part, int]:
    fields = _ENTRY.unpack(content[at : at + _ENTRY.size])
    flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
    name_length, extra_length, comment_length = fields[10:13]
    external, header = fields[15], fields[16]
    name_at = at + _ENTRY.size
    raw_name = content[name_at : name_at + name_length]
    extra = content[name_at + name_length : name_at + name_length + extra_length]
    size, packed, header = _wide(extra, size, packed, header)
    name = _name(raw_name, flags)
    if flags & _ENCRYPTED:
        raise encrypted()
    if (external >> 16) & 0o170000 == _SYMLINK:
        raise hostile(f"部件 {name} 是符号链接")
    if method not in (0, 8):
        raise hostile(f"部件 {name} 用了表格软件不用的压缩方式（{method}）")
    start = _local_start(content, header, raw_name, flags, (method, crc, packed, size), name)
    part = Part(name=name, method=method, crc=crc, packed=packed, size=size, header=header, start=start)
    return part, name_at + name_length + extra_length + comment_length


def _wide(extra: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
    """The 64-bit figures of the extra field, for those that read 0xFFFFFFFF."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            size = next(wide, size) if size == 0xFFFFFFFF else size
            packed = next(wide, packed) if packed == 0xFFFFFFFF else packed
            header = next(wide, header) if header == 0xFFFFFFFF else header
        at += 4 + length
    return size, packed, header


def _local_start(
    content: bytes, header: int, raw_name: bytes, flags: int, told: tuple[int, int, int, int], name: str
) -> int:
    """Where the part's bytes begin; its local header must tell the same as the directory."""
    if content[header : header + 4] != b"PK\x03\x04":
        raise damaged(f"部件 {name} 的位置不对")
    fields = _LOCAL.unpack(content[header : header + _LOCAL.size])
    local_flags, method, name_length, extra_length = fields[2], fields[3], fields[9], fields[10]
    name_at = header + _LOCAL.size
    if content[name_at : name_at + name_length] != raw_name:
        raise hostile(f"部件 {name} 在目录里和在本地头里名称不同")
    if local_flags & _ENCRYPTED:
        raise encrypted()
    extra = content[name_at + name_length : name_at + name_length + extra_length]
    size, packed, _ = _wide(extra, fields[8], fields[7], 0)
    local = (method, fields[6], packed, size)
    # With a descriptor behind the part, its local header may leave the figures open.
    later = (flags | local_flags) & _HAS_DESCRIPTOR
    if any(said != true and not (later and said in (0, 0xFFFFFFFF)) for said, true in zip(local, told, strict=True)):
        raise hostile(f"部件 {name} 的大小或压缩方式在目录里和在本地头里不同")
    return int(name_at + name_length + extra_length)


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as broken:
        raise damaged("压缩包里有部件的名称无法辨认") from broken


def _refuse_names(parts: tuple[Part, ...]) -> None:
    seen: set[str] = set()
    for part in parts:
        path = part.name.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or "\0" in path or path[1:2] == ":":
            raise hostile(f"部件名 {part.name!r} 指向压缩包之外")
        plain = unicodedata.normalize("NFC", path).casefold()
        if plain in seen:
            raise hostile(f"部件 {part.name} 重复出现（只看大小写也算），无法确定以哪个为准")
        seen.add(plain)


def _refuse_overlaps(parts: tuple[Part, ...], directory: int) -> None:
    end = 0
    for part in sorted(parts, key=lambda part: part.header):
        if not end and part.header:
            raise hostile("压缩包前面夹带了别的内容")
        if part.header < end or part.start + part.packed > directory:
            raise hostile(f"部件 {part.name} 与别的部件重叠")
        end = part.start + part.packed


def _refuse_sizes(parts: tuple[Part, ...], limits: Limits) -> None:
    for part in parts:
        if part.method == 0 and part.size != part.packed:
            raise hostile(f"部件 {part.name} 未压缩，两个大小却不同")
        # Deflate cannot do better than 1032 to 1: a larger claim is a lie whatever the size.
        if part.size > max(limits.ratio_from, 0) and part.size > limits.ratio * part.packed:
            raise hostile(f"部件 {part.name} 解压后膨胀到 {part.size // max(part.packed, 1)} 倍，是解压炸弹")
        if part.size > 1032 * part.packed + 1024:
            raise hostile(f"部件 {part.name} 申报的大小不可能")
        if part.size > limits.part_bytes:
            raise over_limit(f"部件 {part.name} 解压后 {part.size:,} 字节，最多 {limits.part_bytes:,} 字节")
    total = sum(part.size for part in parts)
    if total > limits.unpacked_bytes:
        raise over_limit(f"全部解压后 {total:,} 字节，最多 {limits.unpacked_bytes:,} 字节")
