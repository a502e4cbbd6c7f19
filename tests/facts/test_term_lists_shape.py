"""What is a list of terms and what is not: by form alone."""

import calendar
import keyword
import string
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.facts.term_lists.joined import MIN_JOINED, split_joined
from assay.facts.term_lists.shape import (
    LOOKED_AT,
    MAX_TERM,
    MAX_UNSPACED,
    MAX_URL,
    MAX_WORDS,
    MIN_ENTRIES,
    SHAPES,
    kind,
    list_shape,
)

NONSENSE = ["brustil", "feren", "batrol", "hagel", "losto", "wocul", "pufeltus", "lanem", "rurugla", "tosede"]
LICENCE = """Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:"""
CODE = """import os
def main(argv):
    x = 1
    if x > 2:
        return os.sep
    print("done")
main([])"""
LOG = """09-20 12:00:01.123  1234  1234 I Guard: list loaded
09-20 12:00:02.001  1234  1234 D Guard: checking note
09-20 12:00:02.441  1234  1250 W Guard: refused
09-20 12:00:03.100  1234  1234 I Guard: list loaded
09-20 12:00:04.900  1234  1234 E Guard: no network"""

LISTS = [
    ("words", NONSENSE),
    ("words", ["iPhone", "OnePlus", "eBay", "Nokia", "Huawei", "realme", "Xperia"]),
    ("words", ["*08宪章*", "六四", "BASTARD*", "ＡＢＣ", "8964", "свобода"]),
    (
        "phrases",
        ["you have won a prize", "claim your parcel now", "free ringtone club", "double your coins", "limited offer"],
    ),
    (
        "phrases",
        ["自由西藏万岁独立运动", "八九民运二十周年纪念", "灯笼游行集会通知", "言论自由新闻自由", "六四事件周年纪念日"],
    ),
    ("hosts", ["ads.example.test", "track.example.org", "cdn.example.com", "*.example.net", "203.0.113.9"]),
    ("packages", ["com.example.notes", "org.example.mail", "net.example.vpn", "com.example.browser", "org.example.im"]),
    ("urls", [f"https://example.test/{n}?q=a{'b' * n}" for n in range(9)]),
    ("urls", [f"https://example.test/{'a' * (MAX_TERM + n)}" for n in range(9)]),
    ("numbers", ["+44 20 7946 0000", "+370 5 200 0000", "0900 123456", "+1-555-0100", "0800 1111 222"]),
    ("digests", [f"{n:032x}" for n in range(1 << 100, (1 << 100) + 9)]),
]
OTHERS = [
    LICENCE.splitlines(),
    CODE.splitlines(),
    LOG.splitlines(),
    list(calendar.month_name)[1:],
    list(calendar.day_abbr),
    sorted(zoneinfo.available_timezones())[:80],
    ["(GMT+1:00) Berlin, Rome", "(GMT+2:00) Vilnius", "(GMT) London", "(GMT-5:00) Lima", "GMT+9 Seoul"],
    ["en", "lt", "de", "zh-CN", "pt-rBR", "sr-Latn-RS", "fr"],
    ["DE", "LT", "FR", "GB", "CN", "EE"],
    ["Lithuania", "Latvia", "Estonia", "Poland", "Germany", "France", "Atlantis"],
    keyword.kwlist,
    list(string.ascii_lowercase),
    list("的一是不了在人有我"),
    ["image/png", "image/jpeg", "text/html", "application/json", "video/mp4"],
    [".png", ".jpg", ".gif", ".webp", ".mp4"],
    ["a.png", "b.png", "c.jpg", "d.webp", "res/x.xml"],
    ["android.permission.INTERNET", "android.permission.CAMERA", "android.permission.NFC", "a.b.C", "x.y.Z"],
    ["org.example.notes.NoteEditor", "org.example.notes.Main", "com.example.App", "a.b.C", "d.e.F"],
    ["firstName", "lastName", "createdAt", "updatedAt", "isActive"],
    ["FIRST_NAME", "LAST_NAME", "CREATED_AT", "UPDATED_AT", "IS_ACTIVE"],
    ["TextView", "ImageView", "ListView", "ScrollView", "WebView"],
    ["#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff"],
    ["5 min", "10 min", "15 min", "30 min", "45 min"],
    ["1.0.1", "1.0.2", "2.0.0", "2.1.0-beta", "v3.0"],
    ["2021-09-20", "2021-09-21", "2021-11-15", "2022-01-05", "2022-01-06"],
    ["1", "2", "3", "4", "5", "6"],
    ["Name: Ann", "Town: Riga", "Age: 40", "Post: clerk", "Pay: low"],
    ["key=value", "a=b", "c=d", "e=f", "g=h"],
    ["/system/app", "/system/bin", "/data/local/x", "/vendor/lib", "/sdcard/dl"],
    ["Are you sure you want to delete this?", "The note was saved.", "No network!", "Try again later.", "Done."],
    ["quot 34", "amp 38", "lt 60", "gt 62", "nbsp 160"],
    ["%s left", "%d of %d", "${name} said", "{0} items", "<b>bold</b>"],
    ["same", "same", "same", "same", "other", "same"],
    ["!", "?", "...", "--", "***", "~~~"],
]


