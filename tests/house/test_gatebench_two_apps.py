"""Specimens of two applications: the list in one, the comparison in the other."""

import zipfile
from dataclasses import replace

import pytest

from benchmarks.gatebench import building, composing, designing, execution, frame_java, scoring, toolchain
from benchmarks.gatebench.building import manifest
from benchmarks.gatebench.composing import Plan
from benchmarks.gatebench.examination import Claim
from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.specimens import COMPANION, Specimen, installed
from benchmarks.gatebench.truth import Gates
from tests.house import gatebench_idioms as idioms

BRIDGES = {idiom.name: idiom for idiom in designing.pool() if idiom.kind == "bridge"}
PROVIDER = BRIDGES["provider-of-other-app"]


def specimen(bridge: Idiom = PROVIDER, words: Idiom = idioms.DOWNLOADED, number: int = 60, twin: str = "") -> Specimen:
    plan = Plan(
        f"b{number}{twin}", number, words, idioms.TYPED, idioms.CONTAINS, idioms.REFUSED, bridge=bridge, twin=twin
    )
    return composing.Composer(plan, f"org.example.pair{number}").specimen()


def companion(of: Specimen) -> Specimen:
    assert of.companion
    return of.companion


def test_one_application_has_the_list_and_the_other_compares() -> None:
    both = specimen()
    other = companion(both)
    assert [each.package for each in both.applications] == ["org.example.pair60", "org.example.pair60depot"]
    assert idioms.HOST in "".join(other.sources.values())
    assert idioms.HOST not in "".join(both.sources.values())
    assert "<provider" in manifest(other)
    assert "<provider" not in manifest(both)
    assert (other.truth, other.twin) == (None, COMPANION)


def test_the_truth_is_what_the_list_is_where_it_stands() -> None:
    both = specimen()
    assert both.truth
    assert (both.truth.list_origin, both.truth.remote_content) == ("downloaded", "yes")
    assert both.others
    rows = dict.fromkeys(("eu-lt", "cn", "us", "unknown"), ("open", "yes", "no", "yes"))
    right = Claim(both.package, "p", "downloaded", "typed", ("message", "refused"), rows, "yes", "no", path_shown=True)
    wrong = Claim(both.package, "p", "provider", "typed", ("message", "refused"), rows, "yes", "no", path_shown=True)
    assert scoring.scored([both], [right])["tuple_exact"] == 1.0
    assert scoring.scored([both], [wrong])["tuple_exact"] == 0.0


def test_a_claim_on_the_application_that_only_has_the_list_is_a_false_positive() -> None:
    both = specimen()
    rows = dict.fromkeys(("eu-lt", "cn", "us", "unknown"), ("open", "yes", "no", "yes"))
    package = companion(both).package
    claim = Claim(package, "p", "downloaded", "typed", ("refused",), rows, "yes", "no", path_shown=True)
    result = scoring.scored([both], [claim])
    assert (result["cases"], result["decoys"], result["false_positives"]) == (1, 1, 1)


def test_a_run_has_some_of_two_applications_with_bridges_known_and_held_back() -> None:
    made = designing.specimens(2, 150)
    pairs = [each for each in made if each.companion]
    assert 4 <= len(pairs) <= 30
    assert len({each.package for each in installed(made)}) == len(installed(made)) == 150 + len(pairs)
    bridges = [idiom for each in pairs for idiom in each.idioms if idiom.kind == "bridge"]
    assert {bridge.held_back for bridge in bridges} == {True, False}


@pytest.fixture(scope="module")
def made() -> toolchain.Tools:
    try:
        toolchain.check(fetch=False)
    except toolchain.Missing as cause:
        pytest.skip(str(cause))
    return toolchain.prepared()


def test_both_run_together_and_a_false_statement_is_found(made: toolchain.Tools) -> None:
    pairs = [specimen(bridge, number=61 + at) for at, bridge in enumerate(BRIDGES.values())]
    pairs.append(specimen(number=66, twin="never-compared"))
    built = building.build(pairs, made)
    assert len(built.apks) == 10
    assert all("classes.dex" in zipfile.ZipFile(apk).namelist() for apk in built.apks.values())
    assert execution.disagreements(pairs, built, made)[0] == []
    lie = replace(pairs[0], gates=Gates((frame_java.CLOSED,)))
    assert execution.disagreements([lie], built, made)[0]
