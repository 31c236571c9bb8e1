"""A database is made ready once, also by two at once; a newer or foreign one is refused untouched."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, text

from app.domain.dates import FOREVER
from app.errors import DatabaseUnavailable, NewerDatabase
from app.store import dictionary
from app.store.engine import open_engine, reading, unit
from app.store.models import Division, DivisionAlias
from app.store.schema import prepare
from app.store.verification import verify

PREPARE = (
    "import sys; from app.store.engine import open_engine; from app.store.schema import prepare; "
    "prepare(open_engine(sys.argv[1]))"
)


def test_two_at_once_make_one_register(empty_engine: Engine) -> None:
    url = empty_engine.url.render_as_string(hide_password=False)
    starting = [subprocess.Popen([sys.executable, "-c", PREPARE, url], cwd="/") for _ in range(2)]
    prepare(empty_engine)
    assert [one.wait(60) for one in starting] == [0, 0]
    with reading(empty_engine) as session:
        assert session.scalar(select(func.count()).select_from(Division)) == 44_703
        assert verify(session) == []


def test_a_second_start_asks_two_things(engine: Engine) -> None:
    asked: list[str] = []
    heard = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", heard)
    prepare(engine)
    event.remove(engine, "before_cursor_execute", heard)
    assert [line for line in asked if line.startswith(("SELECT version_num", "SELECT dictionary_edition"))]
    assert [line for line in asked if line.split()[0] in ("INSERT", "CREATE", "DELETE", "UPDATE")] == []


def test_a_second_start_imports_no_alembic(sqlite_engine: Engine) -> None:
    code = f"{PREPARE}; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, str(sqlite_engine.url)], cwd="/").returncode == 0


def test_a_newer_database_is_refused_untouched(own_engine: Engine) -> None:
    with own_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        prepare(own_engine)
    with own_engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_another_programs_file_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    other = open_engine(f"sqlite:///{file}")
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    other.dispose()
    before = file.read_bytes()
    with pytest.raises(DatabaseUnavailable, match="别的程序"):
        prepare(other)
    other.dispose()
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(DatabaseUnavailable, match="无法建立"):
        prepare(open_engine("sqlite:////proc/no/such/folder/luzhang.db"))


def test_a_new_edition_of_the_dictionary_takes_the_place_of_the_old(
    own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit(own_engine) as session:
        for code, alias in (("43", "湖南"), ("44", "广东")):
            session.add(DivisionAlias(code=code, alias=alias, valid_from=date(1949, 10, 1), valid_to=FOREVER))
    file = tmp_path / "divisions.csv"
    file.write_text("code,name,parent,level\n43,湖南省,,province\n", encoding="utf-8")
    monkeypatch.setattr(dictionary, "_FILE", file)
    prepare(own_engine)
    with reading(own_engine) as session:
        assert session.scalars(select(Division.name)).all() == ["湖南省"]
        assert session.scalars(select(DivisionAlias.alias)).all() == ["湖南"]
        assert verify(session) == []


def test_the_dictionary_is_whole() -> None:
    places = list(dictionary.shipped_divisions())
    codes = {place["code"] for place in places}
    assert len(codes) == len(places)
    assert {place["parent"] for place in places} - {None} <= codes
