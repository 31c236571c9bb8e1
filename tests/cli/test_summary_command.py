"""`luzhang obsolete --summary`, and the reasons under each line, in words."""

from __future__ import annotations

from collections.abc import Callable

ASKED = ("--demo", "--as-of", "2024-01-15", "--clause", "LOCAL-LANSHAN-AL-SHELL")


def test_the_examples_summary_and_reasons(luzhang: Callable) -> None:
    luzhang("demo")

    told = luzhang("obsolete", *ASKED, "--summary", "--json").object
    listed = luzhang("obsolete", *ASKED, "--json").object
    said = luzhang("obsolete", *ASKED, "--summary")

    assert told["totals"]["holds"] == listed["totals"]["holds"] == {"enterprises": 8, "furnaces": 9}
    assert sum(one["holds"]["enterprises"] for one in told["townships"]) == 8
    assert "仍有 8 家 9 台" in said.out.splitlines()[0]
    assert "      符合：炉壳为铝壳" in luzhang("obsolete", *ASKED).out
    assert luzhang("obsolete", *ASKED, "--summary", "--source", "某镇").status == 2
    assert luzhang("obsolete", *ASKED[:3], "--summary", "--division", "4311").status in (0, 1)
