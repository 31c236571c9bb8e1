"""The project's own files, as its tests look at them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("app", "importers", "reports", "migrations")


#: Folders that hold no source: environments, caches, registers.
NO_SOURCE = {"data", "dist", "__pycache__", "caches"}


def _folders(path: Path) -> list[str]:
    """The folders that a file lies in, by name; all that begin with a dot, but .ci, as caches."""
    parts = path.relative_to(ROOT).parts[:-1]
    return ["caches" if part.startswith(".") and part != ".ci" else part for part in parts]


@cache
def files() -> tuple[Path, ...]:
    """All that is, or is about to be, tracked; of an unpacked archive, all that is no cache."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not NO_SOURCE & set(_folders(path))]
    return tuple(sorted(path for path in found if path.is_file()))


def modules(*rooms: str) -> list[Path]:
    """The Python files of some rooms."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms]


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as its syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.stmt | ast.expr | None = None) -> str:
    """Where something stands, as editors open it."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{node.lineno}" if node is not None else name
