"""Provenance in the built specimens: what their sources say, with the models that come with the bench."""

from functools import cache

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Kind
from assay.reference.models import models
from tests.bytecode.program.opened import part
from tests.bytecode.program.test_sites import SPECIMENS, apk


@cache
def opened(name: str) -> Evaluator:
    return Evaluator(Program([part(raw) for raw in apk(SPECIMENS / f"{name}.apk")]), models())


def operands(name: str, method: str, called: bytes) -> list[list[int]]:
    """The terms of the operands of each call of a name in a method."""
    evaluator = opened(name)
    program = evaluator.ground.program
    (definition,) = (d for d in range(program.application_definitions) if method in program.method_name(d))
    body = evaluator.bodies.of(definition)
    assert body is not None
    calls = [call for call in body.calls if call.name == called]
    return [[evaluator.term(definition, each) for each in call.arguments] for call in calls]


def labels(name: str, term: int) -> set[str]:
    """Labels of sources and names of stores that a term is made of."""
    evaluator = opened(name)
    found = set()
    for each in evaluator.terms.below(term):
        own = evaluator.terms[each]
        found |= {own.name} if own.kind is Kind.STORE else {evaluator.source(each)} - {""}
    return found


def constants(name: str, term: int) -> set[object]:
    evaluator = opened(name)
    return {own.value for each in evaluator.terms.below(term) if (own := evaluator.terms[each]).kind is Kind.CONSTANT}


def test_notes_compare_typed_text_with_a_list_that_was_downloaded_to_a_file() -> None:
    ((text, word),) = operands("notes-g1", "WordGuard;->firstHit", b"contains")
    assert labels("notes-g1", text) == {"text.typed"}
    assert "file:guard.json" in labels("notes-g1", word)
    assert "http://cfg.example.test/guard?v=" in constants("notes-g1", word)
    assert "words" in {opened("notes-g1").remote_name(each) for each in opened("notes-g1").terms.below(word)}
    assert "notes.json" not in constants("notes-g1", word)


def test_renamed_notes_are_followed_the_same_way() -> None:
    ((text, word),) = operands("notes-renamed", "Lorg/example/notes/p;->a(Ljava/lang/String;)", b"contains")
    assert labels("notes-renamed", text) == {"text.typed"}
    assert "file:guard.json" in labels("notes-renamed", word)


def test_the_countries_of_a_market_are_the_elements_of_a_constant_set() -> None:
    ((countries, code),) = operands("notes-g1", "Market;->isEuropeanUnion", b"contains")
    evaluator = opened("notes-g1")
    found = evaluator.constants(evaluator.elements(countries))
    assert found is not None
    assert found[:3] == ("AT", "BE", "BG")
    assert len(found) == 27
    assert labels("notes-g1", code) == {"property:ro.product.market"}


def test_the_switch_of_a_gate_is_a_preference_that_the_download_writes() -> None:
    evaluator = opened("notes-g1")
    program = evaluator.ground.program
    (definition,) = (d for d in range(program.application_definitions) if "GuardGate;->open" in program.method_name(d))
    body = evaluator.bodies.of(definition)
    assert body is not None
    (read,) = (call for call in body.calls if call.name == b"getBoolean")
    term = evaluator.term(definition, body.result(read.row) or -1)
    assert evaluator.terms[term].name == "preference:guard/filter_on"
    assert {evaluator.remote_name(each) for each in evaluator.terms.below(term)} >= {"on"}
    assert "http://cfg.example.test/guard?v=" in constants("notes-g1", term)


def test_advertisements_of_a_feed_are_compared_with_brands_of_another_download() -> None:
    title, body = operands("ads", "AdvertisementFilter;->drops", b"contains")
    for (text, brand), name in ((title, "title"), (body, "body")):
        assert name in {opened("ads").remote_name(each) for each in opened("ads").terms.below(text)}
        assert "https://ads.example.test/feed.json?slots=4&aid=" in constants("ads", text)
        assert "https://ads-cfg.example.test/brands?format=json" not in constants("ads", text)
        assert "file:brands.json" in labels("ads", brand)
        assert "https://ads-cfg.example.test/brands?format=json" in constants("ads", brand)
        assert "https://ads.example.test/feed.json?slots=4&aid=" not in constants("ads", brand)


def test_phrases_come_from_a_resource_and_a_file_and_are_looked_for_in_messages() -> None:
    ((text, phrase),) = operands("dialer", "SpamPhrases;->matches", b"indexOf")
    assert "SmsMessage.getMessageBody" in opened("dialer").describe(text)
    assert {"resource:2130903040", "file:phrases_extra.txt"} <= labels("dialer", phrase)


def test_the_same_questions_have_the_same_answers_in_another_run() -> None:
    first, again = opened("ads"), Evaluator(opened("ads").ground.program, models())
    for definition in range(first.ground.program.application_definitions):
        body = first.bodies.of(definition)
        for call in body.calls if body is not None else ():
            for each in call.arguments:
                first.term(definition, each)
    opened.cache_clear()
    other = opened("ads")
    for evaluator in (other, again):
        for definition in range(evaluator.ground.program.application_definitions):
            body = evaluator.bodies.of(definition)
            for call in body.calls if body is not None else ():
                for each in call.arguments:
                    evaluator.term(definition, each)
    assert [(own.kind, own.name, own.inputs) for own in map(other.terms.__getitem__, range(len(other.terms)))] == [
        (own.kind, own.name, own.inputs) for own in map(again.terms.__getitem__, range(len(again.terms)))
    ]
