import re
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.hermes import HermesBytecode, is_hermes, open_hermes
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

SCRIPTS = Path(__file__).parent / "scripts"
MAGIC = bytes.fromhex("c61fbc03c103191f")
NARROW = st.text(st.characters(min_codepoint=1, max_codepoint=0x7F), max_size=300)
WIDE = st.text(
    st.characters(min_codepoint=0x80, exclude_categories=["Cs"], exclude_characters="\ufdd0"), min_size=1, max_size=300
)


def written(
    strings: list[str], *, functions: int = 1, kinds: int = 1, identifiers: int = 2, version: int = 96
) -> bytes:
    """Write a bundle without instructions: header, function headers, kinds, hashes, strings, storage."""
    storage, small = bytearray(), list[int]()
    longer: list[tuple[int, int]] = []
    for text in strings:
        wide = not text.isascii()
        raw = text.encode("utf-16-le" if wide else "ascii")
        length = len(raw) // 2 if wide else len(raw)
        if length < 0xFF and len(storage) < 1 << 23:
            small.append(wide | len(storage) << 1 | length << 24)
        else:
            small.append(wide | len(longer) << 1 | 0xFF << 24)
            longer.append((len(storage), length))
        storage += raw
    body = bytes(16 * functions + 4 * kinds + 4 * identifiers) + struct.pack(f"<{len(small)}I", *small)
    body += b"".join(struct.pack("<2I", *entry) for entry in longer) + storage
    counts = (128 + len(body), 0, functions, kinds, identifiers, len(small), len(longer), len(storage))
    return (MAGIC + struct.pack("<I20s8I", version, b"", *counts)).ljust(128, b"\0") + body


def opened(raw: bytes) -> HermesBytecode:
    return open_hermes(BufferSource(raw))


def what(raw: bytes) -> str:
    return " | ".join(problem.what for problem in opened(raw).problems)


@given(
    st.lists(st.one_of(NARROW, WIDE), max_size=10), st.integers(0, 3), st.integers(0, 3), st.sampled_from([59, 76, 96])
)
def test_strings_come_back_with_their_places(strings: list[str], functions: int, kinds: int, version: int) -> None:
    raw = written(strings, functions=functions, kinds=kinds, version=version)
    document = opened(raw)
    assert document.problems == ()
    assert [string.text for string in document.strings()] == strings
    for string in document.strings():
        here = raw[string.offset : string.offset + string.length]
        assert here == string.text.encode("ascii" if string.text.isascii() else "utf-16-le")
    assert (document.version, document.functions) == (f"Hermes {version}", functions)


@pytest.mark.parametrize("version", [84, 96])
def test_a_bundle_of_the_real_compiler_shows_its_strings(version: int) -> None:
    raw = (SCRIPTS / f"words-{version}.hbc").read_bytes()
    assert is_hermes(BufferSource(raw))
    document = opened(raw)
    texts = [string.text for string in document.strings()]
    assert {"https://hermes.example.test/list", "second\tword", "dritte Wörter", "第四词", "smile 😀"} <= set(texts)
    assert {"keyOfObject", "value of object", "indexOf", "print"} <= set(texts)
    [longest] = re.findall(r'"([^"\n]{80,})"', (SCRIPTS / "words.js").read_text(encoding="utf-8"))
    assert longest in texts
    assert (document.problems, document.functions) == ((), 2)


@pytest.mark.parametrize("version", [0, 58, 97, 0xFFFFFFFF])
def test_versions_that_are_not_known_are_refused_by_number(version: int) -> None:
    with pytest.raises(Unreadable, match=f"version {version}, whose layout is not known"):
        opened(written(["x"], version=version))


@pytest.mark.parametrize("field", range(5))
@pytest.mark.parametrize("number", [0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_counts_that_no_file_holds_are_refused_or_cut(field: int, number: int) -> None:
    raw = bytearray(written(["text", "ünï"]))
    struct.pack_into("<I", raw, 40 + 4 * field + 4 * (field == 4), number)
    try:
        texts = [string.text for string in opened(bytes(raw)).strings()]
    except Unreadable as why:
        assert "more than its bytes hold" in why.what  # noqa: PT017 - both ends are right
    else:
        assert (texts, field) == (["text", "ünï"], 4)


def test_a_header_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Unreadable, match="cut off inside its header"):
        opened(written([])[:127])
    assert opened(written([])[:128] + bytes(28)).problems == ()


def test_entries_outside_the_storage_are_left_out_and_counted() -> None:
    raw = bytearray(written(["one", "two", "x" * 300]))
    at = 128 + 16 + 4 + 8
    struct.pack_into("<I", raw, at, 0x7FFFFF << 1 | 3 << 24)
    assert "1 strings lie outside" in what(bytes(raw))
    struct.pack_into("<I", raw, at + 8, 1 << 1 | 0xFF << 24)
    document = opened(bytes(raw))
    assert "2 strings lie outside" in document.problems[0].what
    assert [string.text for string in document.strings()] == ["two"]


def test_a_file_cut_off_inside_its_strings_is_named() -> None:
    raw = written(["one", "two"])[:-3]
    assert "of which 3 lie in the file" in what(raw)
    assert [string.text for string in opened(raw).strings()] == ["one"]


def test_strings_over_each_other_are_held_to_a_limit() -> None:
    raw = written(["x" * 200])
    head, storage = bytearray(raw[: 128 + 16 + 4 + 8]), raw[-200:]
    entry = struct.pack("<I", 200 << 24)
    most = (8 * 200 + (1 << 20)) // 200
    for count, lost in ((most, False), (most + 1, True)):
        struct.pack_into("<I", head, 52, count)
        bundle = bytes(head) + entry * count + storage
        assert ("overlap so often" in what(bundle)) == lost
        assert sum(1 for _ in opened(bundle).strings()) == most
