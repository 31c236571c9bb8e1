"""`luzhang ledger`, `luzhang ledgers`: a quarter's ledger drawn up, checked, issued, listed and compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command
from app.commands.ledger_words import told_check, told_comparison, told_standings
from app.commands.opening import Demo, Json, Output, asked_county, opened, required_county
from app.commands.output import DONE, LOOK, object_line, say
from app.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.register.ledgers import Issued

Quarter_ = Annotated[str, typer.Argument(metavar="季度", help="如 2025Q4")]
County = Annotated[
    str | None,
    typer.Option(
        "--county", metavar="代码", help="县（市、区）的6位代码，如 431127；市、省的4位、2位代码出各县合在一起的"
    ),
]
Issue = Annotated[bool, typer.Option("--issue", help="正式出具：核对、编号、留底、冻结")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="理由", help="再出一版的理由")]
Draft = Annotated[bool, typer.Option("--draft", help="已出具的也按今天的数据另出草稿")]
Check = Annotated[bool, typer.Option("--check", help="只核对：各表是否加得起来，并记下结果")]
Revision = Annotated[int | None, typer.Option("--revision", metavar="N", help="取已出具的第几版，默认最新")]
Prepared = Annotated[str | None, typer.Option("--prepared-by", metavar="姓名", help="填报人")]
Checker = Annotated[str | None, typer.Option("--checked-by", metavar="姓名", help="审核人")]
Approved = Annotated[str | None, typer.Option("--approved-by", metavar="姓名", help="签发人")]


#: Two or four digits, or a city's own six: whether there is such a division the register's dictionary says.
_DIVISION = r"\d{2}|\d{4}(00)?"


def division_told(county: str | None) -> bool:
    """Whether it may be a city or province that is told: the example's folders are counties'."""
    return bool(county and re.fullmatch(_DIVISION, county, re.ASCII))


def ledgers_asked(demo: bool, county: str | None) -> str | None:
    """As `asked_county`, with cities and provinces."""
    return county if division_told(county) else asked_county(demo, county)


def ledgers_opened(demo: bool, county: str | None) -> Engine:
    """The register asked for; a city is asked of the example's own."""
    return opened(demo, None if division_told(county) else county)


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("ledger", cls=Command, help="出季度台账（Excel）；核对、签发、更正")(ledger)
    program.command("ledgers", cls=Command, help="台账办到哪一步：核对、签发、各版；compare 比较两版")(ledgers)


