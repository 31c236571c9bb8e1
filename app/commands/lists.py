"""`luzhang list`, `luzhang count`, `luzhang views …`: lists of the register by filters that combine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.chinese import Command, Group
from app.commands.opening import County, Demo, Json, asked_county, opened
from app.commands.output import DONE, LOOK, note, object_line, say
from app.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.register.lists.found import Found
    from app.register.lists.over_counties import FoundOver

Noun = Annotated[
    str | None,
    typer.Argument(
        metavar="清单", help="enterprises、equipment、permits、plans、actions、figures，或中文名，或整个查询地址"
    ),
]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="项=值", help="筛选，可写多次：state=idle、capacity_t=0.25..3、state!=removed"),
]
Maybe = Annotated[str | None, typer.Option("--maybe", metavar="怎样", help="不能确定的：exclude、include 或 only")]
Division = Annotated[
    str | None, typer.Option("--division", metavar="代码", help="问一个市、省的各县：2位或4位代码，不再写 --county")
]
Sort = Annotated[
    list[str] | None,
    typer.Option("--sort", metavar="栏目", help="按哪一栏排列，可写多次；从大到小的前面加 -，如 -capacity_t 或 -容量"),
]
Saved = Annotated[str | None, typer.Option("--saved", metavar="名称", help="用已存的查询")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="问哪一天的情况，默认今天")]
Known = Annotated[str | None, typer.Option("--known", metavar="何时", help="按当时所知：变更编号，或时刻")]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="文件", help="写到这个文件：.xlsx、.csv、.ndjson，企业还可 .geojson"),
]
Purpose = Annotated[
    str | None, typer.Option("--purpose", metavar="用途", help="完整显示联系电话，写明作什么用；会记录下来")
]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么")]
Name = Annotated[str, typer.Argument(metavar="名称", help="查询的名称")]


def enlist(program: typer.Typer) -> None:
    """Add the commands to the program."""
    program.command("list", cls=Command, help="列清单：各项筛选合在一起，可存下来，可写成文件")(listed)
    program.command("count", cls=Command, help="数一数：同样的筛选，多少条、多少家、多少台")(counted)
    kept = typer.Typer(cls=Group, rich_markup_mode=None, help="已存的查询")
    kept.command("list", cls=Command, help="列出已存的查询和地址")(views_listed)
    kept.command("drop", cls=Command, help="不再保留一个查询")(view_dropped)
    kept.callback()(lambda: None)
    program.add_typer(kept, name="views", help="已存的查询")


def listed(
    noun: Noun = None,
    where: Where = None,
    maybe: Maybe = None,
    sort: Sort = None,
    saved: Saved = None,
    save: Annotated[str | None, typer.Option("--save", metavar="名称", help="把这个查询存为这个名称")] = None,
    reason: Reason = "",
    county: County = None,
    division: Division = None,
    as_of: AsOf = None,
    known: Known = None,
    limit: Annotated[int, typer.Option("--limit", metavar="条数", help="最多列多少条，默认 100", min=1)] = 100,
    output: Output = None,
    purpose: Purpose = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """List what fits."""
    from app.register.personal.lists import record_rows
    from app.register.personal.shown import purpose_told
    from app.register.scope import LOCAL_OPERATOR

    why = None if purpose is None else purpose_told(purpose)
    engine = opened(demo, county)
    beside = _beside(demo, county, as_of, known, maybe, division)
    beside += [("sort", ",".join(sort))] if sort else []
    asked, pairs = _asked(engine, noun, where, saved, beside)
    if output:
        found, result = _written(engine, asked, pairs, Path(output), limit, why)
    else:
        answer = _found(engine, asked, pairs, whole=why is not None)
        found, result = answer, answer.as_dict() | {"items": answer.page(0, limit)}
        if why is not None:
            record_rows(engine, answer, result["items"], why, LOCAL_OPERATOR)
    if save:
        result["saved"] = _save(engine, found, save, reason)
    if as_json:
        object_line(result, whole=why is not None)
    else:
        _tell(result, limit, whole=why is not None)
        if output:
            note(f"清单已写到 {output}")
    return LOOK if result["counts"]["maybe"]["rows"] else DONE


def counted(
    noun: Noun = None,
    where: Where = None,
    maybe: Maybe = None,
    saved: Saved = None,
    county: County = None,
    division: Division = None,
    as_of: AsOf = None,
    known: Known = None,
    demo: Demo = False,
    as_json: Json = False,
) -> int:
    """Count what fits."""
    engine = opened(demo, county)
    asked = _asked(engine, noun, where, saved, _beside(demo, county, as_of, known, maybe, division))
    result = _found(engine, *asked).as_dict()
    if as_json:
        object_line(result)
    else:
        _tell_counts(result)
    return LOOK if result["counts"]["maybe"]["rows"] else DONE


def views_listed(county: County = None, known: Known = None, demo: Demo = False, as_json: Json = False) -> int:
    """List the views kept."""
    from app.register.asking import county_asked, known_asked
    from app.register.lists.saved import views
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(opened(demo, county)) as session:
        code = county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)
        at = known_asked(session, code, known)
        rows = [one.as_dict() for one in views(session, code, at, LOCAL_OPERATOR)]
    if as_json:
        object_line({"county": code, "known": at, "views": rows})
        return DONE
    for row in rows:
        say(f"{row['name']}　第 {row['change']} 号变更　{row['by']}　{row['address']}")
    return DONE


def view_dropped(name: Name, reason: Reason, county: County = None, demo: Demo = False, as_json: Json = False) -> int:
    """Drop a view."""
    from app.register.asking import county_asked
    from app.register.lists.saved import drop_view
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    engine = opened(demo, county)
    with reading(engine) as session:
        code = county_asked(session, asked_county(demo, county), LOCAL_OPERATOR)
    result = drop_view(engine, code, name, reason=reason, actor=LOCAL_OPERATOR)
    if as_json:
        object_line(result)
    else:
        say(f"不再保留查询“{result['name']}”（第 {result['change']} 号变更）")
    return DONE


def _beside(
    demo: bool, county: str | None, as_of: str | None, known: str | None, maybe: str | None, division: str | None
) -> list[tuple[str, str]]:
    """What is told beside the filters; the last word counts, so it stands behind a view's own."""
    told = {"county": asked_county(demo, county), "as_of": as_of, "known": known, "maybe": maybe, "division": division}
    return [(key, value) for key, value in told.items() if value]


