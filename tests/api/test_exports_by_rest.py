"""Lists as files over REST: what the screen says, told beforehand in headers, and never a part that looks whole."""

from __future__ import annotations

import csv
import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
import uvicorn
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.errors import DatabaseUnavailable
from app.main import create
from app.register.lists import laying, portions
from tests.register.rosters import COUNTY

DAY = "as_of=2024-01-15"
NOUNS = {"enterprises": "企业", "equipment": "设备", "permits": "手续", "plans": "一企一策", "actions": "停电关停"}
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
}


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Firms are read one at a time."""
    monkeypatch.setattr(portions, "_FIRST", 1)
    monkeypatch.setattr(portions, "_MOST", 1)


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.usefixtures("one_by_one")
def test_a_file_says_beforehand_how_many_rows_of_which_day_and_knowledge(client: TestClient, form: str) -> None:
    listed = client.get(f"/api/v1/enterprises?{DAY}").json()
    said = client.get(f"/api/v1/enterprises.{form}?{DAY}")

    assert said.headers["content-type"] == TYPES[form]
    assert said.headers["content-disposition"] == f"attachment; filename*=UTF-8''{COUNTY}-{quote('企业')}.{form}"
    told = [said.headers[name] for name in ("x-total-count", "x-as-of", "x-known", "x-pinned")]
    assert told == ["3", "2024-01-15", "2", listed["pinned"]]
    assert "content-length" not in said.headers


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("sort", ["", "&sort=-name"])
def test_how_many_rows_is_not_said_where_only_reading_them_tells(client: TestClient, form: str, sort: str) -> None:
    query = f"{DAY}&equipment.capacity_t.gte=0.1&maybe=include{sort}"
    listed = client.get(f"/api/v1/enterprises?{query}").json()
    said = client.get(f"/api/v1/enterprises.{form}?{query}")

    assert "x-total-count" not in said.headers
    assert [said.headers[name] for name in ("x-as-of", "x-known", "x-pinned")] == ["2024-01-15", "2", listed["pinned"]]
    assert listed["total"] > 0
    if form == "ndjson":
        assert [json.loads(line) for line in said.text.splitlines()] == listed["items"]


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.usefixtures("one_by_one")
def test_a_file_has_the_rows_of_all_pages(client: TestClient, noun: str) -> None:
    query = f"{DAY}&maybe=include&sort=-enterprise" if noun != "enterprises" else f"{DAY}&sort=-name"
    pages: list[Any] = []
    following: str | None = ""
    while following is not None:
        page = client.get(f"/api/v1/{noun}?{query}&limit=2{following and '&next=' + following}").json()
        pages, following = pages + page["items"], page["next"]
    lines = client.get(f"/api/v1/{noun}.ndjson?{query}").text.splitlines()
    cells = list(csv.reader(StringIO(client.get(f"/api/v1/{noun}.csv?{query}").content.decode("utf-8-sig"))))

    assert [json.loads(line) for line in lines] == pages
    assert len(cells) == 1 + len(pages)


def test_a_city_is_given_out_with_its_counties(client: TestClient) -> None:
    said = client.get(f"/api/v1/enterprises.csv?{DAY}&division=4311")

    assert said.headers["x-known"] == f"{COUNTY}:2"
    assert quote("4311-企业") in said.headers["content-disposition"]
    assert said.content.decode("utf-8-sig").splitlines()[0].startswith("县（市、区）,企业名称")
    assert client.get(said.headers["x-pinned"].replace("/enterprises?", "/enterprises.csv?")).content == said.content


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("townshp=新圩镇", 422, "filter.unknown"),
        ("sort=maker", 422, "sort.unknown"),
        ("county=990000", 404, "county.unknown"),
        ("division=4311&county=431127", 422, "division.alone"),
        ("known=99999", 404, None),
    ],
)
def test_what_is_wrong_with_an_ask_is_a_problem(
    client: TestClient, form: str, query: str, status: int, code: str | None
) -> None:
    said = client.get(f"/api/v1/enterprises.{form}?{query}")
    screen = client.get(f"/api/v1/enterprises?{query}")

    assert said.headers["content-type"] == "application/problem+json"
    assert (said.status_code, said.json()) == (screen.status_code, screen.json())
    assert code is None or (said.status_code, said.json()["code"]) == (status, code)


def test_only_enterprises_have_places(client: TestClient) -> None:
    assert client.get("/api/v1/equipment.geojson").json()["code"] == "route.unknown"


@pytest.mark.parametrize("form", TYPES)
def test_telephone_numbers_are_masked_in_every_form(client: TestClient, form: str) -> None:
    content = client.get(f"/api/v1/enterprises.{form}?{DAY}").content
    if form == "xlsx":
        rows = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
        content = repr(list(rows)).encode()

    assert b"138****5678" in content
    assert b"13812345678" not in content


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Reading breaks at the n-th portion, whether of firms or of rows in an order of their own."""

    def at(number: int) -> None:
        left = [number]

        def breaking_off(read: Callable[..., Any]) -> Callable[..., Any]:
            def torn(*told: Any) -> Any:
                left[0] -= bool(told[2])
                if left[0] < 0:
                    raise DatabaseUnavailable
                return read(*told)

            return torn

        monkeypatch.setattr(portions, "_read", breaking_off(portions._read))
        monkeypatch.setattr(laying, "chosen", breaking_off(laying.chosen))

    return at


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("query", ["", "&sort=name", "&equipment.kind=cupola"])
def test_what_breaks_before_the_first_byte_is_a_problem(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, form: str, query: str
) -> None:
    def broken(*_: Any) -> Any:
        raise DatabaseUnavailable

    monkeypatch.setattr("app.register.lists.export.head_of", broken)
    said = client.get(f"/api/v1/enterprises.{form}?{DAY}{query}")

    assert (said.status_code, said.headers["content-type"]) == (503, "application/problem+json")


@pytest.fixture
def served(filled: Engine) -> Iterator[int]:
    """The port of a server over the register of both rosters."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create(filled), log_level="critical"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    running.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    running.join(30)
    listener.close()


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize(("query", "told"), [("", "3"), ("&sort=-name", "3"), ("&equipment.capacity_t.lt=90", None)])
@pytest.mark.usefixtures("one_by_one")
def test_what_breaks_in_the_middle_breaks_the_connection(
    served: int,
    breaking: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    query: str,
    told: str | None,
) -> None:
    monkeypatch.setattr("reports.exports._FIRST", 1)
    monkeypatch.setattr("reports.exports._MOST", 1)
    monkeypatch.setattr("reports.exports.workbook_file._LOOKED_AT", 1)
    breaking(2)
    asking = http.client.HTTPConnection("127.0.0.1", served, timeout=30)
    asking.request("GET", f"/api/v1/enterprises.{form}?{DAY}&maybe=include{query}")
    said = asking.getresponse()

    assert (said.status, said.headers["x-total-count"]) == (200, told)
    with pytest.raises(http.client.IncompleteRead) as torn:
        said.read()
    assert torn.value.partial.count(b"\n") < 3 or form in ("xlsx", "geojson")
    assert not torn.value.partial.endswith(b"}\n") or form == "ndjson"
    asking.close()


@pytest.mark.usefixtures("one_by_one")
def test_a_file_over_a_real_connection_is_whole(served: int, client: TestClient) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", served, timeout=30)
    asking.request("GET", f"/api/v1/equipment.xlsx?{DAY}")
    said = asking.getresponse()

    assert said.headers["transfer-encoding"] == "chunked"
    assert said.read() == client.get(f"/api/v1/equipment.xlsx?{DAY}").content
    asking.close()
