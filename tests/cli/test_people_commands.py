"""`luzhang user …` and `luzhang serve` with accounts, as a county's technician types them."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.store.engine import open_engine
from tests.people import PASSWORD, cheaply, hire

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheaply():
        yield


@pytest.fixture
def user(luzhang: Callable[..., Any]) -> Callable[..., Any]:
    """Run `luzhang user` with these words."""
    return lambda *words: luzhang("user", *words)


def test_a_register_begins_without_accounts(user: Callable[..., Any]) -> None:
    assert "账号 0 个" in user("list").out


def test_the_first_administrator_is_made_at_the_machine(user: Callable[..., Any]) -> None:
    said = user("first", "boss", "--shown", "赵主任")

    assert (said.status, "管理员（all）" in said.out, "一次性口令" in said.out) == (0, True, True)
    again = user("first", "thief", "--shown", "某")
    assert (again.status, "已经有账号了" in again.err) == (2, True)
    assert user("first").status == 2


def test_a_token_for_the_first_administrator_is_printed(user: Callable[..., Any]) -> None:
    told = user("first", "--json").object

    assert len(told["token"]) >= 43
    assert told["address"] == "POST /api/v1/first-administrator"


def test_a_clerks_account_is_made_given_rights_and_taken_back(user: Callable[..., Any]) -> None:
    user("first", "boss", "--shown", "赵主任")
    made = user("add", "wang", "--shown", "王", "--division", "431127", "--department", "大气股", "--json").object
    assert (made["department"]["name"], made["grants"], made["must_change"]) == ("大气股", [], True)
    assert made["one_time_password"]

    given = user("grant", "wang", "县级经办", "431127", "--json").object
    assert [(one["role"], one["division"]) for one in given["grants"]] == [("county_officer", "431127")]
    assert "县级经办（431127）" in user("show", "wang").out
    assert user("withdraw", "wang", "county_officer", "431127", "--json").object["grants"] == []
    assert user("withdraw", "wang", "county_officer", "431127").status == 2
    assert user("disable", "wang", "--json").object["state"] == "disabled"
    assert "已停用" in user("list").out
    assert user("enable", "wang", "--json").object["state"] == "active"
    assert user("password", "wang", "--json").object["one_time_password"] != made["one_time_password"]


def test_departments_are_listed_renamed_closed_and_reopened(
    user: Callable[..., Any], luzhang: Callable[..., Any]
) -> None:
    user("first", "boss", "--shown", "赵主任")
    user("add", "wang", "--shown", "王", "--division", "431127", "--department", "大气股")

    assert luzhang("department", "rename", "431127", "大气股", "大气环境股", "--json").object["name"] == "大气环境股"
    assert luzhang("department", "close", "431127", "大气环境股").out.strip().endswith("已撤销")
    said = user("add", "sun", "--shown", "孙", "--division", "431127", "--department", "大气环境股")
    assert (said.status, "已经撤销" in said.err) == (2, True)
    assert "已撤销" in luzhang("department", "list").out
    assert luzhang("department", "reopen", "431127", "大气环境股", "--json").object["closed_at"] is None
    missing = luzhang("department", "close", "431127", "没有的股")
    assert (missing.status, "没有叫" in missing.err) == (2, True)


def test_an_account_is_made_with_its_role_at_once(user: Callable[..., Any]) -> None:
    said = user("add", "li", "--shown", "李", "--division", "431127105", "--role", "township_clerk")

    assert "乡镇经办（431127105）" in said.out


def test_nothing_is_made_when_the_role_does_not_fit(user: Callable[..., Any]) -> None:
    assert user("add", "li", "--shown", "李", "--division", "431127", "--role", "township_clerk").status == 2
    assert user("list", "--json").object == {"people": []}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "nobody"), "没有这个账号"),
        (("grant", "boss", "root", "431127"), "没有角色“root”"),
        (("grant", "boss", "inspector", "999999"), "没有代码为“999999”的地方"),
        (("disable", "boss"), "最后一位"),
        (("add", "boss", "--shown", "某", "--division", "431127"), "已经有了"),
        (("add", "a b", "--shown", "某", "--division", "431127"), "不合要求"),
        (("rescue", "nobody"), "没有这个账号"),
    ],
)
def test_a_wrong_word_is_one_sentence(user: Callable[..., Any], words: tuple[str, ...], sentence: str) -> None:
    user("first", "boss", "--shown", "赵主任")

    said = user(*words)

    assert (said.status, sentence in said.err) == (2, True)


def test_a_lost_administrator_gets_a_token(user: Callable[..., Any]) -> None:
    user("first", "boss", "--shown", "赵主任")

    assert "POST /api/v1/rescue" in user("rescue", "boss").out


def test_the_roles_are_listed(user: Callable[..., Any]) -> None:
    assert [one["zh"] for one in user("roles", "--json").object["roles"]] == [
        "乡镇经办",
        "部门经办",
        "县级经办",
        "督查",
        "审计",
        "管理员",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--host", "0.0.0.0"), "还没有账号，不能给别的电脑用"),
        (("--host", "::"), "还没有账号，不能给别的电脑用"),
        (("--behind-tls",), "还没有账号，不能给别的电脑用"),
        (("--name", "luzhang.local"), "还没有账号，不能给别的电脑用"),
        (("--host", "luzhang.local"), "不是地址"),
        (("--certificate", "x.pem"), "证书和私钥要一起写"),
        (("--certificate", "x.pem", "--key", "y.pem"), "证书或私钥不能用"),
    ],
)
def test_serving_is_refused_with_why(luzhang: Callable[..., Any], words: tuple[str, ...], sentence: str) -> None:
    said = luzhang("serve", *words)

    assert (said.status, sentence in said.err) == (2, True)


class Serving:
    """`luzhang serve` in a process of its own."""

    def __init__(self, home: Path, *words: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        main = "from app.cli import main; main()"
        told = [sys.executable, "-c", main, "serve", "--port", str(self.port), *words]
        env = {**os.environ, "LUZHANG_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
        self.process = subprocess.Popen(
            told, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=home
        )

    def ask(self, path: str, body: Any = None, *, host: str = "127.0.0.1", tls: bool = False) -> tuple[int, Any]:
        """The status and the answer."""
        scheme = "https" if tls else "http"
        told = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(
            f"{scheme}://{host}:{self.port}{path}", told, {"content-type": "application/json"}
        )
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        for _ in range(300):
            try:
                with urllib.request.urlopen(asked, timeout=60, context=trusting if tls else None) as answer:
                    return answer.status, json.loads(answer.read())
            except urllib.error.HTTPError as error:
                return error.code, json.loads(error.read())
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        raise AssertionError(self.stop())

    def stop(self) -> tuple[str, str]:
        """What it printed."""
        self.process.terminate()
        return self.process.communicate(timeout=60)


@pytest.fixture
def serving(register: Path) -> Iterator[Callable[..., Serving]]:
    """Serve the data folder's register."""
    begun: list[Serving] = []

    def serve(*words: str) -> Serving:
        begun.append(Serving(register.parent, *words))
        return begun[-1]

    yield serve
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def test_a_first_start_prints_the_token_that_makes_the_first_administrator(
    serving: Callable[..., Serving],
) -> None:
    server = serving()
    assert server.ask("/health") == (200, {"status": "ok"})
    assert server.process.stdout is not None
    lines = [server.process.stdout.readline() for _ in range(4)]
    token = lines[3].split("：")[-1].strip()

    told = {"token": token, "name": "boss", "shown_name": "赵主任", "password": PASSWORD}
    made = server.ask("/api/v1/first-administrator", told)

    assert (made[0], made[1]["name"]) == (200, "boss")
    assert server.ask("/api/v1/changes")[1]["code"] == "sign_in.needed"
    assert server.ask("/api/v1/first-administrator", told)[1]["code"] == "token.refused"
    out, err = server.stop()
    assert PASSWORD not in out + err
    assert token not in out + err


