"""`luzhang paper …`: papers of the procedure with their files; recorded, revised, withdrawn, handed out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import (
    AsOf,
    County,
    Demo,
    Json,
    Known,
    Reason,
    asked_county,
    opened,
    reading_county,
    register_of,
)
from app.commands.output import DONE, object_line, say
from app.errors import BadInput, LuzhangError, Unreadable

if TYPE_CHECKING:
    from app.register.papers.evidence_files import File

Paper = Annotated[str, typer.Argument(metavar="文书", help="文书的编号，见 luzhang paper list")]
Number = Annotated[
    str | None, typer.Option("--number", metavar="文号", help="如 湘环督办函〔2023〕70号，括号怎样写都行")
]
Issuer = Annotated[str | None, typer.Option("--issuer", metavar="机关", help="哪个机关、协会、单位出的")]
Dated = Annotated[str | None, typer.Option("--dated", metavar="日期", help="成文日期：2025-12-09、2025年11月下旬")]
Title = Annotated[str | None, typer.Option("--title", metavar="标题", help="文书的标题")]
Named = Annotated[
    list[str] | None, typer.Option("--names", metavar="企业", help="点名的企业：全称、18位代码或编号；可写几次")
]

_HELP = "文书和证据：函件、通知、决定、报告、证明，连同扫描件、照片"


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    paper = typer.Typer(cls=Group, rich_markup_mode=None, help=_HELP)
    paper.command("add", cls=Command, help="记一份文书，可附文件（按内容认类型，同样的字节只存一份）")(add)
    paper.command("list", cls=Command, help="列出文书：文号、机关、日期、哪家企业、附的文件")(listed)
    paper.command("show", cls=Command, help="一份文书和它的前后修订")(shown)
    paper.command("revise", cls=Command, help="修订一份文书：没有写的照旧，原来的仍可查")(revised)
    paper.command("withdraw", cls=Command, help="撤回一份文书")(withdrawn)
    paper.command("get", cls=Command, help="取出文书的原件，写到一个新文件")(got)
    paper.callback()(lambda: None)
    program.add_typer(paper, name="paper", help=_HELP)


def add(
    kind: Annotated[str, typer.Argument(metavar="种类", help="如 函件、停产通知、符合验收条件证明")],
    reason: Reason,
    file: Annotated[str | None, typer.Argument(metavar="文件", help="扫描件、照片等，不超过 30 MB")] = None,
    number: Number = None,
    issuer: Issuer = None,
    dated: Dated = None,
    title: Title = None,
    firm: Annotated[
        str | None, typer.Option("--firm", metavar="企业", help="是哪一家的：全称、18位代码或编号；几家的不写")
    ] = None,
    named: Named = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record a paper."""
    from app.api.documents import days_or_none
    from app.register.papers import acts
    from app.register.papers.recording import NewDocument
    from app.register.scope import LOCAL_OPERATOR

    sent = _file(file)
    told = NewDocument(kind, number, issuer, days_or_none(dated), title, firm, None, None, tuple(named or ()))
    engine, code = register_of(demo, county)
    return _say(acts.record(engine, code, told, sent, reason=reason, actor=LOCAL_OPERATOR), as_json)


