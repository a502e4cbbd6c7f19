"""The same files through dexdump of the Android sources: lines, variables, handlers, annotations, call sites."""

import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assay.bytecode.annotations import Annotations, Item, Visibility
from assay.bytecode.debug_info import Variable
from assay.bytecode.dex import DexFile
from assay.bytecode.encoded_values import Annotation, Sort, Value
from assay.bytecode.tries import CATCH_ALL
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w
from tests.bytecode.dex_parts import INT, Debug, Op
from tests.bytecode.dex_parts import Value as Written
from tests.bytecode.test_annotations import one as annotated
from tests.bytecode.test_call_sites import file as custom

SPECIMENS = Path(__file__).parents[1] / "specimens" / "built"
DEXDUMP = shutil.which("dexdump")
pytestmark = pytest.mark.skipif(DEXDUMP is None, reason="dexdump is a package of the system that is not installed")
REAL = ("appium-uiautomator2-server-test.apk", "uiautomator2.apk")
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Told(NamedTuple):
    """What is told of one method."""

    lines: list[tuple[int, int]]
    variables: list[tuple[int, int, int, str, str]]
    handlers: list[tuple[int, int, list[tuple[str, int]]]]


def dex_files(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith(".dex"))


def dumped(raw: bytes, folder: Path, *options: str) -> list[str]:
    """What dexdump says; it verifies the file first, so that it also speaks for our own writer."""
    path = folder / "classes.dex"
    path.write_bytes(raw)
    done = subprocess.run([str(DEXDUMP), *options, str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode("utf-8", "surrogateescape").split("\n")


def theirs(lines: list[str]) -> list[Told]:
    found: list[Told] = []
    for line in lines:
        if line.startswith("      type          : '("):
            found.append(Told([], [], []))
        elif match := re.fullmatch(r"        0x([0-9a-f]+) line=(\d+)", line):
            found[-1].lines.append((int(match[1], 16), int(match[2])))
        elif match := re.fullmatch(r"        0x([0-9a-f]+) - 0x([0-9a-f]+) reg=(\d+) (.*) (\S+) (.*)", line):
            low, high, register = int(match[1], 16), int(match[2], 16), int(match[3])
            found[-1].variables.append((register, low, high, match[4], match[5]))
        elif match := re.fullmatch(r"        0x([0-9a-f]+) - 0x([0-9a-f]+)", line):
            found[-1].handlers.append((int(match[1], 16), int(match[2], 16), []))
        elif match := re.fullmatch(r"          (\S+) -> 0x([0-9a-f]+)", line):
            found[-1].handlers[-1][2].append((match[1], int(match[2], 16)))
    return found


def ours(dex: DexFile) -> Iterator[Told]:
    for row in range(len(dex.methods.method)):
        info, (ranges, problems) = dex.debug_info(row), dex.tries_of(row)
        assert (info.problems, problems) == ((), [])
        yield Told(
            [(line.pc, line.line) for line in info.lines],
            [variable(dex, each) for each in info.variables],
            [
                (
                    r.first,
                    r.first + r.units,
                    [("<any>" if t == CATCH_ALL else dex.names.type(t), a) for t, a in r.handlers],
                )
                for r in ranges
            ],
        )


def variable(dex: DexFile, each: Variable) -> tuple[int, int, int, str, str]:
    name = "this" if each.is_this else "(null)" if each.name is None else dex.names.name(each.name)
    return each.register, each.first, each.end, name, "" if each.type is None else dex.names.type(each.type)


def same_methods(raw: bytes, folder: Path) -> int:
    """Compare all methods; return how many lines, variables and handlers there were."""
    lines = dumped(raw, folder, "-d")
    dex = DexFile(BufferSource(raw))
    expected, found = theirs(lines), list(ours(dex))
    assert len(found) == len(expected)
    count = 0
    for mine, other in zip(found, expected, strict=True):
        assert (mine.lines, mine.handlers) == (other.lines, other.handlers)
        # a run without code is no variable of ours
        assert sorted(mine.variables) == sorted(each for each in other.variables if each[1] < each[2])
        count += len(mine.lines) + len(mine.variables) + len(mine.handlers)
    return count


def shown(dex: DexFile, value: Value) -> str:
    content = value.content
    if value.sort is Sort.ARRAY:
        return "{" + "".join(" " + shown(dex, each) for each in content) + " }"  # type: ignore[union-attr]
    if isinstance(content, Annotation):
        return annotation(dex, content.type, content.elements)
    if value.sort in {Sort.NULL, Sort.BOOLEAN}:
        return {None: "null", True: "true", False: "false"}[content]  # type: ignore[index]
    if isinstance(content, float):
        return f"{content:g}"
    return named(dex, value.sort, int(content))  # type: ignore[arg-type]


def named(dex: DexFile, sort: Sort, index: int) -> str:
    if sort is Sort.STRING:
        return f'"{dex.names.string_bytes(index).decode("utf-8", "surrogateescape").translate(ESCAPES)}"'
    if sort is Sort.TYPE:
        return dex.names.type(index)
    if sort in {Sort.FIELD, Sort.ENUM}:
        return field_name(dex, index)
    return method_name(dex, index) if sort is Sort.METHOD else str(index)


def annotation(dex: DexFile, type_: int, elements: tuple[tuple[int, Value], ...]) -> str:
    parts = [f"{dex.names.name(name)}={shown(dex, value)}" for name, value in elements]
    return " ".join([dex.names.type(type_), *parts])


def set_lines(dex: DexFile, items: tuple[Item, ...]) -> list[str]:
    if not items:
        return ["  empty-annotation-set"]
    return [f"  VISIBILITY_{Visibility(i.visibility).name} {annotation(dex, i.type, i.elements)}" for i in items]


def annotation_lines(dex: DexFile, row: int, found: Annotations) -> Iterator[str]:
    """What dexdump prints of one class."""
    yield f"Class #{row} annotations:"
    if found.own:
        yield from ("Annotations on class", *set_lines(dex, found.own))
    for field, items in found.fields.items():
        yield from (f"Annotations on field #{field} '{field_name(dex, field)}'", *set_lines(dex, items))
    for method, items in found.methods.items():
        yield from (f"Annotations on method #{method} '{method_name(dex, method)}'", *set_lines(dex, items))
    for method, sets in found.parameters.items():
        yield f"Annotations on method #{method} '{method_name(dex, method)}' parameters"
        for number, items in enumerate(sets):
            yield from (f"#{number}", *set_lines(dex, items))
    yield ""


def field_name(dex: DexFile, index: int) -> str:
    return dex.names.name(int(dex.tables.fields["name"][index]))


def method_name(dex: DexFile, index: int) -> str:
    return dex.names.name(int(dex.tables.methods["name"][index]))


def same_annotations(raw: bytes, folder: Path) -> int:
    dex = DexFile(BufferSource(raw))
    said = "\n".join(dumped(raw, folder, "-a"))
    rows = [row for row in range(len(dex.tables.classes)) if dex.tables.classes["annotations"][row]]
    assert re.findall(r"^Class #(\d+) annotations:$", said, re.MULTILINE) == list(map(str, rows))
    at = 0
    for row in rows:
        text = "\n".join(annotation_lines(dex, row, dex.annotations(row)))
        at = said.find(text, at)
        assert at >= 0, text
    return len(rows)


def test_specimens(tmp_path: Path) -> None:
    raws = [raw for path in sorted(SPECIMENS.glob("*.apk")) for raw in dex_files(path)]
    assert raws
    assert sum(same_methods(raw, tmp_path) for raw in raws) > 1_000
    assert sum(same_annotations(raw, tmp_path) for raw in raws) > 20


@pytest.mark.parametrize("name", REAL)
def test_real_applications(name: str, real_apk: Callable[[str], Path], tmp_path: Path) -> None:
    for raw in dex_files(real_apk(name)):
        same_methods(raw, tmp_path)
        same_annotations(raw, tmp_path)


def test_our_writer_is_believed(tmp_path: Path) -> None:
    """Files with everything that these tests write pass the verifier of the Android sources."""
    debug = Debug(1, ("count",), (Op(0x0E), Op(3, (0,), (("string", "x"), ("type", "I")))))
    tries = [w.Try(0, 1, (("Ljava/io/IOException;", 1), (None, 2)))]
    method = w.Method(w.MethodId("LA;", "m", w.Proto("V", ("I",))), [0, 0, 0x0E], debug=debug, tries=tries)
    field = w.FieldId("LA;", "f", "I")
    values = w.write([w.Class("LA;", [method], static_fields=[field], values=[Written(INT, 7)])])
    at = values.index(struct.pack("<HHHH", 16, 0, 5, 1))
    passed = w.seal(values[: at + 2] + b"\x01\0" + values[at + 4 :])
    hidden = w.write(
        [w.Class("LA;", [w.Method(method.id, [0x0E], hidden=2)], static_fields=[field], hidden={field: 1})]
    )
    for raw in (annotated().write(), custom().write(), hidden, passed):
        assert dumped(raw, tmp_path, "-a", "-d")
    assert same_methods(passed, tmp_path) > 3
    assert same_annotations(annotated().write(), tmp_path) == 1


def test_call_sites(tmp_path: Path) -> None:
    raw = custom().write()
    dex = DexFile(BufferSource(raw))
    expected = [line.split(" : ", 1)[1] for line in dumped(raw, tmp_path) if line.startswith("  link_argument[")]
    found = []
    for row in range(len(dex.tables.call_sites)):
        site = dex.call_site(row)
        assert None not in (site.bootstrap, site.name, site.prototype)
        found += [f"{site.bootstrap} (MethodHandle)", f"{dex.names.name(site.name or 0)} (String)"]
        found += [
            f"{dex.names.proto(site.prototype or 0)} (MethodType)",
            *(argument(dex, each) for each in site.arguments),
        ]
    assert found == expected


def argument(dex: DexFile, value: Value) -> str:
    index = int(value.content)  # type: ignore[arg-type]
    return {
        Sort.METHOD_HANDLE: lambda: f"{index} (MethodHandle)",
        Sort.METHOD_TYPE: lambda: f"{dex.names.proto(index)} (MethodType)",
        Sort.STRING: lambda: f"{dex.names.name(index)} (String)",
        Sort.INT: lambda: f"{index} (int)",
    }[value.sort]()
