"""Signing in by the identity platform: sent there, come back, let in by the account opened for whom it names."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from authlib.integrations.base_client import OAuthError
from sqlalchemy import Engine

from app.domain.actor import Actor
from app.errors import IdentityRefused, NotSignedIn, OidcFailed
from app.register.people import sign_in
from app.register.people.oidc import id_token, kept
from app.register.people.oidc.asking import client, unusable
from app.register.people.oidc.configured import Platform
from app.register.people.oidc.identities import holder
from app.register.people.oidc.provider import Known
from app.register.people.recorded import recorded
from app.register.people.sign_in import Begun
from app.store.engine import acting, reading, unit

#: `openid` is what makes it a sign-in; `profile` holds the claims that are names.
_SCOPE = "openid profile"


def leave(platform: Platform, known: Known, back: str, onward: str) -> tuple[str, str]:
    """Where a browser is sent, and what it keeps until it comes `back`.

    Raises:
        ProviderUnavailable: when the platform does not say where.
    """
    provider, leaving = known.provider(platform), kept.leaving(back, onward)
    with client(platform) as asking:
        address, _ = asking.create_authorization_url(
            provider.authorization,
            state=leaving.state,
            code_verifier=leaving.verifier,
            nonce=leaving.nonce,
            redirect_uri=back,
            scope=_SCOPE,
        )
    return str(address), kept.sealed(leaving)


def named(platform: Platform, known: Known, leaving: kept.Leaving, brought: dict[str, str]) -> id_token.Told:
    """Whom the platform names, asked with what the browser brought back.

    Raises:
        OidcFailed: when it is not what this browser was sent for, or the platform does not stand by it.
        ProviderUnavailable: when it cannot be asked.
    """
    state, code = brought.get("state", ""), brought.get("code", "")
    if not compare_digest(state.encode("utf-8", "surrogatepass"), leaving.state.encode()) or not code:
        raise OidcFailed
    if brought.get("iss", platform.issuer) != platform.issuer:
        raise OidcFailed
    answer = _exchanged(platform, known, leaving, code)
    text, access = answer.get("id_token"), answer.get("access_token")
    try:
        try:
            return id_token.told(text, known.keys(platform), platform, leaving.nonce, access)
        except id_token.UnknownKey:
            return id_token.told(text, known.keys(platform, anew=True), platform, leaving.nonce, access)
    except id_token.Untrue as error:
        unusable(f"its token is not taken: {error}")
        raise OidcFailed from error


def let_in(
    engine: Engine, told: id_token.Told, origin: str, code: str | None = None, before: str | None = None
) -> Begun:
    """Sign in whoever the account is opened for; the sign-in of the token `before` is over.

    Raises:
        IdentityRefused: when there is none, or it is disabled or locked.
        NotSignedIn: when its second factor is still to be told.
        SignInRefused: when that was wrong.
    """
    with reading(engine) as session:
        found = holder(session, told.digest)
        who = Actor("未登录", frozenset(), origin=origin)
        if found is not None:
            who = Actor(found[1].shown_name, account=found[1].id, origin=origin)
    refused: NotSignedIn | None
    with unit(acting(engine, who)) as session:
        begun, refused = None, IdentityRefused()
        # Once more: it may have been ended since.
        found = holder(session, told.digest)
        if found is None:
            _record_refused(session, told)
        else:
            by = sign_in.By(found[0].id, told.factor, told.digest)
            begun, refused = sign_in.by_identity(session, found[1], by, code, origin, before)
    if begun is None:
        raise refused or IdentityRefused()
    return begun


def _exchanged(platform: Platform, known: Known, leaving: kept.Leaving, code: str) -> dict[str, Any]:
    provider = known.provider(platform)
    with client(platform, provider.auth_method) as asking:
        try:
            answer = asking.fetch_token(
                provider.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=leaving.verifier,
                redirect_uri=leaving.back,
            )
        except OAuthError as error:
            unusable(f"it refuses the code: {str(error.error)[:80]!r}")
            raise OidcFailed from error
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise unusable("no JSON object for the code") from error
    return dict(answer)


def _record_refused(session: Any, told: id_token.Told) -> None:
    after = {"identity": told.digest}
    recorded(session, "oidc.sign_in", "—", result="failed", code=IdentityRefused.code, after=after)
