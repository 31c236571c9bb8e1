"""Whatever check of the record of who did what is broken, one of these deeds goes unnamed: no mutant of it lives."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store import audit_chain
from app.store.audit import NOBODYS
from app.store.audit_chain import SAID, beginning
from app.store.engine import open_engine, reading
from app.store.verification import audit
from app.store.verification.audit import audit_findings
from app.store.verification.finding import Finding
from tests.store import tampering
from tests.store.mutants import alive, mutants
from tests.store.registers import COUNTY, OTHER

#: A county whose chain of records began when it had a change already.
OLD = "431129"
HEAD, RECORD = "audit_head", "audit_record"

Done = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True)
class Deed:
    """What is done by hand, and what verification says of it at least: code, county, which row."""

    name: str
    done: Done
    said: frozenset[tuple[str, str, str]]
    #: How many findings there are at most: a flood hides what happened.
    most: int = 8


def says(*told: str, forge: tuple[str, int] | None = None) -> Done:
    """Statements; then a chain made anew from a record on, where somebody forges."""

    def done(connection: sqlite3.Connection) -> None:
        for one in told:
            connection.execute(one)
        if forge:
            tampering._chain_anew(connection, *forge)

    return done


def _altered(column: str) -> Deed:
    value = "'2031-01-01 00:00:00.000000'" if column == "at" else "'x'"
    said = ("audit.altered", COUNTY, "2")
    return Deed(
        column,
        says(f"UPDATE {RECORD} SET {column} = {value} WHERE county = '{COUNTY}' AND number = 2"),
        frozenset([said]),
    )


def _deed(name: str, done: Done, *said: tuple[str, str, str], most: int = 8) -> Deed:
    return Deed(name, done, frozenset(said), most)


def _of(number: int | str, county: str = COUNTY) -> str:
    return f"WHERE county = '{county}' AND number = {number}"


def deeds(last: int) -> list[Deed]:
    """All that is done; `last`: the county's last record."""
    columns = [name for name in SAID if name not in ("county", "number", "change", "change_digest")]
    missing = [("audit.missing", COUNTY, str(number)) for number in (2, 3, 4)]
    far = last + 40
    return [
        *map(_altered, columns),
        _deed(
            "its digest",
            says(f"UPDATE {RECORD} SET digest = 'x' {_of(2)}"),
            ("audit.altered", COUNTY, "2"),
            ("audit.unchained", COUNTY, "3"),
        ),
        _deed(
            "what it follows",
            says(f"UPDATE {RECORD} SET previous = 'x' {_of(3)}"),
            ("audit.unchained", COUNTY, "3"),
            ("audit.altered", COUNTY, "3"),
        ),
        _deed(
            "what the first follows",
            says(f"UPDATE {RECORD} SET previous = 'x' {_of(1)}"),
            ("audit.unchained", COUNTY, COUNTY),
        ),
        _deed("one is gone", says(f"DELETE FROM {RECORD} {_of(2)}"), missing[0]),
        _deed(
            "three are gone", says(f"DELETE FROM {RECORD} WHERE county = '{COUNTY}' AND number IN (2, 3, 4)"), *missing
        ),
        _deed("the first is gone", says(f"DELETE FROM {RECORD} {_of(1)}"), ("audit.missing", COUNTY, "1")),
        _deed(
            "the last is gone",
            says(f"DELETE FROM {RECORD} {_of(last)}"),
            ("audit.missing", COUNTY, str(last)),
            ("audit.head_altered", COUNTY, COUNTY),
        ),
        _deed(
            "all are gone",
            says(f"DELETE FROM {RECORD} WHERE county = '{NOBODYS}'"),
            ("audit.missing", NOBODYS, "1"),
            ("audit.head_altered", NOBODYS, NOBODYS),
            most=20,
        ),
        _deed("no head", says(f"DELETE FROM {HEAD} WHERE county = '{COUNTY}'"), ("audit.head_missing", COUNTY, COUNTY)),
        _deed(
            "no head and no record",
            says(f"DELETE FROM {HEAD} WHERE county = '{COUNTY}'", f"DELETE FROM {RECORD} WHERE county = '{COUNTY}'"),
            ("audit.head_missing", COUNTY, COUNTY),
            ("audit.unrecorded", COUNTY, "1"),
        ),
        _deed(
            "a head of nothing",
            says(f"INSERT INTO {HEAD} VALUES ('431130', 2, 'x', 0)"),
            ("audit.head_altered", "431130", "431130"),
            ("audit.missing", "431130", "1"),
            ("audit.missing", "431130", "2"),
        ),
        _deed(
            "the head's number",
            says(f"UPDATE {HEAD} SET number = number - 1 WHERE county = '{COUNTY}'"),
            ("audit.head_altered", COUNTY, COUNTY),
            most=1,
        ),
        _deed(
            "the head's digest",
            says(f"UPDATE {HEAD} SET digest = 'x' WHERE county = '{COUNTY}'"),
            ("audit.head_altered", COUNTY, COUNTY),
            most=1,
        ),
        _deed(
            "a head far off",
            says(f"UPDATE {HEAD} SET number = {10**15} WHERE county = '{COUNTY}'"),
            ("audit.head_altered", COUNTY, COUNTY),
            most=1,
        ),
        _deed(
            "a head that is no number",
            says(f"UPDATE {HEAD} SET number = 'x' WHERE county = '{COUNTY}'"),
            ("audit.head_altered", COUNTY, COUNTY),
            most=1,
        ),
        _deed(
            "a record far off",
            says(f"UPDATE {RECORD} SET number = {far} {_of(last)}"),
            ("audit.missing", COUNTY, str(last)),
            most=4,
        ),
        _deed(
            "a number that is none",
            says(f"UPDATE {RECORD} SET number = 'x' {_of(last)}"),
            ("audit.missing", COUNTY, str(last)),
        ),
        _deed(
            "two change places",
            says(
                *(f"UPDATE {RECORD} SET number = {after} {_of(before)}" for before, after in ((2, -5), (3, 2), (-5, 3)))
            ),
            ("audit.unchained", COUNTY, "2"),
            ("audit.altered", COUNTY, "3"),
        ),
        _deed(
            "a change is gone", says("DELETE FROM change " + _of(2)), ("audit.no_change", COUNTY, str(_RECORD_OF[2]))
        ),
        _deed(
            "a change is another",
            says("UPDATE change SET digest = 'x' " + _of(2)),
            ("audit.other_change", COUNTY, str(_RECORD_OF[2])),
        ),
        _deed(
            "a change is not spoken of",
            says(
                f"UPDATE {RECORD} SET change = NULL, change_digest = NULL WHERE county = '{OTHER}' AND change = 2",
                forge=(OTHER, 1),
            ),
            ("audit.unrecorded", OTHER, "2"),
            most=1,
        ),
        _deed(
            "the last change is not spoken of",
            says(
                f"UPDATE {RECORD} SET change = NULL, change_digest = NULL WHERE county = '{OTHER}' AND change = 3",
                forge=(OTHER, 1),
            ),
            ("audit.unrecorded", OTHER, "3"),
            most=1,
        ),
        _deed(
            "two changes are not spoken of",
            says(
                f"UPDATE {RECORD} SET change = NULL, change_digest = NULL WHERE county = '{OTHER}' AND change < 3",
                forge=(OTHER, 1),
            ),
            ("audit.unrecorded", OTHER, "1"),
            most=1,
        ),
        _deed(
            "a change is spoken of twice",
            says(
                f"UPDATE {RECORD} SET change = 1, change_digest = 'x' WHERE county = '{OTHER}' AND change = 3",
                forge=(OTHER, 1),
            ),
            ("audit.unrecorded", OTHER, "3"),
        ),
        _deed(
            "nobody's are cut",
            says(f"DELETE FROM {RECORD} WHERE county = '{NOBODYS}' AND number > 1", forge=(NOBODYS, 1)),
            ("audit.beside", COUNTY, str(_BESIDE)),
        ),
        _deed(
            "nobody's are forged",
            says(f"UPDATE {RECORD} SET actor = 'x' WHERE county = '{NOBODYS}'", forge=(NOBODYS, 1)),
            ("audit.beside", COUNTY, str(_BESIDE)),
        ),
        _deed(
            "beside is nothing",
            says(f"UPDATE {RECORD} SET beside = 'x' WHERE county = '{OTHER}' AND beside IS NOT NULL", forge=(OTHER, 1)),
            ("audit.beside", OTHER, "1"),
            most=1,
        ),
        _deed(
            "what a ledger prints is forged",
            says(f"UPDATE {RECORD} SET actor = 'x' {_of(1)}", forge=(COUNTY, 1)),
            ("ledger.audit_anchor", COUNTY, "anchor-2"),
            most=1,
        ),
        _deed(
            "where an old chain began",
            says(f"UPDATE {HEAD} SET since = 0 WHERE county = '{OLD}'"),
            ("audit.unchained", OLD, OLD),
            ("audit.unrecorded", OLD, "1"),
            most=2,
        ),
        _deed(
            "an old chain that began nowhere",
            says(f"UPDATE {HEAD} SET since = 'x' WHERE county = '{OLD}'"),
            ("audit.unchained", OLD, OLD),
        ),
    ]


