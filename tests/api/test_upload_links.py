"""A township sends its roster by a link: what it may do, what it is shown, and what it is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import anyio
import openpyxl
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, select

from app import clock
from app.api import link_door, link_pages
from app.register.imports.kept_files import KeptFile
from app.register.links.receiving import sent, sent_before
from app.register.scope import LOCAL_OPERATOR
from app.store.audit import AuditRecord
from app.store.engine import reading
from app.store.models import Change, Enterprise, LinkUpload, UploadLink, WaitingFile
from importers.intake import Upload, take_in
from tests.api.conftest import ADDRESS, COUNTY, client_of, roster_bytes

NOW = datetime(2024, 1, 20, 8, tzinfo=UTC)
FIRMS = [("甲铸造有限公司", "铝壳中频炉", "13812345678"), ("乙铸造有限公司", "钢壳中频炉", "13912345678")]
ROSTER = roster_bytes("新圩镇", FIRMS)
FORM = {"origin": ADDRESS}


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def client(engine: Engine) -> TestClient:
    """Asks a register of its own, on each engine, as a browser would."""
    return client_of(engine)


def made(client: TestClient, township: str = "新圩镇", **more: object) -> dict[str, str]:
    """A link for a township."""
    told = {"county": COUNTY, "townships": [township], "quarter": "2024Q1", **more}
    said = client.post("/api/v1/links", json=told)
    assert said.status_code == 200, said.text
    (link,) = said.json()["links"]
    return link


def send(client: TestClient, path: str, content: bytes = ROSTER, name: str = "名册.xlsx", **more: str) -> Response:
    """Send a file by a link, as the form does."""
    return client.post(path, files={"file": (name, content)}, headers={**FORM, **more}, follow_redirects=False)


def receipt_of(said: Response) -> str:
    """The address of a receipt."""
    assert said.status_code == 303, said.text
    return said.headers["location"]


def texts(content: bytes) -> str:
    """Every cell and comment of a workbook, those of hidden sheets too."""
    book = openpyxl.load_workbook(BytesIO(content))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return "\n".join(f"{cell.value or ''} {cell.comment.text if cell.comment else ''}" for cell in cells)


def test_the_form_says_which_township_quarter_and_day_and_needs_no_script(client: TestClient) -> None:
    page = client.get(made(client)["path"])

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert all(words in page.text for words in ("新圩镇", "2024年第一季度", "2024-04-21"))
    assert '<form method="post" enctype="multipart/form-data">' in page.text
    assert "<script" not in page.text
    assert not re.search(r"(src|href)=\"(https?:)?//", page.text)


def test_the_page_is_not_kept_and_tells_no_other_site_where_it_came_from(client: TestClient) -> None:
    headers = client.get(made(client)["path"]).headers

    assert headers["cache-control"] == "no-store"
    # With no-referrer a browser would send the form with `Origin: null`, which is refused.
    assert headers["referrer-policy"] == "same-origin"


def test_what_comes_waits_and_changes_nothing_until_an_officer_applies_it(engine: Engine, client: TestClient) -> None:
    link = made(client)
    page = client.get(receipt_of(send(client, link["path"])))

    with reading(engine) as session:
        assert session.scalars(select(Enterprise)).all() == []
        waits = session.scalars(select(WaitingFile)).one()
        change = session.scalars(select(Change).where(Change.number == waits.recorded_by)).one()
    assert (waits.told_township, waits.why) == ("431127105", "later")
    assert (change.act, change.actor) == ("keep", "链接：新圩镇 2024Q1")
    assert "等县里核对写入" in page.text

    (upload,) = client.get(f"/api/v1/links/{link['link']}/uploads").json()["uploads"]
    assert (upload["standing"], upload["result"], upload["batch"]) == ("waiting", "kept", waits.id)
    assert client.post(f"/api/v1/imports/{upload['batch']}/apply").json()["applied"]["enterprises"] == 2
    assert "县里已写入" in client.get(receipt_of(send(client, link["path"]))).text


def test_the_receipt_shows_the_rows_of_that_file_with_its_own_cells(client: TestClient) -> None:
    page = client.get(receipt_of(send(client, made(client)["path"])))

    assert "2 行：取用 2，略过 0，待定 0" in page.text
    assert all(text in page.text for text in ("甲铸造有限公司", "铝壳中频炉", "13812345678"))
    assert page.headers["cache-control"] == "no-store"


def test_the_reply_is_the_senders_own_workbook(client: TestClient) -> None:
    receipt = receipt_of(send(client, made(client)["path"]))
    reply = client.get(f"{receipt}/reply.xlsx")

    assert reply.headers["content-disposition"].endswith("%EF%BC%88%E6%A0%B8%E5%AF%B9%EF%BC%89.xlsx")
    assert "13812345678" in texts(reply.content)


def test_who_sends_is_shown_nothing_of_what_the_register_holds(engine: Engine, client: TestClient) -> None:
    """The register holds other townships' firms that fit by name, by code and by likeness, and one that is left out."""
    known = [
        ("秘丙铸造有限公司", "冲天炉", "13700000001"),
        ("甲铸造厂", "冲天炉", "13700000002"),
        ("甲铸造有限公司", "冲天炉", "13700000003"),
    ]
    for township, firms in (("毛俊镇", known), ("新圩镇", [("秘丁铸造有限公司", "电弧炉", "13700000004")])):
        content = roster_bytes(township, firms, day="2024-01-10")
        take_in(engine, Upload(content, f"秘{township}.xlsx"), county=COUNTY, actor=LOCAL_OPERATOR)

    receipt = receipt_of(send(client, made(client)["path"]))
    shown = client.get(receipt).text + texts(client.get(f"{receipt}/reply.xlsx").content)

    for secret in ("秘", "冲天炉", "电弧炉", "甲铸造厂", "毛俊镇", "1370000000", "登记库中", "上次在册"):
        assert secret not in shown.replace("看不到登记库里的内容", "")


