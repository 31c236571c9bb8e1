"""Changes, county heads, manifests; the division dictionary; the guards' functions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from app.store.guards import postgresql_functions
from migrations.tables import (
    check,
    content,
    county,
    create,
    create_reference,
    day,
    foreign_key,
    index,
    number,
    on_postgresql,
    text,
    words,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them; on PostgreSQL with btree_gist where the server has it, for exclusions over days."""
    if on_postgresql():
        if _has_btree_gist():
            op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for ddl in postgresql_functions().values():
            op.execute(ddl)
    create_reference(
        "division",
        text("code", needed=True),
        text("name", needed=True),
        text("parent"),
        words("division", "level", ("province", "city", "county", "township"), needed=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_division")),
        sa.ForeignKeyConstraint(["parent"], ["division.code"], name="fk_division_parent"),
        index("ix_division_parent", "parent"),
    )
    create_reference(
        "division_alias",
        text("code", needed=True),
        text("alias", needed=True),
        day("valid_from", needed=True),
        day("valid_to", needed=True),
        text("digest", needed=True),
        sa.PrimaryKeyConstraint("code", "alias", "valid_from", name=op.f("pk_division_alias")),
        sa.ForeignKeyConstraint(["code"], ["division.code"], name="fk_division_alias_code"),
    )
    create_reference(
        "dictionary_edition",
        text("name", needed=True),
        text("digest", needed=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_dictionary_edition")),
    )
    create(
        "county_head",
        county(),
        number("number", needed=True),
        text("digest", needed=True),
        check("county_head", "number", "number >= 0"),
        key=("county",),
    )
    create(
        "change",
        county(),
        number("number", needed=True),
        text("act", needed=True),
        text("actor", needed=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        text("reason"),
        text("batch"),
        text("previous", needed=True),
        text("contents"),
        text("digest"),
        check("change", "number", "number > 0"),
        key=("county", "number"),
    )
    create(
        "manifest",
        county(),
        number("number", needed=True),
        text("table_name", needed=True),
        content("listing"),
        foreign_key("manifest", "number", "change", "number"),
        key=("county", "number", "table_name"),
    )


def downgrade() -> None:
    """Take them away again, the dictionary with them."""
    for table in ("manifest", "change", "county_head", "dictionary_edition", "division_alias", "division"):
        op.drop_table(table)
    if on_postgresql():
        for function in postgresql_functions():
            op.execute(f"DROP FUNCTION {function}()")


def _has_btree_gist() -> bool:
    if context.is_offline_mode():
        return True
    found = op.get_bind().execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist'"))
    return found.scalar() is not None
