"""The comments of a sheet, to which those of the marks are added: beside those that are there, or in one with them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from importers.grid import Place, address
from importers.reply.xml_part import Node, XmlPart, element_text

AUTHOR = "炉账核对"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{namespace}"><authors/><commentList/></comments>'
)


def new_comments(namespace: str) -> XmlPart:
    """A part without a comment."""
    return XmlPart("comments", _EMPTY.format(namespace=namespace).encode())


def with_notes(part: XmlPart, notes: Mapping[Place, str]) -> tuple[bytes, dict[Place, str], dict[Place, str]]:
    """The part with notes put in; those that need a box of their own; the whole text of those that share one.

    A note on a cell with a comment follows that comment's text, in its box. A cell with a conversation (a threaded
    comment) keeps it as it is: programs that show conversations would not show more there.
    """
    p = part.prefix
    authors, comments = part.root.child("authors"), part.root.child("commentList")
    listed = comments.all("comment") if comments else iter(())
    there = {one.attributes.get("ref", "").replace("$", "").upper(): one for one in listed}
    names = [_text(part, one) for one in authors.all("author")] if authors else []
    alone: dict[Place, str] = {}
    shared: dict[Place, str] = {}
    for place, note in notes.items():
        comment = there.get(address(*place))
        if comment is None:
            alone[place] = note
        elif not _is_conversation(comment, names):
            _follow(part, comment, "\n" + note)
            shared[place] = f"{_plain(part, comment)}\n{note}"
    if alone:
        written = "".join(_comment(p, place, note, len(names)) for place, note in alone.items())
        _put(part, authors, "authors", f"<{p}author>{AUTHOR}</{p}author>")
        _put(part, comments, "commentList", written)
    return part.done(), alone, shared


def _put(part: XmlPart, node: Node | None, name: str, text: str) -> None:
    if node is not None:
        part.append(node, text)
    else:
        part.append(part.root, f"<{part.prefix}{name}>{text}</{part.prefix}{name}>")


def _comment(p: str, place: Place, note: str, author: int) -> str:
    return f'<{p}comment ref="{address(*place)}" authorId="{author}"><{p}text>{_run(p, note)}</{p}text></{p}comment>'


def _run(p: str, text: str) -> str:
    font = f'<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="宋体"/><{p}charset val="134"/></{p}rPr>'
    return f'<{p}r>{font}<{p}t xml:space="preserve">{element_text(text)}</{p}t></{p}r>'


def _text(part: XmlPart, node: Node) -> str:
    return part.content[node.tag_end : node.inner_end or node.tag_end].decode()


def _plain(part: XmlPart, comment: Node) -> str:
    return re.sub(r"<[^>]*>", "", _text(part, comment))


def _is_conversation(comment: Node, authors: list[str]) -> bool:
    author = comment.attributes.get("authorId", "")
    return author.isdecimal() and int(author) < len(authors) and authors[int(author)].startswith("tc=")


def _follow(part: XmlPart, comment: Node, note: str) -> None:
    p, text = part.prefix, comment.child("text")
    if text is None:
        part.append(comment, f"<{p}text>{_run(p, note.lstrip())}</{p}text>")
        return
    plain = text.child("t")
    if plain is not None:
        # A plain text and runs are not written beside each other: it becomes a run.
        part.insert(plain.start, f"<{p}r>")
        part.insert(plain.end, f"</{p}r>")
    behind = next((one for one in text.children if one.name in ("rPh", "phoneticPr")), None)
    if behind is not None:
        part.insert(behind.start, _run(p, note))
    else:
        part.append(text, _run(p, note))
