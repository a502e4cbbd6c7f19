import zlib

import pytest

from assay.encodings import inflate
from assay.model.errors import Unreadable


def test_the_limit_is_read_and_one_byte_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflate, "MAX_UNPACKED", 1000)
    assert inflate.inflate(zlib.compress(bytes(1000)), 15) == bytes(1000)
    with pytest.raises(Unreadable, match="more than 1000 bytes"):
        inflate.inflate(zlib.compress(bytes(1001)), 15)


def test_a_bomb_is_given_up_at_the_limit() -> None:
    bomb = zlib.compress(bytes(inflate.MAX_UNPACKED * 4))
    assert len(bomb) < inflate.MAX_UNPACKED // 200
    with pytest.raises(Unreadable):
        inflate.inflate(bomb, 15)


def test_bytes_behind_the_stream_are_left() -> None:
    assert inflate.inflate(zlib.compress(b"velvet") + b"behind", 15) == b"velvet"


@pytest.mark.parametrize("broken", [b"\x78\x9c\xff\xff\xff", zlib.compress(b"velvet")[:-1], b""])
def test_a_broken_stream_says_what_is_wrong(broken: bytes) -> None:
    with pytest.raises(Unreadable, match=r"compressed bytes (are broken|end early)"):
        inflate.inflate(broken, 15)