def test_the_same_file_reads_the_same_whatever_the_register_holds(engine: Engine, client: TestClient) -> None:
    link = made(client)
    alone = client.get(receipt_of(send(client, link["path"]))).text
    others = roster_bytes("毛俊镇", FIRMS, day="2024-01-15")
    take_in(engine, Upload(others, "别镇.xlsx"), county=COUNTY, actor=LOCAL_OPERATOR)

    again = client.get(receipt_of(send(client, link["path"]))).text

    assert re.sub(r"/u/receipts/[^/\"]+", "", again) == re.sub(r"/u/receipts/[^/\"]+", "", alone)


def test_a_marked_copy_of_another_townships_file_shows_none_of_it(engine: Engine, client: TestClient) -> None:
    """What a copy remembers names its original by digest: only what came by the same link is laid under it."""
    theirs = roster_bytes("毛俊镇", [("秘丙铸造有限公司", "冲天炉", "13700000001"), ("", "冲天炉", "")])
    other = receipt_of(send(client, made(client, "毛俊镇")["path"], theirs, "秘.xlsx"))
    copy = openpyxl.load_workbook(BytesIO(client.get(f"{other}/reply.xlsx").content))
    for row in copy.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and ("秘" in cell.value or "冲天炉" in cell.value):
                cell.value = "戊铸造有限公司"
    emptied = BytesIO()
    copy.save(emptied)
    (waits,) = client.get("/api/v1/imports", params={"county": COUNTY}).json()["items"]
    client.post(f"/api/v1/imports/{waits['batch']}/apply")

    answers = [send(client, made(client)["path"], emptied.getvalue(), "核对.xlsx")]

    assert [(one.status_code, "不是从新圩镇的名册标出来的" in one.text) for one in answers] == [(422, True)]
    assert not any(word in answers[0].text for word in ("秘", "毛俊镇", "1370000000"))


def test_what_a_copy_names_as_its_original_is_reached_only_by_the_link_that_it_came_by(
    engine: Engine, client: TestClient
) -> None:
    theirs = receipt_of(send(client, made(client, "毛俊镇")["path"], roster_bytes("毛俊镇", FIRMS)))
    mine = receipt_of(send(client, made(client)["path"]))
    other, own = (sent(engine, one.rpartition("/")[2]) for one in (theirs, mine))

    assert sent_before(engine, own, own.sha256) == KeptFile(ROSTER, own.file)
    assert sent_before(engine, own, other.sha256) is None


