"""Tracked files name no path of anybody's machine and no registry, and what people run is executable."""

from __future__ import annotations

import os
import re

from tree import ROOT, files, place

#: Written in pieces, so that this file does not name what it forbids.
MACHINE_PATHS = re.compile(
    r"(^|[^A-Za-z0-9_.])/(" + "|".join(["wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + "me"]) + r")/[a-z.]"
)
REGISTRIES = re.compile("|".join([r"py" + r"pi\.org", "python" + "hosted", r"npm" + r"js\.org", "index" + "-url *="]))


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    assert [place(path) for path, text in _texts() if MACHINE_PATHS.search(text)] == []


def test_no_tracked_file_names_a_registry() -> None:
    assert [place(path) for path, text in _texts() if REGISTRIES.search(text)] == []


def test_nothing_that_an_editor_or_a_patch_left_is_tracked() -> None:
    left = (".orig", ".rej", ".bak", ".swp", "~")

    assert [place(path) for path in files() if path.name.endswith(left)] == []


def test_pins_are_hashed() -> None:
    for name in ("base", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)

        assert pins
        assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)


def test_what_people_run_is_executable() -> None:
    assert all(os.access(ROOT / name, os.X_OK) for name in ("run", ".ci/run"))


def _texts() -> list[tuple[os.PathLike[str], str]]:
    found = []
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            found.append((path, content.decode("utf-8", "replace")))
    return found
