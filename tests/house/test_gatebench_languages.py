"""Specimens in smali and Kotlin: what is left out where a tool is missing, and what is built where none is."""

import random
import zipfile

import pytest

import benchmarks.gatebench.__main__ as command
from benchmarks.gatebench import building, composing, designing, execution, languages, toolchain
from benchmarks.gatebench.composing import Plan
from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.naming import Names
from benchmarks.gatebench.specimens import Specimen
from tests.house import gatebench_idioms as idioms

POOL = {idiom.name: idiom for idiom in designing.pool()}


def specimen(words: str, matcher: str, number: int) -> Specimen:
    plan = Plan(f"l{number}", number, POOL[words], idioms.TYPED, POOL[matcher], idioms.REFUSED)
    return composing.Composer(plan, f"org.example.language{number}").specimen()


def in_smali(number: int = 71) -> Specimen:
    return specimen("smali-filled-array", "contains-loop", number)


def in_kotlin(number: int = 72) -> Specimen:
    return specimen("constants-as-list", "kotlin-any-contains", number)


def test_what_cannot_be_built_is_left_out_counted_and_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(languages, "NEEDED", {"smali": {}, "kotlin": {"no-such-tool": "no-such-package"}})
    kept, skipped = command._buildable([idioms.specimen(), in_smali(), in_kotlin(), in_kotlin(73)])
    assert [each.name for each in kept] == ["t0", "l71"]
    assert skipped == {"kotlin": 2}
    assert capsys.readouterr().err == "gatebench: 2 specimens in kotlin skipped: apt-get install no-such-package\n"


def test_nothing_is_left_out_where_every_tool_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "NEEDED", {"smali": {"/": "x"}, "kotlin": {"/": "x"}})
    assert languages.buildable([in_smali(), in_kotlin()])[1] == {}


def test_no_imitation_of_kotlin_meets_kotlin() -> None:
    met = [{idiom.language for idiom in each.idioms} for each in designing.specimens(9, 150)]
    assert any("kotlin" in each for each in met)
    assert any("smali" in each for each in met)
    assert not [each for each in met if each >= {"kotlin", "imitated"}]


@pytest.mark.parametrize(
    "idiom", [each for each in POOL.values() if each.language in {"kotlin", "smali"}], ids=lambda each: each.name
)
def test_an_idiom_says_in_which_language_it_is_written(idiom: Idiom) -> None:
    piece = idiom.make(Names("org.example.trial", 1), _wiring(idiom))
    assert bool(piece.kotlin) == (idiom.language == "kotlin")
    assert bool(piece.smali) == (idiom.language == "smali")


def _wiring(idiom: Idiom) -> composing.Wiring:
    wiring = composing.Wiring(random.Random(1), ("kettle", "lagoon"), idiom.takes[0])
    wiring.uses = dict.fromkeys(("words", "condition", "decide", "ask", "start"), "null")
    return wiring


@pytest.fixture(scope="module")
def made() -> toolchain.Tools:
    try:
        toolchain.check(fetch=False)
    except toolchain.Missing as cause:
        pytest.skip(str(cause))
    if languages.absent():
        pytest.skip(f"not installed: {languages.absent()}")
    return toolchain.prepared()


def test_both_are_built_and_do_what_is_stated_of_them(made: toolchain.Tools) -> None:
    specimens = [idioms.specimen(number=74), in_smali(), in_kotlin()]
    built = building.build(specimens, made)
    assert execution.disagreements(specimens, built, made)[0] == []
    dexes = [sum(name.endswith(".dex") for name in zipfile.ZipFile(each).namelist()) for each in built.apks.values()]
    assert dexes == [1, 2, 2]
    smali, kotlin = (zipfile.ZipFile(built.apks[each.name]) for each in specimens[1:])
    word = specimens[1].entries[0].encode()
    assert [word in smali.read(name) for name in ("classes.dex", "classes2.dex")] == [False, True]
    assert b"Lkotlin/collections/CollectionsKt;" not in kotlin.read("classes.dex")
    assert b"Lkotlin/jvm/internal/Intrinsics;" in kotlin.read("classes2.dex")
