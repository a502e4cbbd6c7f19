"""Positions sent as two numbers in two leaves: each half is compared as a number, cut or rounded."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

import msgspec

MIN_DECIMALS = 3
"""Three decimals of a degree are about 100 m; fewer say a town and are not searched for."""

_NUMBER = re.compile(rb"-?\d{1,3}\.(\d{%d,15})" % MIN_DECIMALS)
_RANGE = {"latitude": 180, "longitude": 360}


class Half(msgspec.Struct, frozen=True):
    """One co-ordinate of a planted position."""

    name: str
    value: Decimal

    def match(self, leaf: bytes) -> tuple[str, int] | None:
        """Return (form, bits) where the whole leaf is this co-ordinate to `MIN_DECIMALS` or more, else None."""
        number = _NUMBER.fullmatch(leaf.strip())
        if number is None:
            return None
        decimals = min(len(number[1]), _decimals(self.value))
        if not _same(Decimal(number[0].decode("ascii")), self.value, decimals):
            return None
        return f"{decimals} decimals", (_RANGE[self.name] * 10**decimals).bit_length() - 1


def halves(value: str) -> Iterator[Half]:
    """Yield latitude and longitude of ``54.6872, 25.2797``."""
    for name, text in zip(("latitude", "longitude"), value.split(","), strict=True):
        yield Half(name, Decimal(text.strip()))


def _decimals(value: Decimal) -> int:
    return -int(value.as_tuple().exponent)


def _same(one: Decimal, other: Decimal, decimals: int) -> bool:
    step = Decimal(1).scaleb(-decimals)
    return any(
        one.quantize(step, rounding) == other.quantize(step, rounding) for rounding in (ROUND_DOWN, ROUND_HALF_EVEN)
    ) or (decimals < _decimals(other) and one == other.quantize(step, ROUND_HALF_EVEN))
