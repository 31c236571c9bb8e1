"""What a file is, its content says: what is kept is kept under a name that fits, all else is named and refused."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.containers import compound, zipped
from app.domain.file_types import FILE_TYPES, LARGEST, accepted, shown_by
from app.errors import BadInput

TYPES_XML = "[Content_Types].xml"


def parts(*names: str, flags: int = 0, **attributes: int) -> bytes:
    """A zip file of these parts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as book:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes.get("made", 0)
            book.writestr(entry, "内容" * 20)
    made = bytearray(content.getvalue())
    at = made.find(b"PK\x01\x02")
    made[at + 8] |= flags
    return bytes(made)


def ole(*streams: str, sectors: int = 1) -> bytes:
    """A compound file with these streams in its directory, which begins after some free sectors."""
    names = ["Root Entry", *streams]
    directory = b""
    for place, name in enumerate(names):
        text = name.encode("utf-16-le") + b"\0\0"
        directory += text.ljust(64, b"\0") + struct.pack("<HBB", len(text), 5 if place == 0 else 2, 1) + b"\0" * 60
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    many = len(directory) // 512
    table = [0xFFFFFFFD] + [0xFFFFFFFF] * (sectors - 1)
    table += [len(table) + one + 1 for one in range(many - 1)] + [0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + struct.pack("<128I", *table) + b"\0" * 512 * (sectors - 1) + directory


BITMAP = b"BM" + struct.pack("<IHHII", 70, 0, 0, 54, 40) + b"\0" * 50
SAMPLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "tif": b"II*\x00\x08\x00\x00\x00",
    "bmp": BITMAP,
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00",
    "ofd": parts("OFD.xml", "Doc_0/Document.xml"),
    "docx": parts(TYPES_XML, "word/document.xml"),
    "xlsx": parts(TYPES_XML, "xl/workbook.xml"),
    "doc": ole("WordDocument", "1Table"),
    "xls": ole("Workbook", "\x05SummaryInformation"),
    "txt": "蓝山分局：请予停电。\r\n".encode("gb18030"),
}

STRANGERS = {
    "网页（HTML）": b"<!DOCTYPE html><script>alert(1)</script>",
    "SVG 图形": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "XML 文件": b"\xef\xbb\xbf<?xml version='1.0'?><a/>",
    "Windows 程序": b"MZ\x90\x00",
    "脚本": b"#!/bin/sh\nrm -rf /\n",
    "RTF 文档": b"{\\rtf1\\ansi}",
    "GIF 动图": b"GIF89a",
    "RAR 压缩包": b"Rar!\x1a\x07\x01\x00",
    "HEIC 照片": b"\x00\x00\x00\x18ftypheic",
    "QuickTime 视频（mov）": b"\x00\x00\x00\x14ftypqt  ",
    "ZIP 压缩包": parts("a.txt"),
    "带宏的 Office 文件": parts(TYPES_XML, "word/document.xml", "word/vbaProject.bin"),
    "Excel 二进制工作簿（xlsb）": parts(TYPES_XML, "xl/workbook.bin"),
    "演示文稿（PPT）": parts(TYPES_XML, "ppt/presentation.xml"),
    "加了密码的文件": ole("EncryptedPackage", "EncryptionInfo"),
    "网页存档（mht）": b"MIME-Version: 1.0\r\n",
    "空文件": b"",
    "认不出的文件": b"\x00\x01\x02\x03" * 8,
}


@pytest.mark.parametrize("type", FILE_TYPES)
def test_every_type_that_is_kept_is_known_by_its_content(type: str) -> None:
    assert shown_by(SAMPLES[type]).type == type
    assert all(accepted(SAMPLES[type], f"材料.{ending}") == type for ending in FILE_TYPES[type].endings)
    assert accepted(SAMPLES[type], "材料") == type


def test_a_dot_in_a_date_begins_no_ending() -> None:
    assert accepted(SAMPLES["pdf"], "函2025.12.10") == "pdf"
    assert accepted(SAMPLES["txt"], "x.settingcontent-ms") == "txt"
    with pytest.raises(BadInput):
        accepted(SAMPLES["pdf"], "函.7z")


