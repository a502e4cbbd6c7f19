"""`assay.open_code`: every DEX file below a path, found by content, indexed once, asked by name."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
import pytest

import assay
from assay.bytecode.columns import NONE, Columns
from assay.engine import code_query, code_work
from assay.engine.code import Code
from assay.engine.indices import Indices
from assay.evidence.case_folder import CaseFolder
from assay.evidence.intake import take, understand
from assay.model.errors import UsageError
from tests.bytecode import dex_writer as w

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "count-callers.md"
ASKED = w.MethodId("Lorg/example/Device;", "name", w.Proto("Ljava/lang/String;"))
OTHER = w.MethodId("Lorg/example/Device;", "name", w.Proto("Ljava/lang/String;", ("I",)))
SUB = w.MethodId("Lorg/example/Phone;", "name", w.Proto("Ljava/lang/String;"))


def dex(app: str, calls: list[w.MethodId], strings: tuple[str, ...] = ()) -> bytes:
    """Return a DEX file with one class, of which one method makes these calls, and one that all apps share."""
    own, shared = f"Lorg/example/{app};", "Lorg/example/Library;"
    code = [unit for method in calls for unit in w.invoke(0x71, method)]
    code += [unit for text in strings for unit in w.const_string(0, text)]
    run = w.Method(w.MethodId(own, "run", w.Proto("V")), [*code, 0x0E])
    same = w.Method(w.MethodId(shared, "same", w.Proto("V")), [*w.const_string(0, "the same"), 0x0E])
    return w.write([w.Class(own, [run]), w.Class(shared, [same])])


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


A = dex("A", [ASKED, ASKED, OTHER], ("tracked", "zebra"))
B = dex("B", [SUB], ("tracked",))
C = dex("C", [ASKED])


def laid_out(folder: Path) -> Path:
    """Three packages: code where it is expected, behind another name within a package, and beside it."""
    (folder / "deep").mkdir(parents=True)
    (folder / "a.apk").write_bytes(packed(("classes.dex", A), ("picture.png", b"\x89PNG no code")))
    inner = packed(("assets/data.bin", B), ("classes.dex", C))
    (folder / "deep" / "b.zip").write_bytes(packed(("base.apk", inner), ("notes.txt", b"dex\n")))
    (folder / "c.dex").write_bytes(C)
    (folder / "empty").write_bytes(b"")
    (folder / "link.dex").symlink_to(folder / "c.dex")
    return folder


def opened(path: Path, cache: Path) -> Code:
    return assay.open_code(path, cache=cache, workers=1, allow_unsandboxed=True)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The applications and a cache that knows them; no test changes either."""
    home = tmp_path_factory.mktemp("known")
    opened(laid_out(home / "apps"), home / "cache")
    return home / "apps", home / "cache"


@pytest.fixture
def code(known: tuple[Path, Path]) -> Code:
    return opened(*known)


@pytest.fixture
def apps(tmp_path: Path, known: tuple[Path, Path]) -> Path:
    """The same applications and `cache` beside them, for a test to change."""
    shutil.copytree(known[1], tmp_path / "cache")
    return laid_out(tmp_path / "apps")


def test_every_dex_file_is_found_once_with_all_its_places(code: Code) -> None:
    assert [app.path for app in code.apps] == ["a.apk", "c.dex", "deep/b.zip", "empty"]
    places = {file.sha256: [(code.apps[p.app].path, p.locator[64:]) for p in file.places] for file in code.files}
    digest = {name: hashlib.sha256(raw).hexdigest() for name, raw in (("A", A), ("B", B), ("C", C))}
    assert places == {
        digest["A"]: [("a.apk", "!zip:classes.dex")],
        digest["B"]: [("deep/b.zip", "!zip:base.apk!zip:assets/data.bin")],
        digest["C"]: [("c.dex", ""), ("deep/b.zip", "!zip:base.apk!zip:classes.dex")],
    }
    assert code.problems == ()
    assert all(file.columns.dex_sha256 == file.sha256 and file.columns.dex_size == file.size for file in code.files)


def called(code: Code, **asked: str) -> list[tuple[str, str, int]]:
    calls = code.callers(**asked)
    rows = zip(calls.file.tolist(), calls.definition.tolist(), calls.pc.tolist(), strict=True)
    assert set(calls.opcode.tolist()) <= {0x71}
    return sorted((code.apps[code.files[f].apps[0]].path, code.definition_name(f, d), pc) for f, d, pc in rows)


