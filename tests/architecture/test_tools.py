"""Format, lint, types and import contracts hold over the whole tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tree import ROOT

pytestmark = pytest.mark.tools

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "words",
    [["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"], ["lint-imports"]],
    ids=["format", "lint", "types", "imports"],
)
def test_the_tree_passes(words: list[str]) -> None:
    said = subprocess.run(
        [str(BIN / words[0]), *words[1:]], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert said.returncode == 0, said.stdout + said.stderr
