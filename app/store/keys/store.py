"""The file that keeps the keys, each wrapped by a master key that lies beside it; removed ones are overwritten."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app import clock
from app.errors import LuzhangError

FILE, MASTER = "keys.db", "keys.master"

_NONCE, _MASTER_BYTES = 12, 32
_PATIENCE = 30
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS county_secret (county TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person_key (
    county TEXT NOT NULL, person BLOB NOT NULL, id TEXT NOT NULL, key BLOB, made_at TEXT NOT NULL, removed_at TEXT,
    PRIMARY KEY (county, person, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file_key (
    name BLOB PRIMARY KEY, county TEXT NOT NULL, key BLOB, made_at TEXT NOT NULL, removed_at TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file_person (
    county TEXT NOT NULL, person BLOB NOT NULL, name BLOB NOT NULL, PRIMARY KEY (county, person, name)) WITHOUT ROWID;
"""


class KeysAbsent(LuzhangError):
    """The keys that the register was written with are not here."""

    def __init__(self, what: str, file: Path | str) -> None:
        super().__init__(what, fix=f"请用 luzhang keys restore 从密钥备份恢复 {file}；不要另建", code="keys.absent")


class KeyUnknown(LuzhangError):
    """A key of which the key store knows nothing, not even that it was removed."""


class PersonKey(NamedTuple):
    """A key of a person; `key` None: removed."""

    county: str
    person: bytes
    id: str
    key: bytes | None


