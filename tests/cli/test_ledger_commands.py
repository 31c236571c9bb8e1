"""A ledger's life by commands: checked, issued with who signs, listed, revised, compared, and traced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

COUNTY = ("--county", "431127")
SIGNED = ("--prepared-by", "张三", "--checked-by", "李四", "--approved-by", "王五")
ROSTER = """企业名称,乡镇,行业代码,生产状态,产能
甲铸造有限公司,新圩镇,3391,在产,1000
乙铸造有限公司,土市镇,3391,停产,
"""


@pytest.fixture
def county(luzhang: Callable, register: Path, tmp_path: Path) -> Callable:
    take(luzhang, tmp_path, ROSTER)
    return luzhang


def take(luzhang: Callable, folder: Path, text: str, name: str = "县科工局.csv", day: str = "2025-09-20") -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert luzhang("import", folder / name, *COUNTY, "--valid-from", day).status < 2


def test_it_is_checked_issued_and_listed(county: Callable, tmp_path: Path) -> None:
    checked = county("ledger", "2025Q3", *COUNTY, "--check")
    listed = county("ledgers", "2025Q3", *COUNTY)
    issued = county("ledger", "2025Q3", *COUNTY, "-o", tmp_path / "1.xlsx", "--issue", *SIGNED, "--json").object
    after = county("ledgers", *COUNTY, "--json").object["quarters"]

    assert (checked.status, checked.out.splitlines()[0][:15]) == (0, "2025Q3 台账核对：全部相符"[:15])
    assert "已核对" in listed.out
    assert issued["number"] == "431127-2025Q3-1"
    assert [(one["state"], one["label"], len(one["checks"])) for one in after] == [("issued", "已签发", 1)]
    told = after[0]["issues"][0]
    assert (told["prepared_by"], told["checked_by"], told["approved_by"]) == ("张三", "李四", "王五")
    assert "填报人 张三　审核人 李四　签发人 王五" in county("ledgers", *COUNTY).out


def test_a_former_revision_is_given_out_and_compared(county: Callable, tmp_path: Path) -> None:
    one, two, again = (tmp_path / name for name in ("1.xlsx", "2.xlsx", "3.xlsx"))
    county("ledger", "2025Q3", *COUNTY, "-o", one, "--issue")
    take(county, tmp_path, ROSTER.replace("停产", "在产"))
    assert county("ledger", "2025Q3", *COUNTY, "-o", two, "--issue", "--reason", "原填停产有误").status == 0
    assert county("ledger", "2025Q3", *COUNTY, "-o", again, "--revision", "1").status == 0
    compared = county("ledgers", "compare", "2025Q3", "1", "2", *COUNTY)

    assert one.read_bytes() == again.read_bytes() != two.read_bytes()
    assert compared.status == 1
    assert "改　乙铸造有限公司 生产状态：停产 → 在产　更正" in compared.out
    assert county("ledgers", "compare", "2025Q3-2", "2025Q3", *COUNTY).status == 0
    assert "理由：原填停产有误" in county("ledgers", "2025Q3", *COUNTY).out


def test_a_cell_is_traced_by_quarter_number_and_file(county: Callable, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    county("ledger", "2025Q3", *COUNTY, "-o", file, "--issue")
    told = [
        county("trace", ledger, "企业底数!E4", "--json").object
        for ledger in ("2025Q3", "2025Q3-1", "431127-2025Q3-1", file)
    ]
    words = county("trace", "2025Q3", "企业底数!E4", *COUNTY)

    assert told[0] == told[1] == told[2] == told[3]
    assert (told[0]["heading"], told[0]["kind"]) == ("生产状态", "fact")
    assert told[0]["facts"][0]["statements"][0]["place"].endswith("!D2")
    assert "县科工局.csv" in words.out
    assert "第1号变更导入名册" in words.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("trace", "2025Q3", "企业底数!Z99"), "“企业底数!Z99”不在表内"),
        (("trace", "2025Q3", "D5"), "单元格“D5”写法不对"),
        (("trace", "2025Q3-7", "企业底数!D5"), "没有第7版"),
        (("trace", "2024Q1", "企业底数!D5"), "还没有签发"),
        (("trace", "没有.xlsx", "企业底数!D5"), "没有文件“没有.xlsx”"),
        (("trace", "去年的", "企业底数!D5"), "季度“去年的”写法不对"),
        (("ledgers", "compare", "2025Q3"), "没有写清比较哪两版"),
        (("ledger", "2025Q3", "--check", "--issue", *COUNTY), "--check 只能单独用"),
        (("ledger", "2025Q3", "-o", "x.xlsx", "--revision", "1", "--draft", *COUNTY), "--revision 不能与"),
        (("ledger", "2025Q3", "-o", "x.xlsx", "--prepared-by", "张三", *COUNTY), "不能再改填报人"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    county: Callable, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    county("ledger", "2025Q3", *COUNTY, "-o", tmp_path / "1.xlsx", "--issue")
    said = county(*words)

    assert (said.status, said.out) == (2, "")
    assert sentence in said.err
    assert "请" in said.err


def test_a_file_saved_again_is_told_to_be_no_original(county: Callable, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    county("ledger", "2025Q3", *COUNTY, "-o", file, "--issue")
    file.write_bytes(file.read_bytes() + b" ")

    said = county("trace", file, "企业底数!D5", "--json")
    assert said.object["error"]["code"] == "ledger.not_the_file"


def test_a_city_is_drawn_up_checked_issued_traced_and_compared_over_its_counties(
    county: Callable, tmp_path: Path
) -> None:
    city, file, again = ("--county", "4311"), tmp_path / "永州.xlsx", tmp_path / "再.xlsx"
    of = ("ledger", "2025Q3", *city)

    assert county(*of, "-o", file, "--json").object["heads"] == {"431127": 1}
    assert "依据431127第1号变更" in county(*of, "--check").out
    assert "已核对" in county("ledgers", *city).out
    issued = county(*of, "-o", file, "--issue", *SIGNED, "--json").object
    take(county, tmp_path, ROSTER.replace("停产", "在产"))
    assert county(*of, "-o", again).status == 0
    assert county(*of, "-o", tmp_path / "2.xlsx", "--issue", "--reason", "原填停产有误").status == 0
    listed = county("ledgers", "--county", "431100")
    told = [county("trace", ledger, "企业底数!F4", "--json").object for ledger in ("431100-2025Q3-1", file)]
    compared = county("ledgers", "compare", "2025Q3", "1", "2", *city)

    assert (issued["number"], issued["heads"]) == ("431100-2025Q3-1", {"431127": 1})
    assert again.read_bytes() == file.read_bytes()
    assert "签发后登记又有变化" not in listed.out
    assert ("431100-2025Q3-2" in listed.out, "依据431127第3号变更" in listed.out) == (True, False)
    assert told[0] == told[1]
    assert (told[0]["kind"], told[0]["heading"]) == ("fact", "生产状态")
    assert told[0]["facts"][0]["statements"][0]["file"] == "县科工局.csv"
    assert "改　乙铸造有限公司 生产状态：停产 → 在产　更正" in compared.out
    assert county("verify").status == 0


def test_the_only_county_is_still_the_only_one_after_its_city_issued(county: Callable, tmp_path: Path) -> None:
    county("ledger", "2025Q3", "--county", "4311", "-o", tmp_path / "永州.xlsx", "--issue")

    assert county("obsolete", "--json").object["county"] == "431127"
    assert county("ledgers", "--json").object["county"] == "431127"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("4399", "没有代码为“4399”的市或省"), ("4419", "不设县"), ("439900", "市或省"), ("4312", "没有")],
)
def test_a_city_that_cannot_be_is_one_sentence(county: Callable, tmp_path: Path, code: str, sentence: str) -> None:
    said = county("ledger", "2025Q3", "--county", code, "-o", tmp_path / "1.xlsx", "--issue")

    assert (said.status, said.out) == (2, "")
    assert sentence in said.err
