"""Rosters kept outside the project, where they are at hand: ten with their truth, and workbooks that name no firm."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from importers.roster import read_file

ROSTERS = Path(__file__).parents[3].parent / "shared" / "rosters"
pytestmark = pytest.mark.skipif(not ROSTERS.exists(), reason="the example rosters are not at hand")


def test_the_ten_examples_are_read_wholly_right() -> None:
    command = f"{shlex.quote(str(Path(sys.executable).with_name('luzhang')))} read {{file}} --json"

    marked = subprocess.run(
        [sys.executable, str(ROSTERS / "zoo" / "check.py"), "--command", command],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    assert marked.returncode == 0, marked.stdout + marked.stderr


@pytest.mark.parametrize("path", sorted((ROSTERS / "real").glob("*")), ids=lambda path: path.name)
def test_real_workbooks_without_firms_yield_none(path: Path) -> None:
    reading = read_file(path)

    assert reading.records == ()
    assert all(sheet.why_no_table for sheet in reading.sheets)
