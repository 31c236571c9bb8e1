"""Every file says first what lives there; names are nouns and verbs of the field; some calls belong to one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tree import PRODUCT, modules, place, tree_of

SAYS_NOTHING = {"process", "handle", "handler", "manager", "helper", "helpers", "util", "utils", "data", "info", "do"}

#: Methods that a library calls by its own names (SQLAlchemy's TypeDecorator, the standard HTMLParser, httpx2's
#: transports).
LIBRARIES_OWN = re.compile(
    r"process_(bind_param|result_value)|handle_(data|request|(start|end|startend)tag|comment|decl|pi)"
)


def test_every_module_says_first_what_lives_there() -> None:
    silent = [place(path) for path in modules(*PRODUCT, "tests", "benchmarks") if not ast.get_docstring(tree_of(path))]

    assert silent == []


def test_no_name_says_nothing() -> None:
    empty = [
        f"{where} {name}"
        for path in modules(*PRODUCT)
        for where, name in _names(path)
        if not LIBRARIES_OWN.fullmatch(name)
        and SAYS_NOTHING & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
    ]

    assert empty == []


def _names(path: Path) -> Iterator[tuple[str, str]]:
    """The names of modules, classes, functions and the attributes that classes declare."""
    yield place(path), path.stem
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield place(path, node), node.name
        if isinstance(node, ast.ClassDef):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    yield place(path, field), field.target.id


def test_only_the_unit_of_work_commits() -> None:
    assert _calling(r"\.commit\(") <= {"app/store/engine.py"}


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert _calling(r"\b(datetime\.now|utcnow|date\.today|datetime\.today|time\.time|time\.localtime)\(") == {
        "app/clock.py"
    }


def test_product_code_checks_no_input_with_assert() -> None:
    asserting = [
        place(path, node)
        for path in modules(*PRODUCT)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Assert)
    ]

    assert asserting == []


def test_nothing_is_left_unfinished() -> None:
    assert _calling(r"\bTO" + r"DO\b|FIX" + r"ME|NotImplemented" + r"Error") == set()


def test_every_file_is_read_and_written_in_a_named_encoding() -> None:
    unnamed = r"\.(read_text|write_text)\((?![^\n]*encoding)(?!\n)[^\n]*\)"

    assert _calling(unnamed) == set()


def _calling(pattern: str) -> set[str]:
    return {place(path) for path in modules(*PRODUCT) if re.search(pattern, path.read_text(encoding="utf-8"))}