#: In which record the county's second change stands, and which is the first that keeps nobody's chain beside.
_RECORD_OF, _BESIDE = {2: 3}, 3


@pytest.fixture(scope="module")
def sound(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of three chains of some records each."""
    return built(sqlite_template, tmp_path_factory.mktemp("audit") / "sound.db")


def built(template: Path, file: Path) -> Path:
    """Three turns in two counties, a ledger in one of them; a third county that was there before there were records."""
    shutil.copy(template, file)
    engine = open_engine(f"sqlite:///{file}")
    tampering._write(engine, OLD, 0)
    with unguarded(file) as connection:
        connection.execute(f"DELETE FROM {RECORD}")
        began = {"digest": beginning(OLD, 1), "county": OLD}
        connection.execute(f"DELETE FROM {HEAD} WHERE county <> '{OLD}'")
        connection.execute(f"UPDATE {HEAD} SET number = 0, since = 1, digest = :digest WHERE county = :county", began)
    for turn in range(1, 3):
        tampering._write(engine, OLD, turn)
    for turn in range(3):
        for county in (COUNTY, OTHER):
            tampering._write(engine, county, turn)
    tampering._issue(engine, COUNTY)
    engine.dispose()
    return file


@contextmanager
def unguarded(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection below every guard; the guards are gone then."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        connection.execute("COMMIT")


def last_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        asked = f"SELECT max(number) FROM {RECORD} WHERE county = ?"
        return int(connection.execute(asked, (COUNTY,)).fetchone()[0])


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One engine for all copies, so that it compiles its statements once."""
    return open_engine(f"sqlite:///{tmp_path_factory.mktemp('copied') / 'copy.db'}")


def found(engine: Engine) -> list[Finding]:
    with reading(engine) as session:
        said = list(audit_findings(session))
    engine.dispose()
    return said


def after(deed: Deed | None, sound: Path, copied: Engine) -> list[Finding]:
    """What is found when a deed was done to a copy."""
    file = Path(shutil.copy(sound, str(copied.url.database)))
    if deed:
        with unguarded(file) as connection:
            deed.done(connection)
    return found(copied)


def fault(deed: Deed, said: list[Finding]) -> str | None:
    """What verification ought to have said, and did not."""
    named = {(one.code, str(one.county), str(one.id)) for one in said}
    if not deed.said <= named:
        return f"{deed.name}: {sorted(deed.said - named)} not among {sorted(named)}"
    return None if len(said) <= deed.most else f"{deed.name}: {len(said)} findings"


def test_every_deed_is_named_and_nothing_is_said_of_a_sound_register(sound: Path, copied: Engine) -> None:
    assert after(None, sound, copied) == []
    faults = [fault(one, after(one, sound, copied)) for one in deeds(last_of(sound))]

    assert [one for one in faults if one] == []


#: Mutants that live: other words of a sentence, or another bound of what is told one by one; each deed is named.
SAME_IN_THE_VERIFICATION = frozenset(
    {
        "_chain: 1 → number",
        "_chain: first or '与上一条不衔接' → joined",
        "_finding: number is None → comparison",
        "_finding: what if number is None else f'审计第 {shown(number)} 条{what}' → condition",
        "_gone: 1 → number",
        "_gone: f'，到第 {last} 条为止都是' if last - first >= _EACH else '' → condition",
        "_gone: last - first < _EACH → comparison",
        "_gone: last - first >= _EACH → comparison",
        "_gone: last < first → comparison",
        "_head: 10 → number",
        "_head: 9 → number",
        "_unspoken: f'至第 {last} 号' if last > first else '' → condition",
        "_unspoken: last > first → comparison",
    }
)
#: And: the rule of one county in a unit of work (tests/register/audit), the dialect, a head at nought.
SAME_IN_THE_WRITER = frozenset(
    {
        "_lock_head: session.get_bind().dialect.name == 'sqlite' → comparison",
        "_lock_head: sqlite if session.get_bind().dialect.name == 'sqlite' else postgresql → condition",
        "queue: if said.county != NOBODYS: → condition",
        "queue: one_county(session, said.county) → unsaid",
        "queue: said.county != NOBODYS → comparison",
        "top_of: 0 → number",
        "top_of: _HEADS.c.number > 0 → comparison",
    }
)


def is_killed(sound: Path, copied: Engine, told: list[Deed]) -> bool:
    try:
        return bool(after(None, sound, copied)) or any(fault(one, after(one, sound, copied)) for one in told)
    except Exception:
        return True


def test_no_mutant_of_the_verification_lives(sound: Path, copied: Engine) -> None:
    told, lived = deeds(last_of(sound)), set()
    for mutant in mutants(audit):
        with alive(mutant):
            if not is_killed(sound, copied, told):
                lived.add(str(mutant))

    assert lived == SAME_IN_THE_VERIFICATION


def test_no_mutant_of_what_writes_the_chain_lives(
    sqlite_template: Path, tmp_path: Path, sound: Path, copied: Engine
) -> None:
    told, lived = deeds(last_of(sound)), set()
    for number, mutant in enumerate(mutants(audit_chain)):
        with alive(mutant):
            if not is_killed_as_it_writes(sqlite_template, tmp_path / f"{number}.db", copied, told):
                lived.add(str(mutant))

    assert lived == SAME_IN_THE_WRITER


def is_killed_as_it_writes(template: Path, file: Path, copied: Engine, told: list[Deed]) -> bool:
    """Whether a register cannot be written so, or what was written is found to be wrong."""
    try:
        sound = built(template, file)
    except Exception:
        return True
    return is_killed(sound, copied, told)
