"""The parts of a programme's entry: scope, stages and their areas, buckets, criteria, duties, lists; and zones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from app.domain.dates import FOREVER
from app.rules.entries import Entry
from app.rules.programmes.programme import Area, Criterion, Duty, Figure, Listed, Scheme, Scope, Stage
from app.rules.programmes.zones import KINDS, Zone
from app.rules.yaml_blocks import Block


def each(entry: Entry, key: str, wanted: str) -> Iterator[Entry]:
    """The entries of a list, each to be closed by whoever reads it."""
    for node in entry.listed(key):
        if isinstance(node, Block):
            yield Entry(node, entry.faults, entry.name)
        else:
            entry.fault(key, f"“{key}”的每一项应写 {wanted}")


def words(entry: Entry, key: str, *, required: bool = False) -> tuple[str, ...]:
    """A list of texts, none twice."""
    found = entry.listed(key)
    if any(not isinstance(one, str) or not one.strip() for one in found):
        entry.fault(key, f"“{key}”应为文字的列表（编号要加引号）")
        return ()
    if required and not found:
        entry.fault(key, f"缺少“{key}”")
    texts = tuple(str(one).strip() for one in found)
    if len(set(texts)) < len(texts):
        entry.fault(key, f"“{key}”里有重复的项")
    return texts


def days(entry: Entry, *, required: bool = False) -> tuple[date, date]:
    """The days [since, until). A file states the first and the last day as its paper does."""
    first, last = entry.day("from"), entry.day("to")
    if required and (first is None or last is None):
        entry.fault("from", "缺少起止日期（from、to）")
    if first and last and first > last:
        entry.fault("to", "止日早于起日")
    return first or date.min, last + timedelta(days=1) if last and last < FOREVER else FOREVER


def scope(entry: Entry) -> Scope:
    """Who falls under a programme."""
    found = Scope(
        entry.text("name", required=True) or "",
        counties(entry),
        entry.text("text", required=True) or "",
        words(entry, "words"),
    )
    entry.close()
    return found


def counties(entry: Entry) -> tuple[str, ...]:
    """The codes of counties."""
    codes = words(entry, "counties", required=True)
    if any(not re.fullmatch(r"\d{6}", code) for code in codes):
        entry.fault("counties", "counties 应为6位县级代码的列表，要加引号")
    return codes


def stage(entry: Entry, zones: Mapping[str, Zone], scopes: Sequence[Scope]) -> Stage:
    """One stage with its places and days."""
    number = entry.take("no")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        entry.fault("no", "阶段的 no 应为从1起的整数")
        number = 0
    of = entry.text("scope", required=True) or ""
    trade = next((one for one in scopes if one.name == of), None)
    if trade is None:
        entry.fault("scope", f"范围里没有“{of}”")
    since, until = days(entry, required=True)
    areas = tuple(_area(one, zones, trade) for one in each(entry, "areas", "name 和 township 或 zone"))
    if not areas:
        entry.fault("areas", "缺少地方（areas）")
    text = entry.text("text", required=True) or ""
    entry.close()
    return Stage(number, of, text, since, until, areas)


def _area(entry: Entry, zones: Mapping[str, Zone], trade: Scope | None) -> Area:
    name = entry.text("name", required=True) or ""
    township, zone_id = entry.text("township"), entry.text("zone")
    if (township is None) == (zone_id is None):
        entry.fault("name", f"“{name}”应写 township（乡镇的9位代码）或 zone（地方的编号）之一")
    if township is not None and not re.fullmatch(r"\d{9}", township):
        entry.fault("township", "township 应为乡镇的9位代码，要加引号")
    found = zones.get(zone_id) if zone_id else None
    if zone_id is not None and found is None:
        entry.fault("zone", f"没有编号为“{zone_id}”的地方")
    county = found.county if found else (township or "")[:6]
    if trade is not None and county and county not in trade.counties:
        entry.fault("name", f"“{name}”不在{trade.name}的县里")
    entry.close()
    return Area(name, township, found)


def scheme(entry: Entry, figures: Mapping[str, Figure]) -> Scheme:
    """Buckets under the paper's own names."""
    name = entry.text("scheme", required=True) or ""
    text = entry.text("text", required=True) or ""
    names = words(entry, "names", required=True)
    stated: dict[str, str] = {}
    inner = entry.entry("stated")
    for bucket in inner.block if inner else ():
        figure = inner.text(bucket) if inner else None
        if bucket not in names or figure not in figures:
            entry.fault("stated", f"“{bucket}: {figure}”不是本口径的类别和 figures 里的编号")
        stated[bucket] = figure or ""
    total = entry.text("total")
    if total is not None and total not in figures:
        entry.fault("total", f"figures 里没有“{total}”")
    entry.close()
    return Scheme(name, text, names, stated, total)


def criterion(entry: Entry) -> Criterion:
    """What is to be reached, by when."""
    found = Criterion(
        entry.text("no", required=True) or "",
        entry.text("text", required=True) or "",
        entry.day("due"),
        entry.text("standing"),
    )
    if found.due and found.standing:
        entry.fault("standing", "有完成时限（due）的不能又是长期的（standing）")
    entry.close()
    return found


def duty(entry: Entry) -> Duty:
    """Who answers for a theme."""
    found = Duty(entry.text("theme", required=True) or "", words(entry, "units", required=True), entry.text("text"))
    entry.close()
    return found


def listed(entry: Entry) -> Listed:
    """A list, flat or by group, of as many as it says."""
    name = entry.text("name", required=True) or ""
    entry.name = f"{entry.name}的“{name}”"
    grouped = entry.entry("groups")
    if grouped is not None:
        groups = {group: words(grouped, group, required=True) for group in grouped.block}
    else:
        groups = {"": words(entry, "items", required=True)}
    stated = entry.take("stated")
    found = Listed(name, groups, None, entry.text("text"), entry.text("note"))
    if stated is not None and (not isinstance(stated, int) or isinstance(stated, bool)):
        entry.fault("stated", "stated 应为整数")
    elif stated is not None and stated != found.count:
        entry.fault("stated", f"写明 {stated} 项，列出的是 {found.count} 项")
    entry.close()
    return Listed(name, groups, stated if isinstance(stated, int) else None, found.text, found.note)


def zone(entry: Entry, id: str) -> Zone:
    """A named place and the words that mean it."""
    since, until = days(entry)
    county = entry.text("county", required=True) or ""
    if not re.fullmatch(r"\d{6}", county):
        entry.fault("county", "county 应为6位县级代码，要加引号")
    told = {key: words(entry, key) for key in ("village", "park", "address", "outside", "near")}
    if not (told["village"] or told["park"] or told["address"]):
        entry.fault("name", "没有写用哪些字眼认出它（village、park、address）")
    if told["village"] and (told["park"] or told["address"] or told["outside"] or told["near"]):
        entry.fault("village", "村只写 village，地址里的村名也按它认")
    kind = entry.choice("kind", KINDS, required=True) or "village"
    return Zone(id, entry.text("name", required=True) or "", kind, county, **told, since=since, until=until)
