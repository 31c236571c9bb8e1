"""Bytes as text: a byte order mark decides, else strict UTF-8, else GB18030."""

from __future__ import annotations

import codecs
import unicodedata

from importers.container.refusals import damaged, wrong_type

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes, declared: str | None = None) -> str:
    """The text, or a refusal; never text with replacement characters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
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
        return content.decode(encoding)
    except UnicodeDecodeError as broken:
        raise damaged(f"第 {broken.start + 1} 字节处的文字编码（{encoding}）不正确") from broken


def _refuse_mojibake(content: bytes, text: str) -> None:
    """Almost any bytes pass as GB18030: broken UTF-8 and binary files must not become rows of nonsense."""
    as_utf8 = content.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    if sum("一" <= letter <= "鿿" for letter in as_utf8) > broken:  # by chance three bytes hardly ever make one
        raise damaged(f"是 UTF-8 文字，但有 {broken} 处被改动或截断")
    odd = sum(unicodedata.category(letter) in ("Co", "Cn", "Cc") and letter not in "\t\r\n\f" for letter in text)
    if odd * 50 > len(text):
        raise wrong_type("不认识的二进制文件或文字编码")
