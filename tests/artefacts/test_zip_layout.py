import random
import zlib

import pytest

from assay.model.errors import Unreadable
from tests.artefacts import zip_writer as w
from tests.artefacts.archives import contents, opened, what, words


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


def test_headers_that_lie_inside_the_name_of_a_hidden_entry_are_not_entries_of_their_own() -> None:
    ghost = w.local(w.Item(b"ghost" + b"PK\x03\x04" * 2000, b"")) + w.local(w.Item(b"other", b""))
    archive = opened(w.archive(w.Item(b"a", b"1"), w.Item(b"b", b"2", gap=ghost)))
    assert archive.oddity_counts == {"entry-outside-directory": 2}
    assert [("ghost" in oddity.detail, "other" in oddity.detail) for oddity in archive.oddities] == [
        (True, False),
        (False, True),
    ]
