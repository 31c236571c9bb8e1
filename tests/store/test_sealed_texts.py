"""Texts with numbers in them are kept sealed, read as they were written, and unreadable once their key is gone."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, Text, insert, select, type_coerce

from app.domain.masking import REMOVED, digits_in, is_masked, masked, numbers_in
from app.domain.vocabulary import field
from app.store import changes
from app.store.base import Base
from app.store.engine import open_engine, reading, unit
from app.store.key_check import require_keys
from app.store.keys import KeysAbsent, Ring, copies, ring_of
from app.store.keys.store import FILE, MASTER
from app.store.models import SavedView
from app.store.sealed import SealedJson, sealed_as, sealed_contact
from app.store.verification import verify

COUNTY, OTHER = "431127", "431128"
MOBILE = "13812345678"

#: Columns of texts that hold no number of a person, and why.
LEFT: dict[str, str] = {
    "account.*": "officials in office, for whom an account stands",
    "account_grant.*": "who gave a role: an official",
    "account_identity.*": "digests, and which official made it",
    "api_token.*": "an account's own",
    "audit_head.*": "digests",
    "audit_record.*": "written masked",
    "county_head.*": "digests",
    "department.*": "offices",
    "dictionary_edition.*": "the dictionary of divisions",
    "division.*": "the dictionary of divisions",
    "division_alias.*": "the dictionary of divisions",
    "factor_role.*": "roles, and which official said so",
    "former_password.*": "digests",
    "key_store_used.*": "an id",
    "one_time_token.*": "digests",
    "recovery_code.*": "digests",
    "second_factor.*": "sealed with a key of its own",
    "sign_in_try.*": "ids",
    "signed_in.*": "digests and network addresses",
    "change.actor": "whoever is in office",
    "clause_file.text": "published papers",
    "policy_file.text": "published papers",
    "enterprise_contact.legal_representative": "published with the licence, by law",
    "ledger_anchor.chain": "a code",
    "link_upload.origin": "a network address",
    "proposal.proposed_by": "whoever is in office",
    "proposal_answer.answered_by": "whoever is in office",
    "upload_link.made_by": "whoever is in office",
}
#: Words of the program's own, codes, ids, digests and counts: nobody types them.
OWN = frozenset(
    (
        *("about", "account", "act", "act_id", "answer", "batch", "cell", "clause"),
        *("code", "contents", "counted_from", "counts", "county", "digest", "disputed", "district"),
        *("door", "effective_time", "fate", "field", "format", "heads", "id", "industry_code"),
        *("kept_id", "key_id", "kind", "layout", "level", "limit_id", "media_type", "noun"),
        *("person", "power_account_no", "previous", "quarter", "receipt", "registration_no", "result", "section"),
        *("severity", "sha256", "stage", "state", "table_name", "topic", "township", "township_code"),
        *("uscc", "why"),
    )
)


def columns() -> list[tuple[str, str]]:
    """Every column of text that is kept as it is."""
    found = []
    for table in Base.metadata.sorted_tables:
        keys = {*table.primary_key.columns.keys(), *(key.parent.name for key in table.foreign_keys)}
        held = " ".join(str(getattr(check, "sqltext", "")) for check in table.constraints)
        for column in table.columns:
            if isinstance(column.type, Text) and column.name not in keys and f"{column.name} IN (" not in held:
                found.append((table.name, column.name))
    return found


def is_enumeration(table: str, name: str) -> bool:
    """Whether the vocabulary lists what the column may hold."""
    path = Base.metadata.tables[table].columns[name].info.get("path")
    return path is not None and field(path).enum is not None


def test_a_column_of_text_is_sealed_or_says_why_not() -> None:
    open_ones = [
        f"{table}.{name}"
        for table, name in columns()
        if name not in OWN
        and not name.endswith(("_id", "_precision"))
        and f"{table}.*" not in LEFT
        and f"{table}.{name}" not in LEFT
        and not is_enumeration(table, name)
    ]
    assert open_ones == []


PIECES = st.sampled_from(
    [
        *(
            MOBILE,
            "138-1234-5678",
            "0746-2213456",
            "431127198001011234",
            "１３８１２３４５６７８",
            "张三",
            "电话：",
            "\n",
        ),
        *("\n", '"', "⟦p:", "⟧", "91431127MA4L000011", "GW-0.5", "12.5万元", "，", "\\", "2024-01-15"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=8).map("".join)


@pytest.fixture(scope="module")
def ring() -> Ring:
    return Ring(None)


@given(TEXTS)
def test_a_text_comes_back_as_it_was_written(ring: Ring, text: str) -> None:
    sealed = ring.seal(COUNTY, text)

    assert ring.open(sealed) == text
    assert ring.seal(COUNTY, text) == sealed
    if "⟦p:" not in text:
        assert ring.seal(COUNTY, sealed) == sealed
    bare = "".join(part.rpartition("⟧")[2] for part in sealed.split("⟦p:"))
    assert masked(bare) == bare


@given(TEXTS)
def test_json_comes_back_as_it_was_written(ring: Ring, text: str) -> None:
    kind = SealedJson()
    told = json.dumps({"A": text, "数": 13812345678, text: [text]}, ensure_ascii=False)

    sealed = kind.kept(ring, COUNTY, told, True)

    json.loads(sealed)
    assert json.loads(kind.read(ring, sealed)) == json.loads(told)


@given(TEXTS)
def test_what_is_found_is_what_is_masked(text: str) -> None:
    found = numbers_in(text)

    assert (masked(text) != text) == bool(found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_number_is_the_same_however_it_is_written() -> None:
    written = [
        MOBILE,
        "138 1234 5678",
        "+86-138-1234-5678",
        "0086 13812345678",
        "013812345678",
        "１３８１２３４５６７８",
    ]
    assert {numbers_in(one)[0].normal for one in written} == {MOBILE}
    lines = ["0746-2213456", "(0746)2213456", "+86 746 2213456", "07462213456"]
    assert {numbers_in(one)[0].normal for one in lines if numbers_in(one)} == {"07462213456"}
    assert [one.normal for one in digits_in("2213456、13812345678")] == ["2213456", MOBILE]


def test_a_contact_is_sealed_whole_and_by_firm(ring: Ring) -> None:
    one, other = (sealed_contact(ring, COUNTY, firm, "张三 2213456") for firm in ("firm-1", "firm-2"))

    assert "张三" not in one
    assert "2213456" not in one
    assert one != other
    assert one.split("⟧")[1] == other.split("⟧")[1]  # the number is one person's, wherever it stands
    assert ring.open(one) == ring.open(other) == "张三 2213456"


def test_another_county_seals_another_way(ring: Ring) -> None:
    assert ring.seal(COUNTY, MOBILE) != ring.seal(OTHER, MOBILE)
    assert ring.person(COUNTY, MOBILE) != ring.person(OTHER, MOBILE)


def test_what_is_made_up_is_not_opened(ring: Ring) -> None:
    token = ring.seal(COUNTY, MOBILE)
    for made_up in (token.replace("⟦p:431127", "⟦p:431128"), f"{token[:-3]}AA⟧", f"⟦p:{COUNTY}{'a' * 34}:{'A' * 22}⟧"):
        assert ring.open(ring.seal(COUNTY, made_up)) == made_up


def test_a_removed_key_leaves_nothing_to_read_and_a_new_one_reads_only_what_comes_after(tmp_path: Path) -> None:
    ring = Ring(tmp_path)
    before, beside = ring.seal(COUNTY, f"电话{MOBILE}"), ring.seal(COUNTY, "13900000000")
    ring.keep()
    gone = ring.keys_of(COUNTY, [ring.person(COUNTY, MOBILE)])

    assert ring.remove_persons(gone) == 1
    assert ring.remove_persons(gone) == 0

    assert ring.open(before) == f"电话{REMOVED}"
    assert is_masked(ring.open(before))
    assert ring.open(beside) == "13900000000"
    after = ring.seal(COUNTY, MOBILE)
    assert after not in before
    assert ring.open(after) == MOBILE
    assert ring.open(before) == f"电话{REMOVED}"


def test_another_process_sees_that_a_key_is_gone(tmp_path: Path) -> None:
    here = Ring(tmp_path)
    sealed = here.seal(COUNTY, MOBILE)
    here.keep()
    there = Ring(tmp_path)
    assert there.open(sealed) == MOBILE

    here.remove_persons(here.keys_of(COUNTY, [here.person(COUNTY, MOBILE)]))

    there.refresh()
    assert there.open(sealed) == REMOVED


def test_no_key_is_in_the_files_once_it_is_removed(tmp_path: Path) -> None:
    ring = Ring(tmp_path)
    ring.seal(COUNTY, MOBILE)
    ring.keep()
    kept = ring.store()._connection.execute("SELECT key FROM person_key").fetchone()[0]
    assert kept in (tmp_path / FILE).read_bytes() + (tmp_path / f"{FILE}-wal").read_bytes()

    ring.remove_persons(ring.keys_of(COUNTY, [ring.person(COUNTY, MOBILE)]))

    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert kept not in left


def test_only_the_owner_reads_the_keys(tmp_path: Path) -> None:
    Ring(tmp_path / "keys").store()
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "keys").iterdir() if not file.name.endswith("shm")} == {
        0o600
    }


def view(engine: Engine, name: str, reason: str) -> None:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "save_view", actor="本机操作员", reason=reason)
        row = {"id": f"view-{name}", "name": name, "noun": "enterprises", "query": "[]", "reason": reason}
        session.add(SavedView(county=COUNTY, recorded_by=change.number, **row))


def kept(engine: Engine, column: object) -> list[str]:
    with reading(engine) as session:
        return list(session.scalars(select(type_coerce(column, Text()))))


def test_a_number_is_found_by_value_and_kept_sealed(engine: Engine) -> None:
    view(engine, f"张三{MOBILE}", f"找{MOBILE}")

    with reading(engine) as session:
        called = SavedView.name == sealed_as(SavedView.name, COUNTY, f"张三{MOBILE}")
        assert session.scalar(select(SavedView.reason).where(called)) == f"找{MOBILE}"
        assert verify(session) == []
    assert MOBILE not in "".join(kept(engine, SavedView.name) + kept(engine, SavedView.reason))
    with pytest.raises(TypeError, match="sealed_as"):
        _ = SavedView.name == "一"
    with pytest.raises(TypeError, match="sealed_as"):
        SavedView.name.in_(["一"])


def test_looking_for_a_number_makes_no_key(engine: Engine) -> None:
    view(engine, "一", f"找{MOBILE}")
    with reading(engine) as session:
        session.scalar(select(SavedView.id).where(SavedView.name == sealed_as(SavedView.name, COUNTY, "13900000001")))
    assert ring_of(engine).store().counted()["persons"] == 1


def test_a_number_that_is_nobodys_is_not_kept(engine: Engine) -> None:
    with pytest.raises(Exception, match="under a change"), unit(engine) as session:
        row = {"county": COUNTY, "id": "v", "recorded_by": 1, "superseded_by": 9, "name": MOBILE, "noun": "x"}
        session.execute(insert(SavedView.__table__), [row | {"query": "[]", "reason": "x"}])  # type: ignore[arg-type]


def test_removing_a_key_alters_no_digest(engine: Engine) -> None:
    view(engine, "一", f"找{MOBILE}")
    with reading(engine) as session:
        before = session.execute(select(*Base.metadata.tables["county_head"].c)).all()
    ring = ring_of(engine)

    ring.remove_persons(ring.keys_of(COUNTY, [ring.person(COUNTY, MOBILE)]))

    with reading(engine) as session:
        assert session.execute(select(*Base.metadata.tables["county_head"].c)).all() == before
        assert session.scalar(select(SavedView.reason)) == f"找{REMOVED}"
        assert {one.code for one in verify(session)} == {"keys.missing"}  # nobody recorded that it goes


def test_a_register_is_not_opened_without_its_keys(sqlite_engine: Engine, tmp_path: Path) -> None:
    view(sqlite_engine, "一", f"找{MOBILE}")
    require_keys(sqlite_engine)

    astray = open_engine(str(sqlite_engine.url), tmp_path / "elsewhere")
    with pytest.raises(KeysAbsent, match="不见了"):
        require_keys(astray)
    with pytest.raises(KeysAbsent, match="不是这个登记库"):
        view(astray, "二", "找13900000001")
    with reading(astray) as session:
        assert "keys.absent" in {one.code for one in verify(session)}
    astray.dispose()


def test_keys_come_back_from_their_backup_with_the_master_key(sqlite_engine: Engine, tmp_path: Path) -> None:
    view(sqlite_engine, "一", f"找{MOBILE}")
    ring, file = ring_of(sqlite_engine), tmp_path / "keys.backup"
    copies.back_up(sqlite_engine, file)
    folder = ring.folder
    assert folder is not None
    ring.close()
    for left in folder.glob(f"{FILE}*"):
        left.unlink()

    copies.restore(sqlite_engine, file)

    require_keys(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert session.scalar(select(SavedView.reason)) == f"找{MOBILE}"
    ring.close()
    (folder / MASTER).unlink()
    with pytest.raises(KeysAbsent, match="主密钥"):
        require_keys(sqlite_engine)