def revised(
    paper: Paper,
    reason: Reason,
    file: Annotated[str | None, typer.Argument(metavar="文件", help="修订后的扫描件；不写则照旧")] = None,
    number: Number = None,
    issuer: Issuer = None,
    dated: Dated = None,
    title: Title = None,
    named: Named = None,
    county: County = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Record the revision of a paper."""
    from app.api.documents import days_or_none
    from app.register.papers import acts
    from app.register.scope import LOCAL_OPERATOR

    told = acts.Revision(number, issuer, days_or_none(dated), title, tuple(named) if named else None, _file(file))
    engine, code = register_of(demo, county)
    return _say(acts.revise(engine, code, paper, told, reason=reason, actor=LOCAL_OPERATOR), as_json)


def withdrawn(paper: Paper, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Take a paper back."""
    from app.register.papers import acts
    from app.register.scope import LOCAL_OPERATOR

    engine, code = register_of(demo, county)
    return _say(acts.withdraw(engine, code, paper, reason=reason, actor=LOCAL_OPERATOR), as_json)


def listed(
    firm: Annotated[str | None, typer.Argument(metavar="企业", help="只看这一家：全称、18位代码或编号")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="种类", help="只看这一种，如 函件")] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="文号", help="只看这个文号")] = None,
    revised: Annotated[bool, typer.Option("--revised", help="被修订的也列出")] = False,
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List papers."""
    from app.domain.register import AsOf as Moment
    from app.register.asking import day_asked, known_asked
    from app.register.papers import acts
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        wanted = acts.Wanted(kind, firm, number, revised)
        rows = acts.listed(session, code, wanted, moment, LOCAL_OPERATOR)
    if as_json:
        told = {"county": code, "as_of": moment.day.isoformat(), "known": moment.known}
        object_line({**told, "documents": rows})
    else:
        for row in rows:
            _tell(row)
    return DONE


def shown(paper: Paper, county: County = None, known: Known = None, demo: Demo = False, as_json: Json = False) -> int:
    """Show a paper with its revisions."""
    from app.register.asking import known_asked
    from app.register.papers import acts
    from app.register.scope import LOCAL_OPERATOR

    with reading_county(demo, county) as (session, code):
        row = acts.shown(session, code, paper, known_asked(session, code, known), LOCAL_OPERATOR)
    if as_json:
        object_line(row)
        return DONE
    _tell(row)
    for title, rows in (("它顶替的", row["earlier"]), ("顶替它的", row["later"])):
        for one in rows:
            say(f"{title}：")
            _tell(one)
    return DONE


def got(
    paper: Paper,
    output: Annotated[str, typer.Option("-o", "--output", metavar="文件", help="写到这个新文件，或已有的文件夹")],
    county: County = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Write the file of a paper to a new file."""
    from app.api.imports import safe_name
    from app.register.asking import county_asked, known_asked
    from app.register.papers import acts
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    engine = opened(demo, county)
    with reading(engine) as session:
        code = county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)
        at = known_asked(session, code, known)
    handed = acts.handed(engine, code, paper, at, LOCAL_OPERATOR)
    target = Path(output)
    target = target / safe_name(handed.name) if target.is_dir() else target
    _write(handed, target)
    if as_json:
        object_line({"document": paper, "file": str(target), "size": handed.size, "sha256": handed.sha256})
    else:
        say(f"已写出 {target}（{handed.size} 字节）")
    return DONE


def _write(handed: Any, target: Path) -> None:
    """A new file, whole and of the right digest, or none."""
    from hashlib import sha256

    if target.exists():
        raise BadInput(f"已经有“{target.name}”，没有覆盖", fix="请换一个文件名或文件夹", code="place.not_empty")
    unfinished, digest = target.with_name(f"{target.name}.unfinished"), sha256()
    try:
        with unfinished.open("wb") as written:
            for piece in handed.pieces:
                digest.update(piece)
                written.write(piece)
        if digest.hexdigest() != handed.sha256:
            fix = "请运行 luzhang verify 查看登记库是否被改动"
            raise LuzhangError("取出的内容与登记的校验值不符，没有写出", fix=fix, code="evidence.altered")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _file(name: str | None) -> File | None:
    """The file that is told, looked at; one byte over the limit is enough to refuse it."""
    from app.domain.file_types import LARGEST
    from app.register.papers.evidence_files import looked_at

    if name is None:
        return None
    path = Path(name)
    if not path.is_file():
        raise Unreadable("没有这个文件", fix="请核对文件名和所在的文件夹", code="file.absent")
    with path.open("rb") as sent:
        return looked_at(sent.read(LARGEST + 1), path.name)


def _tell(row: dict[str, Any]) -> None:
    firms = [one["name"] or one["id"] for one in ([row["enterprise"]] if row["enterprise"] else []) + row["named"]]
    dated = row["dated"]["text"] if row["dated"] else "日期不明"
    later = f"　已被修订（{row['revised_by']}）" if row["revised_by"] else ""
    head = [row["label"], row["number"] or "无文号", row["issuer"] or "机关不明", dated]
    say(f"{row['document']}　第 {row['change']} 号变更　{row['by']}　{'　'.join(head)}{later}")
    title = f"{row['title']}；" if row["title"] != row["label"] else ""
    say(f"    {title}{'、'.join(firms) or '没有写是哪家企业的'}。{row['reason']}")
    if row["file"]:
        one = row["file"]
        say(f"    附 {one['name']}（{one['label']}，{one['size']} 字节）")
    for doubt in row["doubts"]:
        say(f"    注意：{doubt}")


def _say(told: dict[str, Any], as_json: bool) -> int:
    if as_json:
        object_line(told)
        return DONE
    if "taken_back" in told:
        say(f"已撤回：第 {told['change']} 号变更")
    else:
        say(f"已记下：第 {told['change']} 号变更，文书编号 {told['document']}")
        for doubt in told["doubts"]:
            say(f"注意：{doubt}")
    return DONE
