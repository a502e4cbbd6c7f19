"""Methods that may be asked again and again: by functional interfaces, through what compilers put between."""

from itertools import pairwise

import numpy as np
import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.sites.repeats import asked_in_loops
from assay.model.source import BufferSource
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l

SYNTHETIC = 0x1000
ASKED = l.proto("Z", l.OBJECT)


def asked(*synthetic: str, first: str = "test") -> set[str]:
    """Names of the methods that are asked; each of a, b, c and d calls the next, the first is called by another."""
    order = (first, "a", "b", "c", "d")
    calls = {name: l.statically("LMain;", after, l.VOID) for name, after in pairwise(order)}
    methods = [
        l.method("LMain;", name, l.VOID, calls.get(name, []), k.PUBLIC | k.STATIC | SYNTHETIC * (name in synthetic))
        for name in order
    ]
    dex = DexFile(BufferSource(k.write([k.kin("LMain;", *methods)])))
    found = asked_in_loops(dex, np.zeros(len(dex.references.pc), np.uint8))
    names = [dex.names.name(int(each)) for each in dex.tables.methods["name"]]
    return {name for name, mark in zip(names, found.tolist(), strict=True) if mark} & {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("synthetic", "expected"),
    [
        ((), {"a"}),
        (("a",), {"a", "b"}),
        (("a", "b"), {"a", "b", "c"}),
        (("a", "b", "c"), {"a", "b", "c"}),
        (("b",), {"a"}),
    ],
)
def test_what_a_functional_interface_asks_through_methods_that_no_source_has(
    synthetic: tuple[str, ...], expected: set[str]
) -> None:
    assert asked(*synthetic) == expected


def test_nothing_is_asked_by_another_method() -> None:
    assert asked("a", "b", first="start") == set()
