"""A permit's cell under its bare name: standing, class, number and term, together or one of them."""

from __future__ import annotations

import re

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.domain.vocabulary import Field
from importers.values.asides import DAY
from importers.values.days import NotADay, parse_days
from importers.values.names import plain_width
from importers.values.text import compact, word
from importers.values.understood import Understood, asked
from importers.values.words import enum

_DOCUMENT = re.compile(
    r"[\u4e00-\u9fff]{1,20}[〔\[【(（]\d{4}[〕\]】)）]第?\s?\d+(?:-\d+)?号?|[0-9A-Z]{18}\d{3}[A-Z]|\d{4}-\d{6}-\d{2}-\d{2}-\d{6}"
)
#: Words that run into a document's number where no mark parts them.
_RUN_IN = re.compile(
    r"^(?:已办理?|已批复?|已取得|已审批|已验收|已备案|有|(?:批复|环评批复|备案|验收)?文号|批文号?|(?:证书)?编号|证号|批复号|批复|号)+(?=[\u4e00-\u9fff])"
)
_DENIED = re.compile(r"^[未无待拟不非原]")
LABEL = re.compile(
    r"^(?:(?:国家)?排污许可证?|许可证|证书|登记|登记回执|回执|环评批复|批复|批文|备案|验收|注册)?(?:编号|证号|文号|号码?|代码)(?:为|是)?"
)
_TERM = re.compile(rf"(?:有效期限?:?至?|有效至|至|到):?(?P<day>{DAY})止?(?![\d年])")
_SEPARATOR = re.compile(r"[(),;:、\[\]/。]+")
_DATED = re.compile(rf"(?P<day>{DAY})(?P<what>.*)")
_DONE = {"办理", "取得", "核发", "批复", "发证", "办结", "备案", "登记", "办证", "获批", "审批"}
#: What is said later of what was said first: a paper that was held and has run out has run out.
_LATER = {
    frozenset({"lacking", "applying"}): "applying",
    frozenset({"held", "expired"}): "expired",
    frozenset({"held", "revoked"}): "revoked",
}


def document_number(text: str) -> str | None:
    """The document or permit number that stands in a text, the only one; None where there is none or several."""
    found = _DOCUMENT.findall(text)
    number = _RUN_IN.sub("", found[0]) if len(found) == 1 else ""
    return number if number and not _DENIED.match(number) else None


def read_standing(field: Field, raw: str, year: int | None, example: str) -> Understood:
    """Everything that a permit's cell says; a word not understood makes the whole of it a question."""
    number = document_number(plain_width(raw)) or document_number(compact(raw))
    text = word(compact(raw).replace(compact(number), ";") if number else raw)
    text, until = _term(text)
    facts: dict[str, Value] = {"permit.number": number} if number else {}
    if until:
        facts["permit.valid_to"] = until
    standings, classes = set[str](), set[str]()
    for token in filter(None, _SEPARATOR.split(text)):
        if not _take(token, standings, classes, year):
            return asked("value.not_understood", raw, field.zh, example=example)
    standing = _one(standings) if standings else "held" if number else None
    if (standings and standing is None) or len(classes) > 1 or not (standing or classes):
        return asked("value.not_understood", raw, field.zh, example=example)
    if classes:
        facts["permit.class"] = classes.pop()
    return Understood(standing, None, facts)


def _term(text: str) -> tuple[str, DateInterval | None]:
    """The text without the end of its term, and that end."""
    found = _TERM.search(text)
    if not found:
        return text, None
    try:
        return text[: found.start()] + ";" + text[found.end() :], parse_days(found["day"])
    except NotADay:
        return text, None


def _take(token: str, standings: set[str], classes: set[str], year: int | None) -> bool:
    """Note what one word of the cell says; False where it is not understood."""
    plain = LABEL.sub("", token)
    bare = plain.rstrip("√✓✔") or plain
    if not plain or re.fullmatch(rf"{DAY}|(?:19|20)\d{{2}}", plain):
        return True
    if dated := _DATED.fullmatch(plain):
        return _took_place(dated["day"], dated["what"], standings, year)
    behind = re.fullmatch(rf"(?P<what>\D+?)(?P<day>{DAY})", bare)
    said = enum("permit_standing").get(behind["what"] if behind else bare)
    kind = enum("permit_class").get(plain)
    if said:
        standings.add(said)
    elif kind:
        classes.add(kind)
    return bool(said or kind)


def _took_place(day: str, what: str, standings: set[str], year: int | None) -> bool:
    """2021年5月办理: it was done, unless the day may lie ahead of the roster."""
    said = "held" if what in _DONE else enum("permit_standing").get(what)
    try:
        since = parse_days(day).since
    except NotADay:
        return False
    if not said or (year is not None and since and since.year > year):
        return False
    standings.add(said)
    return True


def _one(standings: set[str]) -> str | None:
    return next(iter(standings)) if len(standings) == 1 else _LATER.get(frozenset(standings))
