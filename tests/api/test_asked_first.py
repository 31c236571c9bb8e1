"""Who asks is found before a body is read: of whoever has not signed in, or lacks the right, nothing is taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from sqlalchemy import Engine, select
from starlette.types import Message

from app.main import create
from app.register.people import one_time_tokens
from app.store.audit import AuditRecord
from app.store.engine import reading, unit
from tests.api.conftest import ADDRESS, client_of, roster_bytes
from tests.people import PASSWORD, cheaply, hire

UPLOAD = "/api/v1/imports"
FORM = b"multipart/form-data; boundary=b"
BEGIN = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheaply():
        yield


@pytest.fixture
def staffed(empty: Engine) -> Engine:
    hire(empty, "officer", ("county_officer", "431127"))
    hire(empty, "inspector", ("inspector", "431127"))
    return empty


def cookie_of(engine: Engine, name: str) -> bytes:
    """A sign-in of that account, as a browser sends it."""
    client = client_of(engine)
    said = client.post("/api/v1/sign-in", json={"name": name, "password": PASSWORD}, headers={"origin": ADDRESS})
    assert said.status_code == 200, said.text
    return f"luzhang={client.cookies['luzhang']}".encode()


def sent_endlessly(engine: Engine, path: str, kind: bytes = FORM, cookie: bytes = b"") -> tuple[int, Any, int]:
    """The answer to a body that never ends, and how much of it was taken; over the limit it is 413."""
    taken, status, body = 0, 0, b""

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": (BEGIN if taken == 1 else b"") + b"x" * 1_000_000, "more_body": True}

    async def send(message: Message) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    headers = [(b"host", b"127.0.0.1:8000"), (b"origin", ADDRESS.encode()), (b"content-type", kind)]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [*headers, (b"cookie", cookie)] if cookie else headers,
        "client": ("10.9.8.7", 1),
        "server": ("127.0.0.1", 8000),
    }
    anyio.run(create(engine), scope, receive, send)
    return status, json.loads(body), taken


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (UPLOAD, FORM),
        ("/api/v1/documents", b"application/json"),
        ("/api/v1/proposals/x/refuse", b"application/json"),
        ("/api/v1/people", b"application/json"),
        ("/api/v1/me/password", b"application/json"),
    ],
)
def test_of_whoever_has_not_signed_in_no_byte_is_read(staffed: Engine, path: str, kind: bytes) -> None:
    status, said, taken = sent_endlessly(staffed, path, kind)

    assert (status, said["code"], taken) == (401, "sign_in.needed", 0)


def test_nor_of_whoever_brings_a_cookie_that_nobody_gave(staffed: Engine) -> None:
    status, said, taken = sent_endlessly(staffed, UPLOAD, cookie=b"luzhang=" + b"A" * 43)

    assert (status, said["code"], taken) == (401, "sign_in.needed", 0)


def test_nor_of_whoever_lacks_the_right_and_it_is_recorded_once(staffed: Engine) -> None:
    status, said, taken = sent_endlessly(staffed, UPLOAD, cookie=cookie_of(staffed, "inspector"))

    assert (status, said["code"], taken) == (403, "right.missing", 0)
    with reading(staffed) as session:
        told = session.scalars(select(AuditRecord).where(AuditRecord.result == "refused")).all()
    assert [(one.act, one.code) for one in told] == [("imports.apply", "right.missing")]


def test_a_body_of_whoever_may_is_read_up_to_the_limit(staffed: Engine) -> None:
    status, said, taken = sent_endlessly(staffed, UPLOAD, cookie=cookie_of(staffed, "officer"))

    assert (status, said["code"]) == (413, "upload.too_large")
    assert taken > 1


@pytest.mark.parametrize("path", ["/api/v1/sign-in", "/api/v1/first-administrator", "/api/v1/rescue"])
def test_what_is_asked_without_signing_in_is_read(staffed: Engine, path: str) -> None:
    status, said, taken = sent_endlessly(staffed, path, b"application/json")

    assert (status, said["code"]) == (413, "upload.too_large")
    assert taken > 1


def test_the_same_answer_whatever_is_wrong_with_what_was_sent(staffed: Engine) -> None:
    client = client_of(staffed)
    for told in ({"content": b"{"}, {"json": {}}, {"json": {"name": 1}}, {}):
        said = client.post("/api/v1/people", **told)
        assert (said.status_code, said.json()["code"]) == (401, "sign_in.needed")
        assert said.headers["WWW-Authenticate"] == "Bearer"


def test_the_first_administrator_and_an_officers_upload_go_as_ever(empty: Engine) -> None:
    with unit(empty) as session:
        issued = one_time_tokens.first_token(session)
    assert issued is not None
    token = issued[0]
    client = client_of(empty)
    client.headers["origin"] = ADDRESS
    told = {"token": token, "name": "boss", "shown_name": "张三", "password": PASSWORD}
    assert client.post("/api/v1/first-administrator", json=told).status_code == 200
    assert client.get("/api/v1/people").status_code == 200

    hire(empty, "officer", ("county_officer", "431127"))
    officer = client_of(empty)
    officer.headers["origin"] = ADDRESS
    officer.post("/api/v1/sign-in", json={"name": "officer", "password": PASSWORD})
    content = roster_bytes("新圩镇", [("甲铸造有限公司", "铝壳中频炉", "13812345678")])
    said = officer.post(UPLOAD, files={"file": ("新圩镇.xlsx", content)}, data={"county": "431127"})
    assert said.status_code == 200, said.text
