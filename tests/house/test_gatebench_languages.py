"""Specimens in smali and Kotlin: what is left out where a tool is missing, and what is built where none is."""

import random
import zipfile
from pathlib import Path

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
    monkeypatch.setattr(languages, "NEEDED", {"no-such-tool": "no-such-package"})
    monkeypatch.setattr(languages, "KOTLIN", ())
    kept, skipped = command._buildable([idioms.specimen(), in_smali(), in_kotlin(), in_smali(73)])
    assert [each.name for each in kept] == ["t0", "l72"]
    assert skipped == {"smali": 2}
    assert capsys.readouterr().err == "gatebench: 2 specimens in smali skipped: apt-get install no-such-package\n"


def test_where_the_compiler_cannot_be_had_that_is_said_and_kotlin_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def unreachable(*_words: object) -> Path:
        raise toolchain.Failed("pip: no such host")

    monkeypatch.setattr(languages, "NEEDED", {})
    monkeypatch.setattr(languages, "KOTLIN", (tmp_path / "none.jar",))
    monkeypatch.setattr(toolchain, "fetched", unreachable)
    command._fetch_compiler([in_smali()])
    assert capsys.readouterr().err == ""
    command._fetch_compiler([in_smali(), in_kotlin()])
    kept, skipped = command._buildable([in_smali(), in_kotlin()])
    assert ([each.name for each in kept], skipped) == (["l71"], {"kotlin": 1})
    assert capsys.readouterr().err == (
        "gatebench: no compiler of Kotlin: pip: no such host\n"
        f"gatebench: 1 specimens in kotlin skipped: {languages.KOTLIN_WHEEL} is not there\n"
    )


def test_what_is_fetched_is_taken_apart_into_compiler_and_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inner = {"kotlin/Unit.class": b"1", "kotlinx/coroutines/Job.class": b"2", "org/Compiler.class": b"3"}
    with zipfile.ZipFile(tmp_path / "x-all.jar", "w") as jar:
        for name, content in inner.items():
            jar.writestr(name, content)
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as wheel:
        wheel.write(tmp_path / "x-all.jar", "deep/x-all.jar")
        wheel.writestr("deep/kotlin-stdlib-2.jar", b"library")
        wheel.writestr("deep/other.txt", b"")
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setattr(languages, "COMPILER", folder / "compiler")
    monkeypatch.setattr(languages, "KOTLIN", (folder / "library.jar", folder / "coroutines.jar"))
    monkeypatch.setattr(toolchain, "fetched", lambda *_words: tmp_path / "x.whl")
    assert languages.fetch() == ""
    assert (folder / "library.jar").read_bytes() == b"library"
    assert zipfile.ZipFile(folder / "coroutines.jar").namelist() == ["kotlinx/coroutines/Job.class"]
    assert sorted(path.name for path in (folder / "compiler").iterdir()) == ["kotlin-stdlib-2.jar", "x-all.jar"]
    assert not (tmp_path / "x.whl").exists()


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
