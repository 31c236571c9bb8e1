"""A limit tried on facts that are told: none are read from a register, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.measures import measured, number
from app.domain.statement import Value
from app.errors import BadInput
from app.register.limits.lines import listed
from app.rules.limits.amounts import amount
from app.rules.limits.asking import question
from app.rules.limits.heat_treatment import comparable, comparable_fuel
from app.rules.limits.judging import judge, permits_told
from app.rules.limits.limit import STATUSES, Classes, Life, Limit
from app.rules.limits.loader import Limits
from app.rules.limits.verdict import ANSWERS, CANNOT_TELL, Case

#: What may be told to a limit beside facts: the years of a life, the amounts of the table's own formula.
TERMS = ("years", "w_kwh", "gz_t", "q_kj", "b", "alpha_fuel")


def try_limit(
    limits: Limits, limit_id: str, facts: Mapping[str, Value], terms: Mapping[str, str], day: date
) -> dict[str, Any]:
    """What a limit says of the facts told. It is taken to apply unless a fact says that it does not.

    Raises:
        UnknownClause: when there is no such limit.
        BadInput: when it is only to be shown, or a fact or term is none.
    """
    limit, told, warnings = _with_terms(limits.limit(limit_id), dict(facts), terms)
    if not limit.computes:
        why = "没有写数字，不作计算" if limit.body is not None else "只供查阅，不作计算"
        raise BadInput(f"{limit.id} {why}", fix=limit.note or "请看 luzhang limits list", code="limit.not_computed")
    if not limit.decides:
        warnings.insert(0, f"{STATUSES[limit.status]}：下面只是照它算出来的结果")
    permits = permits_told(limit, told)
    verdicts = judge(limit, Case(told, day, permits, trying=True))
    rows = [
        {
            "answer": one.answer,
            "words": ANSWERS[one.answer],
            "result": one.result,
            "because": one.because,
            "numbers": dict(one.numbers),
            "lacks": list(one.lacks),
            "question": question(told, one.lacks) if one.answer == CANNOT_TELL else None,
            "measure": one.measure,
        }
        for one in verdicts
    ]
    return {**listed(limit), "as_of": day.isoformat(), "verdicts": rows, "warnings": warnings}


def _with_terms(
    limit: Limit, facts: dict[str, Value], terms: Mapping[str, str]
) -> tuple[Limit, dict[str, Value], list[str]]:
    """The limit and the facts once the terms are worked in, and what must be said of that."""
    warnings: list[str] = []
    if "years" in terms and isinstance(limit.body, Life):
        limit = replace(limit, body=replace(limit.body, years=_years(terms["years"])))
        warnings.append(f"年限 {terms['years']} 年是试算时写的，不是文件的规定")
    mass = _number("gz_t", terms["gz_t"]) if "gz_t" in terms else None
    if mass is not None and "w_kwh" in terms:
        electric = comparable(_number("w_kwh", terms["w_kwh"]), mass)
        facts["comparable_kwh_per_t"] = measured("comparable_kwh_per_t", float(electric))
    if mass is not None and {"q_kj", "b", "alpha_fuel"} <= terms.keys() and isinstance(limit.body, Classes):
        heat, burnt = _number("q_kj", terms["q_kj"]), _number("b", terms["b"])
        consumption, warning = comparable_fuel(limit.body, terms["alpha_fuel"], heat, burnt, mass)
        facts["comparable_kgce_per_t"] = measured("comparable_kgce_per_t", float(consumption))
        warnings.append(warning)
    return limit, facts, warnings


def _years(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100:
        raise BadInput(f"使用年限“{text[:20]}”不成立", fix="请写 1 到 100 的整年数", code="life.years")
    return int(text)


def _number(name: str, text: str) -> Decimal:
    found = amount(number(name, text))
    if found is None or found < 0:
        raise BadInput(f"{name}“{text[:20]}”不是数字", fix="请只写不小于零的数字", code="measure.value")
    return found
