"""By which role the program connects to PostgreSQL: not the tables' owner, so that grants and policies hold for it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from app.store.guards import grants


def statements(role: str) -> list[str]:
    """What an administrator of the database runs, once and after each upgrade: the role, and what it may do."""
    return [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
        f"CREATE ROLE {quoted(role)}; END IF; END $$",
        # Citus reaches its workers as the role itself: it must be able to log in.
        f"ALTER ROLE {quoted(role)} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION",
        f"DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), '{role}'); END $$",
        f"DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), '{role}'); END $$",
        *grants(role),
    ]


def quoted(role: str) -> str:
    """A role's name as SQL has it."""
    return '"' + role.replace('"', '""') + '"'


def warning(engine: Engine) -> str | None:
    """What to say where the program connects as somebody whom grants or policies do not hold; None where they do."""
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as connection:
        name, above, owner = connection.execute(text(_WHO)).one()
    if not (above or owner):
        return None
    why = "是超级用户，按县隔开的数据库策略对它不起作用" if above else "是数据表的所有者，能改动数据表和防改写的触发器"
    return f"注意：连接数据库的账户 {name} {why}；请运行 luzhang database role，改用其中的账户连接"


def is_granted(connection: Connection) -> bool:
    """Whether whoever connects may read all tables, which a new step may have added to."""
    found: bool = connection.execute(text(_GRANTED)).scalar_one()
    return found


def grant(owner: Engine, role: str) -> None:
    """Let the role do what the program does, in all tables that there are; one process at a time."""
    with owner.begin() as connection:
        if connection.execute(text("SELECT current_user")).scalar_one() == role:
            return
        connection.execute(text("LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE"))
        for statement in grants(role):
            connection.execute(text(statement))


_WHO = """
    SELECT current_user, rolsuper OR rolbypassrls,
        EXISTS (SELECT FROM pg_class WHERE relname = 'change' AND relnamespace = current_schema()::regnamespace
            AND pg_has_role(relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user
"""

_GRANTED = """
    SELECT coalesce(bool_and(has_table_privilege(oid, 'SELECT')), true) FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
"""