def _asked(
    engine: Engine, noun: str | None, where: list[str] | None, saved: str | None, beside: list[tuple[str, str]]
) -> tuple[str, list[tuple[str, str]]]:
    """The list, and its query keys and values, of what was written on the command line."""
    from app.register.asking import county_asked
    from app.register.lists.asked import read_address
    from app.register.lists.columns import NOUNS
    from app.register.lists.reading import said
    from app.register.lists.saved import view_called
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading
    from app.store.models import OPEN

    if (noun is None) is (saved is None) or (saved and where):
        raise BadInput(
            "写清单和筛选，或写 --saved，只写一样", fix="例如 list equipment --where state=idle", code="usage"
        )
    pairs: list[tuple[str, str]] = []
    for text in where or ():
        one = said(text)
        pairs.append((f"{one.name}.{one.operation}" if one.operation else one.name, one.value))
    if saved is not None:
        with reading(engine) as session:
            code = county_asked(session, dict(beside).get("county"), LOCAL_OPERATOR)
            view = view_called(session, code, saved, OPEN - 1, LOCAL_OPERATOR)
        return view.noun, view.pairs + beside
    noun, told = read_address({zh: code for code, zh in NOUNS.items()}.get(noun or "", noun or ""))
    return noun, told + pairs + beside


