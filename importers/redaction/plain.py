"""Files that are text without some people: csv, web pages, XML spreadsheets, in the writing that they came in."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.encoders import encode_base64
from email.message import Message

from importers.container.charset import decode
from importers.redaction.markup import Change, by_fragments, with_texts_changed
from importers.reply.refused import NotMarkable

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9._-]+)", re.IGNORECASE)
_NUMBER_DATA = re.compile(r"(<(?:\w+:)?Data\b[^<>]*?Type\s*=\s*)([\"'])Number\2([^<>]*>)([^<]*)(?=<)")
_PICTURES = ("image",)


def text_without(content: bytes, form: str, change: Change) -> bytes:
    """The file with its texts changed, in its own charset.

    Raises:
        NotMarkable: when that cannot be done safely.
    """
    if form == "mht":
        return _mail_without(content, change)
    text, encoding = _decoded(content, None)
    if form in ("csv", "tsv"):
        return _encoded(by_fragments(text, change), encoding)
    if form == "spreadsheetml":
        text = _NUMBER_DATA.sub(lambda found: _as_text(found, change), text)
    return _encoded(with_texts_changed(text, change), encoding)


def _as_text(found: re.Match[str], change: Change) -> str:
    """A number that gives way to a text is one no more."""
    if change(found[4].strip()) == found[4].strip():
        return found[0]
    return f"{found[1]}{found[2]}String{found[2]}{found[3]}{found[4]}"


def _mail_without(content: bytes, change: Change) -> bytes:
    message = message_from_bytes(content)
    for part in message.walk():
        if part.is_multipart():
            continue
        if part.get_content_maintype() == "text":
            _change_page(part, change)
        elif part.get_content_maintype() not in _PICTURES:
            raise NotMarkable("单个文件网页里有看不进去的部件")
    return message.as_bytes()


def _change_page(part: Message, change: Change) -> None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise NotMarkable("单个文件网页里有一页读不出来")
    text, encoding = _decoded(payload, part.get_content_charset())
    made = with_texts_changed(text, change)
    if made != text:
        del part["Content-Transfer-Encoding"]
        part.set_payload(_encoded(made, encoding))
        encode_base64(part)


def _decoded(content: bytes, charset: str | None) -> tuple[str, str]:
    """The text as the reader takes it, and the charset in which it gives these very bytes again."""
    declared = _DECLARED.search(content[:4096])
    told = charset or (declared[1].decode("ascii") if declared else "utf-8")
    text = decode(content, told)
    for encoding in ("utf-8", "utf-8-sig", told, "gb18030", "utf-16-le", "utf-16-be"):
        try:
            if text.encode(encoding) == content:
                return text, encoding
        except (UnicodeEncodeError, LookupError):
            continue
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return f"\ufeff{text}", "utf-16-le" if content[:1] == b"\xff" else "utf-16-be"
    raise NotMarkable("文字编码不常见")


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as odd:
        raise NotMarkable("文件的文字编码写不下“已删除”的字样") from odd
