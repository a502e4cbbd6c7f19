"""Which consequence a call is, by what it is given on a match."""

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l


def said(text: str | None) -> list[w.Unit]:
    return l.constant(1, 0) if text is None else l.text(1, text)


@pytest.mark.parametrize(
    ("match", "plain", "consequences"),
    [("no", None, ("message",)), (None, "no", ()), ("no", "none", ()), (None, None, ())],
)
def test_an_error_at_a_field_that_is_taken_away_with_null(
    match: str | None, plain: str | None, consequences: tuple[str, ...]
) -> None:
    mark = l.statically(f.ACTS, "mark", l.proto("V", l.STRING), 1)
    found = f.what_follows(
        f.asks("has", "Z"), (f.IF_EQZ, 0, -1, "plain"), said(match), (f.IF_NEZ, 0, -1, "end"), "plain", said(plain),
        "end", mark,
    )  # fmt: skip
    assert found.consequences == consequences