def _found(engine: Engine, noun: str, pairs: list[tuple[str, str]], *, whole: bool = False) -> Found | FoundOver:
    from app.register.lists.asked import ask_for
    from app.register.lists.found import found
    from app.register.lists.over_counties import found_over
    from app.register.scope import LOCAL_OPERATOR
    from app.store.engine import reading

    with reading(engine) as session:
        if any(key == "division" for key, _ in pairs):
            return found_over(session, noun, pairs, LOCAL_OPERATOR, whole=whole)
        return found(session, ask_for(session, noun, pairs, LOCAL_OPERATOR, whole=whole), LOCAL_OPERATOR)


def _written(
    engine: Engine, noun: str, pairs: list[tuple[str, str]], path: Path, limit: int, purpose: str | None
) -> tuple[Found | FoundOver, dict[str, Any]]:
    """Write the list to a file, telling a person at the terminal how far it is; and what is told of it after."""
    from app.commands.progress import advancing
    from app.register.lists.export import export
    from app.register.personal.lists import record_file
    from app.register.scope import LOCAL_OPERATOR
    from reports.exports import form_called, pieces
    from reports.files import write_file

    form = form_called(noun, path.name)
    given = export(engine, noun, pairs, LOCAL_OPERATOR, whole=purpose is not None)
    if purpose is not None:
        record_file(engine, given, purpose, LOCAL_OPERATOR)
    with advancing(given.told, "条") as told:
        given.watched(told, limit)
        write_file(path, pieces(given, form))
    return given.head, given.as_dict() | {"items": given.first}


def _save(engine: Engine, found: Found | FoundOver, name: str, reason: str) -> dict[str, Any]:
    from urllib.parse import parse_qsl

    from app.register.lists.saved import save_view
    from app.register.scope import LOCAL_OPERATOR

    if "division" in found.as_dict():
        raise BadInput("存下来的查询是一个县的", fix="请写 --county，或记下各县的查询地址", code="division.alone")
    asked = found.asked
    why = reason.strip() or f"存为“{name.strip()}”"
    pairs = parse_qsl(asked.saved, keep_blank_values=True)
    return save_view(engine, asked.county, name, asked.noun, pairs, reason=why, actor=LOCAL_OPERATOR).as_dict()


def _tell(result: dict[str, Any], limit: int, *, whole: bool = False) -> None:
    from app.register.lists import columns

    headings = ({"county": "县（市、区）"} if "division" in result else {}) | columns(result["noun"])
    for row in result["items"]:
        shown = (f"{zh} {word}" for name, zh in headings.items() if (word := _word(row, name)))
        say(("? " if row.get("maybe") else "  ") + "　".join(shown), whole=whole)
    if result["total"] > limit:
        say(f"  ……另有 {result['total'] - limit} 条，用 --limit 多列，或用 -o 写成文件")
    _tell_counts(result)
    if "saved" in result:
        say(f"已存为“{result['saved']['name']}”（第 {result['saved']['change']} 号变更）")


def _word(row: dict[str, Any], name: str) -> str:
    value = row["labels"].get(name, row.get(name))
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _tell_counts(result: dict[str, Any]) -> None:
    fits, maybe = (_counted(result["counts"][name]) for name in ("fits", "maybe"))
    unknown = result["counts"].get("owner_unknown")
    owners = f"；其中归属不明 {_counted(unknown)}" if unknown else ""
    say(f"截至 {result['as_of']}：符合 {fits}；不能确定 {maybe}{owners}")
    say(f"查询地址 {result['address']}")


def _counted(tally: dict[str, int | None]) -> str:
    words = {"enterprises": "{} 家", "furnaces": "{} 台", "gone": "已不在 {} 台"}
    told = [
        zh.format(tally[key]) for key, zh in words.items() if tally[key] is not None and (key != "gone" or tally[key])
    ]
    return " ".join([f"{tally['rows']} 条", *told])