def test_a_marked_copy_comes_back_by_the_same_link_and_is_read_as_its_original(client: TestClient) -> None:
    path = made(client)["path"]
    wrong = roster_bytes("新圩镇", [("甲铸造有限公司", "铝壳中频炉", "13812345678"), ("", "钢壳中频炉", "139")])
    first = client.get(f"{receipt_of(send(client, path, wrong))}/reply.xlsx").content
    copy = openpyxl.load_workbook(BytesIO(first))
    sheet = copy.worksheets[0]
    marks = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    copy["待核实"]["H5"] = "己铸造有限公司"
    back = BytesIO()
    copy.save(back)

    page = client.get(receipt_of(send(client, path, back.getvalue(), "核对.xlsx"))).text

    assert [cell.coordinate for cell in marks] == ["A5"]
    assert "2 行：取用 2，略过 0，待定 0" in page
    assert "己铸造有限公司" in page


def test_unknown_expired_revoked_and_used_up_get_the_same_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_door, "FREE", 1000)
    monkeypatch.setattr(link_door, "MOST", 1000)
    revoked, used_up, expired = made(client), made(client), made(client, until="2024-01-20")
    assert client.post(f"/api/v1/links/{revoked['link']}/revoke", json={"reason": "错发"}).status_code == 200
    with reading(client.app.state.engine) as session:
        assert session.scalars(select(UploadLink)).all()
    monkeypatch.setenv("LUZHANG_LINK_FILES", "1")
    receipt_of(send(client, used_up["path"]))

    with clock.fixed(NOW + timedelta(days=1)):
        paths = ["/u/x", f"/u/{'x' * 43}", revoked["path"], used_up["path"], expired["path"], f"/u/{'乱' * 300}"]
        answers = [(one.status_code, one.text, dict(one.headers)) for one in map(client.get, paths)]
        answers += [(one.status_code, one.text, dict(one.headers)) for one in (send(client, path) for path in paths)]

    assert len({str(answer) for answer in answers}) == 1
    assert answers[0][0] == 404


def test_unknown_and_revoked_ask_the_database_the_same(engine: Engine, client: TestClient) -> None:
    from sqlalchemy import event

    revoked = made(client)
    client.post(f"/api/v1/links/{revoked['link']}/revoke", json={"reason": "错发"})
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *words: asked.append(words[2]))

    counts = []
    for path in (revoked["path"], f"/u/{'x' * 43}"):
        asked.clear()
        client.get(path)
        counts.append(list(asked))

    assert counts[0] == counts[1]


def test_the_body_of_a_wrong_secret_is_not_read(client: TestClient) -> None:
    read = []

    async def body() -> object:
        read.append(1)
        return {"type": "http.request", "body": b"x", "more_body": True}

    answers: list[dict[str, object]] = []

    async def answer(message: dict[str, object]) -> None:
        answers.append(message)

    anyio.run(client.app, _request("/u/nothing"), body, answer)

    assert (answers[0]["status"], read) == (404, [])


def test_a_body_that_comes_too_slowly_is_given_up(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_pages, "LONGEST_SENDING", 0.05)
    path = made(client)["path"]

    async def body() -> object:
        await anyio.sleep_forever()

    answers: list[dict[str, object]] = []

    async def answer(message: dict[str, object]) -> None:
        answers.append(message)

    anyio.run(client.app, _request(path), body, answer)

    assert answers[0]["status"] == 408


def _request(path: str) -> dict[str, object]:
    headers = [(b"host", b"127.0.0.1:8000"), (b"content-type", b"multipart/form-data; boundary=b")]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("10.0.0.7", 5000),
        "server": ("127.0.0.1", 8000),
    }


