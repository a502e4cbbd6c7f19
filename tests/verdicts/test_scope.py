import msgspec
import pytest

from assay.model.case import Acquisition, Handset
from assay.verdicts.claim import ClaimScope
from assay.verdicts.scope import european_union, reach
from assay.verdicts.standing import Scope
from tests.verdicts.samples import EAST, NORTH

UNKNOWN = Handset(name="file.apk")


@pytest.mark.parametrize(
    ("scope", "north", "east"),
    [
        (ClaimScope(), Scope.WITHIN, Scope.WITHIN),
        (ClaimScope(make=("specimen",)), Scope.WITHIN, Scope.WITHIN),
        (ClaimScope(make=("Xiaomi",)), Scope.OTHER, Scope.OTHER),
        (ClaimScope(make=("Specimen",), market=("EU",)), Scope.WITHIN, Scope.OTHER),
        (ClaimScope(market=("CN", "TW")), Scope.OTHER, Scope.WITHIN),
        (ClaimScope(model=("N1",)), Scope.WITHIN, Scope.OTHER),
        (ClaimScope(build=("12.0.10",)), Scope.WITHIN, Scope.WITHIN),
        (ClaimScope(build=(".eea",)), Scope.WITHIN, Scope.OTHER),
        (ClaimScope(laboratory=("example laboratory",)), Scope.WITHIN, Scope.WITHIN),
        (ClaimScope(laboratory=("BSI",)), Scope.OTHER, Scope.OTHER),
        (ClaimScope(since="2021-09-22", until="2021-09-22"), Scope.WITHIN, Scope.WITHIN),
        (ClaimScope(since="2021-09-23"), Scope.OTHER, Scope.OTHER),
        (ClaimScope(until="2021-09-21"), Scope.OTHER, Scope.OTHER),
    ],
)
def test_a_handset_is_within_a_scope_or_in_another(scope: ClaimScope, north: Scope, east: Scope) -> None:
    assert (reach(scope, NORTH).scope, reach(scope, EAST).scope) == (north, east)


@pytest.mark.parametrize(
    "scope",
    [
        ClaimScope(make=("Specimen",)),
        ClaimScope(model=("N1",)),
        ClaimScope(market=("EU",)),
        ClaimScope(build=("12",)),
        ClaimScope(laboratory=("BSI",)),
        ClaimScope(until="2022-01-01"),
    ],
)
def test_what_a_handset_does_not_state_leaves_the_scope_unknown(scope: ClaimScope) -> None:
    found = reach(scope, UNKNOWN)
    assert found.scope is Scope.UNKNOWN
    assert "not stated" in found.reasons[0]


def test_another_scope_outweighs_an_unknown_one_and_says_why() -> None:
    handset = msgspec.structs.replace(NORTH, model="", acquisition=Acquisition())
    found = reach(ClaimScope(make=("Xiaomi",), model=("Mi",), since="2021-01-01"), handset)
    assert found.scope is Scope.OTHER
    assert found.reasons == ("the claim is about make Xiaomi; this handset has Specimen",)


@pytest.mark.parametrize(
    ("scope", "field", "given", "expected"),
    [
        (ClaimScope(build=("12.0.10",)), "build", "V12.0.10.0.QJDEUXM", Scope.WITHIN),
        (ClaimScope(build=("12.0.10",)), "build", "V12.0.101.0", Scope.OTHER),
        (ClaimScope(build=("12.0.10",)), "build", "V112.0.10", Scope.OTHER),
        (ClaimScope(build=("12.0.10",)), "build", "V5.12.0.10", Scope.OTHER),
        (ClaimScope(model=("N1",)), "model", "specimen n1", Scope.WITHIN),
        (ClaimScope(model=("N1",)), "model", "N1 Pro", Scope.OTHER),
        (ClaimScope(model=("N1",)), "model", "Other N1", Scope.OTHER),
    ],
)
def test_a_part_of_a_name_is_a_whole_number_or_word_of_it(
    scope: ClaimScope, field: str, given: str, expected: Scope
) -> None:
    assert reach(scope, msgspec.structs.replace(NORTH, **{field: given})).scope is expected


@pytest.mark.parametrize(("who", "expected"), [("BSI, Bonn", Scope.WITHIN), ("Absint Laboratory", Scope.OTHER)])
def test_a_laboratory_is_not_another_whose_name_holds_its_letters(who: str, expected: Scope) -> None:
    handset = msgspec.structs.replace(NORTH, acquisition=Acquisition(who=who))
    assert reach(ClaimScope(laboratory=("BSI",)), handset).scope is expected


@pytest.mark.parametrize("market", ["LT", "lt", "EEA", "EU", "GR"])
def test_builds_for_the_european_union_are_within_it(market: str) -> None:
    assert reach(ClaimScope(market=("EU",)), msgspec.structs.replace(NORTH, market=market)).scope is Scope.WITHIN


@pytest.mark.parametrize("market", ["GB", "NO", "CH", "US", "Global"])
def test_other_markets_are_not(market: str) -> None:
    assert reach(ClaimScope(market=("EU",)), msgspec.structs.replace(NORTH, market=market)).scope is Scope.OTHER


def test_the_union_has_twenty_seven_members() -> None:
    assert len(european_union()) == 27
