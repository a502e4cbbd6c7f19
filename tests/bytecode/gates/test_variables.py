"""Variables of gates: who controls them, and which have one value on one handset."""

import pytest

from assay.bytecode.gates.possible import FREE, just
from assay.bytecode.gates.variables import CHANCE, NOBODY_KNOWN, TIME, Variable, assumed, controller
from assay.bytecode.gates.worlds import ANYTHING, World
from assay.reference.profiles import Profile

SOLD = Profile(id="xx", market="LT", locale="lt-LT", sim_country="lt", european_union=True)


@pytest.mark.parametrize("source", [
    "variable.market", "variable.build", "variable.locale", "variable.language", "variable.sim-country",
    "variable.network-country", "variable.user-setting", "variable.remote", "network.response", "list.push",
])  # fmt: skip
def test_what_a_handset_its_user_or_a_server_says_is_settled(source: str) -> None:
    assert Variable("x", controller(source), source=source).settled


@pytest.mark.parametrize("source", [
    "variable.time", "variable.random", "variable.device-id", "identifier.imei", "variable.version", "variable.model",
    "variable.connectivity", "variable.time-zone", "variable.screen-state", "variable.permission", "variable.dream",
])  # fmt: skip
def test_what_takes_any_value_sooner_or_later_or_on_another_handset_is_not(source: str) -> None:
    assert not Variable("x", controller(source), source=source).settled


@pytest.mark.parametrize("of", [CHANCE, TIME, NOBODY_KNOWN])
def test_who_controls_a_variable_counts_without_its_source(of: str) -> None:
    assert not Variable("x", of).settled


@pytest.mark.parametrize(
    ("source", "name", "value"),
    [
        ("variable.market", "get", "LT"), ("variable.locale", "getLanguage", "lt"),
        ("variable.locale", "getCountry", "LT"), ("variable.locale", "toLanguageTag", "lt-LT"),
        ("variable.locale", "toString", "lt_LT"), ("variable.language", "get", "lt"),
        ("variable.sim-country", "getSimCountryIso", "lt"), ("variable.network-country", "getNetworkCountryIso", "lt"),
    ],
)  # fmt: skip
def test_a_profile_says_what_a_variable_is_and_where_nothing_is_assumed_it_is_anything(
    source: str, name: str, value: str
) -> None:
    assert assumed(source, name, World(SOLD)) == just(value)
    assert assumed(source, name, ANYTHING) == FREE


def test_what_no_profile_speaks_of() -> None:
    assert assumed("variable.time", "now", World(SOLD)) == FREE
    assert assumed("variable.remote", "get", World(SOLD)) is None
    assert assumed("text.typed", "get", World(SOLD)) is None
