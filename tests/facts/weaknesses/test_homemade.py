"""Loops that combine bytes by exclusive or, by shape."""

import pytest

from assay.facts.weaknesses.homemade import homemade
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import proto
from tests.facts.weaknesses.apps import seen

READ: list[w.Unit] = [0x48 | 1 << 8, 14 | 0 << 8]
"""v1 = v14[v0], bytes."""
NARROW: list[w.Unit] = [0x8D | 1 << 8 | 1 << 12]
WRITE: list[w.Unit] = [0x4F | 1 << 8, 14 | 0 << 8]
NEXT: list[w.Unit] = [0xD8 | 0 << 8, 0 | 1 << 8]
CONSTANT_KEY: list[w.Unit] = [0xDF | 1 << 8, 1 | 0x5A << 8]
"""v1 = v1 ^ 0x5a."""
OTHER: list[w.Unit] = [0x48 | 2 << 8, 15 | 0 << 8, 0xB7 | 1 << 8 | 2 << 12]
"""v2 = v15[v0]; v1 = v1 ^ v2: two arrays, element by element."""
REPEATED: list[w.Unit] = [0xDC | 3 << 8, 0 | 4 << 8, 0x48 | 2 << 8, 15 | 3 << 8, 0xB7 | 1 << 8 | 2 << 12]
"""v3 = v0 % 4; v2 = v15[v3]; v1 = v1 ^ v2."""


def looped(code: list[w.Unit], *, back: bool = True) -> k.Kin:
    """v0 counts from 0; the loop ends where v0 is the length (v4)."""
    body: list[w.Unit] = [0x12, 0x21 | 4 << 8 | 14 << 12, 0x35 | 0 << 8 | 4 << 12, len(code) + 3, *code]
    jump = -(len(code) + 2) & 0xFF
    body += [0x28 | jump << 8] if back else [0x00]
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, body, proto("V", "[B", "[B")))


@pytest.mark.parametrize(
    ("key", "detail"), [(CONSTANT_KEY, "with the constant 90"), (REPEATED, "with a key that is repeated")]
)
def test_shapes(key: list[w.Unit], detail: str) -> None:
    assert seen(homemade, looped([*READ, *key, *NARROW, *WRITE, *NEXT])) == [
        ("possible-xor-cipher", "LA;->m([B[B)V", detail)
    ]


def test_near_misses() -> None:
    assert seen(homemade, looped([*READ, *CONSTANT_KEY, *NARROW, *WRITE, *NEXT], back=False)) == []
    assert seen(homemade, looped([*READ, *OTHER, *NARROW, *WRITE, *NEXT])) == []
    assert seen(homemade, looped([*READ, *CONSTANT_KEY, *NARROW, *NEXT])) == []
    assert seen(homemade, looped([*CONSTANT_KEY, *NARROW, *WRITE, *NEXT])) == []
