"""Every value of several parts in every configuration: arrays, plurals, styles, attributes; by androguard and aapt."""

import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.artefacts.apk import open_apk
from assay.artefacts.arsc import ResourceTable
from assay.model.source import BufferSource
from tests.artefacts.applications import OTHERS_CANNOT_OPEN
from tests.differential.differences import Table, hold
from tests.differential.material import apks

pytestmark = pytest.mark.differential
AAPT = shutil.which("aapt")
BY_ANDROGUARD: Table = {}
BY_AAPT: Table = {}
UNITS = (("px", "dp", "sp", "pt", "in", "mm"), ("%", "%p"))

Bag = tuple[int, str, str, int, tuple[tuple[int, int, int | str], ...]]
"""Resource id, configuration, name, parent, and (key, data type, string or data) of each part."""


def table_of(path: Path) -> ResourceTable | None:
    return open_apk(BufferSource(path.read_bytes())).resources


def ours(table: ResourceTable) -> Iterator[Bag]:
    texts = table._strings
    assert texts is not None
    for package, values, row, bag in table.bags():
        items = tuple((key, kind, (kind == 3 and texts.text(data)) or data) for key, kind, data in bag.items)
        yield package.id_of(values, row), values.configuration, package.name_of(values, row), bag.parent, items


# --- androguard -------------------------------------------------------------------------------------


def by_androguard(path: Path) -> Iterator[tuple[object, ...]]:
    loguru = pytest.importorskip("loguru", reason="it comes with androguard")
    loguru.logger.disable("androguard")
    other = pytest.importorskip("androguard.core.apk").APK(str(path)).get_android_resources()
    if other is None:
        return
    other._analyse()
    for number, entries in other.resource_values.items():
        for configuration, entry in entries.items():
            if entry.is_complex():
                items = tuple((key, each.get_data_type(), _datum(each)) for key, each in entry.item.items)
                named = configuration.get_qualifier() or "default"
                yield number, named, entry.get_value(), entry.item.id_parent, items


def _datum(part: Any) -> int | str:
    found: int | str = (part.get_data_type() == 3 and part.get_data_value()) or part.get_data()
    return found


def scripts(rows: list[Bag]) -> set[str]:
    """Return the languages that differ in their script: androguard holds those for one and keeps the last."""
    return {each[1].split("+")[1] for each in rows if each[1].startswith("b+")}


@apks
def test_bags_are_those_of_androguard(archive: Path) -> None:
    if reason := OTHERS_CANNOT_OPEN.get(archive.stem):
        pytest.skip(reason)
    table = table_of(archive)
    rows = [] if table is None else list(ours(table))
    merged = scripts(rows)
    mine = ((*row[:2], row[2].partition("/")[2], *row[3:]) for row in rows)
    hold(archive.name, _without(mine, merged), _without(by_androguard(archive), merged), BY_ANDROGUARD)


def _without(rows: Iterator[tuple[Any, ...]], languages: set[str]) -> Iterator[tuple[Any, ...]]:
    return (row for row in rows if re.split(r"[-+]", row[1].removeprefix("b+"))[0] not in languages)


# --- aapt -------------------------------------------------------------------------------------------


def by_aapt(path: Path) -> Iterator[tuple[object, ...]]:
    command = [str(AAPT), "dump", "--values", "resources", str(path)]
    printed = subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "surrogateescape")
    configuration, head, items = "", (0, "", ""), [""]
    for line in [*printed.split("\n"), "        resource 0x0 end:end: <bag>"]:
        if match := re.match(r" +config (\S+):$", line):
            configuration = "default" if match[1] == "(default)" else match[1]
        elif match := re.match(r" +resource 0x([0-9a-f]+) \S+:(\S*): <bag>", line):
            if head[0]:
                yield *head, *items
            head, items = (int(match[1], 16), configuration, match[2]), []
        elif match := re.match(r" +Parent=0x([0-9a-f]+)\(", line):
            items.append(match[1])
        elif match := re.match(r" +#\d+ \(Key=0x([0-9a-f]+)\): (.*)", line):
            items.append(f"{match[1]} {re.sub(r'^.string(8|16). ', '', match[2])}")


def as_printed(kind: int, datum: int | str) -> str:
    """Return a value as aapt prints it.

    Of the dimension 0xfffffc01 it makes 16777212 dp, of 50 % it makes 0.5 %: its 24 bits have no sign and its fractions
    are not hundredths, where Android's TypedValue.complexToFloat and coerceToString have both. The data are the same.
    """
    if isinstance(datum, str):
        return '"' + datum.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"') + '"'
    if kind == 4:
        return f"(float) {struct.unpack('<f', struct.pack('<I', datum))[0]:g}"
    if kind in {5, 6}:
        return f"({('dimension', 'fraction')[kind - 5]}) {_complex(datum):f}{UNITS[kind - 5][datum & 15]}"
    return {
        0: "(null empty)" if datum else "(null)",
        1: f"(reference) 0x{datum:08x}",
        2: f"(attribute) 0x{datum:08x}",
    }.get(kind, f"(color) #{datum:08x}")


def _complex(datum: int) -> float:
    return (datum >> 8) / (1 << (0, 7, 15, 23)[datum >> 4 & 3])


@pytest.mark.skipif(AAPT is None, reason="aapt is not installed")
@apks
def test_bags_are_those_of_aapt(archive: Path) -> None:
    table = table_of(archive)
    mine = [] if table is None else list(ours(table))
    printed = (
        (*row[:3], f"{row[3]:08x}", *(f"{key:08x} {as_printed(kind, datum)}" for key, kind, datum in row[4]))
        for row in mine
    )
    hold(archive.name, printed, by_aapt(archive), BY_AAPT)
