"""YAML with the line of every entry, so that a fault in a catalogue can be pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import yaml

#: Parsing in C where the wheel has it: the catalogue is read at every start.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


#: Clauses nest a dozen deep. The parser builds its nodes by recursion in C, which too deep a text would crash.
_DEEPEST = 50


class Block(dict[str, object]):
    """A mapping that knows the line it begins on, and that of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line of a key; of the block, where the key is missing."""
        return self.lines.get(key, self.line)


class Malformed(Exception):
    """Text that is no YAML at all."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Document:
    """A document's value, its mappings as `Block`, and the lines that could not be taken as written."""

    value: object
    faults: tuple[tuple[int, str], ...]


def parse(text: str, *, ours: bool = False) -> Document:
    """Read one YAML document. `ours`: it comes with the program, so that nobody need look how deep it is.

    Raises:
        Malformed: with the line, when it is no YAML.
    """
    loader = _LOADER(text)
    try:
        if not ours:
            _refuse_deep(text)
        node = loader.get_single_node()
        reading = _Reading(loader)
        return Document(None if node is None else reading.value(node), tuple(reading.faults))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Malformed(mark.line + 1 if mark else 1, "YAML 格式有误（缩进、冒号、引号或括号）") from error
    except yaml.YAMLError as error:
        raise Malformed(1, "YAML 格式有误，或含有不允许的字符") from error
    finally:
        loader.dispose()


def _refuse_deep(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise Malformed(line, f"层次太深（超过 {_DEEPEST} 层）")


class _Reading:
    """One document being turned from nodes into values."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self.loader = loader
        self.faults: list[tuple[int, str]] = []
        self.seen: set[int] = set()

    def fault(self, node: yaml.Node, reason: str) -> None:
        self.faults.append((node.start_mark.line + 1, reason))

    def value(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if id(node) in self.seen:
            # An alias may make a document endless or endlessly large.
            self.fault(node, "目录文件不使用 YAML 的锚点引用（& 和 *），请照写一遍")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.block(node)
        return [self.value(item) for item in node.value]

    def scalar(self, node: yaml.ScalarNode) -> object:
        try:
            value = self.loader.construct_object(node)
        except (ValueError, yaml.constructor.ConstructorError):
            self.fault(node, f"“{node.value}”不是成立的日期或数字")
            return None
        if isinstance(value, datetime):
            self.fault(node, f"“{node.value}”应只写日期，不写时刻")
            return None
        return value

    def block(self, node: yaml.MappingNode) -> Block:
        block = Block(node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key, value = str(key_node.value), self.value(value_node)
            if key in block:
                self.fault(key_node, f"同一项里“{key}”写了两次")
                continue
            block.lines[key] = key_node.start_mark.line + 1
            block[key] = value
        return block