def ledger(
    quarter: Quarter_,
    county: County = None,
    output: Output = None,
    issue: Issue = False,
    reason: Reason = None,
    draft: Draft = False,
    check: Check = False,
    revision: Revision = None,
    prepared_by: Prepared = None,
    checked_by: Checker = None,
    approved_by: Approved = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Write the ledger of a quarter, or check it."""
    from app.domain.quarter import Quarter
    from app.register.ledgers import People
    from app.register.scope import LOCAL_OPERATOR
    from reports.ledger import write_ledger

    asked = Quarter.parse(quarter)
    code = county if county and division_told(county) else required_county(demo, county)
    people = People(prepared_by, checked_by, approved_by)
    if check:
        if output or issue or draft or reason or revision is not None or people.named():
            fix = "先用 --check 核对，再用 --issue 签发；签发时也会自动核对"
            raise BadInput("--check 只能单独用", fix=f"请{fix}", code="usage")
        return _check(quarter, code, demo, county, as_json)
    if not output:
        raise BadInput("没有指明台账写到哪里", fix="请用 -o 指明文件，例如 -o 台账.xlsx", code="usage")
    written = write_ledger(
        ledgers_opened(demo, county),
        asked,
        code,
        Path(output),
        issue=issue,
        reason=reason,
        draft=draft,
        revision=revision,
        people=people,
        actor=LOCAL_OPERATOR,
    )
    result = written.as_dict()
    if as_json:
        object_line(result)
    else:
        heads = "、".join(f"{of} 第{known}号变更" for of, known in (result.get("heads") or {}).items())
        told = f"，编号 {result['number']}" if result["number"] else "（草稿）"
        say(f"{asked.chinese}台账已写到 {output}{told}" + (f"；依据 {heads}" if heads else ""))
    return DONE


def _check(quarter: str, code: str, demo: bool, county: str | None, as_json: bool) -> int:
    from app.domain.quarter import Quarter
    from app.register.scope import LOCAL_OPERATOR
    from reports.ledger import check

    found = check(ledgers_opened(demo, county), Quarter.parse(quarter), code, record=True, actor=LOCAL_OPERATOR)
    _say(found, told_check(found), as_json)
    return DONE if found["passed"] else LOOK


def _say(found: dict[str, Any], sentences: Iterable[str], as_json: bool) -> None:
    if as_json:
        object_line(found)
        return
    for sentence in sentences:
        say(sentence)


def ledgers(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[季度 | compare 季度 A B]", help="不写是全部季度；compare 后写两版，如 2025Q4 1 2"),
    ] = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List the ledgers of a county, or compare two."""
    told = list(words or ())
    if told[:1] == ["compare"]:
        return _compare(told[1:], county, demo, as_json)
    if len(told) > 1:
        raise BadInput("季度只能写一个", fix="请写成 luzhang ledgers 2025Q4；比较两版用 compare", code="usage")
    from app.domain.quarter import Quarter
    from app.register.ledgers import whose
    from app.register.ledgers.standing import standings
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    quarter = Quarter.parse(told[0]) if told else None
    with reading(ledgers_opened(demo, county)) as session:
        code = whose(session, ledgers_asked(demo, county), LOCAL_OPERATOR)
        found = standings(session, code, quarter, LOCAL_OPERATOR)
    _say(found, told_standings(found), as_json)
    return DONE


def _compare(told: list[str], county: str | None, demo: bool, as_json: bool) -> int:
    """Two revisions of a quarter (2025Q4 1 2), or two ledgers (2025Q3 2025Q4-2)."""
    from app.register.ledgers import whose
    from app.register.ledgers.compare import compare
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    if len(told) == 3:
        told = [one if "q" in one.lower() else f"{told[0]}-{one}" for one in told[1:]]
    if len(told) != 2:
        fix = "请写成 luzhang ledgers compare 2025Q4 1 2，或 compare 2025Q3 2025Q4"
        raise BadInput("没有写清比较哪两版", fix=fix, code="usage")
    with reading(ledgers_opened(demo, county)) as session:
        code = whose(session, ledgers_asked(demo, county), LOCAL_OPERATOR)
        one, other = (issued_told(session, words, code) for words in told)
        found = compare(session, one, other, LOCAL_OPERATOR)
    _say(found, told_comparison(found), as_json)
    return LOOK if found["differs"] else DONE


def issued_told(session: Session, words: str, county: str | None) -> Issued:
    """The issue that is told: 2025Q4, 2025Q4-2, 431127-2025Q4-2, or the path of the very file.

    Raises:
        BadInput: when it is none of these.
        NotFound: when it was not issued.
    """
    import hashlib

    from app.register import ledgers
    from app.register.scope import LOCAL_OPERATOR

    path = Path(words)
    if path.is_file():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return ledgers.revision_of(session, *ledgers.issue_of_file(session, digest, LOCAL_OPERATOR), LOCAL_OPERATOR)
    if path.suffix.lower() in (".xlsx", ".xls", ".et"):
        raise BadInput(
            f"没有文件“{words}”", fix="请核对文件名和所在的文件夹，或直接写季度，如 2025Q4", code="file.absent"
        )
    own, quarter, revision = ledgers.numbered(words)
    code = ledgers.whose(session, county if county or not own else own, LOCAL_OPERATOR)
    if own and own != code:
        raise BadInput(f"编号 {words} 是 {own} 的，问的是 {county}", fix="请去掉 --county，或改正编号", code="usage")
    return ledgers.revision_of(session, code, quarter, revision, LOCAL_OPERATOR)
