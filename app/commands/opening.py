"""Which register, county, day and knowledge a command is asked of, and how it is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.handed_out import OPENED
from app.commands.output import note
from app.errors import BadInput, NotFound, UnknownCounty
from app.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.domain.register import AsOf as Moment

DEMO_COUNTY = "431127"

County = Annotated[str | None, typer.Option("--county", metavar="代码", help="县（市、区）的6位代码，如 431127")]
Township = Annotated[str | None, typer.Option("--township", metavar="代码", help="乡镇（街道）的9位代码或名称")]
Demo = Annotated[bool, typer.Option("--demo", help="用示例县的登记库（默认 431127），不动正式的")]
Json = Annotated[bool, typer.Option("--json", help="只输出 JSON，一行一个")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="问哪一天的情况，默认今天")]
Known = Annotated[str | None, typer.Option("--known", metavar="何时", help="按当时所知：变更编号，或时刻")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="依据是什么")]
Firm = Annotated[str, typer.Argument(metavar="企业", help="企业全称、18位代码或编号")]
OneFirm = Annotated[str | None, typer.Argument(metavar="企业", help="只问这一家：全称、18位代码或编号")]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="文件.xlsx", help="写到这个文件")]


def county_code(text: str) -> str:
    """A county's code as six digits, before it is used in any path."""
    if not re.fullmatch(r"\d{6}", text, re.ASCII):
        raise UnknownCounty(f"“{text}”不是县（市、区）的6位代码")
    return text


def asked_county(demo: bool, county: str | None) -> str | None:
    """The county told; the example's own where the example is asked and none is told."""
    return county_code(county) if county else DEMO_COUNTY if demo else None


def required_county(demo: bool, county: str | None) -> str:
    """As `asked_county`, for a command that cannot go without.

    Raises:
        UnknownCounty: when none is told.
    """
    code = asked_county(demo, county)
    if code is None:
        raise UnknownCounty("没有指明县", fix="请用 --county 指明县的6位代码，例如 --county 431127")
    return code


def demo_database(county: str | None) -> Path:
    """The file of an example county's register."""
    return Settings().demo_folder(county_code(county or DEMO_COUNTY)) / "luzhang.db"


def url_of(demo: bool, county: str | None) -> str:
    """The database of the register asked for.

    Raises:
        NotFound: when the example has not been made.
    """
    if not demo:
        return Settings().url()
    database = demo_database(county)
    if not database.is_file():
        raise NotFound("示例县还没有建立", fix="请先运行 luzhang demo", code="demo.absent")
    return f"sqlite:///{database}"


def keys_of(demo: bool, county: str | None) -> Path:
    """The folder of the keys of the register asked for."""
    return demo_database(county).parent / "keys" if demo else Settings().keys()


def opened(demo: bool, county: str | None, *, mend: bool = True) -> Engine:
    """The register asked for, its tables up to date; `mend` False takes its dictionary as it stands."""
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    from app.store.engine import open_engine
    from app.store.key_check import require_keys
    from app.store.schema import prepare

    owner_url = None if demo else Settings().owner_url
    try:
        engine = open_engine(url_of(demo, county), keys_of(demo, county))
        owner = open_engine(owner_url) if owner_url and engine.dialect.name == "postgresql" else None
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise BadInput(
            "LUZHANG_DATABASE_URL 不是本程序能用的数据库地址",
            fix="请写成 postgresql://用户@主机/库名，或不设它",
            code="database.url",
        ) from error
    prepare(engine, mend=mend, owner=owner)
    if owner is not None:
        owner.dispose()
    if mend:  # else it is to be verified, which says what is wrong with the keys
        require_keys(engine)
    OPENED.append(engine)
    return engine


def warn_of_role(engine: Engine) -> None:
    """Say in a line where the program connects as somebody whom neither grants nor policies hold."""
    from app.store.database_role import warning

    if said := warning(engine):
        note(said)


@contextmanager
def reading_county(demo: bool, county: str | None) -> Iterator[tuple[Session, str]]:
    """A reading of the register asked for, with the county in it that is meant.

    Raises:
        UnknownCounty: when there is no such county, or several are there and none is told.
    """
    from app.register.asking import county_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        yield session, county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)


def register_of(demo: bool, county: str | None) -> tuple[Engine, str]:
    """The register asked for, and the county in it that is meant: what an act is carried out on.

    Raises:
        UnknownCounty: as `reading_county`.
    """
    from app.register.asking import county_asked
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    engine = opened(demo, county)
    with reading(engine) as session:
        return engine, county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)


def moment(session: Session, code: str, as_of: str | None, known: str | None) -> Moment:
    """The day and the knowledge asked about."""
    from app.domain.register import AsOf as Moment
    from app.register.asking import day_asked, known_asked

    return Moment(day_asked(as_of), known_asked(session, code, known))
