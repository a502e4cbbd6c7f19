"""Seeded changes of sound files: each ends in an index with its problems, or in Unreadable. Never in anything else.

The trials run in a process of their own with a limit on memory and time, because that is what would stop a worker.
"""

import random
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, sample

if TYPE_CHECKING:
    from assay.bytecode.dex import DexFile

ROOT = Path(__file__).parents[2]
SEED = 20_260_101
MEMORY = 6 << 30
SECONDS = 400


def bases() -> list[bytes]:
    """A file with everything in it, one with many classes, a container header, an empty one."""
    names = [f"Lorg/example/C{n};" for n in range(20)]
    ids = [[w.MethodId(name, f"m{n}", w.Proto("V", ("I",) * n)) for n in range(5)] for name in names]
    classes = [
        w.Class(
            name, [w.Method(id_, [*w.const_string(0, f"text {n}"), *w.invoke(0x71, id_, 1), 0x0E]) for id_ in ids[n]]
        )
        for n, name in enumerate(names)
    ]
    small = [sample().write(), w.write(classes), w.write(classes[:2], version="041"), w.write([])]
    return [*small, rich(), w.container([classes[:1], classes[1:2], classes[2:3]])]


def rich() -> bytes:
    """A file with values, annotations, debug information, try ranges, call sites, handles and hidden members."""
    owner, field = "Lorg/example/Rich;", w.FieldId("Lorg/example/Rich;", "f", "I")
    id_ = w.MethodId(owner, "m", w.Proto("V", ("I", "J")))
    handles: list[tuple[int, w.MethodId | w.FieldId]] = [(4, id_), (1, field)]
    leaves = [
        p.Value(p.INT, -2), p.Value(p.DOUBLE, 0.5), p.Value(p.STRING, "word"), p.Value(p.TYPE, owner), p.Value(p.NULL),
        p.Value(p.ENUM, field), p.Value(p.METHOD, id_), p.Value(p.METHOD_HANDLE, 1), p.Value(p.METHOD_TYPE, id_.proto),
    ]  # fmt: skip
    array = p.Value(p.ARRAY, [*leaves, p.Value(p.ARRAY, leaves)])
    signature = p.Value(p.ARRAY, [p.Value(p.STRING, "Ljava/util/List<"), p.Value(p.STRING, ">;")])
    notes = [
        p.Note("Ldalvik/annotation/Signature;", (("value", signature),), 2),
        p.Note("Lorg/example/Note;", (("value", array), ("other", p.Value(p.ANNOTATION, p.Note(owner))))),
    ]
    debug = p.Debug(
        7, ("count", None),
        (p.Op(0x20), p.Op(p.ADVANCE_LINE, (-3,)),
         p.Op(p.START_LOCAL, (2,), (("string", "x"), ("type", "I"))), p.Op(0x4B),
         p.Op(p.END_LOCAL, (2,)), p.Op(p.RESTART_LOCAL, (2,)), p.Op(p.SET_FILE, (), (("string", "B.kt"),)), p.Op(0x20)),
    )  # fmt: skip
    code: list[w.Unit] = [
        *(0xFC, w.Index("call_site", 0), 0),
        *(0x10FA, w.Index("method", id_), 0, w.Index("proto", id_.proto)),
        *(0x00E3, 0x001A, 0x0E),
    ]
    tries = [w.Try(0, 3, (("Ljava/io/IOException;", 9), (None, 3))), w.Try(3, 4, ((None, 9),))]
    method = w.Method(
        id_, code, debug=debug, tries=tries, hidden=2, annotations=notes, parameter_annotations=[notes[1:], []]
    )
    class_ = w.Class(
        owner, [method], static_fields=[field], values=[array], source_file="A.java", annotations=notes,
        field_annotations={field: notes}, hidden={field: 1},
    )  # fmt: skip
    site = [p.Value(p.METHOD_HANDLE, 0), p.Value(p.STRING, "run"), p.Value(p.METHOD_TYPE, id_.proto), *leaves]
    return w.Writer([class_], version="039", call_sites=[site, []], handles=handles).write()


def mutated(raw: bytes, choice: random.Random) -> bytes:
    """Change a few bytes, a header field, a number anywhere, or the length."""
    out = bytearray(raw)
    for _ in range(choice.randrange(1, 4)):
        kind, at = choice.randrange(5), choice.randrange(len(out))
        if kind == 0:
            out[at] = choice.randrange(256)
        elif kind == 1:
            at = choice.randrange(32, 112, 4)
            out[at : at + 4] = number(choice, len(raw))
        elif kind == 2:
            at &= ~3
            out[at : at + 4] = number(choice, len(raw))
        elif kind == 3:
            out[at : at + 4] = bytes([choice.choice([0, 0x7F, 0x80, 0xFF])]) * 4
        else:
            del out[max(at, 113) :]
    return bytes(out)