def staffed(register: Path) -> None:
    """Let it have an administrator."""
    engine = open_engine(f"sqlite:///{register}")
    hire(engine, "boss", ("administrator", "all"))
    engine.dispose()


def test_with_accounts_other_machines_are_answered_and_told_that_passwords_can_be_read(
    register: Path, serving: Callable[..., Serving]
) -> None:
    staffed(register)
    server = serving("--host", "0.0.0.0", "--name", "luzhang.lanshan.local")

    assert server.ask("/api/v1/changes")[1]["code"] == "sign_in.needed"
    assert server.ask("/health")[0] == 200
    out, err = server.stop()
    assert "http://luzhang.lanshan.local" in out
    assert "一次性令牌" not in out
    assert "没有加密" in err


def test_under_a_certificate_it_speaks_tls(register: Path, serving: Callable[..., Serving], tmp_path: Path) -> None:
    staffed(register)
    certificate, key = tmp_path / "server.pem", tmp_path / "server.key"
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=luzhang"]
    made = subprocess.run([*making, "-keyout", key, "-out", certificate], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no openssl")
    server = serving("--host", "0.0.0.0", "--certificate", str(certificate), "--key", str(key))

    assert server.ask("/health", tls=True)[0] == 200
    out, err = server.stop()
    assert "https://" in out
    assert "没有加密" not in err
