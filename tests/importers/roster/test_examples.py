"""Rosters kept outside the project, where they are at hand: ten with their truth, and workbooks that name no firm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from importers.roster import read_file

ROSTERS = Path(__file__).parents[3].parent / "shared" / "rosters"
pytestmark = pytest.mark.skipif(not ROSTERS.exists(), reason="the example rosters are not at hand")

#: The command that check.py marks.
_READ = """
import json, sys
from pathlib import Path
from importers.roster import read_file
for name in sys.argv[1:]:
    print(json.dumps(read_file(Path(name)).as_dict(), ensure_ascii=False))
"""


def test_the_ten_examples_are_read_wholly_right(tmp_path: Path) -> None:
    command = tmp_path / "read.py"
    command.write_text(_READ, encoding="utf-8")
    marked = subprocess.run(
        [sys.executable, str(ROSTERS / "zoo" / "check.py"), "--command", f"{sys.executable} {command} {{file}}"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONIOENCODING": "utf-8", "PATH": ""},
    )  # fmt: skip

    assert marked.returncode == 0, marked.stdout


@pytest.mark.parametrize("path", sorted((ROSTERS / "real").glob("*")), ids=lambda path: path.name)
def test_real_workbooks_without_firms_yield_none(path: Path) -> None:
    reading = read_file(path)

    assert reading.records == ()
    assert all(sheet.why_no_table for sheet in reading.sheets)
