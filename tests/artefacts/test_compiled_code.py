"""What holds for every reader of places where code lies, whatever the bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import compiled_code
from assay.artefacts.compiled_code import CompiledCode, DexOrigin
from assay.artefacts.dex_span import DexSpan
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import BENCH, Container, Document, ReaderSpec, load
from tests.artefacts import bundle_writer as b
from tests.artefacts import compiled_writer as c

load("assay.artefacts")
KINDS = {
    "bundle", "bzip2", "compact-dex", "dex-carrier", "dotnet-assembly", "gzip", "oat", "odex", "vdex", "xz", "zlib",
    "zstd", "ark-bytecode", "art-image", "java-class", "webassembly",
}  # fmt: skip
SPECS = [spec for spec in BENCH.readers if spec.kind in KINDS]
BEGINNINGS = [
    b"vdex006\0", b"vdex019\x00002\0", b"vdex021\x00002\0", b"vdex027\0", b"dey\n036\0", b"cdex001\0",
    b"\x1f\x8b\x08\0",
    b"\xfd7zXZ\0", b"BZh91AY&SY", b"\x28\xb5\x2f\xfd", b"x\x9c", b"MZ", b"PANDA\0\0\0", b"art\n099\0", b"\0asm",
    b"\xca\xfe\xba\xbe", b"x" + c.dex(), c.elf(c.oat(c.Compiled(b"/a/A.jar")))[:0x1010], b.apks({})[:40],
]  # fmt: skip


def members_of(document: object) -> None:
    if isinstance(document, Container):
        for member in document.members():
            try:
                assert member.open().size >= 0
            except Unreadable:
                continue


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=300))
def test_any_bytes_are_another_format_a_document_or_unreadable(spec: ReaderSpec, beginning: bytes, rest: bytes) -> None:
    source = BufferSource(beginning + rest)
    if not spec.recognise(source):
        return
    try:
        document = spec.open(source)
    except Unreadable:
        return
    assert isinstance(document, spec.gives)
    members_of(document)
    assert isinstance(document, Document)
    assert all(problem.what and problem.instead and problem.cost for problem in document.problems)


def test_every_kind_is_a_reader() -> None:
    assert {spec.kind for spec in SPECS} == KINDS


def compiled(*spans: tuple[int, int], size: int = 100) -> CompiledCode:
    document = CompiledCode(BufferSource(bytes(range(size))))
    document.dex_files = tuple(
        DexOrigin(
            location=b"", checksum=None, lies="", offset=0, length=0,
            span=DexSpan(offset=offset, length=length, stated=length),
        )
        for offset, length in spans
    )  # fmt: skip
    return document


def test_a_dex_file_that_is_stated_twice_is_one_member() -> None:
    assert [member.name for member in compiled((4, 8), (4, 8), (20, 8)).members()] == [b"0x4+8", b"0x14+8"]


@pytest.mark.parametrize(("length", "held"), [(20, 5), (21, 4)])
def test_members_over_each_other_are_held_at_their_limit(
    monkeypatch: pytest.MonkeyPatch, length: int, held: int
) -> None:
    monkeypatch.setattr(compiled_code, "MAX_RATIO", 1)
    document = compiled(*((offset, length) for offset in range(5)))
    assert len(list(document.members())) == held
    assert bool(document.problems) == (held < 5)
