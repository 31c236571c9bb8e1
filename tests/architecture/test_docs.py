"""What people read keeps up: commands, options, routes, words, decisions and links."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer
from fastapi import FastAPI
from tree import ROOT, files, place

from app.cli import program
from app.domain.vocabulary import ENUMS, SECTIONS
from app.main import routes

DOCS = ROOT / "docs"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")
WORDS = (DOCS / "words.md").read_text(encoding="utf-8")
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PARTS = ("## Context", "## Decision", "## Price", "## Alternatives", "**Enforced by:**")


def _commands() -> dict[str, list[str]]:
    """Every command with its options."""
    found = {}
    for name, command in typer.main.get_command(program).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None) or {"": command}
        for end, one in below.items():
            found[f"{name} {end}".strip()] = [opt for param in one.params for opt in param.opts if opt.startswith("--")]
    return found


@pytest.mark.parametrize("name", _commands())
def test_a_command_is_documented_with_its_options(name: str) -> None:
    section = re.search(rf"^### `luzhang {name}\b.*?(?=^##|\Z)", COMMANDS, re.MULTILINE | re.DOTALL)

    assert section, f"docs/commands.md has no heading for luzhang {name}"
    assert [option for option in _commands()[name] if option not in section[0]] == []


@pytest.mark.parametrize("name", _commands())
def test_a_command_says_in_chinese_what_it_does(name: str) -> None:
    command = typer.main.get_command(program)
    for word in name.split():
        command = command.commands[word]  # type: ignore[attr-defined]

    assert re.search(r"[\u4e00-\u9fff]", command.help or "")
    assert all(param.help for param in command.params)


def test_every_route_is_documented(application: FastAPI) -> None:
    wanted = [
        f"`{verb} {route.path}`"
        for route in routes(application)
        if route.include_in_schema
        for verb in route.methods or ()
    ]

    assert len(wanted) > 10
    assert [route for route in wanted if route not in COMMANDS] == []


def test_every_word_of_the_vocabulary_is_in_the_book_of_words() -> None:
    fields = [f"`{field.path}`" for section in SECTIONS.values() for field in section.values()]
    values = [f"`{value}` {zh}" for values in ENUMS.values() for value, zh in values.items()]

    assert [word for word in (*fields, *values) if word not in WORDS] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_it_costs_and_what_holds_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [part for part in PARTS if part not in text] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{place(page)} → {target}"
        for page in files()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert broken == []


def test_what_a_decision_says_enforces_it_exists() -> None:
    named = [
        (place(path), name)
        for path in DECISIONS
        for name in re.findall(
            r"`((?:tests|app|importers|reports|migrations|requirements)/[^`:*]+)`", path.read_text(encoding="utf-8")
        )
    ]

    assert [f"{where}: {name}" for where, name in named if not (ROOT / name).exists()] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in wanted}  # type: ignore[index]
    named_by_the_user = {"sqlalchemy", "alembic", "fastapi", "pandas", "openpyxl"}
    said = (DOCS / "decisions" / "0013-dependencies.md").read_text(encoding="utf-8").lower()

    assert sorted(name for name in names - named_by_the_user if not re.search(rf"\b{name}\b", said)) == []
