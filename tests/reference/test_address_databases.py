import pytest

from assay.model.errors import UsageError
from assay.reference.address_databases import AddressClaim, AddressDatabase, AddressDatabases
from tests.reference.mmdb import database

CSV = b"start,end,country,kind\n192.0.2.0,192.0.2.127,DE,\n198.51.100.0,198.51.100.255,US,anycast\n"
ABOUT = 'schema = "assay-address-database/1"\nname = "alpha"\nas_of = "2021-09-01"\nsource = "invented"\n'


def test_every_database_makes_its_claim_also_where_it_lists_nothing() -> None:
    tree = database({"192.0.2.0/24": {"country": {"iso_code": "FR"}}, "203.0.113.0/24": {"country_code": "SG"}})
    databases = AddressDatabases.of([(tree, None, "tree.mmdb"), (CSV, ABOUT, "alpha.csv")])
    assert databases.look_up("192.0.2.21") == [
        AddressClaim(database="alpha", as_of="2021-09-01", country="DE"),
        AddressClaim(database="tree.mmdb", as_of="2021-09-15", country="FR"),
    ]
    assert [claim.country for claim in databases.look_up("203.0.113.9")] == ["", "SG"]
    assert [claim.note for claim in databases.look_up("198.51.100.1")] == ["anycast", ""]
    assert [claim.country for claim in databases.look_up("2001:db8::1")] == ["", ""]


def test_the_sidecar_names_and_dates_a_database_and_may_override_both() -> None:
    tree = database({"192.0.2.0/24": {"country": "FR"}})
    assert AddressDatabase(tree, None, "x").as_of == "2021-09-15"
    assert AddressDatabase(tree, ABOUT, "x").as_of == "2021-09-01"
    assert AddressDatabase(tree, "as_of = 2021-10-01\n", "x").as_of == "2021-10-01"
    assert (AddressDatabase(CSV, ABOUT, "x").name, AddressDatabase(CSV, None, "x").name) == ("alpha", "x")
    assert AddressDatabase(CSV, None, "x").as_of == ""


def test_a_database_given_twice_does_not_agree_with_itself() -> None:
    assert len(AddressDatabases.of([(CSV, None, "one"), (CSV, None, "two")]).databases) == 1


def test_the_digest_follows_bytes_name_and_date() -> None:
    digests = {
        AddressDatabases.of(files).digest
        for files in (
            [(CSV, ABOUT, "a")],
            [(CSV, ABOUT.replace("alpha", "beta"), "a")],
            [(CSV, ABOUT.replace("2021-09-01", "2021-09-02"), "a")],
            [(CSV.replace(b"DE", b"FR"), ABOUT, "a")],
            [],
        )
    }
    assert len(digests) == 5
    two = [(CSV, ABOUT, "a"), (CSV + b"\n", ABOUT, "a")]
    assert AddressDatabases.of(two).digest == AddressDatabases.of(two[::-1]).digest


@pytest.mark.parametrize(
    "sidecar",
    ["no toml", 'schema = "assay-address-database/2"', 'colums = ["start"]', "name = 7", "as_of = [1]\nname = 1"],
)
def test_a_sidecar_that_cannot_be_used_is_the_users_mistake(sidecar: str) -> None:
    with pytest.raises(UsageError, match="sidecar"):
        AddressDatabase(CSV, sidecar, "alpha.csv")


def test_what_is_neither_format_is_the_users_mistake() -> None:
    with pytest.raises(UsageError, match=r"alpha\.csv: address database: cannot be read"):
        AddressDatabase(b"\x00\xff", None, "alpha.csv")
