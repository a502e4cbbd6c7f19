import pytest

from assay.artefacts.compact_dex import open_compact_dex
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import compiled_writer as w


def test_a_compact_dex_file_states_its_checksum_and_its_counts() -> None:
    raw = bytearray(w.dex(0x90, magic=b"cdex001\0"))
    for row in range(6):
        raw[0x38 + 8 * row : 0x3C + 8 * row] = w.u4(10 + row)
    document = open_compact_dex(BufferSource(bytes(raw)))
    assert document.version == "001"
    assert document.states == (
        "checksum 1234abcd; 144 bytes; "
        "10 strings, 11 types, 12 prototypes, 13 fields, 14 methods, 15 classes"
    )  # fmt: skip
    assert "not read" in document.not_examined


def test_a_header_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Unreadable, match="too few"):
        open_compact_dex(BufferSource(w.dex(magic=b"cdex001\0")[:0x6F]))


def test_another_version_is_named_by_what_it_states() -> None:
    assert open_compact_dex(BufferSource(w.dex(magic=b"cdexxyz\0"))).version == ""
