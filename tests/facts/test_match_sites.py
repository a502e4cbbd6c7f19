"""Calls that compare text, in loops and out of them, deciding something or not."""

import pytest

from assay.facts import match_sites as module
from assay.facts.match_sites import match_sites
from assay.model.coverage import NotFollowed
from assay.vocabulary.code import MatchSite
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import method, opened, sample

STRING = "Ljava/lang/String;"
RESULT, TEST = [0x0A | 1 << 8], [0x38 | 1 << 8, 2]


def call(owner: str, name: str) -> list[w.Unit]:
    return w.invoke(0x6E, w.MethodId(owner, name, w.Proto("Z", (STRING,))), 0, 0)


def sites(*codes: list[w.Unit]) -> list[MatchSite]:
    methods = [method(code, f"m{n}") for n, code in enumerate(codes)]
    found = list(match_sites(opened(w.write([w.Class("LA;", direct=methods)]))))
    return [each for each in found if isinstance(each, MatchSite)]


def test_a_candidate_with_everything() -> None:
    candidate, count = match_sites(opened(sample().write()))
    assert candidate == MatchSite(
        place="method:Lorg/example/Main;->run(I[I)V+0x2",
        class_name="Lorg/example/Main;",
        method="run(I[I)V",
        code_offset=2,
        api="java.lang.String.contains",
        family="substring",
        operator="contains",
        in_loop=True,
        branches=True,
        text_typed="yes",
        followed=False,
        left_out="one variable with one constant: a gate, not a list",
    )
    assert count == NotFollowed("comparison candidates whose operands were not examined", 1)


EXPECTED = [
    ("Ljava/lang/String;", "indexOf", "substring"),
    ("Ljava/lang/StringBuilder;", "indexOf", "substring"),
    ("Lkotlin/text/StringsKt__StringsKt;", "contains$default", "substring"),
    ("Ljava/lang/String;", "equals", "whole"),
    ("Ljava/lang/String;", "equalsIgnoreCase", "whole"),
    ("Lkotlin/text/StringsKt__StringsJVMKt;", "equals$default", "whole"),
    ("Ljava/lang/String;", "startsWith", "prefix"),
    ("Ljava/lang/String;", "endsWith", "prefix"),
    ("Ljava/lang/String;", "regionMatches", "prefix"),
    ("Ljava/lang/String;", "matches", "regex"),
    ("Ljava/lang/String;", "replaceAll", "regex"),
    ("Ljava/util/regex/Matcher;", "find", "regex"),
    ("Ljava/util/regex/Pattern;", "matches", "regex"),
    ("Lkotlin/text/Regex;", "containsMatchIn", "regex"),
    ("Ljava/util/Set;", "contains", "collection"),
    ("Ljava/util/List;", "contains", "collection"),
    ("Ljava/util/Collection;", "contains", "collection"),
    ("Ljava/util/HashSet;", "contains", "collection"),
    ("Ljava/util/ArrayList;", "contains", "collection"),
    ("Ljava/util/Map;", "containsKey", "collection"),
    ("Ljava/util/concurrent/ConcurrentHashMap;", "containsKey", "collection"),
    ("Landroid/text/TextUtils;", "equals", "text-utils"),
    ("Ljava/lang/Object;", "equals", "whole"),
    ("Lkotlin/jvm/internal/Intrinsics;", "areEqual", "whole"),
    ("Lorg/json/JSONObject;", "has", "collection"),
]


@pytest.mark.parametrize(("owner", "name", "family"), EXPECTED)
def test_families(owner: str, name: str, family: str) -> None:
    (site,) = sites([*call(owner, name), 0x0E])
    api = f"{owner[1:-1].replace('/', '.')}.{name.removesuffix('$default')}"
    assert (site.api, site.family, site.in_loop, site.branches) == (api, family, False, False)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("Ljava/lang/String;", "length"),
        ("Ljava/lang/String;", "equals2"),
        ("Lorg/example/String;", "contains"),
        ("Ljava/util/Map;", "contains"),
        ("Ljava/lang/StringX;", "contains"),
    ],
)
def test_other_calls(owner: str, name: str) -> None:
    assert sites([*call(owner, name), 0x0E]) == []


@pytest.mark.parametrize("opcode", [*range(0x6E, 0x73), *range(0x74, 0x79)])
def test_every_way_of_calling(opcode: int) -> None:
    code = w.invoke(opcode, w.MethodId(STRING, "contains", w.Proto("Z", (STRING,))), 0, 0)
    assert [site.code_offset for site in sites([0x00, *code, 0x0E])] == [1]