def test_callers_are_found_by_method_and_by_parts(code: Code) -> None:
    a, b, c = (f"Lorg/example/{name};->run()V" for name in "ABC")
    wanted = [("a.apk", a, 0), ("a.apk", a, 3), ("c.dex", c, 0)]
    assert called(code, method="Lorg/example/Device;->name()Ljava/lang/String;") == wanted
    assert called(code, method="Lorg/example/Device;->name(I)Ljava/lang/String;") == [("a.apk", a, 6)]
    assert called(code, name="name", prototype="()Ljava/lang/String;") == [*wanted, ("deep/b.zip", b, 0)]
    assert len(called(code, owner="Lorg/example/Device;")) == 4
    assert called(code, name="nam") == called(code, method="Lorg/example/Device;->name()V") == []
    assert code.callers("Lorg/example/Device;->name()Ljava/lang/String;").apps.tolist() == [0, 1, 2]


def test_strings_and_methods_are_found_as_they_are(code: Code) -> None:
    found = code.find_strings("tracked")
    strings = [code.files[f].columns.string(r) for f, r in zip(found.file.tolist(), found.row.tolist(), strict=True)]
    assert strings == [b"tracked", b"tracked"]
    assert len(code.find_strings(b"zebra")) == 1
    assert len(code.find_strings("trackedx")) == len(code.find_strings(b"tracked\0")) == 0
    found = code.find_methods(name="run")
    names = {code.method_name(f, r) for f, r in zip(found.file.tolist(), found.row.tolist(), strict=True)}
    assert names == {f"Lorg/example/{name};->run()V" for name in "ABC"}


def test_what_apps_share_is_one(code: Code) -> None:
    linked = code.linked()
    assert (linked.classes, linked.methods, linked.bodies, linked.unnamed) == (4, 4, 4, 0)
    assert len(linked.method_ids) == linked.definition_starts[-1] == 6
    assert sorted(linked.method_apps.tolist()) == sorted(linked.class_apps.tolist()) == [1, 1, 2, 3]
    assert sorted(linked.body_apps.tolist()) == [1, 1, 2, 3]
    assert NONE not in linked.body_ids.tolist()


@pytest.mark.parametrize("method", ["", "name", "Lorg/A;", "Lorg/A;->m", "Lorg/A;->m(X)V", "Lorg/A;->m()", "I->m()V"])
def test_what_is_no_method_is_a_mistake_of_the_user(code: Code, method: str) -> None:
    with pytest.raises(UsageError):
        code.callers(method)


def test_nothing_asked_is_a_mistake_of_the_user(code: Code) -> None:
    with pytest.raises(UsageError):
        code.find_methods()


