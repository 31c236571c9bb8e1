"""Every question of reading and importing stands on the clerks' page with its remedy, and none that is not asked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.domain.vocabulary import SECTIONS
from app.errors import LuzhangError

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "提示一览.md"

#: What a question's code begins with; the sections of the vocabulary have codes of their own beside their fields.
ABOUT = {"file", "sheet", "table", "told", "column", "row", "cell", "value", "uscc", "code", "equipment", "firm"}
ABOUT |= {"import", "county", "township", "enterprise", "machine", "permit", "action", "reply"}
CODE = re.compile(rf"(?:{'|'.join(sorted(ABOUT))})\.[a-z_]+")
FIELDS = {field.path for fields in SECTIONS.values() for field in fields.values()}


def written(folder: str) -> Iterator[str]:
    """The texts in the code of a room."""
    for module in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_question_stands_on_the_page() -> None:
    listed = set(re.findall(r"`([a-z_.]+)`", PAGE.read_text(encoding="utf-8")))
    raised = {text for text in written("importers") if CODE.fullmatch(text)} - FIELDS
    # Raised by the app's own rooms.
    beside = {"file.absent", "file.no_roster", "import.no_day", "register.asked", "import.sent_by_another"}
    beside |= {"township.not_yours", "township.which"}

    assert listed == raised | beside


def test_what_the_app_raises_of_files_is_there() -> None:
    codes = {kind.code for kind in LuzhangError.__subclasses__()}
    assert {"file.no_roster", "import.no_day"} <= codes
    assert "file.absent" in set(written("app"))
