import zlib

import pytest

from assay.artefacts.streams.zlib import BEGINNING, is_zlib
from assay.model.source import BufferSource


@pytest.mark.parametrize("level", range(10))
def test_every_level_is_recognised(level: int) -> None:
    assert is_zlib(BufferSource(zlib.compress(b"some content", level)))


@pytest.mark.parametrize("raw", [b"x^2 + y^2 = 1", b"x\x9c", b"x\xda" + bytes(100), zlib.compress(b""), b"", b"x"])
def test_two_bytes_alone_are_no_stream(raw: bytes) -> None:
    assert not is_zlib(BufferSource(raw))


def test_a_stream_that_breaks_off_is_recognised_behind_its_beginning() -> None:
    assert is_zlib(BufferSource(zlib.compress(bytes(BEGINNING + 1))[:-4]))
    assert not is_zlib(BufferSource(zlib.compress(b"short content")[:-4]))
