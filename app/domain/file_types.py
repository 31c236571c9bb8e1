"""What a file is by its content, whatever it is called: types that are kept, and others by their name in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain import containers
from app.errors import BadInput

#: The largest file that is taken in.
LARGEST = 30 * 1024 * 1024

RULE = "证据材料只收 PDF、图片（jpg、png、tif、bmp、webp）、视频（mp4）、ofd、Word、Excel、WPS 和纯文本，按内容认定"
MEND = "请转成上述类型后再交，例如另存为 PDF"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is kept: its name in Chinese, and the endings that a file of it may have, its own first."""

    zh: str
    endings: tuple[str, ...]


#: By the words in which the register keeps them.
FILE_TYPES: Mapping[str, FileType] = {
    "pdf": FileType("PDF 文件", ("pdf",)),
    "jpg": FileType("JPEG 图片", ("jpg", "jpeg", "jpe", "jfif")),
    "png": FileType("PNG 图片", ("png",)),
    "tif": FileType("TIFF 图片", ("tif", "tiff")),
    "bmp": FileType("BMP 图片", ("bmp",)),
    "webp": FileType("WebP 图片", ("webp",)),
    "mp4": FileType("MP4 视频", ("mp4", "m4v")),
    "ofd": FileType("OFD 版式文件", ("ofd",)),
    "docx": FileType("Word 文档（docx）", ("docx", "wps")),
    "xlsx": FileType("Excel 工作簿（xlsx）", ("xlsx", "et")),
    "doc": FileType("Word 文档（doc）", ("doc", "wps")),
    "xls": FileType("Excel 工作簿（xls）", ("xls", "et")),
    "txt": FileType("纯文本", ("txt",)),
}

#: What is met under the names of papers and is not kept: how its content begins, and what it is.
_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"\xca\xfe\xba\xbe", "程序"),
    (b"\xcf\xfa\xed\xfe", "苹果系统的程序"),
    (b"#!", "脚本"),
    (b"GIF8", "GIF 动图"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"BZh", "bzip2 压缩包"),
    (b"\xfd7zXZ\x00", "xz 压缩包"),
    (b"ID3", "MP3 音频"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x1a\x45\xdf\xa3", "MKV 或 WebM 视频"),
    (b"FLV", "FLV 视频"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMV 视频"),
    (b"AT&TFORM", "DjVu 文档"),
    (b"%!PS", "PostScript 文件"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
    (b"SQLite format 3\x00", "数据库文件"),
    (b"MIME-Version:", "网页存档（mht）"),
    (b"From:", "邮件"),
    (b"Received:", "邮件"),
)

#: Brands of the ISO container: which of them are a video that is kept, and what the others are.
_MP4 = re.compile(rb"isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|mmp4|3gp\d|3g2a|XAVC|hvc1")
_OTHER_BRANDS = (
    (b"heic|heix|heim|heis|hevc|mif1|msf1", "HEIC 照片"),
    (b"avif|avis", "AVIF 图片"),
    (b"qt  ", "QuickTime 视频（mov）"),
    (b"M4A |M4B ", "M4A 音频"),
)

_MARKUP = (
    (re.compile(r"<svg[\s>]", re.IGNORECASE), "SVG 图形"),
    (re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe|meta|table)[\s>]", re.IGNORECASE), "网页（HTML）"),
    (re.compile(r"^\s*<\?xml|^\s*<!--|^\s*<[A-Za-z][\w:.-]*[\s>]"), "XML 文件"),
)
_ENDING = re.compile(r"(?=\d*[A-Za-z])[A-Za-z0-9]{1,5}")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What content shows a file to be. `type` None: nothing that is kept; `zh` says what it is."""

    type: str | None
    zh: str


def shown_by(content: bytes) -> Shown:
    """What a file's content shows it to be."""
    if not content:
        return Shown(None, "空文件")
    found = _image_or_paper(content)
    if found is not None:
        return _kept(found)
    if content[4:8] == b"ftyp":
        return _iso(content)
    if content.startswith(b"PK"):
        return _contained(containers.zipped(content))
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _contained(containers.compound(content))
    stranger = next((zh for start, zh in _STRANGERS if content.startswith(start)), None)
    if stranger is not None:
        return Shown(None, stranger)
    return _text(content)


def accepted(content: bytes, name: str) -> str:
    """The type of a file that is sent under a name.

    Raises:
        BadInput: when it is too large, of a type that is not kept, or another one than its name says.
    """
    if len(content) > LARGEST:
        size = len(content) / 1024 / 1024
        raise BadInput(
            f"文件有 {size:.1f} MB：证据材料每个不超过 30 MB",
            fix="请压缩图片、视频，或拆成几个文件分别交",
            code="evidence.too_large",
        )
    found, ending = shown_by(content), ending_of(name)
    if found.type is None:
        named = f"名字写的是 .{ending}，内容是" if ending else "内容是"
        raise BadInput(f"这份文件{named}{found.zh}，不能收：{RULE}", fix=MEND, code="evidence.type")
    of = FILE_TYPES[found.type]
    if ending and ending not in of.endings:
        raise BadInput(
            f"这份文件名字写的是 .{ending}，内容是{of.zh}：类型按内容认定，名字须与内容相符",
            fix=f"请核对是不是这份文件；确是的，把扩展名改成 .{of.endings[0]} 再交",
            code="evidence.name",
        )
    return found.type


def ending_of(name: str) -> str:
    """By what a name says its type; empty where it says none: a dot in a date (函2025.12.10) begins no ending."""
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot and _ENDING.fullmatch(ending) else ""


def _kept(type: str) -> Shown:
    return Shown(type, FILE_TYPES[type].zh)


def _image_or_paper(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "tif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    # Two letters begin many a text: a bitmap also says how long its own header is.
    if content.startswith(b"BM") and int.from_bytes(content[14:18], "little") in (12, 16, 40, 52, 56, 64, 108, 124):
        return "bmp"
    return None


def _iso(content: bytes) -> Shown:
    """By its major brand."""
    brand = content[8:12]
    if _MP4.fullmatch(brand):
        return _kept("mp4")
    return Shown(
        None, next((zh for brands, zh in _OTHER_BRANDS if re.fullmatch(brands, brand)), "不收的视频或图片格式")
    )


def _contained(found: str) -> Shown:
    return _kept(found) if found in FILE_TYPES else Shown(None, found)


def _text(content: bytes) -> Shown:
    text = _decoded(content)
    if text is None or _NO_TEXT.search(text):
        return Shown(None, "认不出的文件")
    for pattern, zh in _MARKUP:
        if pattern.search(text):
            return Shown(None, zh)
    return _kept("txt")


def _decoded(content: bytes) -> str | None:
    """A text in one of the codes in which officers' programs write them."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for code in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    return None