def test_colliding_names_are_told_apart(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name have one hash: nothing that is found may change."""
    expected = [called(code, name="name"), called(code, method="Lorg/example/Device;->name()Ljava/lang/String;")]
    linked = code.linked()

    def collided(columns: Columns) -> Columns:
        hashes = [name for name in columns.__struct_fields__ if name.endswith("_hashes")]
        return msgspec.structs.replace(columns, **{n: np.full_like(getattr(columns, n), 7) for n in hashes})

    get = Indices.get
    monkeypatch.setattr(Indices, "get", lambda self, sha256: collided(get(self, sha256)))  # type: ignore[arg-type]
    for name in ("hash_of", "hash_of_method", "hash_of_prototype"):
        monkeypatch.setattr(code_query, name, lambda *_: 7)
    code.close()
    assert [
        called(code, name="name"),
        called(code, method="Lorg/example/Device;->name()Ljava/lang/String;"),
    ] == expected
    assert len(code.find_strings("tracked")) == 2
    assert code.linked().method_ids.tolist() == linked.method_ids.tolist()


def test_nothing_is_indexed_twice(known: tuple[Path, Path], code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_work, "Pool", None)
    again = opened(*known)
    assert [file.places for file in again.files] == [file.places for file in code.files]
    assert len(again.callers(name="name")) == 5


def test_what_is_known_is_looked_up_before_the_code_engine_is_loaded() -> None:
    program = "import sys, assay; assay.open_code; print({'numpy', 'numba', 'assay.bytecode'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_only_what_changed_is_indexed(apps: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_ino for path in (tmp_path / "cache").rglob("*.columns")}
    (apps / "c.dex").write_bytes(dex("D", [SUB]))
    code = opened(apps, tmp_path / "cache")
    after = {path: path.stat().st_ino for path in (tmp_path / "cache").rglob("*.columns")}
    assert len(code.files) == 4
    assert len(after) == 4
    assert before.items() <= after.items()


def test_a_damaged_index_is_made_anew(apps: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "cache").rglob("*.columns"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
        path.unlink()
        path.write_bytes(content)
    assert len(opened(apps, tmp_path / "cache").callers(name="name")) == 5


def test_results_do_not_depend_on_the_number_of_workers(known: tuple[Path, Path], tmp_path: Path) -> None:
    assay.open_code(known[0], cache=tmp_path / "two", workers=2, allow_unsandboxed=True)
    folders = (known[1], tmp_path / "two")
    files = [{path.name: path.read_bytes() for path in folder.rglob("*.columns")} for folder in folders]
    assert files[0] == files[1]
    assert len(files[0]) == 3


def test_a_damaged_file_is_a_problem_and_the_rest_is_read(apps: Path, tmp_path: Path) -> None:
    (apps / "d.dex").write_bytes(b"dex\n099\0" + bytes(200))
    (apps / "e.apk").write_bytes((apps / "a.apk").read_bytes()[:-30])
    code = opened(apps, tmp_path / "cache")
    assert len(code.files) >= 3
    assert any("looks like dex" in found.problem.what for found in code.problems)


def test_one_file_a_path_without_code_and_none(tmp_path: Path, apps: Path) -> None:
    assert len(opened(apps / "c.dex", tmp_path / "cache").files) == 1
    (tmp_path / "nothing").mkdir()
    nothing = opened(tmp_path / "nothing", tmp_path / "cache")
    assert (len(nothing.files), len(nothing.apps)) == (0, 0)
    assert nothing.linked().methods == len(nothing.callers(name="x")) == 0
    with pytest.raises(UsageError):
        opened(tmp_path / "missing", tmp_path / "cache")


def test_the_exhibits_of_a_case(apps: Path, tmp_path: Path) -> None:
    case = CaseFolder.open_or_create(tmp_path / "case")
    take(case, understand([str(apps)]))
    code = opened(tmp_path / "case", tmp_path / "cache")
    assert len(code.files) == 3
    assert len(code.callers(name="name")) == 5


def test_the_how_to_counts(apps: Path, tmp_path: Path) -> None:
    """Run the first block of code of the page as it stands, over these applications."""
    block = re.search(r"```python\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    assert block is not None
    lines = block[1].replace("Landroid/telephony/TelephonyManager;->getDeviceId()", "Lorg/example/Device;->name()")
    assert len([line for line in lines.splitlines() if line.strip()]) <= 5
    environment = {**os.environ, "ASSAY_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", lines], cwd=apps.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split()[:1] == ["3"]


@pytest.mark.parametrize("named", [True, False])
def test_a_home_that_cannot_be_written_is_no_hindrance(apps: Path, tmp_path: Path, named: bool) -> None:  # noqa: FBT001
    """With a folder named, indices stay there; without, they go with the process."""
    (tmp_path / "home").write_bytes(b"a file, below which nothing can be made")
    environment = {name: value for name, value in os.environ.items() if name not in {"ASSAY_CACHE", "XDG_CACHE_HOME"}}
    environment |= {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary")}
    environment |= {"ASSAY_CACHE": str(tmp_path / "named")} if named else {}
    (tmp_path / "temporary").mkdir()
    program = (
        "import assay\nwith assay.open_code('c.dex', allow_unsandboxed=True) as c: print(len(c.callers(name='name')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=apps, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "1\n", done.stderr
    assert len(list((tmp_path / "named").rglob("*.columns"))) == (1 if named else 0)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_opening_changes_nothing_of_the_files(apps: Path, tmp_path: Path) -> None:
    def told() -> list[tuple[str, int, int, int]]:
        states = [(path.name, path.lstat()) for path in sorted(apps.rglob("*"))]
        return [(name, state.st_ino, state.st_ctime_ns, state.st_nlink) for name, state in states]

    before = told()
    assert len(opened(apps, tmp_path / "cache").files) == 3
    assert told() == before
