"""What the README shows of `./run demo` is what the command prints, and both languages show the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _shown(page: str, command: str) -> list[str]:
    """The lines under a command of the page's console blocks."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.search(rf"^\$ {re.escape(command)}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found, f"{page} shows no {command}"
    return found[1].splitlines()


def test_the_demo_prints_what_the_readme_shows(luzhang: Callable) -> None:
    printed = luzhang("demo").out.splitlines()

    for line in _shown("README.md", "./run demo"):
        likeness = ".*".join(re.escape(part) for part in line.split("…"))
        assert any(re.fullmatch(likeness, one) for one in printed), f"the demo does not print: {line}"


def test_both_languages_show_the_same() -> None:
    for command in ("./run demo", "./run serve --demo"):
        assert _shown("README.md", command) == _shown("README.zh-CN.md", command)
