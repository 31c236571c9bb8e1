"""A command line with a data folder of its own, and a small roster to give it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.cli import run
from app.store.engine import open_engine
from app.store.schema import prepare


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> dict[str, Any]:
        """The only object."""
        (one,) = self.objects
        return one


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with nothing in it yet, to be copied."""
    path = tmp_path_factory.mktemp("prepared") / "luzhang.db"
    engine = open_engine(f"sqlite:///{path}")
    prepare(engine)
    engine.dispose()
    return path


@pytest.fixture
def register(prepared: Path, tmp_path: Path) -> Path:
    """The data folder's register, with nothing in it yet."""
    (tmp_path / "home").mkdir()
    return Path(shutil.copy(prepared, tmp_path / "home"))


@pytest.fixture
def luzhang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run a command with a data folder of its own."""
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LUZHANG_DATABASE_URL", raising=False)

    def told(*words: str | Path) -> Said:
        capfd.readouterr()
        status = run([str(word) for word in words])
        return Said(status, *capfd.readouterr())

    return told


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    """Write a roster of firms, each with one furnace, as of a day."""

    def written(name: str = "新圩镇.xlsx", day: str = "2024-01-15", shell: str = "铝壳中频炉") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("名册")
        for row, cells in enumerate(
            [
                ["新圩镇铸造企业名册"],
                ["填报单位：新圩镇人民政府", None, f"填报日期：{day}"],
                ["序号", "企业名称", "设备名称", "容量（吨）", "使用状态"],
                ["1", "甲铸造有限公司", shell, 0.5, "在用"],
                ["2", "乙铸造有限公司", "钢壳中频炉", 1, "闲置"],
            ]
        ):
            sheet.write_row(row, 0, cells)
        book.close()
        return path

    return written
