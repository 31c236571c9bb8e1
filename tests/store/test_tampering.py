"""Whatever is done to the chains of changes and of records by hand, verification names where.

`./run bench tampering` does a thousand deeds.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store import dictionary
from app.store.engine import open_engine, reading
from app.store.verification import verify
from tests.store.tampering import build, tampered

DICTIONARY = "code,name,parent,level\n43,湖南省,,province\n4311,永州市,43,city\n431127,蓝山县,4311,county\n"
SEEDS, AT_ONCE = 120, 20


@pytest.fixture(scope="module")
def short_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short dictionary, so that many registers can be looked at."""
    file = tmp_path_factory.mktemp("short") / "divisions.csv"
    file.write_text(DICTIONARY, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, short_file: Path) -> Path:
    """A register with three chains of records."""
    file = tmp_path_factory.mktemp("sound") / "luzhang.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dictionary, "_FILE", short_file)
        engine = build(file)
        with reading(engine) as session:
            assert verify(session) == []
        engine.dispose()
    return file


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One engine for all copies, so that it compiles its statements once."""
    return open_engine(f"sqlite:///{tmp_path_factory.mktemp('copied') / 'copy.db'}")


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_every_deed_is_named(
    first: int, sound: Path, copied: Engine, short_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary, "_FILE", short_file)
    done: Counter[str] = Counter()
    unnamed = []
    for seed in range(first, first + AT_ONCE):
        deed, found = tampered(sound, copied, seed)
        done[deed.kind] += 1
        if not deed.is_named(found):
            unnamed.append((seed, deed, found))

    assert unnamed == []
    assert done.total() == AT_ONCE
