"""A policy file that an officer wrote, as text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.errors import Unreadable

File = Annotated[str, typer.Argument(metavar="文件", help="文件（.yaml）")]


def text_of(file: str) -> str:
    """What stands in it.

    Raises:
        Unreadable: when it is not there, or is no UTF-8 text.
    """
    path = Path(file)
    if not path.is_file():
        raise Unreadable(f"没有“{path.name}”这个文件", fix="请核对文件名和所在的文件夹", code="file.absent")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{path.name} 不是 UTF-8 文字", fix="请另存为 UTF-8 编码的文本", code="file.encoding"
        ) from error
