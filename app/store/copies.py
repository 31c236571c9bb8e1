"""Copies of a SQLite register: one taken while others write, and one put in an empty place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from app.errors import BadInput, LuzhangError, NotFound, Unreadable


class NotEmpty(LuzhangError):
    """A place that already holds something is not written over."""

    code = "place.not_empty"
    message = "那里已经有内容，没有覆盖"
    fix = "请换一个文件名或空的数据文件夹"


def back_up(url: str, target: Path) -> int:
    """Write a consistent copy while others read and write; answer its size in bytes.

    Raises:
        NotEmpty: when the target exists already.
        NotFound: when there is no register yet.
    """
    database = _file_of(url)
    if not database.is_file():
        raise NotFound("还没有登记库，没有可备份的内容", fix="请先导入名册", code="register.absent")
    if target.exists():
        raise NotEmpty(f"备份文件已经存在：{target.name}", fix="请换一个文件名，旧的备份不会被覆盖")
    if not target.parent.is_dir():
        raise BadInput(f"没有这个文件夹：{target.parent}", fix="请先建好放备份的文件夹", code="place.absent")
    unfinished = _copy(database, target)
    unfinished.replace(target)
    return target.stat().st_size


def restore(source: Path, url: str) -> None:
    """Put a copy in an empty place.

    Raises:
        NotFound: when there is no such copy.
        Unreadable: when the file is no whole copy of a register.
        NotEmpty: when the place holds a register with changes in it.
    """
    database = _file_of(url)
    if not source.is_file():
        raise NotFound(f"没有这个文件：{source.name}", fix="请核对备份文件的名字和文件夹", code="file.absent")
    if _changes_in(source) is None:
        raise Unreadable(
            f"{source.name} 不是炉账的备份，或已损坏",
            fix="请换一份 luzhang backup 写出的备份",
            code="backup.unreadable",
        )
    if database.exists() and _changes_in(database) != 0:
        raise NotEmpty(
            "登记库里已有数据，没有恢复", fix="请用 LUZHANG_HOME 指明一个空的数据文件夹，或先把现有的数据文件夹移走"
        )
    database.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _copy(source, database)
    for leftover in (database.with_name(database.name + end) for end in ("-wal", "-shm")):
        leftover.unlink(missing_ok=True)
    unfinished.replace(database)


def _file_of(url: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BadInput(
            "登记库在 PostgreSQL 上，本命令只管 SQLite 的登记库",
            fix="请用 PostgreSQL 自带的 pg_dump 备份、pg_restore 恢复，恢复后运行 luzhang verify",
            code="backup.postgresql",
        )
    return Path(parsed.database)


def _copy(source: Path, target: Path) -> Path:
    """SQLite's online backup into a file beside the target, whole and on disk before anybody sees it."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(_read_only(source)) as old, closing(sqlite3.connect(unfinished)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise LuzhangError("备份没有写成", fix="请确认磁盘有空间、文件夹可写", code="backup.failed") from error
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    return unfinished


def _changes_in(file: Path) -> int | None:
    """How many changes a register's file holds; None where it is no whole register."""
    try:
        with closing(_read_only(file)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return None
            return int(connection.execute('SELECT count(*) FROM "change"').fetchone()[0])
    except sqlite3.Error:
        return None


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