@pytest.mark.parametrize(("shape", "entries"), LISTS)
def test_lists_have_the_shape_of_most_entries(shape: str, entries: list[str]) -> None:
    assert list_shape(entries) == shape
    assert list_shape([f" {entry}\n" for entry in entries]) == shape


@pytest.mark.parametrize("entries", OTHERS, ids=lambda entries: entries[0][:12])
def test_other_runs_of_text_are_no_lists(entries: list[str]) -> None:
    assert len(entries) >= MIN_ENTRIES
    assert list_shape(entries) is None


@pytest.mark.parametrize("entries", [entries for _, entries in LISTS])
def test_a_few_odd_entries_do_not_hide_a_list(entries: list[str]) -> None:
    odd = ["x = 1;", "key: value", "<b>"]
    enough = entries * 1 + [f"{entry}a" for entry in entries if kind(entry + "a") != "odd"]
    padded = [*enough, *odd[: len(enough) // 5 - 1]]
    assert list_shape(padded) is not None


def test_the_share_of_odd_entries_is_limited() -> None:
    assert list_shape([*NONSENSE[:8], "a=b", "c=d"]) == "words"
    assert list_shape([*NONSENSE[:8], "a=b", "c=d", "e=f"]) is None


def test_of_a_long_list_some_entries_are_looked_at_of_both_sorts_of_pairs() -> None:
    words = [f"word{'abcdefghij'[n % 10]}{n:x}z" for n in range(LOOKED_AT - 1)]
    assert list_shape(words) == "words"
    assert list_shape([*words, "one more", "and another"]) == "words"
    assert list_shape([word + end for word in words for end in ("", " = 1;")]) is None
    assert list_shape([word + end for word in words for end in (" = 1;", "")]) is None


def test_repetition_is_limited() -> None:
    assert list_shape(NONSENSE[:6] + ["feren"] * 4) == "words"
    assert list_shape(NONSENSE[:6] + ["feren"] * 5) is None


def test_length_is_limited() -> None:
    assert kind("z" * MAX_TERM) == "words"
    assert kind("z" * (MAX_TERM + 1)) == "odd"
    assert kind("https://example.test/".ljust(MAX_URL, "a")) == "urls"
    assert kind("https://example.test/".ljust(MAX_URL + 1, "a")) == "odd"
    assert kind(" ".join(["ab"] * MAX_WORDS)) == "phrases"
    assert kind(" ".join(["ab"] * (MAX_WORDS + 1))) == "odd"
    assert kind("词" * MAX_UNSPACED) == "phrases"
    assert kind("词" * (MAX_UNSPACED + 1)) == "odd"


@given(st.lists(st.text(max_size=80), max_size=30))
def test_any_texts_give_a_shape_or_none(entries: list[str]) -> None:
    shape = list_shape(entries)
    assert shape is None or shape in SHAPES
    assert shape == list_shape(list(reversed(entries)))


# --- joined ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["\n", "|", ";", "\t", "\u3001", ",", ", "])
def test_a_joined_list_is_split(separator: str) -> None:
    assert split_joined(separator.join(NONSENSE)) is not None
    parts = split_joined(separator.join(NONSENSE) + separator)
    assert parts is not None
    assert [part.strip() for part in parts[0]] == NONSENSE
    assert parts[1:] == ("string", "words")


def test_few_parts_are_no_list() -> None:
    assert split_joined(",".join(NONSENSE[:MIN_JOINED])) is not None
    assert split_joined(",".join(NONSENSE[: MIN_JOINED - 1])) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "one two three", LICENCE, CODE, "1,2,3,4,5,6,7,8,9,10", "en,de,fr,lt,lv,ee,pl,cs,sk",
        "Dear Ann, I was there, and so was he, but then, as you know, it rained, we left, too, late",
    ],
)  # fmt: skip
def test_other_texts_are_no_joined_lists(text: str) -> None:
    assert split_joined(text) is None
