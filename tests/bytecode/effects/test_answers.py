"""What each operator gives on a match: what is done then and only then is what follows."""

import pytest

from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

ASKED = [
    ("contains", "contains", "Z", f.IF_EQZ),
    ("index-of", "indexOf", "I", f.IF_LTZ),
    ("contains-member", "indexOf", "I", f.IF_LTZ),
    ("contains-member", "binarySearch", "I", f.IF_LTZ),
    ("contains-member", "frequency", "I", f.IF_LEZ),
    ("compare", "compareTo", "I", f.IF_NEZ),
    ("compare-ignore-case", "compareToIgnoreCase", "I", f.IF_NEZ),
    ("look-up", "get", l.OBJECT, f.IF_EQZ),
    ("contains-key", "containsKey", "Z", f.IF_EQZ),
    ("disjoint", "disjoint", "Z", f.IF_NEZ),
    ("any-match", "anyMatch", "Z", f.IF_EQZ),
    ("any-match", "noneMatch", "Z", f.IF_NEZ),
    ("equals-bytes", "isEqual", "Z", f.IF_EQZ),
    ("replace-and-compare", "equals", "Z", f.IF_NEZ),
    ("native-call", "hits", "Z", f.IF_EQZ),
    ("native-call", "position", "I", f.IF_LEZ),
    ("contains-hash", "contains", "Z", f.IF_EQZ),
]


@pytest.mark.parametrize(("operator", "name", "gives", "past"), ASKED)
def test_a_match_leads_to_what_is_said_and_past_what_is_sent(operator: str, name: str, gives: str, past: int) -> None:
    found = f.what_follows(
        f.asks(name, gives), (past, 0, -1, "plain"), f.toast(), [0x0E], "plain", f.send(), operator=operator
    )
    assert found.consequences == ("message", "refused")
    assert {effect.consequence: effect.suppressed for effect in found.effects} == {"message": False, "refused": True}


@pytest.mark.parametrize(("operator", "name", "gives", "past"), ASKED)
def test_what_is_done_without_a_match_alone_does_not_follow(operator: str, name: str, gives: str, past: int) -> None:
    found = f.what_follows(
        f.asks(name, gives), (past, 0, -1, "plain"), f.log(), [0x0E], "plain", f.log(), operator=operator
    )
    assert found.consequences == ("logged",)


def test_what_a_query_finds_is_asked_of_its_rows() -> None:
    rows = "Landroid/database/Cursor;"
    query = [*f.asks("rawQuery", rows), *l.interfaced(rows, "moveToFirst", l.proto("Z"), 0), 0x0A | 1 << 8]
    empty = f.what_follows(query, (f.IF_EQZ, 1, -1, "plain"), f.toast(), "plain", operator="like", family="sql")
    assert empty.consequences == ("message",)
    count = [*f.asks("rawQuery", rows), *l.interfaced(rows, "getCount", l.proto("I"), 0), 0x0A | 1 << 8]
    none = f.what_follows(count, (f.IF_GTZ, 1, -1, "plain"), f.send(), "plain", operator="like", family="sql")
    assert none.consequences == ("refused",)


def test_a_chain_of_constants_matches_by_its_first_or_not_at_all() -> None:
    found = f.what_follows(
        f.asks("contains", "Z"), (f.IF_NEZ, 0, -1, "match"),
        f.asks("contains", "Z"), (f.IF_NEZ, 0, -1, "match"),
        f.send(), [0x0E], "match", f.toast(),
    )  # fmt: skip
    assert found.consequences == ("message", "refused")


def test_nothing_follows_from_a_result_that_nothing_asks() -> None:
    found = f.what_follows(f.asks("contains", "Z"), f.toast(), f.send())
    assert (found.effects, found.unused) == ((), True)


def test_nothing_follows_where_both_ways_do_the_same() -> None:
    found = f.what_follows(
        f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "plain"), l.constant(1, 1), "plain", f.toast(), f.send()
    )
    assert found.effects == ()


def test_what_another_question_decides_does_not_follow() -> None:
    found = f.what_follows(
        f.asks("contains", "Z"),
        [*l.statically("Lout/Other;", "open", l.proto("Z")), 0x0A | 1 << 8],
        (f.IF_EQZ, 1, -1, "shut"),
        f.toast(),
        "shut",
    )
    assert found.effects == ()


def test_an_instruction_that_gives_nothing_says_that_it_could_not_be_followed() -> None:
    found = f.what_follows(l.virtual("Lout/Words;", "put", l.proto("V", l.STRING), f.WORDS, f.TEXT), f.toast())
    assert found.lost == ("the result of the comparison could not be followed",)
