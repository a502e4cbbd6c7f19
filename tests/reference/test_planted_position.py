from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.reference.planted_position import Half, halves


@given(st.decimals(-90, 90, places=5), st.integers(3, 5))
def test_a_co_ordinate_is_known_cut_and_rounded(value: Decimal, decimals: int) -> None:
    half = Half("latitude", value)
    text = f"{value:.5f}"
    cut = text[: len(text) - 5 + decimals]
    rounded = f"{round(value, decimals):.{decimals}f}"
    assert half.match(cut.encode()) is not None
    assert half.match(rounded.encode()) is not None


@given(st.decimals(-90, 90, places=5), st.integers(2, 10_000))
def test_a_co_ordinate_two_thousandths_away_is_another(value: Decimal, away: int) -> None:
    assert Half("latitude", value).match(f"{value + away * Decimal('0.001'):.5f}".encode()) is None


@given(st.binary(max_size=20))
def test_noise_is_no_co_ordinate(noise: bytes) -> None:
    assert Half("latitude", Decimal("54.68710")).match(b"x" + noise) is None


def test_a_position_has_two_halves() -> None:
    assert [(half.name, half.value) for half in halves("54.6871, -0.2801")] == [
        ("latitude", Decimal("54.6871")),
        ("longitude", Decimal("-0.2801")),
    ]


@pytest.mark.parametrize(("decimals", "bits"), [("54.687", 17), ("54.6871", 20), ("54.68710", 20)])
def test_bits_follow_the_decimals_that_agree(decimals: str, bits: int) -> None:
    found = Half("latitude", Decimal("54.6871")).match(decimals.encode())
    assert found is not None
    assert found[1] == bits
