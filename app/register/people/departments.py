"""Departments: the offices that people belong to, each of one division."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import BadInput, Decided, NoRight, NotFound
from app.register.people.divisions import named
from app.register.people.managing import reaches
from app.register.people.recorded import recorded
from app.store.models import Department


def departments(session: Session, actor: Actor) -> list[Department]:
    """The departments whose people the actor manages."""
    chosen = select(Department).order_by(Department.division, Department.name)
    return [one for one in session.scalars(chosen) if reaches(session, actor, one.division)]


def department_of(session: Session, actor: Actor, text: str) -> Department:
    """The department of that id.

    Raises:
        NotFound: when there is none, or its people are not the actor's to manage.
    """
    found = session.get(Department, text.replace("\x00", ""))
    if found is None or not reaches(session, actor, found.division):
        raise NotFound("没有这个部门", fix="请看 GET /api/v1/departments", code="department.unknown")
    return found


def make(session: Session, actor: Actor, division: str, name: str) -> Department:
    """Make a department of a division.

    Raises:
        NoRight: when the division is not the actor's to manage.
        Decided: when there is one of that name.
    """
    called = _called(name)
    if not reaches(session, actor, division):
        raise NoRight("这个地方不归您管", fix="请找上级管理员", code="department.beyond")
    named(session, division)
    if _found(session, division, called) is not None:
        raise Decided(f"部门“{called}”已经有了", fix="不必再建", code="department.taken")
    made = Department(division=division, name=called, made_at=clock.now())
    session.add(made)
    session.flush()
    recorded(session, "departments.make", made.id, after={"division": division, "name": called})
    return made


def found_or_made(session: Session, actor: Actor, division: str, name: str) -> Department:
    """The department of that name in the division; made where there is none."""
    return _found(session, division, _called(name)) or make(session, actor, division, name)


def department_row(department: Department) -> dict[str, Any]:
    """A department as it is listed."""
    return {"id": department.id, "name": department.name, "division": department.division}


def _called(name: str) -> str:
    called = " ".join(name.replace("\x00", " ").split())
    if not 1 <= len(called) <= 60:
        raise BadInput("没有写部门名称，或者太长", fix="请写 60 个字以内的名称", code="department.name")
    return called


def _found(session: Session, division: str, name: str) -> Department | None:
    return session.scalars(
        select(Department).where(Department.division == division, Department.name == name)
    ).one_or_none()