def test_candidates_come_in_the_order_of_code_each_with_its_own_surroundings() -> None:
    equals, find = call(STRING, "equals"), call("Ljava/util/regex/Matcher;", "find")
    first = [*equals, *RESULT, *TEST, *find, 0x0E]
    second = [*find, *RESULT, 0x28 | 0xFC << 8, 0x0E]
    found = sites(first, second)
    assert [(s.method, s.code_offset, s.family, s.in_loop, s.branches) for s in found] == [
        ("m0()V", 0, "whole", False, True),
        ("m0()V", 6, "regex", False, False),
        ("m1()V", 0, "regex", True, False),
    ]


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("number LIKE ?", "LIKE"),
        ("body like '%word%'", "LIKE"),
        ("name LIKE '%' || ? || '%'", "LIKE"),
        ("words MATCH ?", "MATCH"),
        ("SELECT * FROM messages WHERE words MATCH 'a OR b'", "MATCH"),
        ("name GLOB ?", "GLOB"),
        ("ÄÖ LIKE ?", "LIKE"),
    ],
)
def test_sql(text: str, operator: str) -> None:
    (site,) = sites([0x00, *w.const_string(0, text), 0x0E])
    assert (site.api, site.family, site.code_offset, site.branches) == (f"SQL {operator}", "sql", 1, False)


@pytest.mark.parametrize(
    "text", ["I like it", "they match: yes", "dislike ?", "Does not match 'this'", "LIKE", "unlike '%'", "MATCHED ?"]
)
def test_what_is_not_sql(text: str) -> None:
    assert sites([*w.const_string(0, text), 0x0E]) == []


def test_sql_that_no_code_loads_is_no_candidate() -> None:
    raw = w.write([w.Class("LA;", direct=[method([0x0E])])], ["body LIKE ?"])
    assert list(match_sites(opened(raw))) == []


def test_the_list_ends_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SITES", 3)
    for calls, rest in ((3, []), (4, [NotFollowed("comparison candidates beyond the first 3, not listed", 1)])):
        dex = opened(w.write([w.Class("LA;", direct=[method([*call(STRING, "equals") * calls, 0x0E])])]))
        found = list(match_sites(dex))
        assert sum(isinstance(each, MatchSite) for each in found) == 3
        assert found[3:] == [NotFollowed("comparison candidates whose operands were not examined", calls), *rest]


def test_a_loop_that_only_a_switch_closes() -> None:
    """The payload stands behind the return; its one case leads back to the call."""
    back: list[w.Unit] = [0x2B | 1 << 8, 4, 0, 0x0E, 0x0100, 1, 0, 0, *[0xFFFC, 0xFFFF]]
    (site,) = sites([*call(STRING, "contains"), *RESULT, *back])
    assert (site.in_loop, site.branches) == (True, True)


def test_a_jump_back_that_does_not_come_from_the_candidate_is_no_loop_of_it() -> None:
    """goto over the call, back before it, and on: the call lies between the branch and its target, on no cycle."""
    around = [0x28 | 6 << 8, *call(STRING, "contains"), *RESULT, 0x0E, 0x28 | 0xFB << 8]
    (site,) = sites(around)
    assert (site.in_loop, site.branches) == (False, False)


def test_only_methods_with_candidates_are_looked_at_and_each_keeps_its_own() -> None:
    plain: list[w.Unit] = [0x0E]
    looped = [*call(STRING, "contains"), *RESULT, 0x39 | 1 << 8, 0xFFFC, 0x0E]
    found = sites(plain, looped, plain, [*call(STRING, "contains"), 0x0E], plain, looped)
    assert [(s.method, s.in_loop, s.branches) for s in found] == [
        ("m1()V", True, True),
        ("m3()V", False, False),
        ("m5()V", True, True),
    ]


def test_code_that_no_path_reaches_is_in_no_loop() -> None:
    (site,) = sites([0x0E, *call(STRING, "contains"), *RESULT, 0x39 | 1 << 8, 0xFFFC, 0x0E])
    assert not site.in_loop


def test_objects_that_nothing_calls_text_are_counted_and_not_listed() -> None:
    equals = w.invoke(0x6E, w.MethodId("Ljava/lang/Object;", "equals", w.Proto("Z", ("Ljava/lang/Object;",))), 0, 0)
    found = list(match_sites(opened(w.write([w.Class("LA;", direct=[method([*equals, *RESULT, *TEST, 0x0E])])]))))
    assert found == [NotFollowed("calls that compare, whose types do not say that it is text, not listed", 1)]
