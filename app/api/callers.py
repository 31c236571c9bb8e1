"""Who asks: by a sign-in's cookie, by a token, or, while the register has no accounts, whoever sits at this machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import Request

from app.api.audited import ASKER
from app.api.cookies import given
from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import NoRight, NotSignedIn
from app.register.people import tokens
from app.register.people.accounts import any_account, rights_of
from app.register.people.divisions import counties_of
from app.register.people.required_factors import refuse_without
from app.register.people.rights import actor_for
from app.register.people.roles import is_open
from app.register.people.sessions import by_identity, note_seen, standing
from app.store.engine import acting, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from app.register.people.rights import Right
    from app.store.account import SignedIn

#: What may be done with a password that must be changed.
WITH_AN_OLD_PASSWORD = ("me.read", "me.password", "sign_in.end")

#: What may be done before a second factor that a role asks for is set up.
WITHOUT_A_FACTOR = (*WITH_AN_OLD_PASSWORD, "me.factor", "me.factor_begin", "me.factor_confirm")

#: Whoever is not known yet: nothing of any county is theirs.
NOBODY = Actor("未登录", frozenset())


def actor_of(request: Request, function: str) -> Actor:
    """Whoever asks, limited to what is theirs for this function.

    Raises:
        NotSignedIn: when the register has accounts and nobody's sign-in or token comes with the request.
        NoRight: when the function is not theirs.
    """
    if is_open(function):
        return replace(NOBODY, origin=origin_of(request))
    engine, seen = request.app.state.engine, None
    with reading(acting(engine, NOBODY)) as session:
        bearer, token = _bearer(request), given(request)
        actor = None
        if bearer is not None:
            actor = _by_token(request, session, bearer, function)
            request.state.by_token = actor is not None
        elif token is not None:
            actor, seen = _by_cookie(request, session, token, function)
        if actor is None and (request.app.state.beyond or any_account(session)):
            raise NotSignedIn
    if seen is not None:
        note_seen(engine, seen)
    return actor or LOCAL_OPERATOR


def origin_of(request: Request) -> str:
    """The network address that a request comes from."""
    return request.client.host if request.client else ""


def _bearer(request: Request) -> str | None:
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else None


def _by_token(request: Request, session: Session, text: str, function: str) -> Actor | None:
    account, origin = tokens.holder(session, text), origin_of(request)
    if account is not None:
        setattr(request.state, ASKER, Actor(account.shown_name, frozenset(), account=account.id, origin=origin))
    return tokens.bearer(session, text, function, origin)


def _by_cookie(request: Request, session: Session, token: str, function: str) -> tuple[Actor | None, SignedIn | None]:
    found = standing(session, token)
    if found is None:
        return None, None
    signed_in, account = found
    name, origin = account.shown_name, origin_of(request)
    # Should the function not be theirs, it is still known whom it was refused to.
    setattr(request.state, ASKER, Actor(name, frozenset(), account=account.id, origin=origin))
    # Whoever the identity platform let in has told no password: there is none that would have to be changed.
    by = by_identity(session, signed_in) if account.must_change or function == "me.read" else None
    request.state.by_identity = by is not None
    if account.must_change and by is None and function not in WITH_AN_OLD_PASSWORD:
        raise NoRight("请先改口令", fix="一次性口令、到期的口令只能用来改口令", code="password.change_first")
    rights, counties = rights_of(session, account.id), counties_of(session)
    if function not in WITHOUT_A_FACTOR:
        _refuse_without_factor(session, signed_in, rights)
    actor = actor_for(name, rights, function, counties_of=counties, account=account.id, origin=origin)
    return actor, signed_in


def _refuse_without_factor(session: Session, signed_in: SignedIn, rights: Iterable[Right]) -> None:
    """Refuse whoever must have a second factor and has none, unless the identity platform asked for one."""
    try:
        refuse_without(session, signed_in.account_id, rights)
    except NoRight:
        by = by_identity(session, signed_in)
        if by is None or not by.factor:
            raise
