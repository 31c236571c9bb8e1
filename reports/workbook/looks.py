"""How cells look: the styles of every workbook, by name."""

from __future__ import annotations

from typing import Any

#: Officials print ledgers in these; named, never shipped.
_TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
TITLE_SIZE, BODY_SIZE, NOTE_SIZE = 18, 11, 10
_PLAIN = {"font_name": BODY_FONT, "font_size": BODY_SIZE}
_WRAPPED = {"text_wrap": True, "valign": "vcenter"}
_EDGE = {**_PLAIN, "border": 1, **_WRAPPED}
#: A link is black and underlined: prints carry no colour.
_LINK = {"font_color": "black", "underline": 1}
#: A cell that stays text when somebody edits it: as Excel's apostrophe, and as its format “文本”.
_QUOTED, _CODE = {"quote_prefix": True}, {"num_format": "@"}

#: Kinds of a body cell; each exists plain, bold, as a link, and as a bold link.
_KINDS: dict[str, dict[str, Any]] = {
    "text": {},
    "number": {"align": "right"},
    "centred": {"align": "center"},
    "quoted": _QUOTED,
    "code": _CODE,
}

LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": _TITLE_FONT, "font_size": TITLE_SIZE, "align": "center", **_WRAPPED},
    "line": _PLAIN,
    "narrow": {**_PLAIN, **_WRAPPED},
    "right": {**_PLAIN, "align": "right"},
    "head": {**_EDGE, "bold": True, "align": "center", "bg_color": "#F2F2F2"},
    "note": {**_PLAIN, "font_size": NOTE_SIZE, "text_wrap": True, "valign": "top"},
    "signed": {**_PLAIN, **_WRAPPED},
    **{
        f"{bold}{link}{kind}": {**_EDGE, **shape, **({"bold": True} if bold else {}), **(_LINK if link else {})}
        for kind, shape in _KINDS.items()
        for bold in ("", "bold_")
        for link in ("", "link_")
    },
}
