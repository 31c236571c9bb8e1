"""Row-level security on PostgreSQL: a second wall behind the row filter, for owners of the tables too.

What the policies say is in app/store/row_security.py, with why; here it is as it was when the step was made.
"""

from __future__ import annotations

from alembic import op

from migrations.tables import on_postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = (
    "absence_answer",
    "acceptance",
    "action",
    "action_fact",
    "audit_head",
    "audit_record",
    "change",
    "clause_adoption",
    "clause_file",
    "county_head",
    "document",
    "document_firm",
    "enterprise",
    "enterprise_capacity",
    "enterprise_code",
    "enterprise_contact",
    "enterprise_name",
    "enterprise_place",
    "enterprise_rectification",
    "enterprise_scale",
    "enterprise_status",
    "equipment",
    "equipment_count",
    "equipment_nature",
    "equipment_state",
    "evidence",
    "holiday",
    "identity_decision",
    "import_batch",
    "import_issue",
    "import_row",
    "import_terms",
    "learned_answer",
    "ledger_anchor",
    "ledger_check",
    "ledger_content",
    "ledger_issue",
    "limit_adoption",
    "link_upload",
    "machine_replacement",
    "manifest",
    "measurement",
    "permit",
    "permit_fact",
    "plan",
    "plan_fact",
    "plan_measure",
    "plan_measure_done",
    "plan_measure_extension",
    "plan_step",
    "policy_file",
    "proposal",
    "proposal_answer",
    "returned_item",
    "returned_item_done",
    "row_answer",
    "same_subject",
    "saved_view",
    "service_life",
    "source_file",
    "stated_figure",
    "statement",
    "step",
    "succession",
    "two_eyes",
    "upload_link",
    "value_decision",
    "waiting_file",
)

OWN = (
    "strpos(current_setting('luzhang.counties', true), '*') <> 0 "
    "OR strpos(current_setting('luzhang.counties', true), county) <> 0"
)
NOBODYS = f"{OWN} OR county = '000000'"

#: Of no county's chain of records everybody takes the number, and adds to it; what it says is not everybody's.
SEEN = {"audit_head": NOBODYS}
WRITTEN = {"audit_head": NOBODYS, "audit_record": NOBODYS}


def upgrade() -> None:
    """A policy for each business table, in force for whoever is no superuser. SQLite has no such thing."""
    if not on_postgresql():
        return
    for table in TABLES:
        seen, written = SEEN.get(table, OWN), WRITTEN.get(table, OWN)
        op.execute(f"CREATE POLICY within_county ON {table} USING ({seen}) WITH CHECK ({written})")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Take them away again."""
    if not on_postgresql():
        return
    for table in reversed(TABLES):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute(f"DROP POLICY within_county ON {table}")
