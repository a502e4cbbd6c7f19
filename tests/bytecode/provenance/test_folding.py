"""Arithmetic as the runtime does it; values by hand."""

import pytest

from assay.bytecode.provenance.folding import folded
from assay.bytecode.provenance.terms import Kind, Term

LOWEST = -(1 << 31)


def known(*values: int) -> list[Term]:
    return [Term(kind=Kind.CONSTANT, name="int", value=each) for each in values]


@pytest.mark.parametrize(
    ("name", "operands", "found"),
    [
        ("add-int", (3, 4), 7),
        ("add-int/2addr", ((1 << 31) - 1, 1), LOWEST),
        ("add-long", ((1 << 31) - 1, 1), 1 << 31),
        ("rsub-int/lit8", (3, 10), 7),
        ("rsub-int", (3, 10), 7),
        ("div-int", (-7, 2), -3),
        ("div-int", (7, 0), None),
        ("rem-int/lit16", (-7, 2), -1),
        ("div-int", (LOWEST, -1), LOWEST),
        ("shl-int/lit8", (1, 33), 2),
        ("ushr-int", (-1, 28), 15),
        ("shr-int", (-16, 2), -4),
        ("xor-int/lit8", (5, -1), -6),
        ("neg-int", (LOWEST,), LOWEST),
        ("not-int", (0,), -1),
        ("int-to-byte", (200,), -56),
        ("int-to-char", (-1,), 65535),
        ("add-float", (1, 2), None),
        ("cmp-long", (1, 2), None),
        ("array-length", (1,), None),
    ],
)
def test_constants(name: str, operands: tuple[int, ...], found: int | None) -> None:
    assert folded(name, known(*operands)) == found


def test_what_is_not_constant_stays() -> None:
    assert folded("add-int", [*known(1), Term(kind=Kind.UNKNOWN)]) is None
    assert folded("add-int", []) is None
