"""Whoever is forgotten is read nowhere any more; all others are, and the chain is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, Text, select, type_coerce

from app.domain.actor import LOCAL_OPERATOR
from app.domain.masking import REMOVED
from app.errors import BadInput, NotFound
from app.register.personal import forgetting
from app.register.personal.forgetting import Asked, finish, foretold, forget
from app.store import changes
from app.store.base import Base
from app.store.engine import reading
from app.store.keys import Ring, ring_of
from app.store.sealed import Sealed
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, head, roster, seen, take_in

MOBILE, OTHER, LINE = "13812345678", "13900000001", "2213456"
DAY = "2024-01-15"


def firms(engine: Engine) -> tuple[str, str, str]:
    """Three firms: two share a number, two a name."""
    told: tuple[dict[str, Any], ...] = (
        {"name": "甲厂", "contact_person": "张三", "contact_phone": MOBILE, "remark": f"急事打 {MOBILE}"},
        {"name": "乙厂", "contact_person": "张三", "contact_phone": OTHER},
        {"name": "丙厂", "contact_person": "李四", "contact_phone": f"{LINE}、{MOBILE}"},
    )
    take_in(engine, roster(*(Firm(one) for one in told), on=DAY))
    found = {str(one.facts["name"]): one.id for one in seen(engine, DAY).enterprises}
    return found["甲厂"], found["乙厂"], found["丙厂"]


def told(engine: Engine) -> dict[str, tuple[Any, Any]]:
    """The contacts of each firm."""
    snapshot = seen(engine, DAY)
    return {
        str(one.facts["name"]): (one.facts.get("contact_person"), one.facts.get("contact_phone"))
        for one in snapshot.enterprises
    }


def texts(engine: Engine) -> str:
    """All sealed texts as a person reads them, and as they are kept."""
    found: list[str] = []
    with reading(engine) as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, Sealed):
                    found += [one or "" for one in session.scalars(select(column))]
                    found += [one or "" for one in session.scalars(select(type_coerce(column, Text())))]
    return "\n".join(found)


def heads(engine: Engine) -> list[Any]:
    with reading(engine) as session:
        rows = select(*Base.metadata.tables["change"].c).order_by("number")
        return [(row.number, row.contents, row.digest) for row in session.execute(rows)]


def away(engine: Engine, **whom: Any) -> dict[str, Any]:
    asked = Asked(whom.get("firm"), whom.get("numbers", ()))
    return forget(engine, COUNTY, asked, reason="本人要求", redact=lambda *_: None, actor=LOCAL_OPERATOR)


def is_whole(engine: Engine) -> bool:
    with reading(engine) as session:
        return verify(session) == []


def test_a_firms_contact_is_read_nowhere_any_more(engine: Engine) -> None:
    first, *_ = firms(engine)
    before = heads(engine)

    done = away(engine, firm="甲厂")

    assert told(engine)["甲厂"] == (REMOVED, REMOVED)
    assert MOBILE not in texts(engine)
    assert done["keys"] == 2
    assert heads(engine)[: len(before)] == before
    assert is_whole(engine)
    assert first in {one.id for one in seen(engine, DAY).enterprises}


def test_another_of_the_same_name_stays_and_a_number_goes_for_all_who_have_it(engine: Engine) -> None:
    firms(engine)

    away(engine, firm="甲厂")

    assert told(engine)["乙厂"] == ("张三", OTHER)
    assert told(engine)["丙厂"] == ("李四", f"{LINE}、{REMOVED}")


def test_what_would_go_is_counted_and_nothing_is_written(engine: Engine) -> None:
    firms(engine)
    before = head(engine)

    found = foretold(engine, COUNTY, Asked("甲厂"), LOCAL_OPERATOR)

    assert {"numbers": 1, "names": 1, "keys": 2, "other_firms": 1}.items() <= found.items()
    assert found["rows"] > 2
    assert MOBILE not in str(found)
    assert head(engine) == before


def test_a_number_takes_the_names_told_with_it(engine: Engine) -> None:
    firms(engine)

    away(engine, numbers=["138-1234-5678"])

    assert told(engine) == {
        "甲厂": (REMOVED, REMOVED),
        "乙厂": ("张三", OTHER),
        "丙厂": (REMOVED, f"{LINE}、{REMOVED}"),
    }


def test_whoever_is_forgotten_is_forgotten_once(engine: Engine) -> None:
    firms(engine)
    away(engine, firm="甲厂")
    before = head(engine)

    with pytest.raises(NotFound, match="没有可删除的"):
        away(engine, firm="甲厂")
    with pytest.raises(NotFound, match="没有可删除的"):
        away(engine, numbers=["13700000000"])
    assert head(engine) == before


@pytest.mark.parametrize(
    "whom", [{}, {"firm": "甲厂", "numbers": [MOBILE]}, {"numbers": ["张三"]}, {"numbers": ["12"]}]
)
def test_whom_to_forget_has_to_be_said_one_way(sqlite_engine: Engine, whom: dict[str, Any]) -> None:
    firms(sqlite_engine)
    with pytest.raises(BadInput):
        away(sqlite_engine, **whom)


def test_a_number_that_comes_again_is_new_and_the_old_rows_stay_unreadable(engine: Engine) -> None:
    first, *_ = firms(engine)
    away(engine, firm="甲厂")

    again = Firm({"name": "甲厂", "contact_person": "张三", "contact_phone": MOBILE}, id=first)
    take_in(engine, roster(again, on="2024-04-01", by="城关镇人民政府"))

    now = {one.id: one.facts for one in seen(engine, "2024-04-02").enterprises}[first]
    assert (now["contact_person"], now["contact_phone"]) == ("张三", MOBILE)
    assert told(engine)["甲厂"] == (REMOVED, REMOVED)
    assert is_whole(engine)
    away(engine, firm="甲厂")
    assert MOBILE not in texts(engine)
    assert is_whole(engine)


def test_what_is_cut_short_after_the_record_is_finished_later(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    firms(engine)
    with monkeypatch.context() as broken:
        broken.setattr(forgetting, "finish", _killed)
        with pytest.raises(KeyboardInterrupt):
            away(engine, firm="甲厂")
    assert told(engine)["甲厂"] == ("张三", MOBILE)

    assert finish(engine) == 2

    assert told(engine)["甲厂"] == (REMOVED, REMOVED)
    assert finish(engine) == 0
    assert is_whole(engine)


def _killed(*_: Any) -> int:
    raise KeyboardInterrupt


def test_what_is_cut_short_before_has_removed_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    firms(engine)
    before = head(engine)
    with monkeypatch.context() as broken:
        broken.setattr(changes, "write_manifests", _killed)
        with pytest.raises(KeyboardInterrupt):
            away(engine, firm="甲厂")

    assert finish(engine) == 0
    assert head(engine) == before
    assert told(engine)["甲厂"] == ("张三", MOBILE)


def test_keys_of_before_do_not_bring_anybody_back(sqlite_engine: Engine) -> None:
    firms(sqlite_engine)
    ring = ring_of(sqlite_engine)
    folder = ring.folder
    assert folder is not None
    kept = folder.parent / "keys.backup"
    ring.store().copy_to(kept)
    away(sqlite_engine, firm="甲厂")
    ring.close()
    (folder / "keys.db").write_bytes(kept.read_bytes())
    for left in ("keys.db-wal", "keys.db-shm"):
        (folder / left).unlink(missing_ok=True)
    assert told(sqlite_engine)["甲厂"] == ("张三", MOBILE)

    finish(sqlite_engine)

    assert told(sqlite_engine)["甲厂"] == (REMOVED, REMOVED)


def test_the_act_is_recorded_without_saying_whose(engine: Engine) -> None:
    firms(engine)
    done = forget(
        engine, COUNTY, Asked("甲厂"), reason=f"{MOBILE} 的机主要求", redact=lambda *_: None, actor=LOCAL_OPERATOR
    )
    with reading(engine) as session:
        records = Base.metadata.tables["audit_record"]
        said = [row.after for row in session.execute(select(*records.c).where(records.c.act == "personal.forget"))]
        change = Base.metadata.tables["change"]
        reason = session.scalar(select(change.c.reason).where(change.c.number == done["change"]))
    assert len(said) == 1
    assert f'"change":{done["change"]}' in said[0]
    assert reason == "138****5678 的机主要求"


def test_a_ring_in_memory_is_enough_for_a_register_in_memory() -> None:
    ring = Ring(None)
    assert ring.open(ring.seal(COUNTY, MOBILE)) == MOBILE
