"""Tokens by which a program asks in a person's name: never for more than that person may, and for less if so made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.actor import Actor
from app.errors import BadInput, Decided, NoRight
from app.register.people import sessions
from app.register.people.accounts import rights_of
from app.register.people.divisions import counties_of, named
from app.register.people.recorded import recorded
from app.register.people.required_factors import refuse_without
from app.register.people.rights import Right, actor_for, counties_in
from app.register.people.roles import ALL, allowing, covered, everyones, level_of, role
from app.store.models import Account, ApiToken

#: By this whoever finds one lying about, or a program that looks for such, knows what it is.
PREFIX = "lz_"

#: No token is good for longer, no account has more of them, no token lists more of either.
LONGEST, MOST, LISTED = timedelta(days=366), 20, 100

#: What wants the person: keys, passwords and sign-ins of their own.
NEVER = ("me.*", "sign_in.*", "tokens.*")

#: Nothing with a blank in it: patterns are kept with blanks between.
_SHAPE = re.compile(r"[a-z_]+\.([a-z_]+|\*)")


@dataclass(frozen=True, slots=True)
class Made:
    """A token just made; `secret` is told this once and kept nowhere."""

    token: ApiToken
    secret: str


def make(
    session: Session, account: Account, name: str, functions: Sequence[str], divisions: Sequence[str], last_day: date
) -> Made:
    """Make a token for an account. No divisions: all that the account's rights are in now.

    Raises:
        Decided: when the account is disabled.
        BadInput: when its name, functions, divisions or last day will not do.
        NoRight: when it would be good for more than its holder may.
    """
    if account.state != "active":
        raise Decided("停用的账号不能有令牌", fix="请先启用账号", code="token.disabled")
    rights = rights_of(session, account.id)
    called, until = _called(name), _end_of(last_day)
    wanted = _functions(functions, rights)
    places = _divisions(session, divisions, rights)
    _refuse_too_many(session, account)
    secret, now = PREFIX + sessions.new_token(), clock.now()
    token = ApiToken(
        account_id=account.id,
        name=called,
        digest=sessions.digest_of(secret),
        functions=" ".join(wanted),
        divisions=" ".join(places),
        made_at=now,
        until=until,
    )
    session.add(token)
    session.flush()
    after = {"account": account.name, "functions": wanted, "divisions": places, "until": last_day.isoformat()}
    recorded(session, "tokens.make", token.id, of=account.id, after=after)
    return Made(token, secret)


def holder(session: Session, text: str) -> Account | None:
    """In whose name a token asks; None when it is unknown, ended or over, or its holder's account is disabled."""
    found = _standing(session, text)
    return found and found[1]


def bearer(session: Session, text: str, function: str, origin: str) -> Actor | None:
    """Whoever asks by a token, limited to what both the token and its holder's rights at this moment allow.

    Raises:
        NoRight: when the function is not in the token, no longer among the holder's rights, or the holder has to
            change the password or set up a second factor first.
    """
    found = _standing(session, text)
    if found is None:
        return None
    token, account = found
    if not covered(function, token.functions.split()) or _never(function):
        raise NoRight("这个令牌不能做这件事", fix="请登录后自己办，或另发一个包含它的令牌", code="token.function")
    if account.must_change:
        raise NoRight("令牌的主人要先改口令", fix="请登录后改口令，令牌就又能用", code="password.change_first")
    held, counties = rights_of(session, account.id), counties_of(session)
    refuse_without(session, account.id, held)
    rights = narrowed(held, token.divisions.split(), counties)
    whence = f"{origin}（令牌 {token.name}）"
    return actor_for(account.shown_name, rights, function, counties_of=counties, account=account.id, origin=whence)


def narrowed(
    rights: Iterable[Right], divisions: Iterable[str], counties: Callable[[str], Iterable[str]]
) -> tuple[Right, ...]:
    """Rights as far as they lie within these divisions; none at a level where its role is not given."""
    places = tuple(divisions)
    kept = (_narrowed(right, place, counties) for right in rights for place in places)
    return tuple(dict.fromkeys(right for right in kept if right is not None))


def end(token: ApiToken, why: str) -> None:
    """End a token for good."""
    token.ended_at, token.ended_why = clock.now(), why


