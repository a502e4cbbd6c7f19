"""Classes with superclass, interfaces and flags, and the methods they define, as both others read them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.bytecode.dex import DexFile
from assay.model.source import BufferSource
from tests.differential import androguard_code, dexllm_code
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_BYTES, MOST_SEARCHED, archives, code

pytestmark = pytest.mark.differential
KNOWN: Table = {}
NO_INDEX = 0xFFFFFFFF

Row = tuple[str, str, tuple[str, ...], int]


def classes(dex: DexFile) -> Iterator[Row]:
    """Yield (class, superclass, interfaces, access flags) of each class definition."""
    for row in dex.tables.classes:
        above = int(row["superclass"])
        interfaces = tuple(map(dex.names.type, dex.names.type_list(int(row["interfaces"]))))
        yield dex.names.type(int(row["class"])), above_name(dex, above), interfaces, int(row["access"])


def above_name(dex: DexFile, index: int) -> str:
    return "" if index == NO_INDEX else dex.names.type(index)


def definitions(dex: DexFile) -> Iterator[tuple[str, int]]:
    """Yield (method, access flags) of each method definition."""
    for method, access in zip(dex.methods.method.tolist(), dex.methods.access.tolist(), strict=True):
        yield dex.method_name(method), access


def dexllm_classes(dex: Any) -> Iterator[Row]:
    for head in dex.list_class_headers():
        yield head.descriptor, head.superclass_descriptor, tuple(head.interface_descriptors), head.access_flags


def androguard_classes(dex: Any) -> Iterator[Row]:
    for one in dex.get_classes():
        above = one.get_superclassname()
        above = "" if above == "AG:ITI: invalid type" else above
        yield one.get_name(), above, tuple(one.get_interfaces()), one.get_access_flags()


@archives
def test_classes_and_definitions_are_those_of_dexllm(archive: Path) -> None:
    for name, raw in code(archive, MOST_SEARCHED):
        ours, theirs = DexFile(BufferSource(raw)), dexllm_code.opened(raw)
        hold(name, classes(ours), dexllm_classes(theirs), KNOWN)
        hold(name, (each for each, _ in definitions(ours)), dexllm_code.methods(theirs), KNOWN)


@archives
def test_classes_and_definitions_are_those_of_androguard(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        ours, theirs = DexFile(BufferSource(raw)), androguard_code.opened(raw)
        hold(name, classes(ours), androguard_classes(theirs), KNOWN)
        named = ((androguard_code.name(each), each.get_access_flags()) for each in theirs.get_encoded_methods())
        hold(name, definitions(ours), named, KNOWN)
