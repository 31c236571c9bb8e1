"""`./run` is plain sh, works from any folder, and runs what benchmarks/ holds."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
made = pytest.mark.skipif(not (ROOT / ".venv" / ".made-from-dev").exists(), reason="./run has not set up .venv here")


def ran(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "run"), *words], capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False
    )


def test_it_is_plain_sh() -> None:
    assert subprocess.run(["sh", "-n", str(ROOT / "run")], check=False).returncode == 0


@made
def test_every_measurement_is_found_by_its_name_or_a_pattern(tmp_path: Path) -> None:
    said = ran("bench", "st*t", cwd=tmp_path)

    assert said.returncode == 0, said.stderr
    assert "luzhang --help" in said.stdout


@made
def test_a_measurement_that_is_not_there_is_named() -> None:
    said = ran("bench", "nosuch")

    assert (said.returncode, "nosuch" in said.stderr) == (2, True)


@made
def test_a_command_keeps_its_status_and_its_arguments(tmp_path: Path) -> None:
    said = ran("read", "没有 这个.xlsx", "--json", cwd=tmp_path)

    assert said.returncode == 2
    assert '"file": "没有 这个.xlsx"' in said.stdout
