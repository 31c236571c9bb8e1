"""A text as it is compared in SQL: full-width and half-width alike, no blanks; the same on every engine."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Connection, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

#: What Python takes for a blank and NFKC leaves as it is.
_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u1680\u2028\u2029"


class Bare(FunctionElement[str]):
    """SQL's `bare(text)`; on SQLite the connection has to be taught it first."""

    type = Text()
    inherit_cache = True
    name = "bare"


@compiles(Bare, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"luzhang_bare({compiler.process(element.clauses, **more)})"


@compiles(Bare, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    blanks = "".join(f"\\{ord(blank):04x}" for blank in _BLANKS)
    return f"translate(normalize({compiler.process(element.clauses, **more)}, NFKC), U&'{blanks}', '')"


def bare_text(text: str) -> str:
    """The same in Python."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def teach(connection: Connection) -> None:
    """Let a SQLite connection know the function, once: it forgets its prepared statements then. Others have it."""
    if connection.dialect.name == "sqlite" and "luzhang_bare" not in connection.info:
        driver: Any = connection.connection.dbapi_connection
        driver.create_function("luzhang_bare", 1, _or_null, deterministic=True)
        connection.info["luzhang_bare"] = True


def _or_null(text: str | None) -> str | None:
    return None if text is None else bare_text(text)


class PlainModel(FunctionElement[str]):
    """SQL's `plain(text)`: a model as it is compared, which is `app.rules.predicate.plain_model`."""

    type = Text()
    inherit_cache = True
    name = "plain"


_SMALL = "abcdefghijklmnopqrstuvwxyz"
_MODEL_BLANKS = (0x20, 0x09, 0xA0, 0x3000)


@compiles(PlainModel, "sqlite")
def _plain_on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    text = compiler.process(element.clauses, **more)
    for blank in _MODEL_BLANKS:
        text = f"replace({text}, char({blank}), '')"
    return f"upper({text})"  # SQLite's own: a to z alone


@compiles(PlainModel, "postgresql")
def _plain_on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    blanks = "".join(f"\\{blank:04x}" for blank in _MODEL_BLANKS)
    return f"translate({compiler.process(element.clauses, **more)}, U&'{_SMALL}{blanks}', '{_SMALL.upper()}')"
