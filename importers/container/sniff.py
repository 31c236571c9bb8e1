"""What the bytes are, whatever the name says."""

from __future__ import annotations

import re

from app.errors import Unreadable
from importers.container.archive import Part
from importers.container.charset import decode, refuse_utf_32, unmarked_utf_16
from importers.container.refusals import damaged, empty, hostile, wrong_type

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAW_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "GZIP 压缩包"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"SQLite format 3", "SQLite 数据库"),
)

#: What stands somewhere in the first bytes: where, what, and the type.
_FURTHER: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WebP 图片"),
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "HEIC 照片"),
    (re.compile(rb"....ftyp", re.DOTALL), "视频或音频"),
    (re.compile(rb"ID;P"), "SYLK 表格（.slk），请用 Excel 打开后另存为 .xlsx"),
    (re.compile(rb"TABLE\r?\n0,1\r?\n"), "DIF 表格（.dif），请用 Excel 打开后另存为 .xlsx"),
)

_MAIL = re.compile(rb"^(?:To|Received|Return-Path|Delivered-To|DKIM-Signature):", re.IGNORECASE | re.MULTILINE)
_MHT = re.compile(rb"^\s*(?:MIME-Version:|From: <Saved by|Content-Type: multipart)", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|head|body|meta|style)[\s>]", re.IGNORECASE)
_HTML_ROW = re.compile(rb"\s*<t[rdh][\s>]", re.IGNORECASE)
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def container_of(content: bytes) -> str:
    """`zip`, `ole`, `biff`, `spreadsheetml`, `mht`, `html` or `text`; else a refusal that names the true type."""
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise empty()
    refuse_utf_32(content)
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    if content.startswith(OLE):
        return "ole"
    if content[:2] in _RAW_BIFF and content[2:4] in (b"\x04\0", b"\x06\0", b"\x08\0", b"\x10\0"):
        return "biff"
    if content.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise wrong_type("空的或分卷的 ZIP 压缩包")
    if b"PK\x05\x06" in content[-65_557:] and b"PK\x03\x04" in content:
        raise hostile("压缩包前面夹带了别的内容")
    for magic, kind in _MAGIC:
        if content.startswith(magic) and (len(magic) > 2 or _has_control(content[:512])):
            raise wrong_type(kind)
    for pattern, kind in _FURTHER:
        if pattern.match(content):
            raise wrong_type(kind)
    return _text_kind(content)


def _text_kind(content: bytes) -> str:
    head = content[:4096]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else unmarked_utf_16(content)
    plain = head.decode(encoding, "ignore").encode() if encoding else head
    plain = plain.removeprefix(b"\xef\xbb\xbf")
    if _MHT.search(plain[:1024]) or _MAIL.match(plain):
        if _MAIL.search(plain.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]):
            raise wrong_type("电子邮件（.eml），请取出里面的表格附件再发送")
        return "mht"
    if _SPREADSHEETML in plain and b"<html" not in plain.lower():
        return "spreadsheetml"
    if b"urn:schemas-microsoft-com:office:word" in plain and b"w:wordDocument" in plain:
        raise wrong_type("“Word 2003 XML”文档")
    if _HTML.search(plain) or _HTML_ROW.match(plain):
        return "html"
    if plain.lstrip().startswith(b"<?xml"):
        raise wrong_type("XML 文件")
    if not encoding:
        _refuse_control(content)
    return "text"


def _has_control(content: bytes) -> bool:
    """Control bytes that no text has."""
    return _CONTROL.search(content) is not None


def _refuse_control(content: bytes) -> None:
    """Text with a control character in it, or no text at all."""
    first = _CONTROL.search(content)
    if first is None:
        return
    try:
        decode(content)
    except Unreadable as no_text:
        raise wrong_type("不认识的二进制文件") from no_text
    if len(_CONTROL.findall(content)) * 50 > len(content):
        raise wrong_type("不认识的二进制文件")
    raise damaged(f"第 {first.start() + 1} 字节处有控制字符，不是文字")


def zip_format(content: bytes, parts: tuple[Part, ...]) -> str:
    """`xlsx`, `xlsm`, `xlsb` or `ods`; a refusal for any other zip."""
    names = {part.name.replace("\\", "/").lower(): part for part in parts}
    mimetype = _mimetype(content, names.get("mimetype"))
    if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mimetype.startswith("application/vnd.oasis.opendocument."):
        raise wrong_type("OpenDocument 文字或演示文档")
    ends = {name.rpartition("/")[2] for name in names}
    if "[content_types].xml" in names:
        if "workbook.bin" in ends:
            return "xlsb"
        if "workbook.xml" in ends or any("worksheets/" in name for name in names):
            return "xlsm" if "vbaproject.bin" in ends else "xlsx"
        for folder, kind in (("word/", "Word 文档（.docx）"), ("ppt/", "PowerPoint 演示文稿（.pptx）")):
            if any(name.startswith(folder) for name in names):
                raise wrong_type(kind)
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return "ods"
    if "ofd.xml" in names:
        raise wrong_type("OFD 版式文件")
    if any(name.endswith((".xlsx", ".xls", ".csv", ".et", ".ods")) for name in names):
        raise wrong_type("ZIP 压缩包，里面有表格文件，请解压后逐个发送")
    if any("workbook" in name or "sheet" in name for name in names):
        raise damaged("压缩包缺少 [Content_Types].xml 或 workbook.xml")
    raise wrong_type("ZIP 压缩包")


def _mimetype(content: bytes, part: Part | None) -> str:
    if part is None or part.method != 0 or part.size > 200:
        return ""
    return content[part.start : part.start + part.size].decode("ascii", "replace").strip()


_OLE_STREAMS = (
    ("encryptedpackage", "encrypted"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("worddocument", "Word 文档（.doc）"),
    ("powerpoint document", "PowerPoint 演示文稿（.ppt）"),
    ("__properties_version1.0", "Outlook 邮件（.msg）"),
)


def ole_format(streams: set[str]) -> str:
    """`xls` or `encrypted` by the names of the streams; a refusal for any other compound file."""
    names = {name.lower() for name in streams}
    for stream, kind in _OLE_STREAMS:
        if stream in names:
            if kind in ("encrypted", "xls"):
                return kind
            raise wrong_type(kind)
    raise wrong_type("不含工作簿的复合文档")
