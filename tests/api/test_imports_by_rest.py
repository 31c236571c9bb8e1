"""`/api/v1/imports`: a roster sent, listed, taken back; what is too large or too much at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from app.api import imports
from tests.api.conftest import roster_bytes


def test_a_roster_is_taken_in_with_its_records(sending: Callable) -> None:
    said = sending().json()

    assert said["proposal"]["new"] == 2
    assert (said["change"], said["applied"]) == (1, {"enterprises": 2, "equipment": 2})
    assert [record["enterprise"]["name"]["value"] for record in said["records"]] == ["甲铸造有限公司", "乙铸造有限公司"]


def test_a_dry_run_writes_nothing(sending: Callable, writer: TestClient) -> None:
    said = sending(dry_run="true").json()

    assert (said["dry_run"], said["batch"], said["change"]) == (True, None, None)
    assert writer.get("/api/v1/changes?county=431127").json()["total"] == 0


def test_a_roster_of_an_unknown_day_is_answered_with_a_question(writer: TestClient) -> None:
    content = "企业名称,设备名称,台数\n甲铸造有限公司,铝壳中频炉,1\n".encode()

    said = writer.post("/api/v1/imports", files={"file": ("名册.csv", content)}, data={"county": "431127"})

    assert said.status_code == 200
    answer = said.json()
    assert (answer["batch"], answer["applied"], answer["change"], answer["proposal"]["new"]) == (None, None, None, 1)
    assert [issue["code"] for issue in answer["issues"] if issue["severity"] == "question"] == ["import.no_day"]
    (kept,) = writer.get("/api/v1/imports?county=431127").json()["items"]
    assert (kept["state"], kept["why"], kept["valid_from"], kept["by"]) == ("read", "no_day", None, "本机操作员")
    assert said.headers["location"] == f"/api/v1/imports/{kept['batch']}"

    applied = writer.post(f"{said.headers['location']}/apply", json={"valid_from": "2024-01-15"}).json()

    assert (applied["batch"], applied["applied"]) == (kept["batch"], {"enterprises": 1, "equipment": 1})


def test_a_roster_sent_for_later_is_kept_until_it_is_applied_or_withdrawn(
    sending: Callable, writer: TestClient
) -> None:
    kept = sending(later="true").json()
    at = f"/api/v1/imports/{kept['batch']}"

    assert (kept["applied"], kept["change"], kept["proposal"]["new"]) == (None, 1, 2)
    assert sending(later="true").json()["batch"] == kept["batch"]
    shown = writer.get(at).json()
    assert (shown["state"], shown["proposal"]["new"], shown["waits"]["rows"]) == ("read", 2, 0)
    assert writer.post(f"{at}/apply", json={"dry_run": True}).json()["batch"] is None
    assert writer.post(f"{at}/apply").json()["batch"] == kept["batch"]
    assert writer.get(at).json()["state"] == "applied"
    for verb, said in (("apply", {}), ("drop", {"reason": "不要了"})):
        again = writer.post(f"{at}/{verb}", json=said)
        assert (again.status_code, again.json()["code"]) == (409, "import.not_waiting")


def test_a_file_that_is_withdrawn_stays_in_the_record(sending: Callable, writer: TestClient) -> None:
    batch = sending(later="true").json()["batch"]

    assert writer.post(f"/api/v1/imports/{batch}/drop", json={"reason": "发错了"}).json() == {
        "batch": batch,
        "change": 2,
    }

    (listed,) = writer.get("/api/v1/imports?state=undone").json()["items"]
    assert (listed["batch"], listed["reason"], listed["undone_by"]) == (batch, "发错了", 2)
    assert sending().json()["batch"] != batch
    assert [one["state"] for one in writer.get("/api/v1/imports").json()["items"]] == ["applied", "undone"]


def test_imports_come_in_pages_and_by_state(sending: Callable, writer: TestClient) -> None:
    sending(later="true")
    sending("毛俊镇")

    first = writer.get("/api/v1/imports?limit=1").json()
    second = writer.get(f"/api/v1/imports?limit=1&next={first['next']}").json()

    assert [page["items"][0]["file"] for page in (first, second)] == ["毛俊镇.xlsx", "新圩镇.xlsx"]
    assert (first["total"], second["next"]) == (2, None)
    assert writer.get("/api/v1/imports?state=applied").json()["items"] == first["items"]
    assert writer.get("/api/v1/imports?state=lost").status_code == 422


def test_two_versions_are_compared(sending: Callable, writer: TestClient) -> None:
    former = sending().json()["batch"]
    newer = writer.post(
        "/api/v1/imports",
        files={"file": ("新圩镇修订.xlsx", roster_bytes("新圩镇", [("甲铸造有限公司", "铝壳中频炉", "13812345679")]))},
        data={"county": "431127"},
    ).json()

    found = writer.get(f"/api/v1/imports/{newer['batch']}/differences").json()

    assert newer["issues"][0]["code"] == "import.newer_version"
    assert found["against"]["batch"] == former
    assert [(one["label"], one["before_cell"]) for one in found["changed"]] == [("联系电话", "名册!E4")]
    assert [one["what"] for one in found["gone"]] == ["乙铸造有限公司"]
    assert writer.get(f"/api/v1/imports/{former}/differences").status_code == 404
    assert writer.get("/api/v1/imports/nothing").status_code == 404


def test_imports_are_listed_and_taken_back(sending: Callable, writer: TestClient) -> None:
    batch = sending().json()["batch"]

    undone = writer.post(f"/api/v1/imports/{batch}/undo")
    again = writer.post(f"/api/v1/imports/{batch}/undo")
    (listed,) = writer.get("/api/v1/imports").json()["items"]

    assert undone.json()["reversed"]
    assert again.status_code == 409
    assert (listed["batch"], listed["change"], listed["undone_by"]) == (batch, 1, 2)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"county": "999999"}, 404, "county.unknown"),
        ({"township": "没有镇"}, 404, "township.unknown"),
        ({"valid_from": "昨天"}, 422, "day.bad"),
        ({"told": "{"}, 422, "told.bad"),
        ({"later": "true", "dry_run": "true"}, 422, "later.dry_run"),
        ({"dry_run": "也许"}, 422, "input.bad"),
    ],
)
def test_what_does_not_fit_is_a_problem(sending: Callable, fields: dict[str, str], status: int, code: str) -> None:
    said = sending(**fields)

    assert (said.status_code, said.json()["code"]) == (status, code)
    assert said.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4", "通知\n开会\n".encode()])
def test_what_is_no_roster_is_a_problem(writer: TestClient, content: bytes) -> None:
    said = writer.post("/api/v1/imports", files={"file": ("a.xlsx", content)}, data={"county": "431127"})

    assert said.status_code == 422
    assert said.json()["fix"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\表\\名册.xlsx", "\x00.xlsx", "…" * 300, "", ".."])
def test_a_file_is_called_by_its_base_name(name: str) -> None:
    safe = imports.safe_name(name)

    assert safe
    assert not set(safe) & set("/\\\0")
    assert safe not in (".", "..")
    assert len(safe.encode()) <= imports.LONGEST_NAME


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(writer: TestClient) -> None:
    sent = []

    def body() -> Iterator[bytes]:
        sent.append(1)
        yield b"x"

    said = writer.post("/api/v1/imports", content=body(), headers={"content-length": str(300 * 1024 * 1024)})

    assert (said.status_code, said.json()["code"]) == (413, "upload.too_large")


def test_a_body_that_says_nothing_is_refused_when_it_becomes_too_large(writer: TestClient) -> None:
    def body() -> Iterator[bytes]:
        yield b'--abc\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
        for _ in range(32):
            yield b"x" * 1024 * 1024

    said = writer.post("/api/v1/imports", content=body(), headers={"content-type": "multipart/form-data; boundary=abc"})

    assert (said.status_code, said.json()["code"]) == (413, "upload.too_large")


def test_two_imports_run_at_a_time_and_health_answers_meanwhile(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, most, lock, enough = 0, 0, threading.Lock(), threading.Event()

    def slow(*_: object) -> dict[str, object]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        enough.wait(5)
        with lock:
            running -= 1
        return {}

    monkeypatch.setattr(imports, "_take_in", slow)
    with writer:
        threads = [
            threading.Thread(
                target=writer.post,
                args=["/api/v1/imports"],
                kwargs={"files": {"file": ("a.xlsx", b"x")}, "data": {"county": "431127"}},
            )
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        assert writer.get("/health").status_code == 200
        enough.set()
        for thread in threads:
            thread.join()

    assert most == imports.AT_ONCE
