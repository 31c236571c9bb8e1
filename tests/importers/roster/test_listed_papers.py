"""Permits told by name under a head that says how they stand."""

from __future__ import annotations

from tests.importers.sheets import by_kind, codes, read, sheet


def test_permits_that_a_firm_has_and_lacks_are_told_by_name() -> None:
    reading = read(
        sheet(
            "企业名称|负责人|已有手续|缺少手续\n甲铸造厂|张三|营业执照、环评批复|排污许可证\n乙铸造厂|李四|营业执照|无"
        )
    )
    first, second = reading.records

    assert by_kind(first.permits) == {
        "business_licence": {"standing": "held"},
        "eia": {"standing": "held"},
        "pollutant_discharge": {"standing": "lacking"},
    }
    assert first.permits[1]["standing"].raw == "营业执照、环评批复"
    assert by_kind(second.permits) == {"business_licence": {"standing": "held"}}
    assert reading.issues == ()


def test_a_list_with_a_word_that_names_no_permit_is_asked_about() -> None:
    reading = read(
        sheet("企业名称|负责人|缺少手续\n甲铸造厂|张三|环评、某某证明\n乙铸造厂|李四|环评\n丙铸造厂|王五|消防")
    )

    assert reading.records[0].permits == ()
    assert ("value.not_understood", "C2") in codes(reading)
