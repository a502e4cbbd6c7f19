import signal
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.manifest_schema import OPENING, schema_of
from assay.engine.parts import load_bench
from assay.model.source import BufferSource


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        (b'schema = "assay-trial/1"\n', "assay-trial/1"),
        (b"\xef\xbb\xbf# a note\r\n\r\n\tschema='assay-planted/1'", "assay-planted/1"),
        (b'id = "t1"\nschema = "assay-trial/1"\n', ""),
        (b'# schema = "assay-trial/1"\n', ""),
        (b'schema = "Assay Trial"\n', ""),
        (b"", ""),
    ],
)
def test_only_the_first_assignment_counts(text: bytes, schema: str) -> None:
    assert schema_of(BufferSource(text)) == schema


@given(st.binary(max_size=300))
def test_what_stands_behind_the_opening_is_not_looked_at(noise: bytes) -> None:
    source = BufferSource(b"\n" * OPENING + noise + b'\nschema = "assay-trial/1"')
    assert schema_of(source) == ""


HOSTILE = [
    b"#\r\n" * 1400,
    b"# a licence of many lines\r\n" * 200,
    b" " * 5000,
    b"\t\n" * 2500,
    b'{"log":' * 700,
    b"[" * 5000,
    b'"' * 5000,
    b"\\" * 5000,
    b"<" * 5000,
    b"<!--" * 1300,
    b"<?xml " * 900,
    b"a=" * 2500,
    b"a,b;" * 1300,
    b"[a]: [b]" * 700,
    b"PK\x05\x06" * 1300,
    b"PK\x03\x04" + b"\0" * 5000,
    b"dex\n" * 1300,
    b"\x03\x00\x08\x00" * 1300,
    b"\xff\xfe" * 2500,
    b"\x81\x30" * 2500,
]


@pytest.fixture
def _alarm() -> Iterator[None]:
    """End a recogniser that goes on for ever; the limit is a hundred times what all of them need together."""
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.usefixtures("_alarm")
@pytest.mark.parametrize("head", HOSTILE, ids=lambda head: repr(head[:12]))
def test_no_recogniser_hangs_on_a_hostile_beginning(head: bytes) -> None:
    for spec in load_bench().readers:
        assert spec.recognise(BufferSource(head)) in (True, False)
