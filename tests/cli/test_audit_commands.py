"""`luzhang audit`: what commands change, hand out and are refused is listed, told one by one, and written to files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Said

COUNTY = ("--county", "431127")


def test_what_commands_do_is_listed_and_told(
    luzhang: Callable[..., Said], roster: Callable[..., Path], tmp_path: Path
) -> None:
    assert luzhang("import", str(roster()), *COUNTY, "--valid-from", "2024-01-15").status < 2
    written = tmp_path / "企业 13812345678.csv"
    assert luzhang("list", "enterprises", "--where", "q=13812345678", *COUNTY, "-o", str(written)).status < 2
    refused = luzhang("undo", "nothing", *COUNTY)
    assert refused.status == 2

    said = luzhang("audit", "list", *COUNTY, "--json").object
    assert [item["act"] for item in said["items"]] == ["command.refused", "command.output", "import"]
    late, output, first = said["items"]
    assert {item["actor"] for item in said["items"]} == {"本机操作员"}
    assert (late["result"], bool(late["code"])) == ("refused", True)
    asked, _, file = output["subject"].partition(" → ")
    assert {"list", "enterprises", "q=138****5678", "431127"} <= set(asked.split())
    assert file == "企业 138****5678.csv"

    told = luzhang("audit", "show", "431127", str(first["number"])).out
    assert "导入名册" in told
    assert "import_batch：记 1 行" in told
    assert "新列入" in told


def test_it_is_written_to_files(luzhang: Callable[..., Said], roster: Callable[..., Path], tmp_path: Path) -> None:
    luzhang("import", str(roster()), *COUNTY, "--valid-from", "2024-01-15")
    for form in ("csv", "xlsx"):
        said = luzhang("audit", "export", *COUNTY, "-o", str(tmp_path / f"记录.{form}"), "--json")
        assert said.object["total"] >= 1
    assert "导入名册" in (tmp_path / "记录.csv").read_text(encoding="utf-8-sig")
    assert luzhang("audit", "export", *COUNTY, "-o", "记录.pdf").status == 2
    assert luzhang("audit", "list", *COUNTY, "--act", "command.output", "--json").object["total"] == 2


def test_what_cannot_be_asked_is_said(luzhang: Callable[..., Said], roster: Callable[..., Path]) -> None:
    luzhang("import", str(roster()), *COUNTY, "--valid-from", "2024-01-15")
    for words, sentence in (
        (("show", "431127", "999"), "没有第 999 条"),
        (("list", *COUNTY, "--result", "perhaps"), "没有“perhaps”这种结果"),
        (("list", "--county", "000000", "--firm", "x"), "不属于企业"),
        (("list", *COUNTY, "--since", "x"), "写法不对"),
    ):
        said = luzhang("audit", *words)
        assert said.status == 2
        assert sentence in said.err
    assert luzhang("audit", "list", "--county", "000000", "--json").object["total"] == 0
