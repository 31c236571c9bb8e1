"""A module is about 100 lines and not over 400, a function about 10 and not over 60."""

from __future__ import annotations

import ast

from tree import PRODUCT, modules, place, tree_of

#: A migration says what it does once, in order, at whatever length.
ROOMS = tuple(room for room in PRODUCT if room != "migrations")

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*ROOMS)}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    lengths = {
        f"{place(path, node)} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules(*ROOMS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
