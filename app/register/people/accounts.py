"""Accounts: found, made, disabled, enabled; what their holders may."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.domain.masking import masked
from app.errors import BadInput, Decided, UnknownPerson
from app.register.people.recorded import recorded
from app.register.people.rights import Right
from app.store.models import Account, AccountGrant, Department

_NAME = re.compile(r"[^\W_][\w.\-]{1,31}")


def any_account(session: Session) -> bool:
    """Whether the register has any account: from then on everybody has to sign in."""
    return session.scalar(select(Account.id).limit(1)) is not None


def spelled(name: str) -> str:
    """A name as it is compared: full-width and half-width, capital and small letters alike."""
    return unicodedata.normalize("NFKC", name.replace("\x00", "")).strip().casefold()


def account_named(session: Session, name: str) -> Account | None:
    """The account of that name."""
    return session.scalars(select(Account).where(Account.name == spelled(name))).one_or_none()


def account_of(session: Session, text: str) -> Account:
    """The account of that name or id.

    Raises:
        UnknownPerson: when there is none.
    """
    plain = text.replace("\x00", "")  # PostgreSQL takes no such character
    found = session.get(Account, plain) or account_named(session, plain)
    if found is None:
        raise UnknownPerson
    return found


def grants_of(session: Session, account_id: str) -> list[AccountGrant]:
    """The grants that stand, in the order in which they were given."""
    chosen = select(AccountGrant).where(AccountGrant.account_id == account_id, AccountGrant.withdrawn_at.is_(None))
    return list(session.scalars(chosen.order_by(AccountGrant.given_at, AccountGrant.id)))


def rights_of(session: Session, account_id: str) -> tuple[Right, ...]:
    """What the holder of an account may."""
    return tuple(Right(one.role, one.division) for one in grants_of(session, account_id))


def make(session: Session, actor: Actor, name: str, shown_name: str, department: Department) -> Account:
    """Make an account that may do nothing yet.

    Raises:
        BadInput: when the name is no name.
        Decided: when somebody has it already, or the department is closed.
    """
    spelling, shown = spelled(name), " ".join(shown_name.replace("\x00", " ").split())
    if not _NAME.fullmatch(spelling):
        raise BadInput(
            f"账号“{name}”不合要求",
            fix="请用 2 到 32 个字母、数字、汉字，中间可以有 . - _",
            code="people.name",
        )
    together = re.sub(r"[\W_]", "", spelling)
    if masked(together) != together:
        # It stands in every list, log and record of sign-ins: where everybody's numbers are masked, no name is one.
        raise BadInput(
            "账号不能是电话号码或身份证号码",
            fix="请用姓名拼音、工号一类的名字，例如 zhang.san",
            code="people.name_personal",
        )
    if not 1 <= len(shown) <= 40:
        raise BadInput("没有写姓名，或者太长", fix="请写 40 个字以内的姓名", code="people.shown_name")
    if account_named(session, spelling) is not None:
        raise Decided(f"账号“{spelling}”已经有了", fix="请换一个名字", code="people.taken")
    if department.closed_at is not None:
        raise Decided(
            f"部门“{department.name}”已经撤销", fix="请换一个部门，或先恢复这个部门", code="department.closed"
        )
    account = Account(
        name=spelling,
        shown_name=shown,
        department_id=department.id,
        state="active",
        must_change=True,
        made_at=clock.now(),
        made_by=actor.account,
    )
    session.add(account)
    session.flush()
    after = {"shown_name": shown, "department": department.name, "division": department.division}
    recorded(session, "people.make", spelling, after=after)
    return account


def department_row(department: Department) -> dict[str, Any]:
    """A department as it is listed."""
    closed = department.closed_at
    return {
        "id": department.id,
        "name": department.name,
        "division": department.division,
        "closed_at": None if closed is None else closed.isoformat(),
    }


def person_row(session: Session, account: Account) -> dict[str, Any]:
    """An account as it is shown to whoever manages it."""
    department = session.get_one(Department, account.department_id)
    return {
        "id": account.id,
        "name": account.name,
        "shown_name": account.shown_name,
        "department": department_row(department),
        "state": account.state,
        "must_change": account.must_change,
        "made_at": account.made_at.isoformat(),
        "grants": [
            {"id": one.id, "role": one.role, "division": one.division, "given_at": one.given_at.isoformat()}
            for one in grants_of(session, account.id)
        ],
    }
