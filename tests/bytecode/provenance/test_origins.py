"""Where content begins, by terms that are put together by hand."""

import pytest

from assay.bytecode.provenance.origins import origins
from assay.bytecode.provenance.terms import Kind, Term, Terms


def _joined(terms: Terms, *pieces: int, name: str = "pieces") -> int:
    builder = terms.add(Term(kind=Kind.OBJECT, name="Lout/Text;", definition=1, pc=2))
    return terms.add(Term(kind=Kind.CONTENT, name=name, inputs=(builder, *pieces)))


def _typed(terms: Terms) -> int:
    return terms.add(Term(kind=Kind.PARAMETER, name="LA;->m()V#1", value="text.typed"))


@pytest.mark.parametrize("between", ["\n", ", ", "(?i)", "\\b", '{"w":[', 10, 44])
def test_a_constant_that_only_separates_pieces_of_a_text_is_not_content(between: int | str) -> None:
    terms = Terms()
    text = _joined(terms, _typed(terms), terms.constant("string", between))
    assert [each.label for each in origins(terms, text)] == ["text.typed"]


@pytest.mark.parametrize("between", ["word", "two words", "слово", "字", "é", 97])
def test_a_constant_with_a_word_in_it_is_content_beside_others(between: int | str) -> None:
    terms = Terms()
    text = _joined(terms, _typed(terms), terms.constant("string", between), name="text")
    assert [each.label for each in origins(terms, text)] == ["text.typed", "constant"]


def test_a_text_of_separators_alone_is_constant() -> None:
    terms = Terms()
    text = _joined(terms, terms.constant("string", "- "), terms.constant("string", "::"))
    assert [each.label for each in origins(terms, text)] == ["constant", "constant"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("bundle-extra:?/android.text", "text.notification"),
        ("bundle-extra:android.text", "text.notification"),
        ("bundle-extra:?/own.key", "text.intent"),
        ("preference:?/android.text", "list.preference"),
    ],
)
def test_a_key_of_a_bundle_tells_what_is_under_it_in_any_bundle(name: str, label: str) -> None:
    terms = Terms()
    store = terms.add(Term(kind=Kind.STORE, name=name, inputs=(terms.constant("null", None),), guards=(None,)))
    assert [each.label for each in origins(terms, store)] == [label]
