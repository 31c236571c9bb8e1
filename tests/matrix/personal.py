"""Numbers of people planted in every text of a register, each column its own, so that a leak is named by its column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Table, Text, text

from app.store.models import Base

#: What stands in every planted text: a mobile and an identity number, both with the place's number in them.
PLANTED = re.compile(r"13900\d{6}|43112719900101\d{3}[X]")

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Papers of policy are YAML that is read anew; what an answer of two eyes did is compared with what it was to do; the
#: record of acts is written masked, and cannot hold any.
_LEFT = {("clause_file", "text"), ("policy_file", "text"), ("proposal", "effects"), ("proposal", "arguments")}
_WHOLE_TABLES = {"audit_record", "manifest", "division", "division_alias", "dictionary_edition", "change"}
_PERSONAL = ("contact_phone", "contact_person")


def plant(engine: Engine) -> dict[str, str]:
    """Add numbers to every text in which people write; by each the column that holds it. Below the guards."""
    found: dict[str, str] = {}
    with engine.begin() as connection:
        for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        for table in Base.metadata.sorted_tables:
            for column in table.columns if table.name not in _WHOLE_TABLES else ():
                if isinstance(column.type, Text) or str(column.type).startswith(("TEXT", "VARCHAR")):
                    _plant(connection, table, column.name, found)
    return found


def _plant(connection: Connection, table: Table, name: str, found: dict[str, str]) -> None:
    if (table.name, name) in _LEFT or name.endswith(("_id", "_code", "password", "digest")):
        return
    number = len(found) // 2
    mobile, identity = f"13900{number:06d}", f"43112719900101{number:03d}X"
    rows = connection.execute(text(f"SELECT rowid, {name} FROM {table.name}")).all()
    planted = 0
    for row, value in rows:
        if name in _PERSONAL:
            value = value or "张三"
        if isinstance(value, str) and (said := _with(value, f"电话{mobile}号{identity}")) is not None:
            planted += 1
            told = {"said": said, "row": row}
            connection.execute(text(f"UPDATE {table.name} SET {name} = :said WHERE rowid = :row"), told)
    if planted:
        found |= {mobile: f"{table.name}.{name}", identity: f"{table.name}.{name}"}


def _with(value: str, numbers: str) -> str | None:
    """A text with numbers behind it; within objects, behind each text in Chinese; None where nobody writes texts."""
    if not _CHINESE.search(value):
        return None
    if value[:1] in ('"', "{", "["):
        try:
            told = json.loads(value)
        except ValueError:
            return f"{value}{numbers}"
        return json.dumps(_behind(told, lambda one: f"{one}{numbers}"), ensure_ascii=False)
    return f"{value}{numbers}"


def _behind(told: Any, planted: Callable[[str], str]) -> Any:
    if isinstance(told, str):
        return planted(told) if _CHINESE.search(told) else told
    if isinstance(told, dict):
        return {name: _behind(one, planted) for name, one in told.items()}
    return [_behind(one, planted) for one in told] if isinstance(told, list) else told
