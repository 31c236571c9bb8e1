"""Whether the database itself is whole: its step, its guards, its pages."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import guards
from app.store.schema import revision, revisions
from app.store.verification.finding import Finding, shown


def structure_findings(session: Session) -> Iterator[Finding]:
    """The step that it is at, and the guards that must be in force."""
    at = revision(session.connection())
    if at != revisions()[-1]:
        yield Finding(
            "schema.revision", f"数据库结构版本是 {shown(at)}，应为 {revisions()[-1]}", table="alembic_version"
        )
    present, expected = guards.present(session.connection()), guards.expected(session.connection())
    for name, ddl in sorted(expected.items()):
        if name not in present:
            yield Finding("guard.missing", f"防改写的触发器 {name} 不见了或已停用", table=_guarded(name), id=name)
        elif present[name] != ddl:
            yield Finding("guard.altered", f"防改写的触发器 {name} 被改过", table=_guarded(name), id=name)


def damage_findings(session: Session) -> Iterator[Finding]:
    """What SQLite says of its own pages and indexes."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for said in session.execute(text("PRAGMA integrity_check(1000)")).scalars():
        if said != "ok":
            yield Finding("database.damaged", f"数据库文件自检不通过：{shown(said)}")


def _guarded(trigger: str) -> str | None:
    names = {table.name for table in guards.guarded()}
    return next(
        (name for name in (trigger.removeprefix("guard_").rsplit("_", cut)[0] for cut in (0, 1)) if name in names), None
    )
