"""A comparison told as lines: every part of it, nothing unprintable, and never without end."""

import pytest

from assay.engine.story import told
from assay.reports.sections.comparisons import MOST, ComparisonView, comparison
from tests.reports.sections.test_comparisons import edge, made, row, truth, variable


def view(*facts: object) -> ComparisonView:
    (one,) = comparison(made(*facts).database(), "c-1")
    return one


def test_the_story_goes_from_the_entry_to_the_gate_and_to_what_is_unknown() -> None:
    facts = (
        row(chain=("La;->e()V+0x4 (call)",)),
        truth("eu-lt"),
        truth("cn", "open"),
        variable("use", "LT"),
        edge("native"),
    )
    lines = list(told(view(*facts)))
    text = "\n".join(lines)
    assert lines[0] == "c-1  org.example.a: typed text meets a list from downloaded"
    assert [line[4:].strip() for line in lines if line[:3].strip().isdigit()] == [
        "La;->e()V",
        "La;->e()V+0x4 (call)",
        "La;->b()V @ 0x1",
    ]
    assert "on a match   refused" in text
    assert "remote:on: vendor's server; compared with LT" in text
    assert (
        "closed before anything was sent; a server opens no, closes yes; open or opened by its user no: eu-lt" in text
    )
    assert "not followed native; leaves open: gate" in text


def test_nothing_found_is_told_and_control_characters_are_shown() -> None:
    text = "\n".join(told(view(row(consequences=(), package="a\x1b[31m\nb", gate="\x00"))))
    assert "nothing was found that follows" in text
    assert "\x1b" not in text
    assert "\x00" not in text


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_long_ways_are_counted(count: int) -> None:
    many = tuple(f"call {number}" for number in range(count))
    text = "\n".join(told(view(row(chain=many, list_terms=many), *(edge(one) for one in many))))
    assert ("and 1 more calls" in text) == (count > MOST)
    assert (f"call {MOST - 1} and 1 more" in text) == (count > MOST)
    assert f"call {MOST}," not in text
