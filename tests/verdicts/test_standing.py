"""The whole truth table, against a table written by hand from the definition (docs/explanation/terms.md)."""

from itertools import product

import pytest

from assay.model.verdict import Standing
from assay.verdicts.standing import Evidence, Logic, Scope, Weight, standing

# For each pair of witnesses (for, against: 0 none, 1 possible, 2 certain) the standing without and with coverage that
# has power. S supported, C contradicted, U untested, ? undecided, K capability shown (only where code shows it).
EXISTS = {
    (0, 0): "UC", (0, 1): "?C", (0, 2): "CC",
    (1, 0): "??", (1, 1): "??", (1, 2): "??",
    (2, 0): "SS", (2, 1): "??", (2, 2): "??",
}  # fmt: skip
UNIVERSAL = {
    (0, 0): "US", (0, 1): "??", (0, 2): "CC",
    (1, 0): "?S", (1, 1): "??", (1, 2): "??",
    (2, 0): "SS", (2, 1): "??", (2, 2): "??",
}  # fmt: skip
CONDUCT_WITH_CAPABILITY = {**UNIVERSAL, (0, 0): "KS"}

WORDS = {
    "S": Standing.SUPPORTED,
    "C": Standing.CONTRADICTED,
    "U": Standing.UNTESTED,
    "?": Standing.UNDECIDED,
    "K": Standing.CAPABILITY_SHOWN,
}
TABLE = {
    (Logic.EXISTS, False): EXISTS,
    (Logic.EXISTS, True): EXISTS,
    (Logic.NONE, False): UNIVERSAL,
    (Logic.NONE, True): UNIVERSAL,
    (Logic.ONLY, False): UNIVERSAL,
    (Logic.ONLY, True): UNIVERSAL,
    (Logic.CONDUCT, False): UNIVERSAL,
    (Logic.CONDUCT, True): CONDUCT_WITH_CAPABILITY,
}
EVERYTHING = list(product(Weight, Weight, (False, True), (False, True)))


def shown(supports: Weight, contradicts: Weight, power: bool, capability: bool) -> Evidence:  # noqa: FBT001 - a row
    return Evidence(supports=supports, contradicts=contradicts, power=power, capability=capability)


def written(logic: Logic, row: tuple[Weight, Weight, bool, bool]) -> Standing:
    supports, contradicts, power, capability = row
    return WORDS[TABLE[logic, capability][int(supports), int(contradicts)][int(power)]]


@pytest.mark.parametrize("logic", [logic for logic in Logic if logic is not Logic.NOT_TESTABLE])
@pytest.mark.parametrize("row", EVERYTHING)
def test_within_its_scope_a_claim_stands_as_the_table_says(
    logic: Logic, row: tuple[Weight, Weight, bool, bool]
) -> None:
    assert standing(logic, Scope.WITHIN, shown(*row)) is written(logic, row)


@pytest.mark.parametrize("logic", Logic)
@pytest.mark.parametrize("row", EVERYTHING)
def test_evidence_of_another_scope_never_decides(logic: Logic, row: tuple[Weight, Weight, bool, bool]) -> None:
    assert standing(logic, Scope.OTHER, shown(*row)) is Standing.OTHER_SCOPE


@pytest.mark.parametrize("scope", [Scope.WITHIN, Scope.UNKNOWN])
@pytest.mark.parametrize("row", EVERYTHING)
def test_what_no_phone_shows_is_not_testable(scope: Scope, row: tuple[Weight, Weight, bool, bool]) -> None:
    assert standing(Logic.NOT_TESTABLE, scope, shown(*row)) is Standing.NOT_TESTABLE


@pytest.mark.parametrize("logic", [logic for logic in Logic if logic is not Logic.NOT_TESTABLE])
@pytest.mark.parametrize("row", EVERYTHING)
def test_an_open_scope_leaves_undecided_what_evidence_would_decide(
    logic: Logic, row: tuple[Weight, Weight, bool, bool]
) -> None:
    expected = Standing.UNTESTED if written(logic, row) is Standing.UNTESTED else Standing.UNDECIDED
    assert standing(logic, Scope.UNKNOWN, shown(*row)) is expected


def test_the_table_is_whole() -> None:
    pairs = set(product(range(3), range(3)))
    assert all(set(table) == pairs for table in (EXISTS, UNIVERSAL, CONDUCT_WITH_CAPABILITY))
    assert len(EVERYTHING) == 36
