"""`/api/v1/documents`: papers recorded with their files, listed, revised, withdrawn; files only ever saved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"
SCAN = b"%PDF-1.7\n" + bytes(range(256)) * 9
PATH = "/api/v1/documents"
LETTER = {
    **COUNTY,
    "kind": "函件",
    "number": "湘环蓝函[2024]18号",
    "issuer": "市生态环境局蓝山分局",
    "dated": "2024-12-09",
    "title": "关于采取停电措施的函",
    "enterprise": FIRM,
    "reason": "来函",
}


def post(writer: TestClient, path: str = PATH, file: tuple[str, bytes] | None = ("函.pdf", SCAN), **fields: str) -> Any:
    """Send a paper; a field told as nothing is left out."""
    told = {name: text for name, text in ({**LETTER, **fields} if path == PATH else fields).items() if text}
    return writer.post(path, data=told, files={"file": file} if file else None)


def test_a_paper_is_recorded_listed_shown_revised_and_withdrawn(sending: Callable, writer: TestClient) -> None:
    sending()
    told = post(writer)
    assert told.status_code == 200, told.text
    id = told.json()["document"]

    (row,) = writer.get(PATH, params={**COUNTY, "enterprise": FIRM}).json()["documents"]
    assert (row["number"], row["written_number"], row["label"]) == (
        "湘环蓝函〔2024〕18号",
        "湘环蓝函[2024]18号",
        "函件",
    )
    assert (row["enterprise"]["name"], row["dated_by"]) == (FIRM, True)
    assert row["file"] == {**row["file"], "name": "函.pdf", "type": "pdf", "size": len(SCAN)}

    new = post(writer, f"{PATH}/{id}/revise", None, **COUNTY, title="更正后的函", reason="标题有误").json()
    assert (new["revises"], new["title"], new["file"]["name"]) == (id, "更正后的函", "函.pdf")
    shown = writer.get(f"{PATH}/{id}", params=COUNTY).json()
    assert [one["document"] for one in shown["later"]] == [new["document"]]
    assert len(writer.get(PATH, params={**COUNTY, "revised": "true"}).json()["documents"]) == 2

    back = f"{PATH}/{new['document']}/withdraw"
    assert writer.post(back, json={**COUNTY, "reason": "看错"}).json()["taken_back"] == "document"
    assert writer.post(back, json={**COUNTY, "reason": "看错"}).status_code == 404
    assert [one["document"] for one in writer.get(PATH, params=COUNTY).json()["documents"]] == [id]
    known = {**COUNTY, "known": str(new["change"])}
    assert [one["document"] for one in writer.get(PATH, params=known).json()["documents"]] == [new["document"]]


def test_a_file_comes_back_as_it_was_and_no_browser_shows_it(sending: Callable, writer: TestClient) -> None:
    sending()
    id = post(writer, file=("停电 函（扫描）.PDF", SCAN)).json()["document"]

    said: Response = writer.get(f"{PATH}/{id}/file", params=COUNTY)

    assert (said.status_code, said.content) == (200, SCAN)
    assert said.headers["content-type"] == "application/octet-stream"
    assert said.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert said.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in said.headers["content-security-policy"]
    assert said.headers["content-length"] == str(len(SCAN))


def test_a_letter_names_several_firms(sending: Callable, writer: TestClient) -> None:
    sending()
    told = post(writer, None or PATH, None, enterprise="", named=f"{FIRM}、乙铸造有限公司").json()

    assert (told["enterprise"], len(told["named"])) == (None, 2)
    for firm in (FIRM, "乙铸造有限公司"):
        rows = writer.get(PATH, params={**COUNTY, "enterprise": firm}).json()["documents"]
        assert [one["document"] for one in rows] == [told["document"]]


@pytest.mark.parametrize(
    ("fields", "file", "status", "code"),
    [
        ({"enterprise": "没有厂"}, None, 404, "enterprise.unknown"),
        ({"number": "湘环蓝函2024-18"}, None, 422, "document.number"),
        ({"dated": "2099-06-01"}, None, 422, "document.future"),
        ({"dated": "改天"}, None, 422, None),
        ({"kind": "纸条"}, None, 422, "document.kind"),
        ({"county": "999999"}, None, 404, "county.unknown"),
        ({"reason": "  "}, None, 422, "reason.missing"),
        ({}, ("函.pdf", b"<html><script>alert(1)</script></html>"), 422, "evidence.type"),
        ({}, ("函.pdf", b"MZ\x90"), 422, "evidence.type"),
        ({}, ("函.pdf", b"\xff\xd8\xff\xe0"), 422, "evidence.name"),
        ({}, ("函.pdf", b""), 422, "evidence.type"),
        ({}, ("函.pdf", SCAN + b"\0" * 30 * 1024 * 1024), 422, "evidence.too_large"),
        ({}, ("函.pdf", SCAN + b"\0" * 31 * 1024 * 1024), 413, "upload.too_large"),
    ],
)
def test_what_does_not_hold_is_a_problem_with_the_rule_and_nothing_is_recorded(
    sending: Callable,
    writer: TestClient,
    fields: dict[str, str],
    file: tuple[str, bytes] | None,
    status: int,
    code: str | None,
) -> None:
    sending()
    before = writer.get("/api/v1/changes", params=COUNTY).json()["total"]

    said = post(writer, file=file, **fields)

    assert (said.status_code, said.headers["content-type"]) == (status, "application/problem+json"), said.text
    assert code in (None, said.json()["code"])
    assert said.json()["fix"]
    assert writer.get("/api/v1/changes", params=COUNTY).json()["total"] == before


def test_the_same_paper_twice_is_a_conflict_that_names_the_first(sending: Callable, writer: TestClient) -> None:
    sending()
    first = post(writer).json()["document"]

    again = post(writer, number="湘环蓝函（2024）018号")

    assert (again.status_code, again.json()["code"], first in again.json()["detail"]) == (409, "document.already", True)


def test_a_name_with_a_telephone_number_is_kept_masked_in_lists_and_logged_nowhere(
    sending: Callable, writer: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    sending()
    caplog.set_level(logging.DEBUG)
    name = "张三13812345678.pdf"
    id = post(writer, file=(name, SCAN)).json()["document"]
    post(writer, file=(name, b"\xff\xd8\xff"), number="湘环蓝函〔2024〕19号")
    listed = writer.get(PATH, params=COUNTY).text
    got = writer.get(f"{PATH}/{id}/file", params=COUNTY)

    assert "138****5678" in listed
    assert "13812345678" not in listed
    assert "138xxxx5678" in got.headers["content-disposition"]
    assert "13812345678" not in caplog.text


def test_what_the_database_refuses_is_logged_without_what_was_to_be_written(
    sending: Callable, writer: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending()
    monkeypatch.setattr("app.register.papers.evidence_files.accepted", lambda content, name: "nothing")

    said = post(writer, file=("张三13812345678.pdf", SCAN), title="密件")

    assert said.status_code >= 500
    assert "13812345678" not in caplog.text + said.text
    assert "密件" not in caplog.text


def test_a_name_that_would_lead_elsewhere_is_a_plain_name(sending: Callable, writer: TestClient) -> None:
    sending()
    id = post(writer, file=("../../etc/\u202efdp.函.pdf", SCAN)).json()["document"]

    said = writer.get(f"{PATH}/{id}/file", params=COUNTY)

    assert said.headers["content-disposition"] == "attachment; filename*=UTF-8''fdp.%E5%87%BD.pdf"


def test_a_paper_without_a_file_has_none_to_hand_out(sending: Callable, writer: TestClient) -> None:
    sending()
    id = post(writer, file=None).json()["document"]

    for path, code in ((f"{id}/file", "document.no_file"), ("nothing/file", "document.unknown")):
        said = writer.get(f"{PATH}/{path}", params=COUNTY)
        assert (said.status_code, said.json()["code"]) == (404, code)
