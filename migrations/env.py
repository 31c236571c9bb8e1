"""Runs the steps: on the connection it is given, else on the register in use, or as SQL for PostgreSQL."""

from __future__ import annotations

from alembic import context

from app.settings import Settings
from app.store.engine import open_engine
from app.store.models import Base


def run() -> None:
    """Everything in one transaction: an upgrade is there whole or not at all."""
    config = context.config
    if context.is_offline_mode():
        context.configure(
            dialect_name="postgresql",
            target_metadata=Base.metadata,
            literal_binds=True,
            dialect_opts={"paramstyle": "named"},
        )
        with context.begin_transaction():
            context.run_migrations()
        return
    given = config.attributes.get("connection")
    if given is not None:
        context.configure(connection=given, target_metadata=Base.metadata)
        context.run_migrations()
        return
    engine = open_engine(config.get_main_option("sqlalchemy.url") or Settings().url())
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        context.run_migrations()


run()