def number(choice: random.Random, size: int) -> bytes:
    return choice.choice([*EXTREMES, 0, 1, size, size - 1, choice.randrange(size)]).to_bytes(4, "little")


def use(raw: bytes) -> str:
    """Open a file and touch all that others touch; return what became of it."""
    from assay.bytecode.container import DexContainer  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.bytecode.digest import index_sha256  # noqa: PLC0415
    from assay.bytecode.listing import listing  # noqa: PLC0415
    from assay.model.errors import Unreadable  # noqa: PLC0415

    try:
        dex = opened(raw)
        for member in dex.members() if isinstance(dex, DexContainer) else ():
            use(member.open().view().tobytes())
    except Unreadable:
        return "unreadable"
    index_sha256(dex)
    for index in range(min(dex.string_count, 50)):
        dex.string_text(index)
        list(dex.string_users(index))
    for row in range(len(dex.methods.method)):
        assert all(str(line) for line in listing(dex, row))
    facts = run_analysers(dex) + len(details(dex))
    return "problems" if dex.problems or facts else "index"


def opened(raw: bytes) -> "DexFile":
    """Open as the bench would: a container as a container."""
    from assay.bytecode.container import open_container  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.bytecode.dex import open_dex  # noqa: PLC0415
    from assay.model.source import BufferSource  # noqa: PLC0415
    from assay.registry import BENCH  # noqa: PLC0415

    source = BufferSource(raw)
    container = next(spec for spec in BENCH.readers if spec.kind == "dex-container")
    return open_container(source) if container.recognise(source) else open_dex(source)


def details(dex: "DexFile") -> list[object]:
    """Touch all that is read on demand; return the problems met."""
    from assay.bytecode.call_sites import implementation, recipe  # noqa: PLC0415 - limits are set before
    from assay.bytecode.system_annotations import system_view  # noqa: PLC0415
    from assay.bytecode.tries import catch_types  # noqa: PLC0415

    found: list[object] = [*dex.read_hidden_api()[1], *dex.read_annotation_uses()[1]]
    catch_types(dex.tries)
    for row in range(len(dex.methods.method)):
        info, (_, problems) = dex.debug_info(row), dex.tries_of(row)
        assert all(0 <= each.first < each.end <= dex.bodies.size[row] for each in info.variables)
        assert all(0 <= line.pc < dex.bodies.size[row] for line in info.lines)
        found += [*info.problems, *problems]
    for row in range(len(dex.tables.classes)):
        notes, values = dex.annotations(row), dex.static_values(row)
        groups = [notes.own, *notes.fields.values(), *notes.methods.values()]
        groups += [items for sets in notes.parameters.values() for items in sets]
        assert len([system_view(items, dex.names) for items in groups]) == len(groups)
        dex.source_file(row)
        found += [*notes.problems, *values.problems]
    for row in range(min(len(dex.tables.call_sites), 50)):
        site = dex.call_site(row)
        implementation(site, dex.tables, dex.names)
        recipe(site, dex.tables, dex.names)
        found += site.problems
    return found


def run_analysers(dex: object) -> int:
    """Return the number of problems that the analysers of code met, the checksum's left out."""
    from assay.facts.code_index import code_index  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.facts.match_sites import match_sites  # noqa: PLC0415
    from assay.model.problem import Problem  # noqa: PLC0415

    found = [*code_index(dex), *match_sites(dex)]  # type: ignore[arg-type]
    return sum(isinstance(each, Problem) and "header is not that" not in each.what for each in found)


def trials(count: int, seed: int) -> Counter[str]:
    choice = random.Random(seed)
    files = bases()
    return Counter(use(mutated(files[n % len(files)], choice)) for n in range(count))


@pytest.mark.mutation
def test_changed_files_end_in_an_index_a_problem_or_unreadable(mutations: int) -> None:
    count = max(1_000, mutations)
    command = [sys.executable, "-m", "tests.bytecode.test_dex_mutations", str(count), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    became = dict(line.split() for line in done.stdout.splitlines())
    assert sum(map(int, became.values())) == count
    assert {"unreadable", "problems", "index"} == set(became)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for what, times in trials(int(sys.argv[1]), int(sys.argv[2])).items():
        print(what, times)  # noqa: T201 - the result of this process
