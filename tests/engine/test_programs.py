"""The code of an app linked as its class loader sees it: which files, in which order, with which figures."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import assay
from assay.bytecode.dex import DexFile
from assay.engine import programs
from assay.engine.code import Code
from assay.engine.code_records import IndexCode
from assay.engine.indexing import Indexing
from assay.engine.indices import Indices
from assay.engine.opening import Locations
from assay.engine.parts import load_bench
from assay.engine.programs import class_path
from assay.model.ids import sha256_hex
from assay.model.locator import Locator
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w

SAME = w.MethodId("Lorg/example/Library;", "same", w.Proto("V"))
OUTSIDE = w.MethodId("Ljava/lang/System;", "gc", w.Proto("V"))


def dex(*classes: tuple[str, str, tuple[w.MethodId, ...]]) -> bytes:
    """Return a DEX file: class, its one static method, the static methods that it calls."""
    made = []
    for owner, name, calls in classes:
        code = [unit for method in calls for unit in w.invoke(0x71, method)]
        made.append(w.Class(owner, [w.Method(w.MethodId(owner, name, w.Proto("V")), [*code, 0x0E])]))
    return w.write(made)


MAIN = dex(("Lorg/example/App;", "run", (SAME, SAME, OUTSIDE)))
SECOND = dex(("Lorg/example/App;", "old", (SAME,)), ("Lorg/example/Library;", "same", ()))
LOADED = dex(("Lorg/example/Loaded;", "late", ()))
SPLIT = dex(("Lorg/example/Split;", "more", (SAME,)))


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def opened(folder: Path, content: bytes) -> Code:
    (folder / "apps").mkdir()
    (folder / "apps" / "app.apk").write_bytes(content)
    return assay.open_code(folder / "apps", cache=folder / "cache", workers=1, allow_unsandboxed=True)


def test_calls_are_known_across_the_files_of_an_app(tmp_path: Path) -> None:
    app = packed(("classes2.dex", SECOND), ("classes.dex", MAIN), ("assets/classes.dat", LOADED), ("a.png", b"no code"))
    code = opened(tmp_path, app)
    (found,) = code.programs
    assert found is not None
    assert found.parts == (sha256_hex(MAIN), sha256_hex(SECOND))
    assert (found.classes, found.definitions, found.shadowed) == (3, 3, 1)
    assert {name: count for name, count in found.edges.items() if count} == {"exact": 2, "outside": 1}
    assert (found.followed, found.unknown, found.problems) == (2, {}, ())
    again = assay.open_code(tmp_path / "apps", cache=tmp_path / "cache", workers=1, allow_unsandboxed=True)
    assert again.programs == code.programs


def test_a_bundle_is_one_app_and_what_lies_deeper_is_another(tmp_path: Path) -> None:
    split, inner = packed(("classes.dex", SPLIT)), packed(("classes.dex", LOADED))
    base = packed(("classes.dex", MAIN), ("classes2.dex", SECOND), ("assets/inner.apk", inner))
    (found,) = opened(tmp_path, packed(("a-split.apk", split), ("base.apk", base))).programs
    assert found is not None
    assert found.parts == tuple(map(sha256_hex, (MAIN, SECOND, SPLIT)))
    assert (found.classes, found.edges["exact"]) == (4, 3)


def test_where_nothing_is_on_a_class_path_there_is_no_program(tmp_path: Path) -> None:
    assert opened(tmp_path, packed(("assets/plugin.bin", LOADED))).programs == (None,)


def test_more_code_than_is_linked_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exhibit = Locator("0" * 64)
    bench, task = load_bench(), IndexCode(sha256=exhibit.exhibit)
    for limit, linked in ((len(MAIN), True), (len(MAIN) - 1, False)):
        monkeypatch.setattr(programs, "MAX_BYTES", limit)
        said: list[str] = []
        indexing = Indexing(bench, Indices(tmp_path / "none"), tmp_path, task, said.append)
        found = indexing.run(Locations(bench, lambda _: BufferSource(MAIN)))
        assert (found.program is not None, len(found.problems)) == (linked, 0 if linked else 1)
        assert said == [str(exhibit), f"{exhibit} linking"]


def test_files_stand_in_the_order_of_their_numbers() -> None:
    package = Locator("0" * 64)
    names = [b"classes10.dex", b"classes2.dex", b"classes.dex", b"classes1.dex", b"lib/classes.dex", b"other.dex"]
    path = class_path([package.child("zip", name) for name in names])
    assert [locator.steps[-1].member for locator in path] == [b"classes.dex", b"classes2.dex", b"classes10.dex"]


def test_workers_that_index_load_every_reader_of_containers_and_of_code() -> None:
    program = "from assay.registry import load; from assay.engine.indexing import PARTS; bench = load(*PARTS); "
    shown = subprocess.run(
        [sys.executable, "-c", program + "print(*(spec.kind for spec in bench.readers))"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    wanted = [spec.kind for spec in load_bench().readers if spec.gives is DexFile or hasattr(spec.gives, "members")]
    assert len(wanted) > 10
    assert [kind for kind in shown.stdout.split() if kind in wanted] == wanted
