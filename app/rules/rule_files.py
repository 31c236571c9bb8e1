"""Files of rules as they all are: which ship in a room, their version and sources, every fault with file and line."""

from __future__ import annotations

from collections.abc import Container, Iterable, MutableMapping
from importlib.resources import files

from app.errors import CatalogueFault
from app.rules.clause import Source
from app.rules.entries import Entry, Fault, Faults
from app.rules.yaml_blocks import Block, Malformed, parse


def shipped(room: str, folder: str = "data") -> dict[str, str]:
    """The texts of the files that come with a room of rules, by file name."""
    found = sorted((path for path in (files(room) / folder).iterdir() if path.name.endswith(".yaml")), key=str)
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def head_of(text: str, faults: Faults, keys: str, *, ours: bool = False) -> Entry | None:
    """The whole of a file as one entry; None where it is no such file. `keys`: what it should have, as a fault says."""
    try:
        document = parse(text, ours=ours)
    except Malformed as error:
        faults.add(error.line, error.reason)
        return None
    for line, reason in document.faults:
        faults.add(line, reason)
    if not isinstance(document.value, Block):
        faults.add(1, f"文件应为 version、{keys} 几项")
        return None
    head = Entry(document.value, faults, "文件")
    if head.take("version") != 1:
        head.fault("version", "version 应为 1")
    return head


def take_sources(
    head: Entry, faults: Faults, into: MutableMapping[str, Source], taken: Container[str] = frozenset()
) -> None:
    """The sources of a file, each under an id of its own. `taken`: ids that others have."""
    sources = head.entry("sources")
    for key, node in sources.block.items() if sources else ():
        line = sources.block.line_of(key) if sources else 1
        if not isinstance(node, Block):
            faults.add(line, f"来源 {key}：应写 title、date、url")
            continue
        entry = Entry(node, faults, f"来源 {key}")
        if key in into or key in taken:
            faults.add(line, f"来源 {key}：编号重复")
        into[key] = Source(key, entry.text("title", required=True) or key, entry.day("date"), entry.text("url"))
        entry.close()


def refuse(found: Iterable[Faults], what: str = "条款目录") -> None:
    """Load nothing where there is any fault.

    Raises:
        CatalogueFault: with every fault, in the order of files and lines.
    """
    faults: list[Fault] = sorted(fault for one in found for fault in one.found)
    if faults:
        raise CatalogueFault(tuple(str(fault) for fault in faults), what=what)
