"""Departments: the offices that people belong to, each of one division."""

from __future__ import annotations

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


def rename(session: Session, actor: Actor, text: str, name: str) -> Department:
    """Call a department otherwise.

    Raises:
        NotFound: when it is not the actor's to manage.
        Decided: when it is called so already, or another one of its division is.
    """
    found, called = department_of(session, actor, text), _called(name)
    if _found(session, found.division, called) is not None:
        raise Decided(f"部门“{called}”已经有了", fix="请换一个名称", code="department.taken")
    before, found.name = found.name, called
    recorded(session, "departments.rename", found.id, before={"name": before}, after={"name": called})
    return found


def close(session: Session, actor: Actor, text: str) -> Department:
    """Have a department take nobody new; who belongs to it stays, and so does the department in the record.

    Raises:
        NotFound: when it is not the actor's to manage.
        Decided: when it is closed already.
    """
    found = department_of(session, actor, text)
    if found.closed_at is not None:
        raise Decided(f"部门“{found.name}”已经撤销", fix="不必再撤", code="department.closed")
    found.closed_at = clock.now()
    recorded(session, "departments.close", found.id, after={"name": found.name, "closed": True})
    return found


def reopen(session: Session, actor: Actor, text: str) -> Department:
    """Have a closed department take people again.

    Raises:
        NotFound: when it is not the actor's to manage.
        Decided: when it is not closed.
    """
    found = department_of(session, actor, text)
    if found.closed_at is None:
        raise Decided(f"部门“{found.name}”没有撤销", fix="不必恢复", code="department.open")
    found.closed_at = None
    recorded(session, "departments.reopen", found.id, after={"name": found.name, "closed": False})
    return found


def department_named(session: Session, division: str, name: str) -> Department:
    """The department of that name in the division.

    Raises:
        NotFound: when there is none.
    """
    found = _found(session, division, _called(name))
    if found is None:
        fix = "请看 luzhang department list 里的部门"
        raise NotFound(f"“{division}”没有叫“{name}”的部门", fix=fix, code="department.unknown")
    return found


def _called(name: str) -> str:
    called = " ".join(name.replace("\x00", " ").split())
    if not 1 <= len(called) <= 60:
        raise BadInput("没有写部门名称，或者太长", fix="请写 60 个字以内的名称", code="department.name")
    return called


def _found(session: Session, division: str, name: str) -> Department | None:
    return session.scalars(
        select(Department).where(Department.division == division, Department.name == name)
    ).one_or_none()
