"""What runs of a specimen say of its stated truth."""

import dataclasses
from collections.abc import Mapping, Sequence

import pytest

from benchmarks.gatebench import building, execution, toolchain
from benchmarks.gatebench.building import Built
from benchmarks.gatebench.execution import Pair
from benchmarks.gatebench.fragments import PROFILES
from benchmarks.gatebench.specimens import Specimen
from benchmarks.gatebench.truth import Gates
from tests.house import gatebench_idioms as idioms

CN = PROFILES[1]


def ran(*effects: tuple[str, str]) -> Mapping[str, object]:
    return {"id": "x", "effects": [list(effect) for effect in effects]}


def pair(specimen: Specimen, *, opens: bool) -> Pair:
    return Pair(specimen, CN, {}, specimen.entries, specimen.match, opens)


TOAST = ("toast", "This can't be saved.")
STORED = ("store", "preference drafts/last")


def test_the_declared_effects_are_a_consequence_and_no_others() -> None:
    specimen = idioms.specimen()
    assert execution.judged(pair(specimen, opens=True), ran(TOAST), ran(STORED)) == ""
    assert execution.judged(pair(specimen, opens=False), ran(STORED), ran(STORED)) == ""
    assert execution.judged(pair(specimen, opens=True), ran(STORED), ran(STORED)).startswith("stated a consequence")
    assert execution.judged(pair(specimen, opens=False), ran(TOAST), ran(STORED)).startswith("stated no consequence")
    assert execution.judged(pair(specimen, opens=False), ran(STORED, TOAST), ran(STORED)).startswith("undeclared")
    assert execution.judged(pair(specimen, opens=True), ran(STORED, TOAST), ran(STORED)).startswith("stated")


def test_a_run_that_fails_disagrees_with_every_truth() -> None:
    failed = {**ran(), "error": "java.lang.IllegalStateException"}
    assert "IllegalStateException" in execution.judged(pair(idioms.specimen(), opens=False), failed, ran())


def test_asking_for_list_or_configuration_is_no_consequence_and_asking_elsewhere_is() -> None:
    specimen = idioms.specimen(idioms.DOWNLOADED)
    asked, told = ("network", idioms.HOST), ("network", f"https://other.example.test/?q={specimen.match}")
    assert execution.addresses(specimen) == (idioms.HOST,)
    assert execution.judged(pair(specimen, opens=False), ran(STORED, asked), ran(STORED)) == ""
    assert execution.judged(pair(specimen, opens=False), ran(STORED, told), ran(STORED)).startswith("undeclared")


def test_an_effect_may_be_told_by_its_detail() -> None:
    effects = (("navigate", "about:blank"), ("navigate", "https://news.example/a"))
    assert execution.count(effects, "navigate") == 2
    assert execution.count(effects, "navigate=EXAMPLE") == 1


def test_masked_is_the_same_effect_with_another_text() -> None:
    assert execution.masked((("show", "a *** b"),), (("show", "a plain b"),), "a word b", "a plain b")
    assert not execution.masked((("show", "a word b"),), (("show", "a plain b"),), "a word b", "a plain b")
    assert not execution.masked((), (("show", "a plain b"),), "a word b", "a plain b")


def test_every_profile_and_state_is_tried_and_other_words_where_a_server_names_them() -> None:
    tried = list(execution.pairs(idioms.specimen(idioms.DOWNLOADED, idioms.SWITCH)))
    assert len(tried) == len(PROFILES) * 3 * 3
    assert {(each.profile.id, each.state.get("on")) for each in tried if each.opens} == {
        (profile.id, True) for profile in PROFILES
    }
    assert not any(
        each.opens for each in tried if each.words != each.specimen.entries and each.match == each.specimen.match
    )
    assert not any(each.opens for each in execution.pairs(idioms.specimen(twin="result-ignored")))


def test_only_what_the_manifest_declares_is_delivered_to() -> None:
    alive, dead = idioms.specimen(), idioms.specimen(twin="dead-component")
    assert [each["kind"] for each in execution.components(alive)] == ["activity"]
    assert execution.components(dead) == []


@pytest.fixture(scope="module")
def made() -> toolchain.Tools:
    try:
        toolchain.check(fetch=False)
    except toolchain.Missing as cause:
        pytest.skip(str(cause))
    return toolchain.prepared()


@pytest.fixture(scope="module")
def specimens() -> Sequence[Specimen]:
    return [
        idioms.specimen(number=20),
        idioms.specimen(idioms.DOWNLOADED, idioms.MARKET, number=21, stage="download"),
        idioms.specimen(idioms.DOWNLOADED, idioms.SWITCH, number=22),
        idioms.specimen(idioms.CONSTANTS, idioms.SWITCH, idioms.MARKET, number=23),
        *(idioms.specimen(twin=twin, number=24 + at) for at, twin in enumerate(("never-compared", "result-ignored"))),
        *(idioms.specimen(twin=twin, number=26 + at) for at, twin in enumerate(("dead-component", "other-text"))),
        idioms.specimen(twin="gate-false", number=28),
        idioms.spelling(),
    ]


@pytest.fixture(scope="module")
def built(made: toolchain.Tools, specimens: Sequence[Specimen]) -> Built:
    return building.build(specimens, made)


def test_what_is_built_does_what_is_stated_of_it(
    built: Built, made: toolchain.Tools, specimens: Sequence[Specimen]
) -> None:
    assert execution.disagreements(specimens, built, made)[0] == []
    assert all(apk.stat().st_size > 1000 for apk in built.apks.values())


def test_a_false_statement_is_found_and_named(
    built: Built, made: toolchain.Tools, specimens: Sequence[Specimen]
) -> None:
    never_shut = dataclasses.replace(specimens[2], gates=Gates(()))
    silent = dataclasses.replace(specimens[-1], idioms=(dataclasses.replace(idioms.SPELLING, allowed=()),))
    no_message = dataclasses.replace(specimens[0], on_match=("dialog",))
    for lie in (never_shut, silent, no_message):
        found, _ = execution.disagreements([lie], built, made)
        assert found
        assert all(line.startswith(f"{lie.name} (") for line in found)
