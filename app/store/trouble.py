"""What a database error means: told from SQLSTATE and message, because a Citus worker's error carries no names."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from enum import Enum

from sqlalchemy.exc import DBAPIError

from app.errors import DatabaseUnavailable


class Kind(Enum):
    """The sorts of trouble that the program tells apart."""

    UNIQUE = "unique"
    FOREIGN_KEY = "foreign_key"
    CHECK = "check"
    NOT_NULL = "not_null"
    OVERLAP = "overlap"
    APPEND_ONLY = "append_only"
    DENIED = "denied"
    AGAIN = "again"
    UNREACHABLE = "unreachable"
    FULL = "full"
    DAMAGED = "damaged"
    READ_ONLY = "read_only"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Trouble:
    """The sort of trouble and the constraint that speaks, without a shard's number."""

    kind: Kind
    constraint: str | None = None


#: SQLSTATE of the guards' own refusal.
APPEND_ONLY = "LZ001"

_STATES = {
    "23505": Kind.UNIQUE,
    "23503": Kind.FOREIGN_KEY,
    "23514": Kind.CHECK,
    "23502": Kind.NOT_NULL,
    "23P01": Kind.OVERLAP,
    APPEND_ONLY: Kind.APPEND_ONLY,
    "42501": Kind.DENIED,
    "40001": Kind.AGAIN,
    "40P01": Kind.AGAIN,
    "55P03": Kind.AGAIN,
    "53100": Kind.FULL,
    "25006": Kind.READ_ONLY,
    "XX001": Kind.DAMAGED,
    "XX002": Kind.DAMAGED,
}

#: Words of a message, for errors whose SQLSTATE says nothing: Citus turns COPY's into XX000, a lost server has none.
_WORDS = (
    (r"violates unique constraint", Kind.UNIQUE),
    (r"violates foreign key constraint", Kind.FOREIGN_KEY),
    (r"violates check constraint", Kind.CHECK),
    (r"violates not-null constraint", Kind.NOT_NULL),
    (r"violates exclusion constraint", Kind.OVERLAP),
    (r"append only", Kind.APPEND_ONLY),
    (r"UNIQUE constraint failed", Kind.UNIQUE),
    (r"FOREIGN KEY constraint failed", Kind.FOREIGN_KEY),
    (r"CHECK constraint failed", Kind.CHECK),
    (r"NOT NULL constraint failed", Kind.NOT_NULL),
    (r"overlapping days", Kind.OVERLAP),
    (r"database (table )?is locked|could not commit transaction for shard", Kind.AGAIN),
    (r"is full|[Nn]o space left", Kind.FULL),
    (r"malformed|not a database", Kind.DAMAGED),
    (r"readonly database", Kind.READ_ONLY),
    (r"unable to open|disk I/O error|connection|server closed|could not translate", Kind.UNREACHABLE),
)

_NAMED = re.compile(r'(?:constraint|index|overlapping days|append only) "([^"]+)"|CHECK constraint failed: (\w+)')
_SHARD = re.compile(r"_\d+$")


def trouble_of(error: DBAPIError) -> Trouble:
    """What went wrong, by SQLSTATE first and words next."""
    message = str(error.orig)
    state = getattr(error.orig, "sqlstate", None) or ""
    kind = _STATES.get(state) or _by_class(state) or _by_words(message)
    if kind is Kind.OTHER and isinstance(error.orig, sqlite3.DatabaseError) and error.connection_invalidated:
        kind = Kind.UNREACHABLE
    named = _NAMED.search(message)
    return Trouble(kind, _SHARD.sub("", named[1] or named[2]) if named else None)


def unavailable(error: DBAPIError) -> DatabaseUnavailable | None:
    """The sentence for a database that cannot be used just now; None where the trouble is of another sort."""
    kind = trouble_of(error).kind
    if kind is Kind.FULL:
        return DatabaseUnavailable("磁盘空间已满，无法写入", fix="请清理磁盘后重试；本次没有写入任何内容")
    if kind is Kind.AGAIN:
        return DatabaseUnavailable("数据库正被其他操作占用", fix="请稍后再试；本次没有写入任何内容")
    if kind is Kind.DAMAGED:
        return DatabaseUnavailable("数据库文件已损坏，或不是炉账的数据库", fix="请核对数据库位置，或用最近的备份恢复")
    if kind is Kind.READ_ONLY:
        return DatabaseUnavailable("数据库只可读取，不能写入", fix="请检查数据库文件和所在文件夹的写入权限")
    if kind is Kind.UNREACHABLE:
        return DatabaseUnavailable("数据库无法打开或连接", fix="请检查 LUZHANG_DATABASE_URL 或数据文件夹的位置和权限")
    return None


def _by_class(state: str) -> Kind | None:
    if state[:2] in ("08", "53", "57"):
        return Kind.UNREACHABLE
    return None


def _by_words(message: str) -> Kind:
    return next((kind for words, kind in _WORDS if re.search(words, message)), Kind.OTHER)
