import pytest

from assay.artefacts import dex_carrier
from assay.model.source import BufferSource
from assay.registry import BENCH
from tests.artefacts import compiled_writer as w

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def opened(raw: bytes) -> dex_carrier.DexCarrier:
    return dex_carrier.open_dex_carrier(BufferSource(raw))


def recognised(raw: bytes) -> bool:
    (spec,) = (spec for spec in BENCH.readers if spec.kind == "dex-carrier")
    return spec.recognise(BufferSource(raw))


def test_dex_files_behind_a_picture_come_out() -> None:
    raw = PICTURE + w.dex(0x80, 1) + b"between" + w.dex(0x90, 2) + b"behind"
    assert recognised(raw)
    assert [bytes(member.open().view()) for member in opened(raw).members()] == [w.dex(0x80, 1), w.dex(0x90, 2)]
    assert "nothing else of it was examined" in opened(raw).problems[0].cost


@pytest.mark.parametrize("raw", [b"", PICTURE, w.dex(), PICTURE + w.dex()[:-1], PICTURE + b"dex\n035\0"])
def test_what_carries_no_whole_dex_file_is_not_recognised(raw: bytes) -> None:
    assert not recognised(raw)


def test_the_number_of_dex_files_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dex_carrier, "MAX_CARRIED", 2)
    two, three = (opened(b"x" + w.dex() * count) for count in (2, 3))
    assert (len(list(two.members())), len(two.problems)) == (2, 1)
    assert (len(list(three.members())), len(three.problems)) == (2, 2)
