"""What was done is told in words: every act under which a change may be recorded has its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from app.register.desk import decisions
from app.register.history.acts import KINDS
from tests.architecture.tree import modules, tree_of

#: The functions that record a change, each given the act as its third argument.
RECORDING = {"open_change", "in_change", "_in_change"}


def recorded() -> Iterator[str]:
    """The acts that the code names where it records them."""
    for path in modules("app", "importers", "reports"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in RECORDING:
                act = node.args[2]
                if isinstance(act, ast.Constant):
                    yield str(act.value)


def test_every_act_has_its_words() -> None:
    acts = {*recorded(), *(act for _, act in decisions.KINDS.values())}

    assert {"import", "check", "issue", "limits", "programmes", "decide"} <= acts
    assert acts - KINDS.keys() == set()
    assert KINDS.keys() - acts == set()
    assert KINDS["check"] == "核对台账"
