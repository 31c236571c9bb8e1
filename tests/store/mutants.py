"""Mutants of a module: every condition turned round, every comparison and number shifted, every finding left unsaid."""

from __future__ import annotations

import ast
import copy
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import FunctionType, ModuleType
from typing import Any

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """One change to the source of a module: which, and the tree with it."""

    module: ModuleType
    what: str
    tree: ast.Module

    def __str__(self) -> str:
        return self.what


def mutants(module: ModuleType) -> Iterator[Mutant]:
    """Every mutant of what a module's functions do."""
    whole = ast.parse(inspect.getsource(module))
    functions = [one for one in ast.walk(whole) if isinstance(one, ast.FunctionDef)]
    inside = {id(part): one.name for one in functions for line in one.body for part in ast.walk(line)}
    for place, node in enumerate(ast.walk(whole)):
        for way in (_condition, _comparison, _joined, _number, _unsaid):
            if id(node) not in inside or not way(copy.copy(node)):
                continue
            tree = copy.deepcopy(whole)
            way(next(islice(ast.walk(tree), place, None)))
            said = ast.unparse(node).splitlines()[0][:70]
            yield Mutant(module, f"{inside[id(node)]}: {said} → {way.__name__.strip('_')}", tree)


def _condition(node: ast.AST) -> bool:
    if isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return True
    return False


def _comparison(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
        node.ops = [_OTHER[type(node.ops[0])](), *node.ops[1:]]
        return True
    return False


def _joined(node: ast.AST) -> bool:
    if isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return True
    return False


def _number(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        node.value += 1
        return True
    return False


def _unsaid(node: ast.AST) -> bool:
    """A finding, or what finds it, is left out; so is a statement that only has an effect."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom | ast.Call):
        node.value = ast.Constant(None)
        return True
    return False


@contextmanager
def alive(mutant: Mutant) -> Iterator[None]:
    """Have every module that uses a function of the mutated one use the mutant's."""
    module = mutant.module
    before = {name: value for name, value in vars(module).items() if isinstance(value, FunctionType | type)}
    kept = dict(vars(module))
    new = {**vars(module)}
    body = [one for one in mutant.tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)]
    future = ast.parse("from __future__ import annotations").body
    code = compile(ast.fix_missing_locations(ast.Module([*future, *body], [])), str(module.__file__), "exec")
    exec(code, new)
    mine = {name: new[name] for name in before if _own(before[name], module) and new[name] is not before[name]}
    swapped: list[tuple[dict[str, Any], str, Any]] = []
    try:
        for name, value in mine.items():
            vars(module)[name] = value
        for other in list(sys.modules.values()):
            for name, value in list(vars(other).items()) if isinstance(other, ModuleType) else ():
                for ours, after in mine.items():
                    if value is before[ours] and other is not module:
                        swapped.append((vars(other), name, value))
                        vars(other)[name] = after
        yield
    finally:
        vars(module).update(kept)
        for place, name, value in swapped:
            place[name] = value


def _own(value: Any, module: ModuleType) -> bool:
    return getattr(value, "__module__", None) == module.__name__
