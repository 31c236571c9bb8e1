"""Bytes as text: a byte order mark decides, else strict UTF-8, else GB18030."""

from __future__ import annotations

import codecs
import re
import unicodedata

from importers.container.refusals import damaged, wrong_type

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_utf_32(content: bytes) -> None:
    """Its mark begins like that of UTF-16: taken for that, every other letter would be a NUL."""
    if content.startswith(_UTF_32_MARKS):
        raise wrong_type("UTF-32 编码的文字，请另存为 UTF-8 编码")


def unmarked_utf_16(content: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where exactly one of them makes lines of plain text of bytes with NULs."""
    if len(content) % 2 or b"\0" not in content:
        return None
    fitting = [encoding for encoding in ("utf-16-le", "utf-16-be") if _makes_lines(content, encoding)]
    return fitting[0] if len(fitting) == 1 else None


def _makes_lines(content: bytes, encoding: str) -> bool:
    try:
        letters = set(content.decode(encoding))
    except UnicodeDecodeError:
        return False
    odd = any(unicodedata.category(letter) in ("Co", "Cn", "Cc") and letter not in "\t\r\n\f" for letter in letters)
    return not odd and not letters.isdisjoint("\r\n")


def decode(content: bytes, declared: str | None = None) -> str:
    """The text, or a refusal; never text with replacement characters."""
    refuse_utf_32(content)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    unmarked = unmarked_utf_16(content)
    if unmarked:
        return content.decode(unmarked)
    for encoding in ("utf-8", declared or "utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "gb18030":
            _refuse_mojibake(content, text)
        return text
    raise damaged("文字编码无法辨认，既不是 UTF-8 也不是 GB18030")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as broken:
        raise damaged(f"第 {broken.start + 1} 字节处的文字编码（{encoding}）不正确") from broken
    control = _CONTROL.search(text) if encoding == "utf-16" else None
    if control:
        raise damaged(f"文字的第 {control.start() + 1} 个字符是控制字符，不是文字")
    return text


def _refuse_mojibake(content: bytes, text: str) -> None:
    """Almost any bytes pass as GB18030: broken UTF-8 and binary files must not become rows of nonsense."""
    as_utf8 = content.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    if sum("一" <= letter <= "鿿" for letter in as_utf8) > broken:  # by chance three bytes hardly ever make one
        raise damaged(f"是 UTF-8 文字，但有 {broken} 处被改动或截断")
    odd = sum(unicodedata.category(letter) in ("Co", "Cn", "Cc") and letter not in "\t\r\n\f" for letter in text)
    if odd * 50 > len(text):
        raise wrong_type("不认识的二进制文件或文字编码")
