"""The command line: its commands, its errors, its exit statuses (0 done, 1 something to look at, 2 not done)."""

from __future__ import annotations

import errno
import io
import os
import sys

import typer
from typer.exceptions import TyperException

from app.commands import (
    acceptances,
    aggregates,
    asking,
    audit,
    batches,
    calendar,
    chinese,
    clauses,
    contact,
    databases,
    deciding,
    departments,
    dossiers,
    example,
    factors,
    history,
    importing,
    keeping,
    keys,
    ledgers,
    limits,
    links,
    lists,
    papers,
    people,
    permits,
    persons,
    plans,
    programmes,
    proposals,
    questions,
    reading,
    serving,
    steps,
    succeeding,
    tokens,
    trace,
)
from app.commands.output import NOT_DONE, broken, failure
from app.errors import LuzhangError, Proposed

PLACES = "请检查权限和磁盘空间；数据文件夹可用 LUZHANG_HOME 另指一个"

#: What the system says, in words for people.
REFUSED = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只可读取",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "它是文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘空间已满",
    errno.ENAMETOOLONG: "名称太长",
}

program = typer.Typer(
    cls=chinese.Group,
    help="炉账：县里铸造、锻造企业和炉子的一本账。收名册，问淘汰设备，出季度台账。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for room in (
    example,
    serving,
    reading,
    importing,
    asking,
    aggregates,
    ledgers,
    trace,
    batches,
    questions,
    clauses,
    keeping,
    audit,
    databases,
    deciding,
    limits,
    programmes,
    lists,
    history,
    dossiers,
    contact,
    persons,
    keys,
    succeeding,
    permits,
    plans,
    papers,
    steps,
    calendar,
    acceptances,
    links,
    people,
    departments,
    factors,
    tokens,
    proposals,
):
    room.enlist(program)


def main(words: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    sys.exit(run(sys.argv[1:] if words is None else words))


def run(words: list[str]) -> int:
    """Run one command; every error ends as one sentence, and as an object under `--json`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    as_json = "--json" in words
    try:
        command = typer.main.get_command(program)
        status = command.main(args=words or ["--help"], prog_name="luzhang", standalone_mode=False) or 0
        sys.stdout.flush()
        return int(status)
    except Proposed as told:
        return proposals.tell(told, as_json=as_json)
    except LuzhangError as error:
        return failure(error, as_json=as_json)
    except TyperException as error:
        return failure(chinese.usage_error(error, words), as_json=as_json)
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is wrong, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    except OSError as error:
        why = REFUSED.get(error.errno or 0) or error.strerror or str(error)
        what = f"“{error.filename}”：{why}" if error.filename else f"文件：{why}"
        refused = LuzhangError(f"不能读写{what}", fix=PLACES, code="place.refused")
        return failure(refused, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        return failure(LuzhangError("已中断", fix="没有完成的内容没有写入", code="interrupted"), as_json=as_json)
    except Exception:
        return broken(as_json=as_json)
