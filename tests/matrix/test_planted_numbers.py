"""Numbers of people, planted in every text of a register, stand in no answer, file, line or log but where they may."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from app.cli import program, run
from app.domain.actor import LOCAL_OPERATOR
from tests.matrix.answers import words_of
from tests.matrix.asking import Register
from tests.matrix.cases import Case, operations, plain
from tests.matrix.commands import NOT_TRIED, TRIED
from tests.matrix.personal import PLANTED, plant

#: What a sender gets back as it was sent, the files of papers as they came, and what is shown on purpose.
WHOLE = {"documents.file", "imports.reply", "personal.show", "templates.read"}
#: Texts are planted everywhere; what is asked is of one township, its county and its city.
_PLACE = "431127105"
#: Where texts are asked by, beside each operation's plain question.
_BESIDE = ({"q": "13900999998"}, {"contact_phone": "13900999998"}, {"sort": "contact_phone"}, {"maybe": "include"})


@pytest.fixture
def planted(planted_sqlite: Register) -> Iterator[tuple[Register, dict[str, str]]]:
    """The register of all things with its numbers, and by each number its column; put back afterwards."""
    planted_sqlite.app.state.actor_of = lambda *_: LOCAL_OPERATOR
    found = plant(planted_sqlite.engine)
    planted_sqlite.engine.dispose()
    yield planted_sqlite, found
    planted_sqlite.restore()


def _asked(register: Register) -> Iterator[Case]:
    """Every reading operation about a township and its county, with what lists are asked by beside."""
    target = register.targets[_PLACE]
    for one in (one for one in operations(register.app) if one.verb == "get"):
        for case in plain(one, target):
            yield case
        for beside in _BESIDE if "." not in one.path else ():
            if beside.keys() <= set(one.query):
                yield Case(one, str(beside), case.path, {**case.query, **beside})
        for name in one.in_path:
            wrong = one.path.replace(f"{{{name}}}", "张三13900999999")
            yield Case(one, "wrong", wrong.replace("{enterprise}", target["enterprise"]), dict(case.query))


def _found_in(text: str, columns: dict[str, str], asked: str = "") -> set[str]:
    return {columns.get(one, one) for one in PLANTED.findall(text) if one not in asked or one == "13900999999"}


def test_planted_numbers_are_found_in_no_answer(
    planted: tuple[Register, dict[str, str]], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    register, columns = planted
    caplog.set_level(logging.DEBUG)
    faults, whole, asked, bytes_read = [], set(), 0, 0
    for case in _asked(register):
        answer = case.send(register.client)
        asked += 1
        said = words_of(answer)
        bytes_read += len(said)
        seen = _found_in(said, columns, str(dict(case.query).get("q", "")))
        if case.operation.function in WHOLE:
            whole |= {case.operation.function} if seen else set()
        elif seen:
            faults.append(f"{case.operation.function} {case.about} {answer.status_code}: {sorted(seen)[:3]}")
        if answer.status_code >= 500:
            faults.append(f"{case.operation.function} {case.about} {case.asked[:100]} broke: {answer.text[:200]}")
    # What the test's own client notes of its addresses is no line of the server's.
    lines = [one.getMessage() for one in caplog.records if not one.name.startswith("http")]
    logged = _found_in(unquote("\n".join(lines)), columns)

    with capsys.disabled():
        print(f" {len(columns) // 2} columns planted, {asked} answers searched, {bytes_read} characters")
    assert (sorted(set(faults)), logged) == ([], set())
    assert len(columns) > 100
    assert whole >= {"imports.reply", "personal.show"}


def _commands() -> dict[str, Any]:
    found = {}
    for name, command in typer.main.get_command(program).commands.items():  # type: ignore[attr-defined]
        for end, one in (getattr(command, "commands", None) or {"": command}).items():
            found[f"{name} {end}".strip()] = one
    return found


def test_every_command_is_tried_or_named_as_one_that_is_not() -> None:
    assert sorted(_commands()) == sorted({*TRIED, *NOT_TRIED})


def test_planted_numbers_are_found_in_no_line_that_a_command_prints(
    planted: tuple[Register, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    register, columns = planted
    monkeypatch.setenv("LUZHANG_DATABASE_URL", f"sqlite:///{register.engine.url.database}")
    monkeypatch.setenv("LUZHANG_HOME", str(Path(str(register.engine.url.database)).parent))  # where its keys are
    target = register.targets[_PLACE]
    faults, lines = [], 0
    for name, words in TRIED.items():
        options = {opt for param in _commands()[name].params for opt in param.opts}
        told = [target.words.get(one.strip("‹›"), one) if one.startswith("‹") else one for one in words]
        told = [one.replace("OUT", str(tmp_path / "out")) for one in told]
        county = ["--county", "431127"] if "--county" in options else []
        for form in ([], ["--json"]) if "--json" in options else ([],):
            status = run([*name.split(), *told, *county, *form])
            out = capsys.readouterr()
            lines += (out.out + out.err).count("\n")
            seen = _found_in(out.out + out.err, columns)
            if seen and name != "contact":
                faults.append(f"{name} {form}: {sorted(seen)[:3]}")
            if "Traceback" in out.err:
                faults.append(f"{name} {form} broke ({status}): {out.err[-300:]}")
    files = 0
    for file in tmp_path.rglob("out*"):
        if file.is_file() and not file.name.startswith("out-whole"):
            files += 1
            seen = _found_in(words_of(_File(file.read_bytes())), columns)
            if seen:
                faults.append(f"{file.name}: {sorted(seen)[:3]}")

    with capsys.disabled():
        print(f" {len(TRIED)} commands, {lines} lines, {files} files searched")
    assert faults == []
    assert files >= 3


class _File:
    def __init__(self, content: bytes) -> None:
        self.content, self.headers = content, dict[str, str]()
