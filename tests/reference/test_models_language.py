"""The language of models: what is written is what is read, and everything else is told."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.reference import models_labels as labels
from assay.reference import models_language as language
from assay.reference.models_records import Argument, Callback, Flow, Place, Predicate, SinkWhen, Store

ROOTS = st.one_of(st.sampled_from(["this", "return", "call1", "call9"]), st.integers(1, 255))
SELECTORS = st.one_of(
    st.just(""),
    st.just("[]"),
    st.integers(1, 255).map(lambda n: f"[arg{n}]"),
    st.from_regex(r"\.[a-z_][a-z0-9_-]{0,8}\Z", fullmatch=True),
)
PLACES = st.builds(Place, ROOTS, SELECTORS)


def written(place: Place) -> str:
    return (f"arg{place.root}" if isinstance(place.root, int) else place.root) + place.selector


@given(PLACES)
def test_a_place_is_read_as_it_is_written(place: Place) -> None:
    assert language.place(written(place)) == place


@given(st.lists(st.tuples(PLACES, PLACES, st.sampled_from(sorted(labels.OPERATIONS))), min_size=1, max_size=5))
def test_flows_are_read_in_order(parts: list[tuple[Place, Place, str]]) -> None:
    good = [(source, target, op) for source, target, op in parts if not str(target.root).startswith("call")]
    text = "; ".join(f"{written(source)} -> {written(target)} {op}" for source, target, op in good)
    if good:
        assert language.flows(text) == tuple(Flow(source, target, op) for source, target, op in good)


@given(st.text(max_size=40), st.sampled_from(["flows", "test", "store", "sink_when", "given", "place"]))
def test_any_text_is_read_or_refused(text: str, reader: str) -> None:
    with contextlib.suppress(language.Unwritten):
        assert getattr(language, reader)(text)


def test_digits_of_other_scripts_number_no_argument() -> None:
    with pytest.raises(language.Unwritten):
        language.place("arg1\u0662")


def test_places_know_their_operand_and_their_key() -> None:
    assert [Place("this").operand, Place(3).operand, Place("return").operand, Place("call1").operand] == [
        0,
        3,
        None,
        None,
    ]
    assert [Place(1, "[arg2]").key, Place(1, "[]").key, Place(1, ".arg2").key, Place(1).key] == [2, None, None, None]


def test_a_flow_without_a_word_copies() -> None:
    assert language.flows("arg1 -> this[]") == (Flow(Place(1), Place("this", "[]"), "copy"),)


@pytest.mark.parametrize(
    "text",
    ["", "this", "this->return", "arg0 -> return", "arg256 -> return", "arg1[arg256] -> return", "arg1 -> result",
     "arg1 -> return twist", "arg1 -> return lower upper", "arg1 -> return;", "; arg1 -> return", "arg1 -> call1",
     "arg01 -> return", "call0 -> return", "arg1[x] -> return", "arg1[-1] -> return", "arg1[]. -> return"],
)  # fmt: skip
def test_what_is_no_flow_is_refused(text: str) -> None:
    with pytest.raises(language.Unwritten):
        language.flows(text)


def test_tests_name_the_side_looked_into_first() -> None:
    assert language.test("contains(this, arg1)") == Predicate("contains", (Place("this"), Place(1)))
    assert language.test("not is-null(arg1)") == Predicate("is-null", (Place(1),), negated=True)


@pytest.mark.parametrize("text", ["contains", "contains(", "likes(this)", "contains(this,)", "not  equals(this, arg1)"])
def test_what_is_no_test_is_refused(text: str) -> None:
    with pytest.raises(language.Unwritten):
        language.test(text)


def test_callbacks_name_object_method_and_arguments() -> None:
    read = language.calls("this.target.run(); arg2.onResponse(this, ?network.response, ?, arg1[])", "listener")
    given = (Argument(Place("this")), Argument(None, "network.response"), Argument(None), Argument(Place(1, "[]")))
    assert read == (
        Callback(Place("this", ".target"), "run", (), "listener"),
        Callback(Place(2), "onResponse", given, "listener"),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [("run()", "thread"), ("arg1.run", "thread"), ("arg1.run(x)", "thread"), ("arg1.run(?text.none)", "thread"),
     ("arg1.run()", "telepathy"), ("arg1.run(),arg2.run()", "thread"), ("arg1.run();", "thread")],
)  # fmt: skip
def test_what_is_no_callback_is_refused(text: str, kind: str) -> None:
    with pytest.raises(language.Unwritten):
        language.calls(text, kind)


def test_stores_say_kind_access_and_places() -> None:
    read = language.store("settings read named=secure key=arg2 default=arg3 value=return")
    assert read == Store(
        kind="settings", access="read", named="secure", key=Place(2), default=Place(3), value=Place("return")
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "preference",
        "memory read",
        "preference taste",
        "preference read key",
        "preference read key=",
        "preference read x=arg1",
    ],
)
def test_what_is_no_store_is_refused(text: str) -> None:
    with pytest.raises(language.Unwritten):
        language.store(text)


def test_sinks_may_hang_on_constants() -> None:
    assert language.sink_when("arg1=-1 effect.hide; arg2=on effect.show") == (
        SinkWhen(1, -1, "effect.hide"),
        SinkWhen(2, "on", "effect.show"),
    )
    with pytest.raises(language.Unwritten):
        language.sink_when("arg1 effect.hide")
    with pytest.raises(language.Unwritten):
        language.sink_when("arg1=1 effect.nothing")


@given(
    st.integers(1, 255),
    st.one_of(st.just(""), st.from_regex(r"\.[A-Za-z_][A-Za-z0-9_-]{0,63}\Z", fullmatch=True)),
    st.one_of(st.integers(-(10**10) + 1, 10**10 - 1), st.from_regex(r"[a-z][a-z./=-]{0,30}\Z", fullmatch=True)),
    st.sampled_from(sorted(labels.SINKS)),
)
def test_sinks_may_hang_on_a_part_of_an_argument(argument: int, part: str, constant: int | str, sink: str) -> None:
    assert language.sink_when(f"arg{argument}{part}={constant} {sink}") == (SinkWhen(argument, constant, sink, part),)


def test_actions_and_types_of_an_intent_are_constants_as_they_stand() -> None:
    read = language.sink_when("arg2.type=application/vnd.x+json effect.install; arg2.action=a.b=C effect.call")
    assert read == (
        SinkWhen(2, "application/vnd.x+json", "effect.install", ".type"),
        SinkWhen(2, "a.b=C", "effect.call", ".action"),
    )
    assert language.sink_when("arg1.n=12345678901 effect.call") == (SinkWhen(1, "12345678901", "effect.call", ".n"),)


@pytest.mark.parametrize(
    "text",
    ["arg1.=x effect.hide", "arg1.1a=x effect.hide", "arg1.a.b=x effect.hide", "arg1[].a=x effect.hide",
     "arg1[]=x effect.hide", "this.a=x effect.hide", "return.a=x effect.hide", "arg0.a=x effect.hide",
     "arg.a=x effect.hide", "arg1 .a=x effect.hide", "arg1.a= effect.hide", "arg1.a=x", "arg1.a=x y effect.hide",
     "arg1.a=x effect.dream", "arg1.a\u0662=x effect.hide", f"arg1.{'a' * 65}=x effect.hide", "arg1.a=x effect.hide;"],
)  # fmt: skip
def test_what_does_not_say_when_is_refused(text: str) -> None:
    with pytest.raises(language.Unwritten):
        language.sink_when(text)


def test_a_part_has_a_name_of_64_signs_and_no_more() -> None:
    (read,) = language.sink_when(f"arg1.{'a' * 64}=x effect.hide")
    assert read.part == "." + "a" * 64


def test_what_the_platform_hands_over_has_a_source() -> None:
    assert language.given("arg1=text.url; arg2=text.page") == ((1, "text.url"), (2, "text.page"))
    with pytest.raises(language.Unwritten):
        language.given("arg1=text.nothing")
    with pytest.raises(language.Unwritten):
        language.given("this=text.url")
