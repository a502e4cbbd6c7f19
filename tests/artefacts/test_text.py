import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.charsets import GUESS, SAMPLE, charset_of
from assay.artefacts.text import TextDocument, is_text, open_text
from assay.model import limits
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import Document

LINE = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufdd0"), max_size=20)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
MARKED = st.sampled_from([
    ("utf-8", b"\xef\xbb\xbf", "utf-8"),
    ("utf-16-le", b"\xff\xfe", "utf-16-le"),
    ("utf-16-be", b"\xfe\xff", "utf-16-be"),
    ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le"),
    ("utf-32-be", b"\0\0\xfe\xff", "utf-32-be"),
])  # fmt: skip

WORDS = {
    "gb18030": ("新闻自由", "广告过滤", "测试词语", "独立运动", "灯笼游行"),
    "big5": ("新聞自由", "廣告過濾", "測試詞語", "獨立運動", "燈籠遊行"),
    "cp932": ("テスト", "日本語の単語", "広告フィルター", "検索"),
    "euc_jp": ("テスト", "日本語の単語", "広告フィルター", "検索"),
    "cp949": ("한국어 단어", "광고 필터", "검색어 목록", "자유"),
    "cp1251": ("свобода", "реклама", "Словарь запретных слов", "поиск"),
    "cp1253": ("ελευθερία", "διαφήμιση", "λέξη", "αναζήτηση"),
}


def opened(data: bytes) -> TextDocument:
    return open_text(BufferSource(data))


def texts(data: bytes) -> list[str]:
    return [line.text for line in opened(data).lines]


# --- lines and places ------------------------------------------------------------------------------


@given(st.lists(LINE, min_size=1, max_size=12), NEWLINES, MARKED)
def test_every_line_lies_where_its_range_says(lines: list[str], newline: str, marked: tuple[str, bytes, str]) -> None:
    codec, mark, name = marked
    data = mark + newline.join([*lines, "end"]).encode(codec)
    document = opened(data)
    assert document.encoding == name
    assert [line.text for line in document.lines] == [*lines, "end"]
    assert [line.number for line in document.lines] == list(range(1, len(lines) + 2))
    for line in document.lines:
        assert data[line.offset : line.offset + line.length].decode(codec) == line.text
    assert document.problems == []
    assert isinstance(document, Document)


@given(st.lists(LINE.filter(bool), min_size=1, max_size=12), NEWLINES)
def test_text_without_a_mark_is_utf_8(lines: list[str], newline: str) -> None:
    data = newline.join(lines).encode()
    document = opened(data)
    assert document.encoding == "utf-8"
    assert [line.text for line in document.lines] == lines
    assert [data[line.offset : line.offset + line.length].decode() for line in document.lines] == lines


def test_a_newline_at_the_end_begins_no_line_and_empty_lines_are_lines() -> None:
    assert texts(b"a\n\nb\n") == ["a", "", "b"]
    assert texts(b"\n") == [""]
    assert texts(b"a\r\nb\rc\n") == ["a", "b", "c"]


def test_other_separators_do_not_end_a_line() -> None:
    assert texts("a\u2028b\x0cc\u0085d".encode()) == ["a\u2028b\x0cc\u0085d"]


# --- encodings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", WORDS)
def test_a_legacy_encoding_is_told_from_its_characters(codec: str) -> None:
    data = "\n".join(WORDS[codec]).encode(codec)
    document = opened(data)
    assert document.encoding == codec
    assert tuple(line.text for line in document.lines) == WORDS[codec]
    assert all(data[line.offset : line.offset + line.length].decode(codec) == line.text for line in document.lines)


@pytest.mark.parametrize("codec", WORDS)
def test_what_stands_behind_much_ascii_still_decides(codec: str) -> None:
    data = b"plain\n" * (SAMPLE // 4) + "\n".join(WORDS[codec]).encode(codec)
    assert opened(data).encoding == codec


def test_western_text_is_a_guess_that_reads_right() -> None:
    data = "café\nréclame\nnaïve\nGröße\nmañana".encode("cp1252")
    document = opened(data)
    assert document.encoding == GUESS
    assert [line.text for line in document.lines] == ["café", "réclame", "naïve", "Größe", "mañana"]


def test_an_encoding_that_is_likely_and_not_certain_is_a_guess() -> None:
    document = opened("憲章自由\n民主運動\n獨立\n廣場".encode("gb18030"))
    assert document.encoding == "gb18030 (guess)"
    assert [line.text for line in document.lines] == ["憲章自由", "民主運動", "獨立", "廣場"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_from_its_zeros(codec: str) -> None:
    document = opened("plain words\nand 词语\n".encode(codec))
    assert document.encoding == codec
    assert [line.text for line in document.lines] == ["plain words", "and 词语"]


def test_a_few_damaged_lines_stay_bytes() -> None:
    good = ["žodis", "ąžuolas", "šimtas"] * 10
    data = "\n".join(good).encode() + b"\nbad\xff\xfe\n" + "\n".join(good).encode()
    document = opened(data)
    assert document.encoding == "utf-8"
    assert [found.to_bytes(line.text) for line in document.lines if found.is_bytes(line.text)] == [b"bad\xff\xfe"]
    assert [problem.place for problem in document.problems] == [str(document.lines[30].range)]


def test_a_text_that_begins_with_the_marker_of_bytes_is_not_taken_for_bytes() -> None:
    line = "\ufdd0base64:YQ=="
    document = opened(("a\n" + line).encode())
    assert found.to_bytes(document.lines[1].text) == line.encode()


def test_a_cut_character_at_the_end_of_the_sample_changes_nothing() -> None:
    for shift in range(3):
        data = b"x" * shift + "词".encode() * SAMPLE
        assert charset_of(data[:SAMPLE], cut=True) == charset_of(data)
        assert opened(data).encoding == "utf-8"


# --- what is no text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"PK\x03\x04\x14\0\0\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"dex\n035\0abc", b"\x7fELF\x02\x01\x01\0"],
)
def test_binary_files_are_no_text(data: bytes) -> None:
    assert not is_text(BufferSource(data))
    with pytest.raises(Unreadable):
        opened(data)


def test_random_bytes_are_no_text() -> None:
    rng = random.Random(7)
    assert not any(is_text(BufferSource(rng.randbytes(size))) for size in range(64, 4096, 64))


def test_size_is_read_at_the_limit_and_refused_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.artefacts.text.MAX_TEXT_BYTES", 4)
    assert texts(b"abcd") == ["abcd"]
    with pytest.raises(Unreadable, match="5 bytes"):
        opened(b"abcde")
    assert limits.MAX_TEXT_BYTES > 4


@pytest.mark.mutation
def test_changed_bytes_end_in_lines_that_cover_the_text(mutations: int) -> None:
    rng = random.Random(11)
    seeds = ["\n".join(words).encode(codec) for codec, words in WORDS.items()]
    for number in range(mutations):
        data = bytearray(seeds[number % len(seeds)])
        for _ in range(rng.randint(1, 5)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            document = opened(bytes(data))
        except Unreadable:
            continue
        assert "".join(line.text for line in document.lines).encode()
        if document.charset.unit == 1:
            for line in document.lines:
                raw = bytes(data[line.offset : line.offset + line.length])
                assert b"\n" not in raw
                assert b"\r" not in raw
            assert (
                sum(line.length for line in document.lines)
                == len(data.translate(None, b"\r\n")) - document.charset.mark
            )
