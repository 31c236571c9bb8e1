"""Puts a made file in its place, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from app.errors import BadInput


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write beside, then swap in: a reader sees the old file or the new one, never half, whatever fails on the way.

    Raises:
        BadInput: the folder does not exist or may not be written, or the file is open elsewhere.
    """
    if not path.parent.is_dir():
        raise BadInput(f"没有文件夹“{path.parent}”", fix="请先建好文件夹，或换一个存放位置", code="output.unwritable")
    try:
        number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise BadInput(
            f"不能写入文件夹“{path.parent}”：{error.strerror}", fix="请换一个有权限的文件夹", code="output.unwritable"
        ) from error
    try:
        with os.fdopen(number, "wb") as out:
            out.writelines([content] if isinstance(content, bytes) else content)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException as error:
        Path(beside).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise BadInput(
            f"不能写入“{path}”：{error.strerror}",
            fix="请确认文件没有被 Excel 或 WPS 打开，再试",
            code="output.unwritable",
        ) from error
