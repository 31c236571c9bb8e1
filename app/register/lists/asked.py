"""What is asked of a list, as one value: which county, day and knowledge, by which filters; and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sqlalchemy.orm import Session

from app.domain.masking import masked, masked_field
from app.domain.names import plain_name
from app.domain.register import AsOf, Enterprise
from app.errors import BadInput
from app.register.asking import county_asked, day_asked, known_asked
from app.register.lists.columns import columns
from app.register.lists.keys import Key, fact_called, key_called
from app.register.lists.order import By, order_text, order_told
from app.register.lists.permits import PermitWant, permit_wanted
from app.register.lists.reading import coded, wanted, written
from app.register.lists.staging import StageWant, stage_wanted
from app.register.lists.wants import Want, Word
from app.register.lists.zones import Places, ZoneWant, zone_wanted
from app.register.places import township_in
from app.register.programmes.county_programmes import programmes_of
from app.register.scope import Actor

#: Told beside the filters.
BESIDE = ("county", "as_of", "known", "maybe", "sort")
MAYBE = {"exclude": "不列", "include": "一并列出", "only": "只列这些"}
VERDICTS = {"holds": "仍有", "cannot_tell": "待核实", "does_not": "没有"}
#: Where a list is served.
ROUTES = "/api/v1/"

_MOST_FILTERS = 200
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Facts:
    """Which fact is missing or disputed."""

    key: Key

    @property
    def text(self) -> str:
        """As addresses have it."""
        return self.key.name


#: What a filter may want.
Sought = Want | PermitWant | ZoneWant | StageWant | Facts


@dataclass(frozen=True, slots=True)
class Term:
    """One filter: any of `wants` (or, with `not`, none of them) of what `key` names."""

    key: Key
    operation: str
    wants: tuple[Sought, ...]

    @property
    def name(self) -> str:
        """As addresses have it."""
        return f"{self.key.name}.{self.operation}" if self.operation else self.key.name


@dataclass(frozen=True, slots=True)
class Asked:
    """A list asked for. `told`: what of county, day and knowledge was told; `moment`: what that comes to.

    `sort`: the columns by which its rows are laid. `whole`: telephone and identity numbers are shown as they are, with
    `within` those of firms that stand in these townships alone.
    """

    noun: str
    county: str
    told: tuple[tuple[str, str], ...]
    moment: AsOf
    terms: tuple[Term, ...] = ()
    clauses: tuple[str, ...] = ()
    maybe: str = "exclude"
    sort: tuple[By, ...] = ()
    whole: bool = False
    within: frozenset[str] | None = None

    def shows(self, firm: Enterprise | None) -> bool:
        """Whether what is personal of a firm is shown as it is; what is no firm's is shown to the county alone."""
        if not self.whole or self.within is None:
            return self.whole
        return firm is not None and firm.facts.get("township") in self.within

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The filters, and the order asked for, in the one order in which addresses have them."""
        found = [(term.name, want.text) for term in self.terms for want in term.wants]
        found += [("clause", clause) for clause in self.clauses]
        found += [("maybe", self.maybe)] if self.maybe != "exclude" else []
        found += [("sort", order_text(self.sort))] if self.sort else []
        return tuple(sorted(set(found)))

    @property
    def saved(self) -> str:
        """What is kept under a name: all but the county, whose own it is."""
        return _query((*self.told, *self.filters))

    @property
    def address(self) -> str:
        """Where the same is asked again, of the day on which it is asked unless one was told."""
        return address(self.noun, self.county, self.saved)

    @property
    def pinned(self) -> str:
        """Where the very same answer is found again, of this day as it is known now."""
        moment = (("as_of", self.moment.day.isoformat()), ("known", str(self.moment.known)))
        return address(self.noun, self.county, _query((*moment, *self.filters)))

    def at(self, moment: AsOf) -> Asked:
        """The same of another moment, under the same address."""
        return replace(self, moment=moment)


def ask_for(
    session: Session, noun: str, pairs: Iterable[tuple[str, str]], actor: Actor, *, whole: bool = False
) -> Asked:
    """Read what is asked: query keys and values, county, day and knowledge among them; empty values ask nothing.

    `whole`: what is personal is shown as it is, and may be asked by; that it may be has been found out and recorded.

    Raises:
        NotFound: when there is no such list, county, township or clause.
        BadInput: when a filter is none, with what is possible.
    """
    columns(noun)
    given = [(key, value) for key, value in pairs if value or key in BESIDE or any(sign in key for sign in "<>")]
    if len(given) > _MOST_FILTERS or any(len(key) + len(value) > _LONGEST for key, value in given):
        raise BadInput(
            "筛选项太多或太长", fix=f"最多 {_MOST_FILTERS} 项，每项最多 {_LONGEST} 个字", code="filter.too_many"
        )
    if len({value for key, value in given if key == "county"}) > 1:
        raise BadInput(
            "一次只能问一个县", fix="请只写一个 county，或写 division 问一个市、省的各县", code="county.several"
        )
    if any(key == "division" for key, _ in given):
        raise BadInput(
            "这里只能问一个县", fix="请写 county；问一个市、省的各县用清单、计数和 Excel", code="division.alone"
        )
    beside = {key: value for key, value in given if key in BESIDE}
    county = county_asked(session, beside.get("county"), actor)
    moment = AsOf(day_asked(beside.get("as_of")), known_asked(session, county, beside.get("known")))
    told = [("as_of", moment.day.isoformat())] if "as_of" in beside else []
    told += [("known", str(moment.known))] if "known" in beside else []
    maybe = coded("maybe", MAYBE, beside.get("maybe", "exclude"))

    def townships(text: str) -> str:
        return township_in(session, county, text, moment.day)[1]

    filters = [(key, value) for key, value in given if key not in BESIDE]
    places = Places(county, moment.day, townships, lambda: programmes_of(session, county, moment.known, actor))
    terms, clauses = filters_of(noun, filters, places, whole)
    sort = order_told(noun, beside.get("sort", ""))
    within = None
    if whole and actor.townships is not None:
        within = frozenset(townships(code) for code in actor.townships if code.startswith(county))
    return Asked(noun, county, tuple(told), moment, terms, clauses, maybe, sort, whole, within)


def address(noun: str, county: str, saved: str) -> str:
    """The address of a list of a county under the kept query."""
    return f"{query_of(noun, [('county', county)])}{'&' if saved else ''}{saved}"


def query_of(noun: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The address of a list with these query keys and values."""
    return f"{ROUTES}{noun}?{_query(pairs)}"


