import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.properties import PropertiesFile, is_properties, open_properties
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

NAME = st.from_regex(r"ro(\.[a-z0-9_]{1,8}){1,3}", fullmatch=True)
VALUE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufeff\ufdd0"), max_size=16
)
BUILD = b"""# begin build properties
ro.build.id=QKQ1.210601.004
ro.product.model=Specimen W1

import /vendor/build.prop ro.*
ro.build.fingerprint=Specimen/west/west:10/QKQ1/V12:user/release-keys
persist.sys.locale = en-GB
ro.empty=
"""
PRINTED = b"""[ro.build.id]: [QKQ1.210601.004]
[ro.text]: [first
second]
[persist.sys.locale]: [en-GB]
[ro.empty]: []
"""


def opened(data: bytes) -> PropertiesFile:
    return open_properties(BufferSource(data))


def test_a_property_file_by_hand() -> None:
    document = opened(BUILD)
    assert not document.transcript
    assert [tuple(item) for item in document.properties] == [
        ("ro.build.id", "QKQ1.210601.004", 2),
        ("ro.product.model", "Specimen W1", 3),
        ("ro.build.fingerprint", "Specimen/west/west:10/QKQ1/V12:user/release-keys", 6),
        ("persist.sys.locale", "en-GB", 7),
        ("ro.empty", "", 8),
    ]
    assert document.problems == []


def test_a_transcript_by_hand() -> None:
    document = opened(PRINTED)
    assert document.transcript
    assert [tuple(item) for item in document.properties] == [
        ("ro.build.id", "QKQ1.210601.004", 1),
        ("ro.text", "first\nsecond", 2),
        ("persist.sys.locale", "en-GB", 4),
        ("ro.empty", "", 5),
    ]


@given(st.lists(st.tuples(NAME, VALUE), min_size=3, max_size=8), st.sampled_from(["{}={}\n", "[{}]: [{}]\n"]))
def test_properties_are_read_back(items: list[tuple[str, str]], form: str) -> None:
    data = "".join(form.format(*item) for item in items).encode()
    assert is_properties(BufferSource(data))
    assert [(item.name, item.value) for item in opened(data).properties] == items


def test_lines_that_are_no_properties_are_reported_once() -> None:
    document = opened(b"a=1\nb=2\nc=3\nnot one\nnor this\n")
    assert len(document.properties) == 3
    assert [(problem.place, problem.what[:7]) for problem in document.problems] == [("0xc+7", "2 lines")]


@pytest.mark.parametrize(
    "data",
    [b"", b"a=1\nb=2\n", b"[section]\na=1\nb=2\nc=3\n", b"a=1\nb=2\nc=3\nfree text\n", b"x\ny\nz\n", b'{"a":"b=c"}'],
)
def test_other_texts_are_not_recognised(data: bytes) -> None:
    assert not is_properties(BufferSource(data))


@pytest.mark.mutation
def test_changed_bytes_end_in_properties_or_unreadable(mutations: int) -> None:
    rng = random.Random(6)
    for number in range(mutations):
        data = bytearray((BUILD, PRINTED)[number % 2])
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b"[]=:\n#"))
        try:
            document = opened(bytes(data))
        except Unreadable:
            continue
        assert all(item.name.encode() is not None and item.line >= 1 for item in document.properties)
