"""The matcher model against what a JVM answered (motifs/Comparisons.java), and against SQLite."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.sites.operators import Fold, Matcher, NotModelledError

ANSWERS = json.loads((Path(__file__).parent / "motifs" / "comparisons.json").read_text("ascii"))
MODELS = (
    Matcher("contains"),
    Matcher("index-of"),
    Matcher("equals"),
    Matcher("equals-ignore-case"),
    Matcher("compare"),
    Matcher("compare-ignore-case"),
    Matcher("starts-with"),
    Matcher("ends-with"),
    Matcher("region-matches", ignores_case=True),
    Matcher("contains-member", trims=True),
    Matcher("contains", Fold.LOWER, Fold.LOWER),
    Matcher("equals", Fold.UPPER, Fold.UPPER),
)
"""In the order of the JVM's answers; behind them: replaced and compared, found as quoted, matched as quoted."""
WORDS = st.text(st.sampled_from("aAbßİıσς\U00010400\U00010428%_ \ud83d"), max_size=6)


@pytest.mark.parametrize("row", range(len(MODELS)), ids=lambda row: f"{MODELS[row].operator}-{row}")
def test_answers_are_those_of_the_jvm(row: int) -> None:
    wrong = [
        (text, entry)
        for text, entry, said in ANSWERS["texts"]
        if MODELS[row].matches(text, [entry]) != (said[row] == "1")
    ]
    assert wrong == []


def test_both_answers_occur() -> None:
    for row in range(len(MODELS)):
        assert {said[row] for _, _, said in ANSWERS["texts"]} == {"0", "1"}


def test_replaced_text_differs_where_the_entry_is_in_it() -> None:
    model = Matcher("replace-and-compare")
    rows = [(text, entry, said[12]) for text, entry, said in ANSWERS["texts"] if entry]
    assert [row for row in rows if model.matches(row[0], [row[1]]) != (row[2] == "1")] == []


def test_quoted_patterns() -> None:
    found, whole = Matcher("find-regex"), Matcher("matches-regex")
    for text, entry, said in ANSWERS["texts"]:
        assert found.matches(text, [rf"\Q{entry}\E"]) == (said[13] == "1")
        assert whole.matches(text, [rf".*\Q{entry}\E.*"]) == (said[14] == "1")


def test_patterns() -> None:
    models = (Matcher("matches-regex"), Matcher("find-regex"), Matcher("find-regex", ignores_case=True))
    modelled = 0
    for text, pattern, said in ANSWERS["patterns"]:
        for row, model in enumerate(models):
            given_text = text.upper() if row == 2 else text
            assert model.matches(given_text, [pattern]) == (said[row] == "1"), (text, pattern)
            modelled += 1
    assert modelled == 3 * 15 * 12


@pytest.mark.parametrize("pattern", ["(?i)red", "re{2}", "a*+", r"\p{L}", "(", "a" * 4097, r"[a&&b]", r"\bred\b"])
def test_patterns_that_engines_read_differently_have_no_answer(pattern: str) -> None:
    with pytest.raises(NotModelledError):
        Matcher("find-regex").matches("red", [pattern])


def test_line_ends_that_only_java_knows_have_no_answer() -> None:
    with pytest.raises(NotModelledError):
        Matcher("find-regex").matches("a\u2028b", ["a.b"])


def test_operators_without_a_model_have_no_answer() -> None:
    with pytest.raises(NotModelledError):
        Matcher("native-call").matches("a", ["a"])


@given(WORDS, WORDS)
def test_like_is_that_of_sqlite(text: str, pattern: str) -> None:
    try:
        said = sqlite3.connect(":memory:").execute("SELECT ? LIKE ?", (text, pattern)).fetchone()[0]
    except UnicodeEncodeError:
        return
    assert Matcher("like").matches(text, [pattern]) == bool(said)


@given(WORDS, WORDS)
def test_ignoring_case_is_symmetric_and_wider_than_equality(one: str, other: str) -> None:
    model = Matcher("equals-ignore-case")
    assert model.matches(one, [other]) == model.matches(other, [one])
    assert model.matches(one, [one])
    assert model.matches(one, [other]) or not Matcher("equals").matches(one, [other])