def read_address(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The list and the query keys of an address, of a whole one or only its end: `equipment?kind=cupola`.

    Raises:
        BadInput: when it is none.
        NotFound: when it is of no list.
    """
    try:
        split = urlsplit(text.strip())
        pairs = parse_qsl(split.query, keep_blank_values=True, max_num_fields=_MOST_FILTERS * 2)
    except ValueError as error:
        raise BadInput("地址写法不对", fix="请写成 equipment?kind=cupola 的样子", code="address.bad") from error
    if not "".join(text.split()).isprintable():
        raise BadInput("地址里有不能用的字符", fix="请从浏览器或命令的输出里原样复制", code="address.bad")
    path = re.sub(r"(/count|\.(xlsx|csv|ndjson|geojson))\Z", "", split.path.removeprefix(ROUTES))
    columns(path)
    return path, [(key, value) for key, value in pairs if key not in ("limit", "next")]


def filters_of(
    noun: str, filters: Iterable[tuple[str, str]], places: Places, whole: bool = False
) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The filters put together: what is told several times of one key is one filter."""
    found: dict[tuple[Key, str], dict[str, Sought]] = {}
    clauses: set[str] = set()
    for key_word, value in filters:
        said = written(key_word, value)
        key = key_called(noun, said.name)
        if not said.value:
            continue
        if key.name == "clause":
            _plainly(key, said.operation)
            clauses.add(said.value.upper())
            continue
        sought = said.value if whole else _sought(key, said.operation, said.value)
        want = _want(noun, key, said.operation, sought, places)
        found.setdefault((key, said.operation), {})[want.text] = want
    if clauses and not any(key.name == "verdict" for key, _ in found):
        told = "、".join(f"verdict={code}（{zh}）" for code, zh in VERDICTS.items())
        raise BadInput("写了 clause，没有写要哪种结论", fix=f"请再写 {told} 之一", code="filter.verdict")
    terms = (Term(key, said, tuple(found[key, said][text] for text in sorted(found[key, said]))) for key, said in found)
    return tuple(sorted(terms, key=lambda term: term.name)), tuple(sorted(clauses))


def _sought(key: Key, operation: str, value: str) -> str:
    """What a text is sought by, as such a text is shown: so no number of a person stands in an address either."""
    if key.name != "q" and key.type not in ("text", "code"):
        return value
    return masked_field(key.fact, value) if operation != "has" else masked(value)


def _want(noun: str, key: Key, operation: str, value: str, places: Places) -> Sought:
    if key.type != "together":
        return wanted(key, operation, value, places.township)
    if operation not in ("", "not"):
        raise BadInput(
            f"{key.name} 不能用 {operation} 比较", fix=f"可以写：{key.name}、{key.name}.not", code="filter.form"
        )
    if key.name in ("missing", "disputed"):
        return Facts(fact_called(noun, value))
    if key.name == "verdict":
        return Word(coded("结论", VERDICTS, value))
    if key.name == "programme.stage":
        return stage_wanted(places, value)
    if key.name == "zone":
        return zone_wanted(places, value)
    return permit_wanted(key.name.removeprefix("permit."), value) if key.name != "q" else Word(plain_name(value))


def _plainly(key: Key, operation: str) -> None:
    if operation:
        raise BadInput(f"{key.name} 只能写 {key.name}=…", fix="请用 verdict.not 写不要哪种结论", code="filter.form")


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    """Query keys and values as an address has them; Chinese is kept readable by whoever decodes it."""
    return urlencode(list(pairs), quote_via=quote, safe=":,.-_")