def end_all(session: Session, account_id: str, why: str) -> None:
    """End every token of an account for good."""
    standing = update(ApiToken).where(ApiToken.account_id == account_id, ApiToken.ended_at.is_(None))
    session.execute(standing.values(ended_at=clock.now(), ended_why=why))


def _standing(session: Session, text: str) -> tuple[ApiToken, Account] | None:
    if not (text.startswith(PREFIX) and text.isascii()):
        return None
    joined = select(ApiToken, Account).join(Account, Account.id == ApiToken.account_id)
    found = session.execute(joined.where(ApiToken.digest == sessions.digest_of(text))).one_or_none()
    if found is None:
        return None
    token, account = found
    over = token.ended_at is not None or clock.now() >= token.until or account.state != "active"
    return None if over else (token, account)


def _narrowed(right: Right, place: str, counties: Callable[[str], Iterable[str]]) -> Right | None:
    if _within(right.division, place, counties):
        return right
    of, level = role(right.role), level_of(place)
    # A role that is less in a city would be more in one of its counties.
    same = of.functions_at(level) == of.functions_at(level_of(right.division))
    if _within(place, right.division, counties) and level in of.levels and same:
        return Right(right.role, place)
    return None


def _within(part: str, whole: str, counties: Callable[[str], Iterable[str]]) -> bool:
    """Whether a division lies within another, or is it."""
    if part == whole or whole == ALL:
        return True
    return level_of(part) in ("township", "county") and part[:6] in counties_in(whole, counties)


def _never(function: str) -> bool:
    """Who one is may be asked by a token; nothing else of one's own."""
    return function != "me.read" and covered(function, NEVER)


def _all_of_it(way: str, held: Sequence[str]) -> bool:
    """Whether what a pattern stands for is held whole."""
    return way in held or (not way.endswith(".*") and covered(way, held))


def _called(name: str) -> str:
    called = " ".join(name.replace("\x00", " ").split())
    if not 1 <= len(called) <= 40 or not called.isprintable():
        raise BadInput("没有写令牌的名称，或者写法不对", fix="请用 40 个字以内写明给什么程序用", code="token.name")
    return called


def _end_of(last_day: date) -> datetime:
    today = clock.today()
    if not today <= last_day <= today + LONGEST:
        latest = (today + LONGEST).isoformat()
        raise BadInput("令牌的最后一天不对", fix=f"请写今天到 {latest} 之间的一天", code="token.until")
    return datetime.combine(last_day + timedelta(days=1), time(), clock.CHINA)


def _functions(functions: Sequence[str], rights: Iterable[Right]) -> list[str]:
    wanted = sorted(set(functions))
    if not 1 <= len(wanted) <= LISTED:
        fix = f"请写 1 到 {LISTED} 项，如 enterprises.* ledger.read；自己有哪些见 GET /api/v1/me"
        raise BadInput("没有写令牌能做什么，或者太多", fix=fix, code="token.functions")
    held = [*everyones(), *allowing((one.role, one.division) for one in rights)]
    beyond = [way for way in wanted if not _SHAPE.fullmatch(way) or _never(way) or not _all_of_it(way, held)]
    if beyond:
        said = "、".join(beyond[:5])
        raise NoRight(
            f"令牌不能做这些：{said}", fix="只能写令牌的主人有权做的；口令、令牌、登录只能本人办", code="token.beyond"
        )
    return wanted


def _divisions(session: Session, divisions: Sequence[str], rights: Sequence[Right]) -> list[str]:
    places = sorted(set(divisions) or {one.division for one in rights})
    if len(places) > LISTED:
        raise BadInput("写的地方太多", fix=f"请写 {LISTED} 个以内", code="token.divisions")
    counties = counties_of(session)
    for place in places:
        named(session, place)
        if not any(_narrowed(one, place, counties) == Right(one.role, place) for one in rights):
            raise NoRight(f"令牌不能用于“{place}”", fix="只能写令牌的主人有权限的地方", code="token.division_beyond")
    return places


def _refuse_too_many(session: Session, account: Account) -> None:
    standing = select(func.count(ApiToken.id)).where(ApiToken.account_id == account.id, ApiToken.ended_at.is_(None))
    if (session.scalar(standing.where(ApiToken.until > clock.now())) or 0) >= MOST:
        raise BadInput(f"已有 {MOST} 个令牌可用", fix="请先停用不用的", code="token.too_many")
