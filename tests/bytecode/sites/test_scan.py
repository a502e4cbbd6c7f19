"""Motifs of a small DEX file whose source lies beside it: what is found, what is followed, which side is the list."""

from functools import cache
from pathlib import Path

import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.sites.record import Reason, Site, Typed
from assay.bytecode.sites.scan import sites
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k

FILE = Path(__file__).parent / "motifs" / "motifs.dex"
"""Motifs.java, compiled by javac 17 and D8; build.sh makes it anew."""

FOUND = {
    "arrayLoop": [("substring", "contains", Reason.KEPT)],
    "listLoop": [("substring", "index-of", Reason.KEPT)],
    "turned": [("whole", "equals", Reason.KEPT)],
    "helper": [("substring", "contains", Reason.KEPT)],
    "twoVariables": [("substring", "contains", Reason.NO_LIST)],
    "gate": [("whole", "equals", Reason.ONE_CONSTANT)],
    "chain": [("whole", "equals", Reason.KEPT), *[("whole", "equals", Reason.CHAIN)] * 3],
    "cases": [("switch", "string-switch", Reason.KEPT), *[("whole", "equals", Reason.CHAIN)] * 4],
    "shortChain": [("whole", "equals", Reason.ONE_CONSTANT)] * 3,
    "unused": [("substring", "contains", Reason.RESULT_UNUSED)],
    "member": [("collection", "contains-member", Reason.KEPT)],
    "number": [("collection", "contains-member", Reason.NOT_TEXT)],
    "flag": [("collection", "contains-member", Reason.ONE_CONSTANT)],
    "disjoint": [("collection", "disjoint", Reason.KEPT)],
    "search": [("collection", "contains-member", Reason.KEPT)],
    "character": [("substring", "index-of", Reason.NOT_TEXT)],
    "onePattern": [("regex", "find-regex", Reason.ONE_CONSTANT)],
    "manyPattern": [("regex", "find-regex", Reason.KEPT)],
    "changedPattern": [("regex", "find-regex", Reason.KEPT)],
    "patternEach": [("regex", "matches-regex", Reason.KEPT)],
    "replaced": [("replace", "replace", Reason.NO_LIST), ("whole", "replace-and-compare", Reason.KEPT)],
    "digest": [("digest", "equals-bytes", Reason.NO_LIST)],
    "naive": [("characters", "character-loop", Reason.KEPT)],
    "arrays": [("characters", "character-loop", Reason.KEPT)],
    "constantTime": [("characters", "character-loop", Reason.KEPT)],
    "palindrome": [],
    "vowels": [],
    "trie": [("trie", "trie-step", Reason.KEPT)],
    "edges": [("trie", "trie-step", Reason.KEPT)],
    "automaton": [("automaton", "automaton-step", Reason.KEPT)],
    "translated": [],
    "copied": [],
    "rolling": [("hashes", "contains-hash", Reason.KEPT)],
    "asked": [("native", "native-call", Reason.KEPT)],
    "equals": [("whole", "equals", Reason.NOT_TEXT)],
    "through": [],
    "change": [],
}


@cache
def dex() -> DexFile:
    return DexFile(BufferSource(FILE.read_bytes()))


@cache
def by_method() -> dict[str, list[Site]]:
    found: dict[str, list[Site]] = {}
    for site in sites(dex()):
        name = dex().method_name(int(dex().methods.method[site.definition])).partition("->")[2].partition("(")[0]
        found.setdefault(name, []).append(site)
    return found


def one(method: str) -> Site:
    (site,) = by_method()[method]
    return site


@pytest.mark.parametrize("method", FOUND)
def test_what_a_method_holds(method: str) -> None:
    found = by_method().get(method, [])
    assert [(site.family, site.operator, site.reason) for site in found] == FOUND[method]


def test_nothing_else_is_found() -> None:
    assert set(by_method()) == {name for name, found in FOUND.items() if found}


@pytest.mark.parametrize(
    ("method", "text", "entries"), [("arrayLoop", 0, 1), ("turned", 1, 0), ("member", 1, 0), ("manyPattern", 1, 0)]
)
def test_which_argument_is_the_list(method: str, text: int, entries: int) -> None:
    site = one(method)
    assert (site.text[1], site.list[1]) == (text, entries)


def test_operands_of_a_matcher_are_those_of_the_call_that_made_it() -> None:
    site = one("manyPattern")
    assert site.text[0] == site.list[0] < site.row


def test_a_trie_has_its_key_as_text_and_its_children_as_list() -> None:
    site = one("trie")
    assert (site.text, site.list) == ((site.row, 1), (site.row, 0))


def test_the_characters_of_both_texts_are_named_by_the_instructions_that_read_them() -> None:
    site = one("naive")
    code = dex().instructions
    begin = int(code.starts[site.definition])
    reads = [code.opcode[begin + row] for row, _ in (site.text, site.list)]
    assert site.text[0] != site.list[0]
    assert reads == [0x6E, 0x6E]  # invoke-virtual


def test_surroundings() -> None:
    assert (one("arrayLoop").in_loop, one("arrayLoop").decides) == (True, True)
    assert (one("member").in_loop, one("member").decides) == (False, True)
    assert one("unused").decides is False
    assert one("member").text_typed is Typed.YES
    assert one("number").text_typed is Typed.NO


def test_the_first_of_a_chain_stands_for_all() -> None:
    head, *others = by_method()["chain"]
    assert {site.head for site in others} == {head.row} == {head.head}
    assert one("gate").head == -1


def test_a_list_in_a_loop_scores_above_a_helper_and_a_helper_above_nothing() -> None:
    assert one("arrayLoop").score > one("helper").score > one("twoVariables").score


def test_columns_and_rows_say_the_same() -> None:
    whole = sites(dex())
    assert len(list(whole)) == len(whole)
    assert len(whole.kept) + sum(whole.left_out().values()) == len(whole)
    with pytest.raises(IndexError):
        whole[-1]
    with pytest.raises(IndexError):
        whole[len(whole)]


def test_the_same_file_gives_the_same_sites() -> None:
    first, second = sites(dex()), sites(DexFile(BufferSource(FILE.read_bytes())))
    assert list(first) == list(second)


@pytest.mark.parametrize(("ahead", "count"), [(127, 1), (128, 0)])
def test_a_text_that_native_code_takes_far_behind_is_found_as_far_as_places_are_counted(ahead: int, count: int) -> None:
    asked = w.MethodId("LNative;", "asked", w.Proto("Z", ("I",) * ahead + ("Ljava/lang/String;",)))
    native = w.Method(asked, None, k.STATIC | k.NATIVE)
    caller = w.Method(w.MethodId("LMain;", "m", w.Proto("V")), [*w.invoke(k.STATICALLY, asked), 0x0E], k.STATIC)
    found = sites(DexFile(BufferSource(w.write([w.Class("LMain;", [caller]), w.Class("LNative;", [native])]))))
    assert [each.family for each in found] == ["native"] * count
    assert [each.text[1] for each in found] == [127] * count
