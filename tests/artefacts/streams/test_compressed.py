import bz2
import gzip
import lzma
import random
import shutil
import subprocess
import zlib
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.streams import bzip2, compressed, xz, zstd
from assay.artefacts.streams import gzip as gzip_reader
from assay.artefacts.streams import zlib as zlib_reader
from assay.artefacts.streams.compressed import CONTENT, Compressed
from assay.model import limits
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import BENCH

TEXT = random.Random(1).randbytes(70_000) * 2
WRITE: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress, "xz": lzma.compress, "bzip2": bz2.compress, "zlib": zlib.compress,
    "zstd": lambda data: zstandard.ZstdCompressor(write_checksum=True).compress(data),
}  # fmt: skip
OPEN: dict[str, Callable[[BufferSource], Compressed]] = {
    "gzip": gzip_reader.open_gzip, "xz": xz.open_xz, "bzip2": bzip2.open_bzip2, "zlib": zlib_reader.open_zlib,
    "zstd": zstd.open_zstd,
}  # fmt: skip
PROGRAMS = ("gzip", "xz", "bzip2", "zstd")
kinds = pytest.mark.parametrize("kind", WRITE)


def opened(kind: str, raw: bytes) -> Compressed:
    return OPEN[kind](BufferSource(raw))


def content(document: Compressed) -> bytes:
    (member,) = document.members()
    assert member.name == CONTENT
    return bytes(member.open().view())


def recognised(raw: bytes) -> list[str]:
    own = [spec for spec in BENCH.readers if spec.kind in WRITE]
    return [spec.kind for spec in own if spec.recognise(BufferSource(raw))]


@kinds
@given(data=st.binary(min_size=1, max_size=2000))
def test_what_was_packed_comes_out(kind: str, data: bytes) -> None:
    raw = WRITE[kind](data)
    document = opened(kind, raw)
    assert recognised(raw) == [kind]
    assert (content(document), document.problems) == (data, ())


@kinds
def test_a_long_stream_comes_out_whole(kind: str) -> None:
    assert content(opened(kind, WRITE[kind](TEXT))) == TEXT


@pytest.mark.parametrize("kind", PROGRAMS)
def test_the_program_of_the_format_writes_the_same(kind: str) -> None:
    if shutil.which(kind) is None:
        pytest.skip(f"{kind} is not installed")
    raw = subprocess.run([kind, "-c"], input=TEXT, capture_output=True, check=True).stdout
    assert recognised(raw) == [kind]
    assert content(opened(kind, raw + raw)) == TEXT + TEXT


@pytest.mark.parametrize("kind", PROGRAMS)
def test_the_number_of_streams_is_held_at_its_limit(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "MAX_FRAMES", 3)
    three, four = (opened(kind, WRITE[kind](b"x") * count) for count in (3, 4))
    assert (content(three), three.problems) == (b"xxx", ())
    assert content(four) == b"xxx"
    assert "lie behind the stream" in four.problems[0].what


@kinds
def test_a_bomb_is_held_at_its_limit(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "FREE_EXPANSION_BYTES", 300_000)
    monkeypatch.setattr(compressed, "MAX_CONTAINER_RATIO", 0)
    assert len(content(opened(kind, WRITE[kind](bytes(300_000))))) == 300_000
    with pytest.raises(Unreadable, match="more than the 300000 bytes"):
        content(opened(kind, WRITE[kind](bytes(300_001))))


def test_the_allowance_grows_with_the_stream_up_to_the_largest_artefact() -> None:
    assert compressed.allowance(10) == limits.FREE_EXPANSION_BYTES
    assert compressed.allowance(4 << 20) == 400 << 20
    assert compressed.allowance(1 << 31) == limits.MAX_ARTEFACT_BYTES


@kinds
def test_a_stream_that_is_cut_off_gives_what_comes_before(kind: str) -> None:
    document = opened(kind, WRITE[kind](TEXT)[:-3])
    given_bytes = content(document)
    assert given_bytes
    assert TEXT.startswith(given_bytes)
    assert "ends early" in document.problems[0].what


@kinds
def test_bytes_behind_a_stream_are_named(kind: str) -> None:
    document = opened(kind, WRITE[kind](b"content") + b"\0" * 8 + b"more")
    assert content(document) == b"content"
    assert "12 bytes" in document.problems[0].what


@pytest.mark.parametrize("kind", ["gzip", "zlib"])
def test_a_false_checksum_costs_no_content(kind: str) -> None:
    raw = bytearray(WRITE[kind](b"content"))
    raw[-5 if kind == "gzip" else -1] ^= 1
    document = opened(kind, bytes(raw))
    assert content(document) == b"content"
    assert "damaged after 7 bytes" in document.problems[0].what


@kinds
def test_a_header_without_a_stream_is_unreadable(kind: str) -> None:
    with pytest.raises(Unreadable, match="does not unpack"):
        content(opened(kind, WRITE[kind](TEXT)[:2]))


def test_opening_again_adds_no_problem() -> None:
    document = opened("gzip", gzip.compress(TEXT)[:-3])
    assert content(document) == content(document)
    assert len(document.problems) == 1


@pytest.mark.mutation
@kinds
def test_changed_streams_end_in_content_or_unreadable(kind: str, mutations: int) -> None:
    choice, raw = random.Random(7), WRITE[kind](TEXT[:3000] + b"a" * 3000)
    became = set()
    for _ in range(mutations):
        changed = bytearray(raw)
        for _ in range(choice.randrange(1, 4)):
            changed[choice.randrange(len(changed))] = choice.randrange(256)
        document = opened(kind, bytes(changed))
        try:
            content(document)
            became.add("problem" if document.problems else "content")
        except Unreadable:
            became.add("unreadable")
    assert "problem" in became or "unreadable" in became
