import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import printed_strings as p
from assay.artefacts.elf import open_elf
from assay.artefacts.printed_strings import printed_strings
from assay.model.source import BufferSource
from tests.artefacts.elf_writer import Library

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufdd0"), min_size=4, max_size=30)
SEPARATORS = st.binary(min_size=1, max_size=6).map(lambda raw: b"\0" + bytes(byte % 9 for byte in raw))
CHINESE = "被拒绝的词语"


def found(raw: bytes) -> list[tuple[int, int, str]]:
    return [(s.offset, s.length, s.text) for s in printed_strings(memoryview(raw), [(0, len(raw))])]


@given(st.lists(st.tuples(TEXTS, SEPARATORS), max_size=12))
def test_every_text_between_other_bytes_is_found_at_its_place(parts: list[tuple[str, bytes]]) -> None:
    raw, expected = bytearray(b"\1"), []
    for text, separator in parts:
        expected.append((len(raw), len(text.encode()), text))
        raw += text.encode() + separator
    narrow = printed_strings(memoryview(bytes(raw)), [(0, len(raw))])
    assert [tuple(s) for s, wide in zip(narrow, narrow.wide.tolist(), strict=True) if not wide] == expected


@given(st.binary(max_size=300), st.integers(1, 20))
def test_runs_are_the_same_however_the_bytes_are_cut_into_pieces(raw: bytes, piece: int) -> None:
    expected = found(raw)
    before, p._PIECE = p._PIECE, piece
    try:
        assert found(raw) == expected
    finally:
        p._PIECE = before


@given(st.binary(max_size=300))
def test_strings_are_text_of_their_bytes_and_lie_beside_each_other(raw: bytes) -> None:
    behind = 0
    strings = printed_strings(memoryview(raw), [(0, len(raw))])
    for (offset, length, text), wide in zip(strings, strings.wide.tolist(), strict=True):
        assert offset >= behind
        behind = offset + length
        assert raw[offset:behind].decode("utf-16-le" if wide else "utf-8") == text
        assert len(text) >= 4


@pytest.mark.parametrize("text", ["four", "wide text", "журнал", CHINESE, "naïve café"])
@pytest.mark.parametrize("before", [b"", b"\xff\xff", b"\0\1\1", b"plain ascii\0"])
def test_utf_16_at_even_offsets_is_found(text: str, before: bytes) -> None:
    before += bytes(len(before) % 2)
    raw = before + text.encode("utf-16-le") + b"\0\0"
    assert (len(before), 2 * len(text), text) in found(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "abc".encode("utf-16-le") + b"\0\0",  # three characters
        "abcd".encode("utf-16-le") + b"\1\1",  # no end mark
        "ab界жcd".encode("utf-16-le") + b"\0\0",  # two scripts beside each other
        b"\x80\x81\x82\x83\x84\0",  # no sequence of UTF-8
        b"\xed\xa0\x80\xed\xa0\x80\xed\xa0\x80\xed\xa0\x80\0",  # surrogates
        b"\xc0\xaf\xc0\xaf\xc0\xaf\xc0\xaf\0",  # overlong
        "ééé".encode() + b"\0",  # three characters in six bytes
    ],
)
def test_what_is_no_text_of_four_characters_is_none(raw: bytes) -> None:
    assert found(raw) == []


def test_strings_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b"one1\0two2\0"
    monkeypatch.setattr(p, "MAX_STRINGS", 2)
    assert (len(printed_strings(memoryview(raw), [(0, 10)])), printed_strings(memoryview(raw), [(0, 10)]).lost) == (
        2,
        0,
    )
    monkeypatch.setattr(p, "MAX_STRINGS", 1)
    kept = printed_strings(memoryview(raw), [(0, 10)])
    assert ([s.text for s in kept], kept.lost) == (["one1"], 1)


@pytest.mark.parametrize("sections", [True, False])
def test_a_library_tells_its_constant_strings_with_and_without_section_headers(sections: bool) -> None:  # noqa: FBT001
    wide = "breites Wort".encode("utf-16-le")
    made = Library(constants=[b"https://native.example.test/", wide, CHINESE.encode()], sections=sections)
    elf = open_elf(BufferSource(made.write()))
    strings = {s.offset: s.text for s in elf.strings()}
    assert [strings[at] for at in made.constant_at] == ["https://native.example.test/", "breites Wort", CHINESE]


def test_sections_that_leave_bytes_out_hide_no_strings() -> None:
    made = Library(constants=[b"hidden by its header"])
    raw = made.write()
    elf = open_elf(BufferSource(raw))
    rodata = next(k for k, s in enumerate(elf.sections) if s.name == b".rodata")
    at = elf.header.sections_offset + 64 * rodata + 32
    emptied = raw[:at] + bytes(8) + raw[at + 8 :]
    assert "hidden by its header" in [s.text for s in open_elf(BufferSource(emptied)).strings()]


@pytest.mark.skipif(which("strings") is None, reason="strings (binutils) is not installed")
def test_ascii_runs_are_those_of_another_tool(tmp_path: Path) -> None:
    raw = b"".join(bytes([k * 7 % 256, k % 128, 32 + k % 90, 65, 66, 67 + k % 20]) for k in range(3000))
    path = tmp_path / "bytes"
    path.write_bytes(bytes(byte if byte < 0x80 and byte not in b"\v\f" else 1 for byte in raw))
    listed = subprocess.run(["strings", "-w", "-n", "4", "-t", "d", path], capture_output=True, check=True).stdout
    starts = [int(at) for at in re.findall(rb"^ *(\d+) ", listed, re.MULTILINE)]
    mine = printed_strings(memoryview(path.read_bytes()), [(0, len(raw))])
    assert set(mine.offsets[~mine.wide].tolist()) <= set(starts)
    assert sum(~mine.wide) > 100
    assert sum(mine.lengths[~mine.wide]) + sum(~mine.wide) * 9 <= len(listed)
