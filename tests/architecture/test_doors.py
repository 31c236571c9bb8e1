"""What leaves the program leaves by doors that mask it: nothing writes to a terminal, or answers, beside them."""

from __future__ import annotations

import re

from fastapi import FastAPI
from tree import ROOT

from app.api.masking import Masking
from app.commands.log_lines import LOGGING, MaskingFormatter

#: The only files that write to streams; progress writes counts alone, the reading child writes to its parent.
_DOORS = {"app/commands/output.py", "app/commands/progress.py", "importers/container/child.py"}
_WRITES = re.compile(r"sys\.std(?:out|err)\.(?:write|buffer)|\bprint\(|typer\.(?:echo|secho)|click\.echo")


def test_commands_print_through_one_door() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (
            *(ROOT / "app").rglob("*.py"),
            *(ROOT / "importers").rglob("*.py"),
            *(ROOT / "reports").rglob("*.py"),
        )
        if _WRITES.search(path.read_text(encoding="utf-8"))
    ]

    assert sorted(set(found) - _DOORS) == []


def test_every_answer_passes_the_masking(application: FastAPI) -> None:
    assert Masking in [one.cls for one in application.user_middleware]


def test_the_servers_log_is_masked() -> None:
    assert LOGGING["formatters"]["lines"]["()"] is MaskingFormatter
    assert "log_config=LOGGING" in (ROOT / "app/commands/serving.py").read_text(encoding="utf-8")