class KeyStore:
    """The key file in a folder, open; for one thread at a time."""

    def __init__(self, folder: Path | None) -> None:
        """Open it; where there is none, make it. None: in memory, for a register that is in memory.

        Raises:
            KeysAbsent: when the master key is missing or another one.
        """
        self.folder = folder
        self.turn = RLock()
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.is_in(folder):
                _only_ours(folder / MASTER, secrets.token_bytes(_MASTER_BYTES))
                _only_ours(folder / FILE, b"")
        self._connection = sqlite3.connect(
            ":memory:" if folder is None else folder / FILE,
            timeout=_PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        for line in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._connection.execute(f"PRAGMA {line}")
        self._connection.executescript(_TABLES)
        self._master = AESGCM(secrets.token_bytes(_MASTER_BYTES) if folder is None else _master(folder))
        self.id = self._identified()

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether there is a key file."""
        return (folder / FILE).is_file()

    def close(self) -> None:
        """Let it go."""
        with self.turn:
            self._connection.close()

    def version(self) -> int:
        """A number that alters when another process has written."""
        with self.turn:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def secret(self, county: str) -> bytes:
        """The county's secret; made where there is none."""
        with self.turn:
            new = self._wrapped(secrets.token_bytes(32), "county", county)
            self._connection.execute("INSERT OR IGNORE INTO county_secret VALUES (?, ?)", (county, new))
            row = self._connection.execute("SELECT key FROM county_secret WHERE county = ?", (county,)).fetchone()
            return self._unwrapped(row[0], "county", county)

    def person_keys(self, county: str, person: bytes) -> list[PersonKey]:
        """All keys of a person, oldest first, removed ones too."""
        asked = "SELECT id, key FROM person_key WHERE county = ? AND person = ? ORDER BY made_at, id"
        with self.turn:
            rows = self._connection.execute(asked, (county, person)).fetchall()
            return [
                PersonKey(county, person, id, key and self._unwrapped(key, county, person.hex(), id))
                for id, key in rows
            ]

    def add_persons(self, keys: Iterable[PersonKey]) -> None:
        """Keep new keys, all or none."""
        now = _now()
        rows = [
            (one.county, one.person, one.id, self._wrapped(one.key or b"", one.county, one.person.hex(), one.id), now)
            for one in keys
        ]
        with self.turn, self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR IGNORE INTO person_key VALUES (?, ?, ?, ?, ?, NULL)", rows)

    def remove_persons(self, keys: Iterable[tuple[str, bytes, str]]) -> int:
        """Overwrite keys (county, person, id); how many there were left to remove."""
        asked = (
            "UPDATE person_key SET key = NULL, removed_at = ? "
            "WHERE county = ? AND person = ? AND id = ? AND key IS NOT NULL"
        )
        return self._removed(asked, list(keys))

    def new_file(self, county: str, name: bytes, key: bytes) -> None:
        """Keep the key of a file."""
        row = (name, county, self._wrapped(key, "file", county, name.hex()), _now())
        with self.turn:
            self._connection.execute("INSERT INTO file_key VALUES (?, ?, ?, ?, NULL)", row)

    def file(self, name: bytes) -> bytes | None:
        """The key of a file; None: removed.

        Raises:
            KeyUnknown: when there never was one of that name.
        """
        with self.turn:
            row = self._connection.execute("SELECT county, key FROM file_key WHERE name = ?", (name,)).fetchone()
            if row is None:
                raise KeyUnknown("密钥库里没有这份文件的密钥", code="keys.unknown")
            return row[1] and self._unwrapped(row[1], "file", row[0], name.hex())

    def name_persons(self, county: str, name: bytes, persons: Iterable[bytes]) -> None:
        """Keep what persons a file names."""
        with self.turn, self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            rows = [(county, person, name) for person in persons]
            connection.executemany("INSERT OR IGNORE INTO file_person VALUES (?, ?, ?)", rows)

    def files_naming(self, county: str, persons: Iterable[bytes]) -> set[bytes]:
        """The names of files whose key is there and that name one of the persons."""
        asked = (
            "SELECT p.name FROM file_person p JOIN file_key k ON k.name = p.name "
            "WHERE p.county = ? AND p.person = ? AND k.key IS NOT NULL"
        )
        with self.turn:
            return {row[0] for one in persons for row in self._connection.execute(asked, (county, one))}

    def remove_files(self, names: Iterable[bytes]) -> int:
        """Overwrite keys of files; how many there were left to remove."""
        asked = "UPDATE file_key SET key = NULL, removed_at = ? WHERE name = ? AND key IS NOT NULL"
        return self._removed(asked, [(name,) for name in names])

    def counted(self) -> dict[str, int]:
        """How many keys there are, and how many were removed."""
        found: dict[str, int] = {}
        with self.turn:
            for what in ("person", "file"):
                asked = f"SELECT count(key), count(*) - count(key) FROM {what}_key"
                there, gone = self._connection.execute(asked).fetchone()
                found |= {f"{what}s": there, f"{what}s_removed": gone}
        return found

    def copy_to(self, file: Path) -> None:
        """A copy as of now, to be kept apart from the database's backups."""
        _only_ours(file, b"")
        with self.turn:
            other = sqlite3.connect(file)
            try:
                self._connection.backup(other)
                other.execute("PRAGMA journal_mode = DELETE")
            finally:
                other.close()

    def removed(self) -> tuple[list[tuple[str, bytes, str]], list[bytes]]:
        """What keys were removed, of persons and of files."""
        with self.turn:
            persons = self._connection.execute("SELECT county, person, id FROM person_key WHERE key IS NULL").fetchall()
            files = self._connection.execute("SELECT name FROM file_key WHERE key IS NULL").fetchall()
        return persons, [row[0] for row in files]

    def _removed(self, asked: str, rows: Sequence[tuple[object, ...]]) -> int:
        now = _now()
        with self.turn:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                many = connection.executemany(asked, [(now, *row) for row in rows]).rowcount if rows else 0
            if many > 0:
                # What was overwritten lies in the log until it is written back.
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return max(many, 0)

    def _identified(self) -> str:
        """Which store this is; a master key that is not its own is told by it."""
        id = secrets.token_bytes(16)
        with self.turn:
            kept = "INSERT OR IGNORE INTO about VALUES ('id', ?)"
            self._connection.execute(kept, (self._wrapped(id, "about"),))
            row = self._connection.execute("SELECT value FROM about WHERE name = 'id'").fetchone()
        return self._unwrapped(row[0], "about").hex()

    def _wrapped(self, key: bytes, *of: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._master.encrypt(nonce, key, "|".join(of).encode())

    def _unwrapped(self, kept: bytes, *of: str) -> bytes:
        try:
            return self._master.decrypt(kept[:_NONCE], kept[_NONCE:], "|".join(of).encode())
        except InvalidTag as error:
            raise KeysAbsent("主密钥与密钥库不符", (self.folder or Path()) / MASTER) from error


def _master(folder: Path) -> bytes:
    try:
        key = (folder / MASTER).read_bytes()
    except OSError as error:
        raise KeysAbsent("主密钥不见了或读不出来", folder / MASTER) from error
    if len(key) != _MASTER_BYTES:
        raise KeysAbsent("主密钥读不出来", folder / MASTER)
    return key


def _only_ours(file: Path, content: bytes) -> None:
    """Make a file that its owner alone may read, whole at once; one that is there stands."""
    if file.exists():
        return
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:  # noqa: PTH123
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    with suppress(FileExistsError):
        os.link(fresh, file)
    fresh.unlink()


def _now() -> str:
    return clock.now().isoformat()