def test_a_file_of_wps_is_what_its_container_holds() -> None:
    assert accepted(SAMPLES["doc"], "报告.wps") == "doc"
    assert accepted(SAMPLES["xlsx"], "台账.ET") == "xlsx"


@pytest.mark.parametrize("zh", STRANGERS)
@pytest.mark.parametrize("name", ["证明.pdf", "证明.txt", "证明"])
def test_what_is_not_kept_is_named_and_refused_with_the_rule(zh: str, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        accepted(STRANGERS[zh], name)

    assert (refused.value.code, zh in refused.value.message) == ("evidence.type", True)
    assert "按内容认定" in refused.value.message


@pytest.mark.parametrize(
    ("type", "name", "ending"),
    [("jpg", "证明.pdf", "jpg"), ("txt", "停电.bat", "txt"), ("txt", "表.csv", "txt"), ("pdf", "证明.pdf.exe", "pdf")],
)
def test_a_name_that_says_another_type_is_refused_with_the_true_one(type: str, name: str, ending: str) -> None:
    with pytest.raises(BadInput) as refused:
        accepted(SAMPLES[type], name)

    assert (refused.value.code, FILE_TYPES[type].zh in refused.value.message) == ("evidence.name", True)
    assert f".{ending}" in refused.value.fix


def test_a_file_over_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(BadInput) as refused:
        accepted(SAMPLES["pdf"] + b"\0" * LARGEST, "大.pdf")

    assert (refused.value.code, "30.0 MB" in refused.value.message) == ("evidence.too_large", True)


@pytest.mark.parametrize(
    "content",
    [
        parts(TYPES_XML, "word/document.xml", "../../etc/passwd"),
        parts(TYPES_XML, "word/document.xml", "/etc/passwd"),
        parts(TYPES_XML, "word/document.xml", "WORD/document.xml"),
        parts(TYPES_XML, "word/document.xml", made=0o120777 << 16),
        parts(*(f"p{one}" for one in range(2001))),
    ],
    ids=["climbs", "from the root", "twice", "link", "too many"],
)
def test_a_directory_that_lies_is_refused(content: bytes) -> None:
    assert shown_by(content).type is None


def test_what_is_encrypted_cut_off_or_has_something_before_it_is_refused() -> None:
    assert zipped(parts(TYPES_XML, "word/document.xml", flags=1)) == "加了密码的文件"
    assert shown_by(SAMPLES["docx"][:-30]).type is None
    assert shown_by(b"MZ" + SAMPLES["docx"]).zh == "Windows 程序"
    assert shown_by(SAMPLES["doc"][:600]).type is None


def test_macros_of_an_old_workbook_are_named() -> None:
    assert compound(ole("Workbook", "_VBA_PROJECT_CUR")) == "带宏的 Office 文件"


def test_a_directory_that_lies_in_many_sectors_is_read_whole() -> None:
    assert compound(ole(*(f"s{one}" for one in range(20)), "Workbook", sectors=5)) == "xls"


def test_a_directory_that_runs_in_a_circle_ends() -> None:
    content = bytearray(ole("Workbook"))
    struct.pack_into("<I", content, 512 + 4, 1)  # the directory's only sector is followed by itself

    assert compound(bytes(content)) == "损坏或不完整的文件"


@given(st.binary(max_size=700), st.sampled_from([b"", *SAMPLES.values()]))
@example(b"\xff" * 600, SAMPLES["doc"][:80])
def test_whatever_is_sent_gets_an_answer(content: bytes, before: bytes) -> None:
    assert shown_by(before + content).zh


@given(st.data(), st.sampled_from(["docx", "doc", "ofd", "xls"]))
def test_one_altered_byte_breaks_nothing(data: st.DataObject, type: str) -> None:
    content = bytearray(SAMPLES[type])
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert shown_by(bytes(content)).zh
