"""The words of the command line: help, usage errors, exit statuses, in Chinese and as JSON."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CONTRACT = ["demo", "serve", "read", "import", "undo", "obsolete", "ledger", "verify", "backup", "restore"]
COMMANDS = [*CONTRACT[:4], "resume", *CONTRACT[4:7], "template", *CONTRACT[7:], "desk", "correct", "list", "count"]
COMMANDS += ["clauses", "decide", "imports", "questions", "limits", "measure", "programmes", "views", "history"]
COMMANDS += ["differences", "alarms", "dossier", "succeed", "permits", "plan"]
COMMANDS += ["paper"]
COMMANDS += ["step", "may", "gaps"]
COMMANDS += ["due", "holidays", "acceptance"]
COMMANDS += ["ledgers", "trace", "aggregates", "movements"]
COMMANDS += ["link"]
COMMANDS += ["propose", "two-eyes"]
COMMANDS += ["database"]
COMMANDS += ["audit"]
COMMANDS += ["user", "token", "factor"]
COMMANDS += ["contact"]
COMMANDS += ["department"]
COMMANDS += ["person", "keys"]


@pytest.mark.parametrize("words", [(), ("--help",), *((command, "--help") for command in COMMANDS)])
def test_help_is_chinese(luzhang: Callable, words: tuple[str, ...]) -> None:
    said = luzhang(*words)

    assert said.status == 0
    assert said.out.startswith("用法：luzhang")
    assert "Usage" not in said.out


def test_every_command_of_the_contract_is_there(luzhang: Callable) -> None:
    listed = [line.split()[0] for line in luzhang("--help").out.split("命令：\n")[1].split("\n\n")[0].splitlines()]

    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("raed", "a.xlsx"), "没有命令 raed"),
        (("read", "--jsn", "a.xlsx"), "没有选项 --jsn"),
        (("read",), "缺少参数 文件"),
        (("obsolete", "--as-of"), "选项 --as-of 的用法不对"),
        (("verify", "and", "more"), "多了或少了参数"),
        (("obsolete", "--as-of", "2024-1-5"), "日期“2024-1-5”写法不对"),
        (("obsolete", "--as-of", "2024-02-30"), "没有“2024-02-30”这一天"),
        (("obsolete", "--county", "../x"), "“../x”不是县（市、区）的6位代码"),
        (("ledger", "2025Q5", "--county", "431127", "-o", "x.xlsx"), "季度“2025Q5”写法不对"),
        (("ledger", "2025Q4", "--county", "431127"), "没有指明台账写到哪里"),
        (("ledger", "2025Q4", "-o", "x.xlsx"), "没有指明县"),
        (("serve", "--port", "70000"), "端口“70000”不对"),
        (("obsolete", "--demo"), "示例县还没有建立"),
        (("backup", "x.db"), "还没有登记库"),
    ],
)
def test_a_wrong_word_is_one_chinese_sentence_with_what_to_do(
    luzhang: Callable, words: tuple[str, ...], sentence: str
) -> None:
    said = luzhang(*words)

    assert said.status == 2
    assert said.out == ""
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
    assert "请" in said.err


@pytest.mark.parametrize(
    "words", [("raed",), ("obsolete", "--as-of", "x"), ("undo", "nothing"), ("read", "absent.xlsx")]
)
def test_under_json_it_is_an_object(luzhang: Callable, words: tuple[str, ...]) -> None:
    said = luzhang(*words, "--json")

    assert said.status == 2
    assert set(said.object["error"]) == {"code", "message", "fix"}


def test_a_data_folder_that_cannot_be_is_named(
    luzhang: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "file"))

    for words in (("demo",), ("verify",), ("restore", tmp_path / "file")):
        said = luzhang(*words)
        assert said.status == 2
        assert "LUZHANG_HOME" in said.err.splitlines()[-1] or "备份" in said.err
        assert "Traceback" not in said.err


def test_a_place_that_refuses_is_told_in_chinese(
    luzhang: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "file"))

    assert luzhang("demo", "--json").object["error"]["message"].endswith("路径中有一段不是文件夹")


@pytest.mark.parametrize("url", ["mysql://x/y", "nothing", "unheard://x"])
def test_a_database_of_another_sort_is_one_sentence(
    luzhang: Callable, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("LUZHANG_DATABASE_URL", url)

    said = luzhang("verify", "--json")

    assert (said.status, said.object["error"]["code"], said.err) == (2, "database.url", "")


def test_the_start_loads_nothing_heavy() -> None:
    heavy = {"pandas", "fastapi", "sqlalchemy", "openpyxl", "rich", "xlsxwriter", "uvicorn"}
    told = f"import sys, app.cli; app.cli.run(['--help']); print(sorted(set(sys.modules) & {heavy!r}))"

    said = subprocess.run([sys.executable, "-c", told], capture_output=True, encoding="utf-8", check=True)

    assert said.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 4000])
def test_what_is_no_copy_is_not_restored(luzhang: Callable, tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "备份.db"
    copy.write_bytes(content)

    assert luzhang("restore", copy, "--json").object["error"]["code"] == "backup.unreadable"
    assert not (tmp_path / "home" / "luzhang.db").exists()
