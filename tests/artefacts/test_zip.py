import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.zip import ZipArchive, is_zip
from assay.model import limits
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import Container
from tests.artefacts import zip_writer as w
from tests.artefacts.archives import FILES, FORMS, contents, opened, words, written


@given(FILES, FORMS)
def test_what_the_standard_library_writes_is_read_back(
    files: dict[str, tuple[bytes, int]], form: dict[str, bool]
) -> None:
    archive = opened(written(files, **form))
    assert contents(archive) == {name.encode(): data for name, (data, _) in files.items()}
    assert [entry.name.decode() for entry in archive.entries()] == list(files)
    assert archive.problems == ()
    assert set(words(archive)) <= {"parent-name"}


@given(FILES, st.binary(max_size=100), st.binary(max_size=100))
def test_bytes_around_an_archive_change_nothing_inside(
    files: dict[str, tuple[bytes, int]], before: bytes, comment: bytes
) -> None:
    plain = written(files)
    length = len(comment).to_bytes(2, "little")
    archive = opened(before + plain[:-2] + length + comment)
    if b"PK\x05\x06" not in comment:
        assert contents(archive) == {name.encode(): data for name, (data, _) in files.items()}
        assert ("archive-comment" in words(archive)) == bool(comment)
    if files and before.strip(b"\0"):
        assert "data-before-first-entry" in words(archive)


def test_an_archive_is_a_container_recognised_by_its_bytes() -> None:
    data = w.archive(w.Item(b"a", b"1"))
    assert is_zip(BufferSource(data))
    assert is_zip(BufferSource(b"#!/bin/sh\n" + data))
    assert is_zip(BufferSource(w.end(0, 0, 0)))
    assert is_zip(BufferSource(data[:-30]))
    assert not is_zip(BufferSource(b"PK"))
    assert not is_zip(BufferSource(b"text that mentions PK\x05\x06 and goes on for a while"))
    assert isinstance(opened(data), Container)


def test_stored_entries_are_not_copied() -> None:
    data = w.archive(w.Item(b"a", b"x" * 1000))
    source = opened(data).read(b"a")
    assert source is not None
    assert source.view().obj is data


def test_names_are_bytes_and_never_paths() -> None:
    names = [b"/etc/passwd", b"../../x", b"..\\x", b"C:\\x", b"\xff\xfe", b"a\0b", b""]
    archive = opened(w.archive(*(w.Item(name, b"1") for name in names)))
    assert [member.name for member in archive.members()] == names
    assert set(words(archive)) == {
        "absolute-name", "parent-name", "backslash-name", "name-not-utf8", "control-character-name", "empty-name",
    }  # fmt: skip


def test_plain_directories_are_no_members() -> None:
    archive = opened(w.archive(w.Item(b"d/"), w.Item(b"e/", b"content")))
    assert [member.name for member in archive.members()] == [b"e/"]
    assert words(archive) == ["directory-with-content"]


def test_a_signing_block_is_not_odd_and_its_magic_alone_hides_nothing() -> None:
    length = (4000 + 24).to_bytes(8, "little")
    block = length + bytes(range(250)) * 16 + length + b"APK Sig Block 42"
    item = w.Item(b"a", b"1")
    assert words(opened(w.archive(item, before_directory=block))) == []
    assert words(opened(w.archive(item, before_directory=b"hidden" + block))) == ["data-before-directory"]
    assert words(opened(w.archive(item, before_directory=b"hidden APK Sig Block 42"))) == ["data-before-directory"]
    assert words(opened(w.archive(item, prefix=block))) == ["data-before-first-entry"]


@pytest.mark.mutation
def test_mutated_archives_end_in_content_problems_or_unreadable(mutations: int) -> None:
    rng = random.Random(20)
    base = w.archive(
        w.Item(b"a.txt", b"some text " * 30, method=8), w.Item(b"b", b"stored"), w.Item(b"c", bytes(500), method=8),
        comment=b"comment",
    )  # fmt: skip
    streamed = written({"x": (b"text " * 50, 8), "y": (b"z" * 40, 14), "w": (b"k" * 90, 12)}, streamed=True, wide=True)
    for number in range(3 * mutations):
        data = bytearray(rng.choice([base, streamed]))
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.choice([0, 1, 0xFF, rng.randrange(256)])
        if number % 3 == 0:
            del data[rng.randrange(len(data)) :]
        _read_everything(bytes(data))


def _read_everything(data: bytes) -> None:
    source = BufferSource(data)
    try:
        archive = ZipArchive(source)
    except Unreadable:
        return
    assert is_zip(source) or not data.startswith(b"PK\x03\x04")
    total = 0
    for member in archive.members():
        try:
            total += member.open().size
        except Unreadable:
            continue
    assert total <= limits.FREE_EXPANSION_BYTES
    assert all(0 <= oddity.offset <= 2**64 for oddity in archive.oddities)
