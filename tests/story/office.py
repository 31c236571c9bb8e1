"""An officer with a data folder of her own, who asks by the public commands."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from app.cli import run

ROOT = Path(__file__).parents[2]


class Office:
    """Commands as a terminal runs them (`run`), or within this process with their object (`say`, `asked`)."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command in a process of its own."""
        command = [sys.executable, "-c", "from app.cli import main; main()", *words]
        told = {**os.environ, "LUZHANG_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        told.pop("LUZHANG_DATABASE_URL", None)
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=told, cwd=ROOT, check=False
        )

    def say(self, *words: str) -> tuple[int, dict[str, Any]]:
        """The exit status of a command and its object, as `--json` gives it."""
        out, notes = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as told, redirect_stdout(out), redirect_stderr(notes):
            told.setenv("LUZHANG_HOME", str(self.home))
            told.delenv("LUZHANG_DATABASE_URL", raising=False)
            status = run([*words, "--json"])
        return status, json.loads(out.getvalue().splitlines()[-1])

    def asked(self, *words: str) -> dict[str, Any]:
        """The object of a command that was carried out."""
        status, found = self.say(*words)
        assert status in (0, 1), found
        return found

    def shells(self, day: str, *words: str) -> dict[str, Any]:
        """Who still holds an aluminium shell in 蓝山, by the county's own clause."""
        return self.asked("obsolete", "--demo", "--clause", "LOCAL-LANSHAN-AL-SHELL", "--as-of", day, *words)

    def stages(self, *words: str) -> dict[str, Any]:
        """The stages of the flange programme in 定襄."""
        return self.asked("programmes", "stage", "XZ24-CLUSTERS", "--demo", "--county", "140921", *words)
