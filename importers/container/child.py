"""The child that reads one untrusted file: it limits itself, reads standard input, prints JSON lines, and ends.

    python -I -c "…" FORMAT ENGINE LIMITS-AS-JSON <file >lines

Lines: {"book": …}, then for each sheet {"sheet": …}, its rows (crossing.py), {"end": …}; at last {"done": true}.
Instead of the last, {"refused": {code, message, fix}} when the file must not be read at all, or {"failed": …} when
another engine may try.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from app.errors import Unreadable
from importers.container.content import BookContent
from importers.container.crossing import as_line
from importers.container.finish import finished
from importers.container.limits import Limits

Engine = Callable[[bytes, str, Limits], BookContent]


def main(arguments: list[str]) -> int:
    """Read what stands on standard input as FORMAT by ENGINE."""
    form, engine, told = arguments
    limits = Limits(**json.loads(told))
    confine(limits)
    gc.disable()  # short-lived, and what it builds is kept to the end
    sys.set_int_max_str_digits(2000)
    content = sys.stdin.buffer.read()
    out = sys.stdout
    try:
        for line in lines(_engine(engine)(content, form, limits), limits):
            print(line, file=out, flush=True)
    except Unreadable as refused:
        _say(out, {"refused": refused.as_dict()})
        return 2
    except MemoryError:
        _say(out, {"failed": "memory"})
        return 3
    except BaseException as fault:  # calamine raises PanicException, which is no Exception
        _say(out, {"failed": type(fault).__name__})
        return 3
    out.flush()
    return 0


def confine(limits: Limits) -> None:
    """Memory, processor time and files, for good: the limits cannot be raised again."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 100_000),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))


def lines(book: BookContent, limits: Limits) -> Iterator[str]:
    """The book as JSON lines, a row at a time, so that neither side holds it twice."""
    yield as_line({"book": {"format": book.format, "date1904": book.date1904}})
    rest = limits.cells
    for sheet in book.sheets:
        laid = finished(sheet, limits, rest)
        yield as_line({"sheet": {"name": sheet.name, "hidden": sheet.hidden}})
        yield from laid.lines()
        rest -= laid.cells
        yield as_line({"end": laid.rest()})
    yield as_line({"done": True})


def _engine(name: str) -> Engine:
    """Load only what this file needs: the child's start is part of every reading."""
    if name in ("calamine", "openpyxl"):
        from importers.container.engines import xlsx

        return xlsx.read_with_calamine if name == "calamine" else xlsx.read_with_openpyxl
    if name in ("xlrd", "calamine-xls"):
        from importers.container.engines import xls

        return xls.read_with_xlrd if name == "xlrd" else xls.read_with_calamine
    if name == "xlsb":
        from importers.container.engines.xlsb import read_xlsb

        return read_xlsb
    if name == "ods":
        from importers.container.engines.ods import read_ods

        return read_ods
    if name == "html":
        from importers.container.engines.html import read_html

        return read_html
    if name == "mht":
        from importers.container.engines.mht import read_mht

        return read_mht
    if name == "spreadsheetml":
        from importers.container.engines.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml
    from importers.container.engines.delimited import read_delimited

    return read_delimited


def _say(out: TextIO, what: dict[str, Any]) -> None:
    print(as_line(what), file=out, flush=True)
