"""Small secrets sealed with a key in the data folder, so that a copy of the database alone does not give them away."""

from __future__ import annotations

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import LuzhangError
from app.settings import Settings

_KEY_BYTES, _NONCE_BYTES = 32, 12


def seal(text: str, of: str) -> str:
    """A secret as it is kept in the database, bound to whose it is."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return b64encode(nonce + AESGCM(_key_or_new()).encrypt(nonce, text.encode(), of.encode())).decode()


def opened(sealed: str, of: str) -> str | None:
    """The secret; None when the key is not here, is another one, or the text is not this account's."""
    key = _key()
    if key is None:
        return None
    try:
        raw = b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], of.encode()).decode()
    except (InvalidTag, Error, ValueError):
        return None


def key_file() -> Path:
    """Where the key is: only its owner may read it, and backups of the database do not hold it."""
    return Settings().home / "keys" / "second_factor.key"


def _key() -> bytes | None:
    try:
        key = key_file().read_bytes()
    except OSError:
        return None
    return key if len(key) == _KEY_BYTES else None


def _key_or_new() -> bytes:
    """The key; made where there is none. Of two that make it at once, the one that is there first stands.

    Raises:
        LuzhangError: when there is one that is none, or none can be written.
    """
    file = key_file()
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        if not file.exists():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:  # noqa: PTH123
                written.write(secrets.token_bytes(_KEY_BYTES))
            try:
                os.link(fresh, file)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
    except OSError as error:
        raise LuzhangError("密钥文件写不进去", fix=f"请检查 {file} 所在的文件夹", code="factor.key") from error
    key = _key()
    if key is None:
        raise LuzhangError("密钥文件读不出来", fix=f"请从备份恢复 {file}", code="factor.key")
    return key
