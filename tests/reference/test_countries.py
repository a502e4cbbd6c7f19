from pathlib import Path

import pytest

from assay.reference.countries import Countries

TEXT = (Path(__file__).parents[2] / "src/assay/data/reference/countries.toml").read_text("utf-8")
TABLE = Countries.parse(TEXT)


@pytest.mark.parametrize(("code", "name"), [("LT", "Lithuania"), ("SG", "Singapore"), ("GB", "United Kingdom")])
def test_a_code_has_its_name(code: str, name: str) -> None:
    assert code in TABLE
    assert TABLE.name(code) == name


@pytest.mark.parametrize("code", ["EU", "AP", "ZZ", "A1", "UK", "lt", "", None, 7])
def test_what_is_no_country_is_not_there(code: object) -> None:
    assert code not in TABLE


def test_a_code_that_is_no_country_stays_as_it_is() -> None:
    assert TABLE.name("AP") == "AP"


def test_the_table_is_that_of_iso_with_one_user_assigned_code() -> None:
    assert TEXT.count(' = "') - 4 == 249 + 1


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema"):
        Countries.parse('schema = "assay-countries/2"')
