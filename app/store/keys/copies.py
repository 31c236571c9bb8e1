"""Backups of the keys: apart from the register's, so that no one place gives both."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from app.errors import BadInput, NotFound
from app.store.keys.ring import ring_of
from app.store.keys.store import FILE, MASTER, KeyStore


def back_up(engine: Engine, file: Path) -> int:
    """Copy the keys as they are now; how many bytes. The master key is not in the copy.

    Raises:
        NotFound: when there are no keys.
        BadInput: when the file is there already, or cannot be written.
    """
    ring = ring_of(engine)
    if not ring.is_there():
        raise NotFound("还没有密钥，不用备份", fix="登记库里有了个人信息以后再备份", code="keys.none")
    if file.exists():
        raise BadInput(f"{file} 已经存在", fix="请另写一个文件名", code="file.exists")
    try:
        ring.store().copy_to(file)
    except (OSError, sqlite3.Error) as error:
        raise BadInput(f"{file} 写不进去", fix="请检查文件夹和写入权限", code="file.unwritable") from error
    return file.stat().st_size


def restore(engine: Engine, file: Path) -> None:
    """Put a backup in the place of keys that are missing. Of keys that are there, nothing is overwritten.

    Raises:
        NotFound: when there is no such file, or the master key is missing.
        BadInput: when it is no backup of keys, or keys are there.
    """
    folder = ring_of(engine).folder
    if folder is None or KeyStore.is_in(folder):
        raise BadInput("这里已有密钥库，不覆盖", fix=f"要恢复请先移走 {FILE}（{folder}）", code="keys.there")
    if not file.is_file():
        raise NotFound(f"没有 {file} 这个文件", fix="请核对密钥备份的位置", code="file.absent")
    if not (folder / MASTER).is_file():
        raise NotFound("没有主密钥，备份打不开", fix=f"请先把另存的 {MASTER} 放回 {folder}", code="keys.master")
    if not _is_backup(file):
        raise BadInput(f"{file} 不是密钥备份", fix="请用 luzhang keys backup 写出的文件", code="keys.no_backup")
    fresh = folder / f".{FILE}.restored"
    shutil.copyfile(file, fresh)
    fresh.chmod(0o600)
    for left in (f"{FILE}-wal", f"{FILE}-shm"):
        (folder / left).unlink(missing_ok=True)
    fresh.replace(folder / FILE)


def _is_backup(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT count(*) FROM about WHERE name = 'id'").fetchone()[0])
    except sqlite3.Error:
        return False