def test_many_wrong_secrets_wait_then_are_refused_and_are_recorded_twice(
    engine: Engine, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def waiting(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(link_door, "sleep", waiting)
    monkeypatch.setattr(link_door, "MOST", 20)
    path = made(client)["path"]

    answers = [client.get(f"/u/{number:043}").status_code for number in range(25)]

    assert answers == [404] * 20 + [503] * 5
    assert len(waits) == 10
    assert client.get(path).status_code == 503
    with clock.fixed(NOW + timedelta(minutes=11)):
        assert client.get(path).status_code == 200
    with reading(engine) as session:
        records = session.scalars(select(AuditRecord).where(AuditRecord.act == "links.open")).all()
    assert [(one.result, one.code) for one in records] == [("refused", "link.gone")] * 2


def test_no_more_files_and_bytes_come_than_a_link_allows(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(client)["path"]
    monkeypatch.setenv("LUZHANG_LINK_BYTES", str(len(ROSTER) + 1))
    receipt_of(send(client, path))
    receipt_of(send(client, path, roster_bytes("新圩镇", FIRMS[:1])))

    assert send(client, path).status_code == 404


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "空"),
        (b"%PDF-1.4 nothing", 422, "PDF"),
        (b"PK\x03\x04 broken", 422, ""),
        (b"a,b\n1,2\n", 422, "没有找到企业名册"),
    ],
)
def test_what_is_no_roster_is_told_on_a_page_and_not_kept(
    engine: Engine, client: TestClient, content: bytes, status: int, words: str
) -> None:
    said = send(client, made(client)["path"], content)

    assert (said.status_code, words in said.text) == (status, True)
    assert said.headers["content-type"].startswith("text/html")
    with reading(engine) as session:
        assert session.scalars(select(LinkUpload)).all() == []
        refused = session.scalars(select(AuditRecord).where(AuditRecord.act == "links.send")).one()
    assert (refused.county, refused.result) == (COUNTY, "refused")


def test_nothing_chosen_is_told_on_a_page(client: TestClient) -> None:
    path = made(client)["path"]

    assert client.post(path, data={"file": ""}, headers=FORM).status_code == 422
    assert client.post(path, headers=FORM).status_code == 422


def test_the_form_of_another_site_sends_nothing(client: TestClient) -> None:
    assert send(client, made(client)["path"], origin="http://evil.example").status_code == 403


def test_the_same_bytes_wait_once(engine: Engine, client: TestClient) -> None:
    path = made(client)["path"]
    first, second = (receipt_of(send(client, path)) for _ in range(2))

    with reading(engine) as session:
        assert len(session.scalars(select(WaitingFile)).all()) == 1
        assert session.scalars(select(LinkUpload.result).order_by(LinkUpload.recorded_by)).all() == ["kept", "again"]
    assert first != second


def test_another_townships_link_does_not_push_a_waiting_file_aside(engine: Engine, client: TestClient) -> None:
    nobodys = roster_bytes("铸造", FIRMS)
    receipt_of(send(client, made(client)["path"], nobodys))
    receipt_of(send(client, made(client, "毛俊镇")["path"], nobodys))

    with reading(engine) as session:
        assert session.scalars(select(WaitingFile.told_township)).all() == ["431127105"]


def test_a_file_of_no_known_day_waits_for_the_officer_to_tell_it(engine: Engine, client: TestClient) -> None:
    page = client.get(receipt_of(send(client, made(client)["path"], roster_bytes("新圩镇", FIRMS, day=""))))

    assert "不知道" in page.text
    assert "请在表上写明填报日期" in page.text
    assert "--valid-from" not in page.text
    with reading(engine) as session:
        assert session.scalars(select(WaitingFile.why)).all() == ["no_day"]


def test_a_roster_that_another_township_reports_is_refused(client: TestClient) -> None:
    said = send(client, made(client, "毛俊镇")["path"])

    assert said.status_code == 422
    assert "填报单位是“新圩镇人民政府”" in said.text


def test_a_file_of_another_quarter_is_asked_about(client: TestClient) -> None:
    path = made(client)["path"]
    page = client.get(receipt_of(send(client, path, roster_bytes("新圩镇", FIRMS, day="2023-12-31"))))

    assert "这个链接是2024年第一季度的" in page.text


