"""Upload links just made, as a workbook to be cut up and handed out: whoever has the sheet can send files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reports.files import write_file
from reports.tables import Column, Imprint, Table
from reports.workbook import workbook

_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("乡镇（街道）", 18),
    Column("季度", 10, centred=True),
    Column("用到", 12, centred=True),
    Column("上传地址", 70, code=True),
    Column("链接编号", 40, code=True),
)
_NOTE = "地址就是凭证，只能交文件，看不到登记库；请分别发给各乡镇，不要转给别人。登记库里没有存地址，丢了请停用后另开。"


def write_link_list(made: Sequence[Mapping[str, Any]], path: Path, *, county_name: str, day: str) -> None:
    """Write the links with their addresses.

    Raises:
        BadInput: the file cannot be written.
    """
    rows = tuple(
        (place, one["township_name"], one["quarter"], one["until"], one["address"], one["link"])
        for place, one in enumerate(made, start=1)
    )
    table = Table("上传链接", f"{county_name}上传链接", _COLUMNS, rows, notes=(_NOTE,))
    write_file(path, workbook([table], Imprint(county_name, day)))
