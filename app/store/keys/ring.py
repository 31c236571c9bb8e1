"""An engine's keys at hand: a text is sealed with the key of whom it names, and opened while that key is there."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import Dialect, Engine
from sqlalchemy.orm import Session

from app.domain.masking import REMOVED, Number, numbers_in
from app.store.keys.store import KeyStore, KeyUnknown, PersonKey

#: What stands in a text for what is sealed: whose, with which of their keys, and the cipher text.
TOKEN = re.compile("⟦p:(?P<county>[0-9]{6})(?P<person>[a-z2-7]{26})(?P<id>[a-z2-7]{8}):(?P<sealed>[0-9A-Za-z_-]{22,})⟧")
_STARTS = "⟦p:"

_KEY_BYTES, _FILE_KEY_BYTES, _NAME_BYTES = 64, 32, 16
#: So many numbers are kept at hand with their tokens; then it begins anew.
_AT_HAND = 100_000


class Lost(NamedTuple):
    """A key that is not there: `removed`, or never known here."""

    removed: bool


class Ring:
    """Keys as an engine uses them: made when a number first comes, kept before what they seal is committed."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        #: Whether the database is known to belong to these keys.
        self.matched = False
        self._turn = RLock()
        self._store: KeyStore | None = None
        self._version = 0
        self._fresh: dict[tuple[str, bytes], PersonKey] = {}
        self._secrets: dict[str, bytes] = {}
        self._tokens: dict[tuple[str, str, str, str], str] = {}
        self._written: dict[str, str] = {}

    # -- texts ---------------------------------------------------------------------------------------------------

    def seal(
        self, county: str, text: str, *, make: bool = True, find: Callable[[str], Sequence[Number]] = numbers_in
    ) -> str:
        """A text with each number in it sealed; what is sealed already stays. `make` False: no key is made for it."""
        if _STARTS not in text:
            return self._sealed(county, text, make, find)
        parts, at = [], 0
        for found in TOKEN.finditer(text):
            whole = found[0] if self._is_ours(county, found) else self.token(county, "text", found[0], found[0], make)
            parts += [self._sealed(county, text[at : found.start()], make, find), whole]
            at = found.end()
        return "".join([*parts, self._sealed(county, text[at:], make, find)])

    def token(self, county: str, kind: str, normal: str, written: str, make: bool = True) -> str:
        """What stands for a number or a name as it was written; the same for the same, while its key is there."""
        key = (county, kind, normal, written)
        with self._turn:
            if (known := self._tokens.get(key)) is not None:
                return known
            person = self.person(county, normal, kind)
            own = self._key_for(county, person, make)
            said = own.key or b""
            sealed = AESSIV(said).encrypt(written.encode(), [_bound(county, person, own.id)])
            told = f"{mark_of(county, person, own.id)}{urlsafe_b64encode(sealed).decode().rstrip('=')}⟧"
            if make:
                self._keep_at_hand(key, told, written)
            return told

    def once(self, key: tuple[str, str, str, str], do: Callable[[], str]) -> str:
        """What is sealed again and again, kept at hand."""
        with self._turn:
            if (known := self._tokens.get(key)) is None:
                known = do()
                self._tokens[key] = known
            return known

    def open(self, text: str, escape: Callable[[str], str] | None = None) -> str:
        """A text with all that is sealed in it as it was written; whatever cannot be opened any more is said to be."""
        return text if _STARTS not in text else TOKEN.sub(lambda found: self._opened(found, escape), text)

    def person(self, county: str, normal: str, kind: str = "phone") -> bytes:
        """Who has a number, in that county: nobody finds the number from it who has not the county's secret."""
        said = f"{'number' if kind in ('phone', 'identity') else kind}\n{normal}"
        return hmac.digest(self._secret(county), said.encode(), "sha256")[:16]

    def persons_in(self, county: str, texts: Iterable[str]) -> set[bytes]:
        """Whom texts name by number."""
        return {self.person(county, one.normal) for text in texts for one in numbers_in(text)}

    # -- persons -------------------------------------------------------------------------------------------------

    def keys_of(self, county: str, persons: Iterable[bytes]) -> list[tuple[str, bytes, str]]:
        """The keys that are there of persons, as the store removes them."""
        store = self._open()
        found = [one for person in persons for one in store.person_keys(county, person)]
        return [(one.county, one.person, one.id) for one in found if one.key]

    def remove_persons(self, keys: Iterable[tuple[str, bytes, str]]) -> int:
        """Remove keys for good; how many there were left to remove."""
        try:
            return self._open().remove_persons(keys)
        finally:
            self._forget_all()

    def whose(self, mark: str) -> tuple[bytes, str]:
        """The person and the key that a mark names, without what stands before it."""
        return _unbase32(mark[6:32]), mark[32:40]

    def lost(self, county: str, person: bytes, id: str) -> Lost | None:
        """Why a key is not there; None where it is."""
        for one in self._open().person_keys(county, person):
            if one.id == id:
                return None if one.key else Lost(removed=True)
        return Lost(removed=False)

    # -- files ---------------------------------------------------------------------------------------------------

    def new_file_key(self, county: str) -> tuple[bytes, bytes]:
        """A name and a key for a file, kept at once."""
        name, key = secrets.token_bytes(_NAME_BYTES), secrets.token_bytes(_FILE_KEY_BYTES)
        self._open().new_file(county, name, key)
        return name, key

    def file_key(self, name: bytes) -> bytes | None:
        """The key of a file; None: it was removed.

        Raises:
            KeyUnknown: when there never was one.
        """
        if not self.is_there():
            raise KeyUnknown("密钥库不见了", fix="请用 luzhang keys restore 从密钥备份恢复", code="keys.unknown")
        return self._open().file(name)

    def file_names(self, county: str, name: bytes, persons: Iterable[bytes]) -> None:
        """Keep what persons a file names."""
        self._open().name_persons(county, name, persons)

    def files_naming(self, county: str, persons: Iterable[bytes]) -> set[bytes]:
        """The names of the files' keys that are there and whose files name one of the persons."""
        return self._open().files_naming(county, persons) if self.is_there() else set()

    def remove_files(self, names: Iterable[bytes]) -> int:
        """Remove the keys of files for good; how many there were left to remove."""
        wanted = list(names)
        return self._open().remove_files(wanted) if wanted else 0

    # -- the store -----------------------------------------------------------------------------------------------

    def is_there(self) -> bool:
        """Whether there is a key store, or one in memory is used."""
        return self._store is not None or (self.folder is not None and KeyStore.is_in(self.folder))

    def is_open(self) -> bool:
        """Whether the keys were asked for."""
        return self._store is not None

    def store(self) -> KeyStore:
        """The key store; made where there is none."""
        return self._open()

    def refresh(self) -> None:
        """See what other processes removed: asked at the beginning of each transaction."""
        with self._turn:
            if self._store is not None and (now := self._store.version()) != self._version:
                self._version = now
                self._forget_all()

    def keep(self) -> None:
        """Keep the keys that were made: asked before what they seal is committed."""
        with self._turn:
            if self._fresh:
                self._open().add_persons(self._fresh.values())
                self._fresh.clear()

    def close(self) -> None:
        """Let the store go, and forget everything; it opens again when it is asked."""
        with self._turn:
            self._fresh.clear()
            self.matched = False
            self._forget_all()
            if self._store is not None:
                self._store.close()
                self._store = None

    # -- within --------------------------------------------------------------------------------------------------

    def _sealed(self, county: str, text: str, make: bool, find: Callable[[str], Sequence[Number]]) -> str:
        numbers = find(text)
        if not numbers:
            return text
        parts, at = [], 0
        for one in numbers:
            parts += [text[at : one.start], self.token(county, one.kind, one.normal, text[one.start : one.end], make)]
            at = one.end
        return "".join([*parts, text[at:]])

    def _opened(self, found: re.Match[str], escape: Callable[[str], str] | None) -> str:
        with self._turn:
            written = self._written.get(found[0])
            if written is None:
                written = self._read(found)
                self._keep_at_hand(None, found[0], written)
        return escape(written) if escape else written

    def _read(self, found: re.Match[str]) -> str:
        if not self.is_there() and not self._fresh:
            return REMOVED
        county, person, id = found["county"], _unbase32(found["person"]), found["id"]
        key = self._key(county, person, id)
        if key is None:
            return REMOVED
        try:
            sealed = urlsafe_b64decode(found["sealed"] + "=" * (-len(found["sealed"]) % 4))
            return AESSIV(key).decrypt(sealed, [_bound(county, person, id)]).decode()
        except (InvalidTag, Error, ValueError):
            return found[0]

    def _is_ours(self, county: str, found: re.Match[str]) -> bool:
        """Whether it was sealed here, for this county: nobody makes up what is opened for him."""
        return found["county"] == county and self._opened(found, None) not in (found[0], REMOVED)

    def _key(self, county: str, person: bytes, id: str) -> bytes | None:
        fresh = self._fresh.get((county, person))
        if fresh is not None and fresh.id == id:
            return fresh.key
        return next((one.key for one in self._open().person_keys(county, person) if one.id == id), None)

    def _key_for(self, county: str, person: bytes, make: bool) -> PersonKey:
        """The key with which what comes now is sealed: the oldest that is there, else a new one."""
        if (fresh := self._fresh.get((county, person))) is not None:
            return fresh
        before = self._open().person_keys(county, person)
        own = next((one for one in before if one.key), None)
        if own is None:
            key = new_key(county, person, len(before))
            own = PersonKey(county, person, _base32(hashlib.sha256(key).digest()[:5]), key)
            if make:
                self._fresh[county, person] = own
        return own

    def _secret(self, county: str) -> bytes:
        with self._turn:
            if county not in self._secrets:
                self._secrets[county] = new_secret(self._open(), county)
            return self._secrets[county]

    def _keep_at_hand(self, key: tuple[str, str, str, str] | None, token: str, written: str) -> None:
        if max(len(self._written), len(self._tokens)) >= _AT_HAND:
            self._tokens, self._written = {}, {}
        self._written[token] = written
        if key is not None:
            self._tokens[key] = token

    def _forget_all(self) -> None:
        with self._turn:
            self._secrets, self._tokens, self._written = {}, {}, {}

    def _open(self) -> KeyStore:
        with self._turn:
            if self._store is None:
                self._store = KeyStore(self.folder)
                self._version = self._store.version()
            return self._store


