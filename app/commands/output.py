"""What a command prints: JSON objects on standard output for programs, sentences for people.

No telephone or identity number in it stays readable, unless it is shown on purpose, or is the sender's own.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.domain.masking import masked, masked_whole
from app.errors import LuzhangError, Unreadable

DONE, LOOK, NOT_DONE = 0, 1, 2


def object_line(content: dict[str, Any], *, whole: bool = False) -> None:
    """One JSON object on one line of standard output. `whole`: with what is personal as it is."""
    told = content if whole else masked_whole(content)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def pieces_line(pieces: Iterable[str]) -> None:
    """One JSON object on one line of standard output, written as it is made: the sender's own words, as they are."""
    for piece in pieces:
        sys.stdout.write(piece)
    sys.stdout.write("\n")


def say(sentence: str = "", *, whole: bool = False) -> None:
    """A line for the person at the terminal. `whole`: with what is personal as it is."""
    sys.stdout.write((sentence if whole else masked(sentence)) + "\n")


def note(sentence: str) -> None:
    """A line for the person that is not the answer: standard error."""
    sys.stderr.write(masked(sentence) + "\n")


def failure(error: LuzhangError, *, as_json: bool, file: str | None = None) -> int:
    """Say what was not done and how to mend it; the exit status of something not done."""
    if as_json:
        object_line(({"file": file} if file else {}) | {"error": error.as_dict()})
    else:
        where = f"{file}：" if file else ""
        note(f"{where}{error.message}。{error.fix}。".replace("。。", "。").replace("？。", "？"))
    return NOT_DONE


def broken(*, as_json: bool, file: str | None = None) -> int:
    """Say that the program itself failed, with its trace for whoever mends it."""
    sys.stderr.write(masked(traceback.format_exc()))
    error = LuzhangError("程序出错，本次没有完成", fix="请把上面的英文信息交给管理员", code="internal")
    return failure(error, as_json=as_json, file=file)


def each_file(names: Iterable[str], as_json: bool, act: Callable[[Path], int]) -> int:
    """Do the same for each file and answer the highest status; one that cannot be read does not stop the next."""
    status = DONE
    for name in names:
        path = Path(name)
        try:
            if not path.is_file():
                raise Unreadable("没有这个文件", fix="请核对文件名和所在的文件夹", code="file.absent")
            status = max(status, act(path))
        except LuzhangError as error:
            status = max(status, failure(error, as_json=as_json, file=path.name))
        except Exception:
            status = max(status, broken(as_json=as_json, file=path.name))
    return status
