import io
import itertools
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import zip as zip_module
from assay.artefacts import zip_content, zip_directory
from assay.artefacts.zip import ZipArchive, is_zip, open_zip
from assay.model import limits
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import Container
from tests.artefacts import zip_writer as w

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\/:"), min_size=1, max_size=12)
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
FORMS = st.fixed_dictionaries({"streamed": st.booleans(), "wide": st.booleans()})
FILES = st.dictionaries(NAMES, st.tuples(st.binary(max_size=2000), METHODS), max_size=8)


class Unseekable(io.BytesIO):
    """A stream that makes zipfile write data descriptors."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def written(files: dict[str, tuple[bytes, int]], *, streamed: bool = False, wide: bool = False) -> bytes:
    out = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, (data, method) in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=wide) as entry:
                entry.write(data)
    return out.getvalue()


def opened(data: bytes) -> ZipArchive:
    return open_zip(BufferSource(data))


def contents(archive: ZipArchive) -> dict[bytes, bytes]:
    return {member.name: bytes(member.open().view()) for member in archive.members()}


def words(archive: ZipArchive) -> list[str]:
    return [oddity.word for oddity in archive.oddities]


def what(archive: ZipArchive) -> str:
    return " | ".join(problem.what for problem in archive.problems)


# --- what stdlib writes is read back ---------------------------------------------------------------


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


# --- what lies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"name": b"b"}, "local-name-differs"),
        ({"method": 12}, "local-method-differs"),
        ({"flags": 1}, "local-encryption-flag-differs"),
        ({"size": 7}, "local-sizes-differ"),
        ({"crc32": 7}, "local-checksum-differs"),
    ],
)
def test_a_local_header_that_disagrees_is_odd_and_the_directory_counts(said: dict[str, object], word: str) -> None:
    archive = opened(w.archive(w.Item(b"a", b"text", local=said)))
    assert contents(archive) == {b"a": b"text"}
    assert words(archive) == [word]
    assert archive.problems == ()


def test_both_entries_of_one_name_are_members_and_the_first_is_read_by_name() -> None:
    archive = opened(w.archive(w.Item(b"a", b"first"), w.Item(b"a", b"second")))
    assert [bytes(member.open().view()) for member in archive.members()] == [b"first", b"second"]
    source = archive.read(b"a")
    assert source is not None
    assert bytes(source.view()) == b"first"
    assert words(archive) == ["duplicate-name"]


def test_places_between_and_around_entries_are_named() -> None:
    data = w.archive(
        w.Item(b"a", b"1"), w.Item(b"b", b"2", gap=b"hidden"), prefix=b"before", before_directory=b"between"
    )
    archive = opened(data + b"after")
    assert contents(archive) == {b"a": b"1", b"b": b"2"}
    assert words(archive) == [
        "data-after-end",
        "data-before-directory",
        "data-before-first-entry",
        "data-between-entries",
    ]
    spans = {oddity.word: data[oddity.offset : oddity.offset + oddity.length] for oddity in archive.oddities}
    assert spans["data-between-entries"] == b"hidden"
    assert spans["data-before-directory"] == b"between"
    assert spans["data-before-first-entry"] == b"before"


def test_an_entry_that_the_directory_does_not_name_is_odd() -> None:
    archive = opened(w.archive(w.Item(b"a", b"1"), w.Item(b"b", b"2", gap=w.local(w.Item(b"ghost", b"boo")))))
    assert words(archive) == ["entry-outside-directory"]
    assert "ghost" in archive.oddities[0].detail


def test_padding_as_build_tools_leave_it_is_not_odd() -> None:
    filler = w.local(w.Item(b"", extra=bytes(90)))
    archive = opened(w.archive(w.Item(b"a", b"1", gap=filler), w.Item(b"b", b"2", gap=bytes(30))))
    assert words(archive) == []


def test_a_mark_of_encryption_without_encryption_is_named_and_read_through() -> None:
    archive = opened(w.archive(w.Item(b"a", b"text " * 20, method=8, flags=1)))
    assert contents(archive) == {b"a": b"text " * 20}
    assert words(archive) == ["encryption-flag"]
    assert "marked as encrypted, but it is not" in what(archive)


def test_encrypted_entries_are_unreadable() -> None:
    archive = opened(w.archive(w.Item(b"a", b"text", packed=b"\x12" * 16, flags=1), w.Item(b"b", b"2")))
    first, second = archive.members()
    with pytest.raises(Unreadable, match="encrypted"):
        first.open()
    assert bytes(second.open().view()) == b"2"


@pytest.mark.parametrize("method", [1, 6, 9, 93, 99, 0x4321])
def test_methods_that_are_not_read_say_so(method: int) -> None:
    archive = opened(w.archive(w.Item(b"a", b"text", method=method)))
    with pytest.raises(Unreadable, match=f"method {method} is not read"):
        next(archive.members()).open()
    assert words(archive) == (["unknown-method"] if method == 0x4321 else [])


def test_a_wrong_checksum_is_a_problem_and_the_content_is_there() -> None:
    archive = opened(w.archive(w.Item(b"a", b"text", crc32=1), w.Item(b"b", b"text", method=8, crc32=1)))
    assert contents(archive) == {b"a": b"text", b"b": b"text"}
    assert what(archive).count(f"checksum is {zlib.crc32(b'text'):08x}, declared 00000001") == 2
    contents(archive)
    assert len(archive.problems) == 2


@pytest.mark.parametrize(("size", "read"), [(0, b""), (3, b"tex"), (4, b"text"), (9, b"text")])
def test_a_wrong_length_never_yields_more_than_declared(size: int, read: bytes) -> None:
    archive = opened(w.archive(w.Item(b"a", b"text", method=8, size=size)))
    assert contents(archive) == {b"a": read}
    assert bool(archive.problems) == (size != 4)


def test_damaged_streams_give_what_stands_before_the_damage() -> None:
    data = random.Random(1).randbytes(300_000)
    packed = bytearray(w.deflate(data))
    packed[200_000:] = b"\xff" * (len(packed) - 200_000)
    archive = opened(w.archive(w.Item(b"a", data, method=8, packed=bytes(packed))))
    read = contents(archive)[b"a"]
    assert 60_000 < len(read) < 300_000
    assert data.startswith(read[:100_000])
    assert "damaged after" in what(archive)


def test_links_and_devices_are_named_and_never_made() -> None:
    link, device = 0o120777 << 16, 0o060600 << 16
    archive = opened(w.archive(w.Item(b"l", b"/etc", attributes=link), w.Item(b"d", attributes=device)))
    assert words(archive) == ["device-node", "symbolic-link"]
    assert contents(archive)[b"l"] == b"/etc"


def test_a_directory_that_counts_otherwise_is_read_as_far_as_it_goes() -> None:
    whole = w.archive(w.Item(b"a", b"1"), w.Item(b"b", b"2"))
    fewer = whole[:-14] + (1).to_bytes(2, "little") * 2 + whole[-10:]
    more = whole[:-14] + (3).to_bytes(2, "little") * 2 + whole[-10:]
    assert list(contents(opened(fewer))) == [b"a", b"b"]
    assert words(opened(fewer)) == ["directory-count-differs"]
    assert "ends after 2 of 3 entries" in what(opened(more))


def test_of_two_end_records_the_last_counts_and_the_other_is_named() -> None:
    inner = w.archive(w.Item(b"a", b"1"))
    comment = inner[len(w.local(w.Item(b"a", b"1"))) :]
    both = opened(inner[:-2] + len(comment).to_bytes(2, "little") + comment)
    assert "several-end-records" in words(both)


def test_an_entry_without_local_header_is_unreadable_and_the_rest_is_read() -> None:
    archive = opened(w.archive(w.Item(b"a", b"1"), w.Item(b"b", b"2", header=3)))
    assert "no local header at 0x3" in what(archive)
    with pytest.raises(Unreadable, match="no local header"):
        list(archive.members())[1].open()


# --- cut off ---------------------------------------------------------------------------------------


@given(FILES.filter(bool), FORMS, st.data())
def test_what_is_whole_in_a_truncated_archive_is_read(
    files: dict[str, tuple[bytes, int]], form: dict[str, bool], data: st.DataObject
) -> None:
    whole = written(files, **form)
    directory = opened(whole).end
    assert directory is not None
    name, extra = struct.unpack_from("<2H", whole, 26)
    cut = data.draw(st.integers(30 + name + extra, directory.start))
    ends = {entry.name: entry.header for entry in opened(whole).entries()}
    ordered = [*sorted(ends.items(), key=lambda pair: pair[1]), (b"", directory.start)]
    complete = [name for (name, _), (_, following) in itertools.pairwise(ordered) if following <= cut]
    archive = ZipArchive(BufferSource(whole[:cut]))
    assert "central directory is missing" in what(archive)
    assert words(archive)[0] == "directory-missing"
    if not any(b"PK" in content for content, _ in files.values()):
        for name in complete:
            found = archive.read(name)
            assert found is not None
            assert bytes(found.view()) == files[name.decode()][0]


def test_the_last_entry_of_a_truncated_stream_is_read_as_far_as_it_goes() -> None:
    text = b"".join(b"line %d\n" % number for number in range(20_000))
    whole = written({"a": (text, zipfile.ZIP_DEFLATED)}, streamed=True)
    archive = opened(whole[: len(whole) // 2])
    read = contents(archive)[b"a"]
    assert 1000 < len(read) < len(text)
    assert text.startswith(read)
    assert "its length and checksum are lost" in what(archive)


def test_bytes_that_hold_no_entry_are_unreadable() -> None:
    with pytest.raises(Unreadable):
        ZipArchive(BufferSource(b"PK\x03\x04 and nothing else"))


# --- limits ----------------------------------------------------------------------------------------


def test_the_ratio_of_one_entry_is_held_at_its_limit() -> None:
    packed = b"\x00" * 10
    limit = limits.MAX_EXPANSION_RATIO * 10
    allowed = opened(w.archive(w.Item(b"a", packed=packed, method=8, size=limit)))
    refused = opened(w.archive(w.Item(b"a", packed=packed, method=8, size=limit + 1)))
    with pytest.raises(Unreadable, match="does not unpack"):
        next(allowed.members()).open()
    with pytest.raises(Unreadable, match="more than 1100 times"):
        next(refused.members()).open()


def test_the_number_of_entries_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (zip_module, zip_directory):
        monkeypatch.setattr(module, "MAX_MEMBERS", 3)
    three, four = (w.archive(*(w.Item(b"%d" % n, b"1") for n in range(count))) for count in (3, 4))
    assert len(opened(three).entries()) == 3
    assert opened(three).problems == ()
    assert len(opened(four).entries()) == 3
    assert "more than 3 entries" in what(opened(four))


def test_the_expansion_of_one_archive_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [w.Item(b"%d" % number, bytes(1000), method=8) for number in range(5)]
    for free, read in ((5000, 5), (4999, 4), (1000, 1), (999, 0)):
        monkeypatch.setattr(zip_module, "FREE_EXPANSION_BYTES", free)
        monkeypatch.setattr(zip_module, "MAX_CONTAINER_RATIO", 0)
        archive = opened(w.archive(*items))
        outcomes = [_readable(archive, number) for number in range(5)]
        assert outcomes == [True] * read + [False] * (5 - read)
        assert bool(archive.problems) == (read < 5)


def _size(archive: ZipArchive, number: int) -> int:
    try:
        return archive.open(archive.entries()[number]).size
    except Unreadable:
        return 0


def _readable(archive: ZipArchive, number: int) -> bool:
    return _size(archive, number) == 1000


def test_the_largest_entry_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_content, "MAX_ARTEFACT_BYTES", 1000)
    archive = opened(w.archive(w.Item(b"a", bytes(1000), method=8), w.Item(b"b", bytes(1001), method=8)))
    assert _readable(archive, 0)
    assert not _readable(archive, 1)


def test_overlapping_entries_of_a_small_archive_do_not_become_a_gigabyte() -> None:
    kernel = w.deflate(bytes(10_000_000))
    one = w.Item(b"kernel", bytes(10_000_000), method=8, packed=kernel)
    bomb = w.archive(
        one, *(w.Item(b"%d" % n, bytes(10_000_000), method=8, packed=kernel, header=0) for n in range(110))
    )
    assert len(bomb) < 20_000
    archive = opened(bomb)
    assert "overlapping-entries" in words(archive)
    assert "declared in an archive of" in what(archive)
    total = sum(_size(archive, number) for number in range(111))
    assert total <= limits.MAX_CONTAINER_RATIO * len(bomb)


# --- mutations -------------------------------------------------------------------------------------


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
