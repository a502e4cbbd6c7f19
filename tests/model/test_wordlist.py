import hashlib
import struct
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model import text as found
from assay.model.wordlist import COUNTING_RULES, full_identity, identity, identity_of_keys, keys, normal, script

ENTRY = st.text(st.characters(codec="utf-8", exclude_characters="\ufdd0"), max_size=10)
ENTRIES = st.lists(ENTRY, max_size=12)


def by_hand(*blobs: bytes) -> str:
    return hashlib.sha256(b"".join(struct.pack(">I", len(blob)) + blob for blob in blobs)).hexdigest()


# --- identity --------------------------------------------------------------------------------------


def test_the_identity_is_the_digest_of_the_sorted_prefixed_keys() -> None:
    assert full_identity(["b", "aa"]) == by_hand(b"aa", b"b")
    assert full_identity([" Straße ", "ＡＢＣ", "自由"]) == by_hand(b"abc", b"strasse", "自由".encode())
    assert identity(["b", "aa"]) == "L-" + by_hand(b"aa", b"b")[:16]


@given(ENTRIES)
def test_the_identity_of_keys_is_that_of_their_entries(entries: list[str]) -> None:
    assert identity_of_keys(["", *keys(entries), *keys(entries)]) == full_identity(entries)


def test_the_empty_list_has_the_identity_of_nothing() -> None:
    assert full_identity([]) == hashlib.sha256(b"").hexdigest()
    assert full_identity(["", "  ", "\u3000"]) == full_identity([])


@given(ENTRIES, st.randoms(use_true_random=False))
def test_order_repetition_case_width_and_margins_do_not_matter(entries: list[str], random: object) -> None:
    other = [f" {entry}\n" for entry in [*entries, *entries]]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert full_identity(other) == full_identity(entries)


def test_lists_that_differ_by_where_an_entry_ends_differ() -> None:
    assert full_identity(["ab", "c"]) != full_identity(["a", "bc"])
    assert full_identity(["ab"]) != full_identity(["a", "b"])


@given(ENTRIES, ENTRY)
def test_one_entry_more_is_another_list(entries: list[str], entry: str) -> None:
    if normal(entry) and normal(entry) not in keys(entries):
        assert full_identity([*entries, entry]) != full_identity(entries)


def test_bytes_that_are_no_text_count_as_bytes_and_never_as_their_base64() -> None:
    raw = found.from_bytes(b"\xff\xfe")
    assert normal(raw) == raw
    assert full_identity([raw]) == by_hand(b"\0\xff\xfe")
    assert full_identity([raw]) != full_identity(["\\xff\\xfe"])
    assert script(raw) == "none"


# --- Unicode is pinned -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("ﬁlm", "film"), ("Ⅷ", "viii"), ("ｶﾞ", "ガ"), ("İ", "i̇"), ("ΣΊΣΥΦΟΣ", "σίσυφοσ"), ("\u1e9e", "ss"),
        ("ℌ", "h"), ("①", "1"), ("한글", "한글"), ("\u0130x", "i\u0307x"), ("Ꭰ", "Ꭰ"),
    ],
)  # fmt: skip
def test_keys_by_hand(entry: str, key: str) -> None:
    assert normal(entry) == unicodedata.normalize("NFC", key)


LATER = (
    "\u0cf3", "\u0ece", "\U00010efd", "\U0001123f", "\U00011240", "\U00011b00", "\U00011f02", "\U0001342f",
    "\U0001b132", "\U0001d2c0", "\U0001df25", "\U0001e030", "\U0001e031", "\U0001e06d", "\U0001e08f", "\U0001e4d0",
    "\U0001f6dc", "\U0001fae8", "\U0002b739", "\U00031350", "\U000323af",  # 15.0
    "\u2ffc", "\u2fff", "\u31ef", "\U0002ebf0", "\U0002ee5d",  # 15.1
)  # fmt: skip


@pytest.mark.parametrize("char", LATER)
def test_code_points_of_later_versions_stay_as_they_are(char: str) -> None:
    """U+1E030 has a compatibility form since 15.0, for example; an interpreter of 14.0 knows none."""
    assert normal(char) == char
    assert normal(f"A{char}Ｂ") == f"a{char}b"
    assert script(f"{char}") == "none"
    assert script(f"{char}{char}a") == "Latin"


def test_keys_and_scripts_of_all_characters_are_the_same_with_every_interpreter() -> None:
    """The digest was computed alike by CPython 3.11 (Unicode 14.0), 3.12 (15.0) and 3.13 (15.1)."""
    digest = hashlib.sha256()
    for code in (*range(0xD800), *range(0xE000, 0x34000), *range(0xE0000, 0xE01F0)):
        digest.update(f"{normal(chr(code))}|{script(chr(code))}\n".encode())
    assert digest.hexdigest() == "330a7990ccc270a1c2ab784d8467a9383096f3e988eba7c3833053af6d824886"


def test_parts_on_both_sides_of_a_later_code_point_are_normalised() -> None:
    assert normal("ﬁ\U0001e030ﬁ") == "fi\U0001e030fi"


# --- script and counting ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("自由", "Han"), ("freedom", "Latin"), ("свобода", "Cyrillic"), ("استقلال", "Arabic"), ("ཤིང་ན", "Tibetan"),
        ("テスト", "Kana"), ("ひらがな", "Kana"), ("한글", "Hangul"), ("ＡＢ", "Latin"), ("1989", "none"), ("", "none"),
        ("α test", "Latin"), ("ab自由", "Han"), ("자유 a", "Hangul"),
    ],
)  # fmt: skip
def test_scripts_by_hand(entry: str, name: str) -> None:
    assert script(entry) == name


def test_every_counting_rule_by_hand() -> None:
    entries = ["Ａ", "a", " a ", "b", "b", "", "  ", "B"]
    assert {rule: count(entries) for rule, count in COUNTING_RULES.items()} == {
        "raw": 8, "trimmed": 6, "unique": 7, "unique-trimmed": 4, "unique-normal": 2
    }  # fmt: skip


@given(ENTRIES)
def test_a_stricter_rule_never_counts_more(entries: list[str]) -> None:
    count = {rule: rule_of(entries) for rule, rule_of in COUNTING_RULES.items()}
    assert count["unique-normal"] <= count["unique-trimmed"] <= count["trimmed"] <= count["raw"]
    assert count["unique"] <= count["raw"]
    assert count["unique-normal"] == len(keys(entries))