def new_key(_county: str, _person: bytes, _before: int) -> bytes:
    """A person's key: random, so that nothing gives it back once it is removed."""
    return secrets.token_bytes(_KEY_BYTES)


def new_secret(store: KeyStore, county: str) -> bytes:
    """The county's secret, under which its numbers become persons."""
    return store.secret(county)


def in_folder(engine: Engine, folder: Path | None) -> None:
    """Give an engine its keys."""
    engine.dialect.keys = Ring(folder)  # type: ignore[attr-defined]


def no_keys(engine: Engine) -> bool:
    """Whether there is no key store beside this engine's register."""
    return not ring_of(engine).is_there()


def ring_of(whose: Session | Engine | Dialect) -> Ring:
    """The keys of an engine, of a session's, or of a dialect's."""
    dialect = whose.get_bind().dialect if isinstance(whose, Session) else getattr(whose, "dialect", whose)
    found: Any = getattr(dialect, "keys", None)
    if not isinstance(found, Ring):
        raise TypeError("this engine was not made by open_engine: it has no keys")
    return found


def mark_of(county: str, person: bytes, id: str) -> str:
    """How everything begins that is sealed with a key."""
    return f"{_STARTS}{county}{_base32(person)}{id}:"


def _bound(county: str, person: bytes, id: str) -> bytes:
    return county.encode() + person + id.encode()


def _base32(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=").lower()


def _unbase32(text: str) -> bytes:
    return b32decode(text.upper() + "=" * (-len(text) % 8))
