"""Bad values of an OpenDocument sheet that would cost the whole book: found, and taken out before the engine reads."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

from importers.container.archive import Part, inflate

#: Where the bytes of a start tag lie: attribute → its new value; None takes it away.
Repairs = dict[int, dict[str, str | None]]

CONTENT = "content.xml"
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TYPE = "office:value-type"
#: The attribute that holds the value of a type.
_HOLDS = {
    "float": "office:value",
    "percentage": "office:value",
    "currency": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
}
_UNTYPED: dict[str, str | None] = dict.fromkeys((_TYPE, "calcext:value-type", *_HOLDS.values()))
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_TIME = re.compile(r"-?P(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:[.,][0-9]+)?S)?)?")
_TAG = re.compile(rb"<[^\s/>]+((?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_ATTRIBUTE = re.compile(rb"(\s+)([^\s=/>]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def faulty_value(attributes: Mapping[str, str]) -> str | None:
    """What stands where a number, a day, a time or a truth should, or a type that does not exist; None if all fits."""
    kind = attributes.get(_TYPE)
    number = attributes.get("office:value")
    if number is not None and not _fits("office:value", number):
        return number  # the engine reads it whatever the type
    if kind is None or kind in ("string", "void"):
        return None
    if kind not in _HOLDS:
        return kind
    value = attributes.get(_HOLDS[kind], "")
    return None if _fits(_HOLDS[kind], value) else value


def untyped() -> dict[str, str | None]:
    """The repair of a cell whose value is none: it holds nothing but its text."""
    return _UNTYPED


def repaired(content: bytes, parts: Iterable[Part], repairs: Repairs) -> bytes:
    """The document with some start tags of its content changed; no more of it than an engine needs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", MIMETYPE)
        for part in parts:
            if part.name == "META-INF/manifest.xml":
                package.writestr(part.name, b"".join(inflate(content, part)))
            elif part.name == CONTENT:
                package.writestr(CONTENT, _changed(b"".join(inflate(content, part)), repairs))
    return out.getvalue()


def _changed(document: bytes, repairs: Repairs) -> bytes:
    pieces, at = [], 0
    for place in sorted(repairs):
        tag = _TAG.match(document, place)
        if tag is not None:  # else it is in an encoding that the engine does not read either
            pieces += [document[at : tag.start(1)], _attributes(tag[1], repairs[place])]
            at = tag.end(1)
    return b"".join((*pieces, document[at:]))


def _attributes(told: bytes, repair: Mapping[str, str | None]) -> bytes:
    def new(match: re.Match[bytes]) -> bytes:
        name = match[2].decode("utf-8", "replace")
        if name not in repair:
            return match[0]
        value = repair[name]
        return b"" if value is None else b'%s%s="%s"' % (match[1], match[2], value.encode())

    return _ATTRIBUTE.sub(new, told)


def _fits(attribute: str, value: str) -> bool:
    if attribute == "office:value":
        return _NUMBER.fullmatch(value) is not None
    if attribute == "office:boolean-value":
        return value.lower() in ("true", "false")
    if attribute == "office:time-value":
        return len(value) > 2 and _TIME.fullmatch(value) is not None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
