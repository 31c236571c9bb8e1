"""Why a verdict is what it is: each comparison with its answer, the facts that it used, and the cells they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from app.domain.dates import DateInterval
from app.domain.statement import Statement, Value
from app.rules.predicate import AllOf, AnyOf, Comparison, Facts, Not, Predicate
from app.rules.verdict import Claims
from app.rules.wording import in_words

#: The name under which it is explained whether the machine is there.
PRESENT = "present"

#: What was said of a fact, by its path.
Saying = Callable[[str], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Told:
    """A value that a source stated, and where."""

    value: Value
    source: str
    file: str
    cell: str

    @classmethod
    def of(cls, said: Statement) -> Told:
        """From the statement."""
        return cls(said.value, said.source, said.evidence.file, said.evidence.place)

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `stated`."""
        value = self.value.as_dict() if isinstance(self.value, DateInterval) else self.value
        return {"value": value, "source": self.source, "file": self.file, "cell": self.cell}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One comparison (`fact`), or what joins several (`all`, `any`, `not`), with its answer.

    Of a comparison: the fact's path, the comparison in words, and what was stated; nothing stated is what it lacks.
    """

    word: str
    answer: bool | None
    parts: tuple[Explanation, ...] = ()
    fact: str = ""
    words: str = ""
    stated: tuple[Told, ...] = ()

    def facts(self) -> Iterator[Explanation]:
        """Its comparisons, in the order written."""
        if self.word == "fact":
            yield self
        for part in self.parts:
            yield from part.facts()

    def as_dict(self) -> dict[str, Any]:
        """As it stands in `because`."""
        if self.word == "fact":
            told = [one.as_dict() for one in self.stated]
            return {"fact": self.fact, "words": self.words, "answer": self.answer, "stated": told}
        parts = [part.as_dict() for part in self.parts]
        return {self.word: parts[0] if self.word == "not" else parts, "answer": self.answer}


@dataclass(frozen=True, slots=True)
class _Cases:
    """The facts, once for each way of believing one source of every fact in dispute; what was said of each."""

    cases: Sequence[Facts]
    said: Saying
    found: dict[str, tuple[Told, ...]] = field(default_factory=dict)

    def answer(self, predicate: Predicate) -> bool | None:
        """What every case gives; none where they differ."""
        answers = {predicate.holds(case) for case in self.cases}
        return answers.pop() if len(answers) == 1 else None

    def stated(self, path: str) -> tuple[Told, ...]:
        """What was stated of a fact that any case has, each place once."""
        if path not in self.found:
            there = any(case.get(path) is not None for case in self.cases)
            self.found[path] = tuple(dict.fromkeys(map(Told.of, self.said(path)))) if there else ()
        return self.found[path]


def explained(predicate: Predicate, facts: Facts, claims: Claims, said: Saying) -> Explanation:
    """Why the predicate answers as it does of these facts, over every value claimed of those in dispute."""
    asked = {one.field for one in predicate.comparisons()}
    contested = {name: values for name, values in claims.items() if values and name in asked}
    cases = [{**facts, **dict(zip(contested, values, strict=True))} for values in product(*contested.values())]
    return _node(predicate, _Cases(cases, said))


def _node(predicate: Predicate, over: _Cases) -> Explanation:
    answer = over.answer(predicate)
    if isinstance(predicate, Comparison):
        path = predicate.field
        return Explanation("fact", answer, (), path, in_words(predicate), over.stated(path))
    if isinstance(predicate, Not):
        return Explanation("not", answer, (_node(predicate.part, over),))
    if isinstance(predicate, AllOf | AnyOf):
        word = "all" if isinstance(predicate, AllOf) else "any"
        return Explanation(word, answer, tuple(_node(part, over) for part in predicate.parts))
    raise TypeError(f"no explanation of {predicate!r}")


def of_presence(present: bool | None, said: Sequence[Statement]) -> Explanation:
    """Whether the machine is there, as its listing and its removal tell."""
    return Explanation("fact", present, (), PRESENT, "设备还在（没有拆除）", tuple(dict.fromkeys(map(Told.of, said))))


def together(parts: Sequence[Explanation]) -> Explanation:
    """All of several."""
    answers = {part.answer for part in parts}
    answer = False if False in answers else None if None in answers else True
    return Explanation("all", answer, tuple(parts))


def in_sentences(because: Mapping[str, Any]) -> list[str]:
    """An explanation's comparisons as a clerk reads them, a line each: what fits, what does not, what is not stated."""
    lines = []
    for one in _facts(because):
        cells = "、".join(dict.fromkeys(f"{told['file']} {told['cell']}" for told in one["stated"]))
        if one["stated"]:
            said = {True: "符合", False: "不符合", None: "说不清"}[one["answer"]]
        else:
            said = "没有写明"
        lines.append(f"{said}：{one['words']}{f'（{cells}）' if cells else ''}")
    return list(dict.fromkeys(lines))


def _facts(because: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "fact" in because:
        yield because
    for word in ("all", "any"):
        for part in because.get(word, ()):
            yield from _facts(part)
    if "not" in because:
        yield from _facts(because["not"])
