"""`luzhang user link|unlink|identities`, and `luzhang serve` with an identity platform that cannot work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.people import cheaply

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LUZHANG_OIDC_ISSUER", "https://id.example.gov.cn")
    monkeypatch.setenv("LUZHANG_OIDC_CLIENT_ID", "luzhang")
    with cheaply():
        yield


@pytest.fixture
def user(luzhang: Callable[..., Any]) -> Callable[..., Any]:
    """Run `luzhang user` with these words, in a register with an officer."""
    luzhang("user", "add", "li", "--shown", "李某", "--division", "431127", "--role", "县级经办")
    return lambda *words: luzhang("user", *words)


def test_an_identity_is_linked_listed_and_unlinked(user: Callable[..., Any]) -> None:
    made = user("link", "li", "--subject", "8d1f")
    (row,) = json.loads(user("identities", "li", "--json").out)["identities"]

    assert (made.status, made.out) == (0, f"已关联：{row['id']}　身份摘要 {row['digest']}\n")
    assert user("unlink", "li", row["id"]).out.startswith("已解除：")
    assert user("identities", "li").out == "关联的身份 0 个\n"


def test_an_identity_is_linked_by_the_digest_of_the_record(user: Callable[..., Any]) -> None:
    assert json.loads(user("link", "li", "--digest", "5" * 64, "--json").out)["digest"] == "5" * 64


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("link", "li"), "身份和身份摘要要写其中一个"),
        (("link", "li", "--digest", "5"), "身份摘要写法不对"),
        (("link", "nobody", "--subject", "x"), "没有这个账号"),
        (("unlink", "li", "x"), "没有关联这个身份"),
    ],
)
def test_what_cannot_be_linked_is_told(user: Callable[..., Any], words: tuple[str, ...], sentence: str) -> None:
    said = user(*words)

    assert said.status != 0
    assert sentence in said.err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ISSUER", "http://id.example.gov.cn", "LUZHANG_OIDC_ISSUER 不是 https 地址"),
        ("CLIENT_ID", "", "没有写 LUZHANG_OIDC_CLIENT_ID"),
        ("CLIENT_SECRET_FILE", "no-such-file", "LUZHANG_OIDC_CLIENT_SECRET_FILE 指的文件读不出来"),
        ("CLIENT_SECRET_FILE", "empty", "LUZHANG_OIDC_CLIENT_SECRET_FILE 指的文件是空的"),
        ("CA_FILE", "empty", "LUZHANG_OIDC_CA_FILE 指的文件不是证书"),
        ("CLAIM", " ", "LUZHANG_OIDC_NAME 或 LUZHANG_OIDC_CLAIM 是空的"),
    ],
)
def test_a_platform_that_cannot_work_is_told_at_the_start(
    luzhang: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    value: str,
    sentence: str,
) -> None:
    (tmp_path / "empty").write_text("\n", encoding="ascii")
    told = str(tmp_path / value) if name.endswith("_FILE") else value
    monkeypatch.setenv(f"LUZHANG_OIDC_{name}", told)

    said = luzhang("serve", "--port", "8099")

    assert (said.status != 0, sentence in said.err) == (True, True), said.err
