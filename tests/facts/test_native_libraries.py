import subprocess
from pathlib import Path
from shutil import which

import pytest

from assay.artefacts.elf import open_elf
from assay.facts import native_libraries as analyser
from assay.facts.native_libraries import native_libraries
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.native import NativeEntry, NativeLibrary
from tests.artefacts import elf_writer as w
from tests.artefacts.elf_writer import Export, Library

SOURCE = """
typedef struct { const char *name, *signature; void *function; } Method;
static int add(void *env, void *self, int a, int b) { return a + b; }
static int sub(void *env, void *self, int a, int b) { return a - b; }
static const Method methods[] = {{"nativeAdd", "(II)I", (void *)add}, {"nativeSub", "(II)I", (void *)sub}};
int Java_org_example_app_Bridge_check(void *env, void *self) { return 1; }
int Java_org_example_app_Bridge_check__Ljava_lang_String_2(void *env, void *self, void *text) { return 2; }
const unsigned short wide[] = u"wide text of the library";
const char *host = "https://native.example.test/api";
int JNI_OnLoad(int (*bind)(const Method *, int), void *reserved) { return bind(methods, 2); }
"""


def facts(raw: bytes) -> tuple[NativeLibrary, list[NativeEntry], list[NotFollowed]]:
    library, *rest = native_libraries(open_elf(BufferSource(raw)))
    assert isinstance(library, NativeLibrary)
    entries = [row for row in rest if isinstance(row, NativeEntry)]
    return library, entries, [row for row in rest if isinstance(row, NotFollowed)]


def test_a_library_is_described_by_what_it_holds() -> None:
    made = Library(
        w.ARM, 32, [b"liblog.so", b"libc.so"], b"libspecimen.so", [b"puts"],
        [Export(b"JNI_OnLoad"), Export(b"Java_org_example_A_m__I", size=6), Export(b"Java_odd"), Export(b"other")],
        [b"name", b"(I)V", b"text", b"libsecond.so", b"lib third.so", b"libc.so.6"], [[0, 1, -4]], relocations="rel",
    )  # fmt: skip
    library, entries, lost = facts(made.write())
    assert library == NativeLibrary(
        abi="armeabi", machine="ARM", bits=32, kind="shared object", soname="libspecimen.so",
        needed=("liblog.so", "libc.so"), build_id="0102030405060708", stripped="symbol table", imports=1, exports=4,
        jni_exports=2, jni_registrations=1, jni_on_load=True, strings=6, string_bytes=4 + 4 + 4 + 12 + 12 + 9,
        names_libraries=("libc.so.6", "libsecond.so"),
    )  # fmt: skip
    assert entries == [
        NativeEntry(
            place=f"0x{made.export_at[1]:x}+6", how="exported-name", symbol="Java_org_example_A_m__I",
            offset=made.export_at[1], class_name="Lorg/example/A;", method="m", prototype="(I)",
            library="libspecimen.so",
        ),
        NativeEntry(
            place=f"0x{made.table_at[0]:x}+12", how="registration-table", symbol="", offset=made.export_at[3],
            class_name=None, method="name", prototype="(I)V", library="libspecimen.so",
        ),
    ]  # fmt: skip
    assert lost == [NotFollowed("exported names that begin with Java_ and name no method, or lie beyond the limit", 1)]


def test_the_mark_of_thumb_code_is_no_part_of_an_offset() -> None:
    made = Library(w.ARM, 32, exports=[Export(b"Java_org_example_A_m")])
    raw = bytearray(made.write())
    at = raw.index((w.BASE + made.export_at[0]).to_bytes(4, "little"), 52 + 5 * 32)
    raw[at] += 1
    assert facts(bytes(raw))[1][0].offset == made.export_at[0]


def test_entries_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = Library(exports=[Export(b"Java_a_B_m"), Export(b"Java_a_B_n")]).write()
    monkeypatch.setattr(analyser, "MAX_ENTRIES", 2)
    assert [len(rows) for rows in facts(raw)[1:]] == [2, 0]
    monkeypatch.setattr(analyser, "MAX_ENTRIES", 1)
    assert [len(rows) for rows in facts(raw)[1:]] == [1, 1]


@pytest.mark.skipif(which("gcc") is None or which("nm") is None, reason="gcc or nm is not installed")
@pytest.mark.parametrize("option", [[], ["-Wl,-z,pack-relative-relocs"], ["-Wl,--hash-style=sysv", "-s"]], ids=str)
def test_a_compiled_library_shows_its_entries(option: list[str], tmp_path: Path) -> None:
    source, built = tmp_path / "lib.c", tmp_path / "lib.so"
    source.write_text(SOURCE)
    done = subprocess.run(["gcc", "-shared", "-fPIC", "-O1", *option, "-o", built, source], check=False)
    if done.returncode:
        pytest.skip("this gcc cannot build the library")
    listed = subprocess.run(["nm", "-D", "--defined-only", built], capture_output=True, text=True, check=True).stdout
    library, entries, _ = facts(built.read_bytes())
    assert library.exports == len(listed.splitlines())
    assert {row.symbol for row in entries if row.symbol} == {
        name for name in listed.split() if name.startswith("Java_")
    }
    assert [(row.method, row.prototype) for row in entries if not row.symbol] == [
        ("nativeAdd", "(II)I"), ("nativeSub", "(II)I"),
    ]  # fmt: skip
    texts = [string.text for string in open_elf(BufferSource(built.read_bytes())).strings()]
    assert {"wide text of the library", "https://native.example.test/api"} <= set(texts)
