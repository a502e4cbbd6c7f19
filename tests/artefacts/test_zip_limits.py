import pytest

from assay.artefacts import zip as zip_module
from assay.artefacts import zip_content, zip_directory
from assay.artefacts.zip import ZipArchive
from assay.model import limits
from assay.model.errors import Unreadable
from tests.artefacts import zip_writer as w
from tests.artefacts.archives import opened, what, words


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
