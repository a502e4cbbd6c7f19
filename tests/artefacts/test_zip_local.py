import itertools
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.zip import ZipArchive
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts.archives import FILES, FORMS, contents, opened, what, words, written


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
