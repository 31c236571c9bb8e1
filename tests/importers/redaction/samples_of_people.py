"""A small roster with people in it, in every format, drawn like the samples of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.importers.container import samples

FORGOTTEN, KEPT = "13812345678", "13987654321"
HEAD = ("序号", "企业名称", "法定代表人", "联系人", "联系电话", "投产日期", "备注")
FIRMS = (
    (1, "甲铸造厂", "张三", "张三", 13812345678, date(2019, 5, 6), "铝壳"),
    (2, "乙机械有限公司", "李四", "王五", "13987654321", date(2021, 11, 30), "找张三 138-1234-5678 或 13987654321"),
    (3, "丙法兰锻造厂", "赵六", "钱七", "0746-2345678", date(2008, 1, 15), "一用三备"),
)

FORMATS: dict[str, Callable[[], bytes]] = {
    "名册.xlsx": samples.xlsx.__wrapped__,
    "名册.xls": samples.xls.__wrapped__,
    "名册.xlsb": samples.xlsb.__wrapped__,
    "名册.ods": samples.ods.__wrapped__,
    "名册.html": samples.html.__wrapped__,
    "名册.xml": samples.spreadsheetml.__wrapped__,
    "名册.mht": samples.mht.__wrapped__,
    "名册.csv": lambda: samples.text().encode("gb18030"),
    "名册.tsv": lambda: samples.text("\t").encode("utf-16"),
    "名册带宏.xlsm": lambda: samples.xlsx.__wrapped__(macros=True),
}


def drawn(monkeypatch: pytest.MonkeyPatch, name: str) -> bytes:
    """The roster with people, as a file of that name."""
    monkeypatch.setattr(samples, "HEAD", HEAD)
    monkeypatch.setattr(samples, "LINES", ((samples.TITLE,), HEAD, *FIRMS))
    samples.html.cache_clear()
    made = FORMATS[name]()
    samples.html.cache_clear()
    return made
