"""Keys of persons and files, kept outside the database: whoever removes one makes what it seals unreadable."""

from __future__ import annotations

from app.store.keys.ring import Ring, in_folder, no_keys, ring_of
from app.store.keys.store import KeysAbsent, KeyStore, KeyUnknown

__all__ = ["KeyStore", "KeyUnknown", "KeysAbsent", "Ring", "in_folder", "no_keys", "ring_of"]
