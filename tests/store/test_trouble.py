"""Errors are told apart by SQLSTATE and words, also where a Citus worker leaves out every name."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from app.store.trouble import Kind, Trouble, trouble_of


class FromServer(Exception):
    """An error as the driver gives it: a SQLSTATE and a message, nothing else."""

    def __init__(self, sqlstate: str | None, message: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "message", "kind", "constraint"),
    [
        ("23505", 'duplicate key value violates unique constraint "uq_x_103455"', Kind.UNIQUE, "uq_x"),
        (
            "23503",
            'insert on table "plan_103455" violates foreign key constraint "fk_x_103455"',
            Kind.FOREIGN_KEY,
            "fk_x",
        ),
        ("23514", 'new row for relation "t_103455" violates check constraint "ck_t_kind"', Kind.CHECK, "ck_t_kind"),
        (
            "23P01",
            'conflicting key value violates exclusion constraint "ex_t_overlap_103455"',
            Kind.OVERLAP,
            "ex_t_overlap",
        ),
        ("23502", 'null value in column "id" of relation "t_103455" violates not-null constraint', Kind.NOT_NULL, None),
        ("XX000", 'duplicate key value violates unique constraint "uq_x_103455"', Kind.UNIQUE, "uq_x"),
        ("XX000", 'insert violates foreign key constraint "fk_x_103455"', Kind.FOREIGN_KEY, "fk_x"),
        ("XX000", "could not commit transaction for shard 103455 on at least one active node", Kind.AGAIN, None),
        ("LZ001", 'append only "enterprise_name"', Kind.APPEND_ONLY, "enterprise_name"),
        ("42501", "permission denied for table statement_103455", Kind.DENIED, None),
        ("40001", "could not serialize access due to concurrent update", Kind.AGAIN, None),
        ("40P01", "canceling the transaction since it was involved in a distributed deadlock", Kind.AGAIN, None),
        ("55P03", "canceling statement due to lock timeout", Kind.AGAIN, None),
        ("08006", "connection to the remote node worker:5432 failed", Kind.UNREACHABLE, None),
        ("57P01", "terminating connection due to administrator command", Kind.UNREACHABLE, None),
        ("53300", "sorry, too many clients already", Kind.UNREACHABLE, None),
        ("53100", "could not extend file: No space left on device", Kind.FULL, None),
        (None, "connection is bad: connection refused", Kind.UNREACHABLE, None),
        (None, "database or disk is full", Kind.FULL, None),
        (None, "database is locked", Kind.AGAIN, None),
        (None, "database disk image is malformed", Kind.DAMAGED, None),
        (None, "CHECK constraint failed: ck_t_kind", Kind.CHECK, "ck_t_kind"),
        (None, "no such column: shape", Kind.OTHER, None),
    ],
)
def test_told_apart(sqlstate: str | None, message: str, kind: Kind, constraint: str | None) -> None:
    error = DBAPIError("INSERT", {}, FromServer(sqlstate, message))
    assert trouble_of(error) == Trouble(kind, constraint)
