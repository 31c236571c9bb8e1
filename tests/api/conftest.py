"""A register with two townships' rosters taken in, and a client that asks it as a browser on this machine would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.main import create
from app.store.engine import open_engine
from app.store.schema import prepare

COUNTY = "431127"
ADDRESS = "http://127.0.0.1:8000"


def roster_bytes(township: str, firms: list[tuple[str, str, str]], day: str = "2024-01-15") -> bytes:
    """A township's roster: a firm, its furnace in words, and the telephone number of its contact a row."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    book.set_properties({"created": datetime(2024, 1, 20)})  # noqa: DTZ001  sent twice it is the same bytes
    sheet = book.add_worksheet("名册")
    heads = ["序号", "企业名称", "设备名称", "使用状态", "联系电话"]
    rows = [[f"{township}铸造企业名册"], [f"填报单位：{township}人民政府", None, f"填报日期：{day}"], heads]
    rows += [[str(number), name, furnace, "在用", phone] for number, (name, furnace, phone) in enumerate(firms, 1)]
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    book.close()
    return content.getvalue()


ROSTERS = {
    "新圩镇": [("甲铸造有限公司", "铝壳中频炉", "13812345678"), ("乙铸造有限公司", "钢壳中频炉", "13912345678")],
    "毛俊镇": [("丙铸造有限公司", "中频炉", "13712345678")],
}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with nothing in it yet, to be copied."""
    path = tmp_path_factory.mktemp("prepared") / "luzhang.db"
    engine = open_engine(f"sqlite:///{path}")
    prepare(engine)
    engine.dispose()
    return path


@pytest.fixture
def empty(prepared: Path, tmp_path: Path) -> Iterator[Engine]:
    """A register with nothing in it yet."""
    shutil.copy(prepared, tmp_path)
    engine = open_engine(f"sqlite:///{tmp_path / 'luzhang.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def filled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A register with both rosters; nobody writes to it."""
    folder = tmp_path_factory.mktemp("register")
    shutil.copy(prepared, folder)
    engine = open_engine(f"sqlite:///{folder / 'luzhang.db'}")
    client = client_of(engine)
    for township, firms in ROSTERS.items():
        said = send(client, roster_bytes(township, firms), f"{township}.xlsx")
        assert said.status_code == 200, said.text
    yield engine
    engine.dispose()


def client_of(engine: Engine) -> TestClient:
    """A client of an application over this register; what breaks inside is answered, not raised."""
    return TestClient(create(engine), base_url=ADDRESS, raise_server_exceptions=False)


def send(client: TestClient, content: bytes, name: str, **fields: str):  # type: ignore[no-untyped-def]
    """Send a roster."""
    return client.post("/api/v1/imports", files={"file": (name, content)}, data={"county": COUNTY, **fields})


@pytest.fixture
def client(filled: Engine) -> TestClient:
    """Asks the register with both rosters."""
    return client_of(filled)


@pytest.fixture
def writer(empty: Engine) -> TestClient:
    """Asks and writes to a register of its own."""
    return client_of(empty)


@pytest.fixture
def sending(writer: TestClient) -> Callable[..., object]:
    """Send a roster to that register."""

    def sent(of: str = "新圩镇", name: str | None = None, **fields: str) -> object:
        return send(writer, roster_bytes(of, ROSTERS[of]), name or f"{of}.xlsx", **fields)

    return sent