def test_a_receipt_ends_after_thirty_days(client: TestClient) -> None:
    receipt = receipt_of(send(client, made(client)["path"]))

    with clock.fixed(NOW + timedelta(days=30)):
        assert client.get(receipt).status_code == 200
    with clock.fixed(NOW + timedelta(days=31)):
        assert client.get(receipt).status_code == 404
        assert client.get(f"{receipt}/reply.xlsx").status_code == 404


def test_a_receipt_is_no_link_and_a_link_no_receipt(client: TestClient) -> None:
    path = made(client)["path"]
    receipt = receipt_of(send(client, path))

    assert client.get(receipt.replace("/receipts", "")).status_code == 404
    assert client.get(path.replace("/u/", "/u/receipts/")).status_code == 404


def test_secrets_are_kept_as_digests_and_logged_nowhere(
    engine: Engine, client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = made(client)["path"]
    secret, token = path[3:], receipt_of(send(client, path))[12:]
    monkeypatch.setattr(link_pages, "form_page", lambda _: 1 / 0)
    assert client.get(path).status_code == 500

    with engine.connect() as connection:
        for table in UploadLink.metadata.sorted_tables:
            said = str(connection.execute(select(table)).all())
            assert secret not in said, table.name
            assert token not in said, table.name
    assert "/u/…" in caplog.text
    assert secret not in caplog.text


def test_links_of_a_whole_county_are_made_at_once(client: TestClient) -> None:
    said = client.post("/api/v1/links", json={"county": COUNTY, "quarter": "2024年第一季度"}).json()["links"]
    listed = client.get("/api/v1/links", params={"county": COUNTY}).json()["links"]

    assert len({one["township"] for one in said}) == len(said) == len(listed) > 15
    assert {one["state"] for one in listed} == {"open"}
    assert len({one["path"] for one in said}) == len(said)


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"quarter": "2024Q5"}, 422, "quarter.bad"),
        ({"quarter": "2023Q1"}, 422, "link.quarter_over"),
        ({"until": "2024-01-19"}, 422, "link.until_past"),
        ({"until": "2024-04-22"}, 422, "link.until_far"),
        ({"townships": ["没有的镇"]}, 404, "township.unknown"),
        ({"townships": [" "]}, 422, "township.empty"),
        ({"county": "431199"}, 404, "county.unknown"),
    ],
)
def test_what_does_not_fit_makes_no_link(client: TestClient, told: dict[str, object], status: int, code: str) -> None:
    said = client.post("/api/v1/links", json={"county": COUNTY, "quarter": "2024Q1", **told})

    assert (said.status_code, said.json()["code"]) == (status, code)


def test_a_link_is_revoked_once_and_with_a_reason(client: TestClient) -> None:
    address = f"/api/v1/links/{made(client)['link']}/revoke"

    assert client.post(address, json={"reason": " "}).json()["code"] == "reason.empty"
    assert client.post(address, json={"reason": "错发"}).status_code == 200
    assert client.post(address, json={"reason": "错发"}).json()["code"] == "link.revoked"
    assert client.post("/api/v1/links/x/revoke", json={"reason": "错发"}).json()["code"] == "link.unknown"


ODD = Path(__file__).parents[3] / "shared" / "rosters" / "odd"


@pytest.mark.skipif(not ODD.is_dir(), reason="the odd files are not beside this tree")
def test_odd_files_are_kept_or_told_apart_as_by_an_import(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_door, "FREE", 1000)
    monkeypatch.setattr(link_door, "MOST", 1000)
    monkeypatch.setenv("LUZHANG_LINK_FILES", "1000")
    client = client_of(sqlite_engine)
    path = made(client)["path"]
    for file in sorted(ODD.iterdir()):
        by_import = client.post(
            "/api/v1/imports", files={"file": (file.name, file.read_bytes())}, data={"county": COUNTY, "dry_run": "1"}
        )
        by_link = send(client, path, file.read_bytes(), file.name)

        assert by_link.status_code == {200: 303}.get(by_import.status_code, by_import.status_code), file.name
        if by_link.status_code == 303:
            assert client.get(receipt_of(by_link)).status_code == 200, file.name
            assert client.get(f"{receipt_of(by_link)}/reply.xlsx").status_code == 200, file.name
