"""Comparisons of specimens get whole witnesses; whatever is changed in those does not hold."""

import copy
import itertools
import json
import random
import zipfile
from functools import cache
from typing import Any, NamedTuple

import pytest

from assay.applications.tracing import Tracing
from assay.bytecode.sites.program import program_sites
from assay.evidence import plain_dex
from assay.evidence.plain_dex import FAULTS, Dex, DoesNotHold
from assay.evidence.witness_check import verify
from assay.facts.comparisons import witnesses
from assay.facts.comparisons.comparisons import comparisons
from assay.facts.comparisons.found import Finder
from assay.model.coverage import NotFollowed
from assay.vocabulary.comparisons import Comparison, UnfollowedEdge, WitnessStep
from tests.applications import apps
from tests.evidence.hand_witnesses import BUILT, Trails, dialer, notes

NAMES = ("ads", "dialer", "notes-g1", "notes-invoke-custom")
CORRUPTIONS, SEED = 1_000, 20_260_403


class Case(NamedTuple):
    trails: Trails
    sha256: str


@cache
def dex_of(name: str) -> Dex:
    with zipfile.ZipFile(BUILT / f"{name}.apk") as archive:
        return Dex(archive.read("classes.dex"))


@cache
def rows(name: str) -> tuple[Any, ...]:
    return tuple(each.row for each in comparisons(apps.specimen(name)))


@cache
def built(name: str) -> tuple[Case, ...]:
    """Return the witnesses of a specimen, read back from the rows of its facts."""
    found: dict[str, Case] = {}
    for row in rows(name):
        if isinstance(row, WitnessStep):
            case = found.setdefault(row.comparison, Case({}, row.dex_sha256))
            steps = case.trails.setdefault(row.leg, [])
            assert row.number == len(steps)
            steps.append(json.loads(row.step))
    return tuple(found.values())


def listed(name: str) -> list[Case]:
    """The witnesses of comparisons with a list that stands in the app's own code; the rest ask native code."""
    return [case for case in built(name) if "list" in case.trails]


def check(name: str, case: Case, trails: Trails) -> None:
    dex = dex_of(name)
    dex.left = plain_dex.WORK
    verify(trails, {case.sha256: dex})


@pytest.mark.parametrize("name", NAMES)
def test_every_leg_is_there_and_the_rows_hold_in_the_bytes(name: str) -> None:
    assert built(name)
    for case in built(name):
        assert "text" in case.trails
        assert any(leg.startswith("outcome:") for leg in case.trails)
        check(name, case, case.trails)
    natively = [row for row in rows(name) if isinstance(row, Comparison) and row.operator == "native"]
    assert sum("list" not in case.trails for case in built(name)) == len(natively) == name.startswith("notes")
    assert [row for row in rows(name) if isinstance(row, UnfollowedEdge) and row.costs == "witness"] == []
    assert [row for row in rows(name) if isinstance(row, NotFollowed) and "witness" in row.what] == []


def _places(steps: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    return [(each["class"], each["method"], each["code_offset"], each["kind"]) for each in steps]


def test_they_go_the_ways_that_were_written_by_hand() -> None:
    (case,) = listed("notes-g1")
    assert _places(case.trails["list"]) == _places(notes()["list"])
    assert case.trails["text"] == notes()["text"]
    assert case.trails["outcome:message"][:-1] == notes()["outcome"][:-1]
    assert case.trails["outcome:message"][-1]["reference"] == "Landroid/widget/Toast;->show()V"
    assert dialer()["text"] in [each.trails["text"] for each in built("dialer")]


def test_a_lambda_of_a_call_site_is_gone_into() -> None:
    (case,) = listed("notes-invoke-custom")
    callback = next(each for each in case.trails["outcome:message"] if each["kind"] == "callback")
    assert dex_of("notes-invoke-custom").lambdas
    following = case.trails["outcome:message"][case.trails["outcome:message"].index(callback) + 1]
    assert f"{following['class']}->{following['method']}" in dex_of("notes-invoke-custom").lambdas


def test_no_step_of_them_can_be_left_out() -> None:
    for name in NAMES:
        for case in built(name):
            for leg, steps in case.trails.items():
                for at in range(len(steps)):
                    with pytest.raises((DoesNotHold, *FAULTS)):
                        check(name, case, {leg: steps[:at] + steps[at + 1 :]})


def test_where_the_work_ends_the_legs_are_missed_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "WORK", -1)
    found = [each.row for each in comparisons(apps.specimen("dialer"))]
    assert [row for row in found if isinstance(row, WitnessStep)] == []
    missed = [row for row in found if isinstance(row, UnfollowedEdge) and row.costs == "witness"]
    assert {row.reason.partition(":")[0] for row in missed} >= {"list", "text"}
    assert all(witnesses.TOO_MUCH in row.reason for row in missed)
    (counted,) = [row for row in found if isinstance(row, NotFollowed) and "witness" in row.what]
    assert counted.count == len({row.comparison for row in missed})


def test_an_effect_that_does_not_follow_has_no_trail() -> None:
    tracing = Tracing(apps.specimen("notes-g1"))
    sites = program_sites(tracing.evaluator.ground.program)
    found = next(each for site in sites.taken(sites.kept) for each in Finder(tracing).at(site))
    shown = next(each for each in found.outcome.effects if each.consequence == "message")
    wrong = found.outcome._replace(effects=(shown._replace(definition=found.site.definition, row=0, context=()),))
    assert "outcome:message" in witnesses.Witnesses(tracing).of(found._replace(outcome=wrong)).missing


def _corrupted(chance: random.Random, trails: Trails) -> Trails | None:  # noqa: C901, PLR0912
    """Change one thing; None where the change drawn would say nothing else."""
    leg = chance.choice(sorted(trails))
    steps = copy.deepcopy(trails[leg])
    at = chance.randrange(len(steps))
    step, other = steps[at], chance.choice(steps)
    way = chance.choice(("register", "to", "callee", "swapped", "dropped", "dead", "method", "side", "value", "origin",
                         "outcome", "store", "key", "past"))  # fmt: skip
    match way:
        case "register" | "to" if step.get(way) is not None:
            step[way] = chance.choice([each for each in range(16) if each != step[way]])
        case "callee" if "reference" in step and other.get("reference", step["reference"]) != step["reference"]:
            step["reference"] = other["reference"]
        case "swapped" if at + 1 < len(steps):
            steps[at], steps[at + 1] = steps[at + 1], steps[at]
        case "dropped" if 0 < at < len(steps) - 1:
            del steps[at]
        case "dead":
            step["code_offset"] += chance.choice([1, -1, 1 << 16])
        case "method" if (other["class"], other["method"]) != (step["class"], step["method"]):
            step |= {"class": other["class"], "method": other["method"]}
        case "side" if "side" in step:
            step["side"] += chance.choice([-1, 1, 2])
        case "value" if isinstance(step.get("value"), int):
            step["value"] ^= 1
        case "origin" if "origin" in step:
            step["origin"] += chance.choice([-2, -1, 1, 2])
        case "outcome" if step.get("outcome") is not None:
            step["outcome"] = -1 if step["outcome"] == 0 else 0
        case "store" if "store" in step:
            step["store"] = "settings"
        case "key" if step.get("key"):
            step["key"] = chance.choice([[], step["key"][:-1], step["key"][1:], steps[: at + 1]])
        case "past" if step["kind"] in {"branch", "past"}:
            step["kind"] = "past" if step["kind"] == "branch" else "branch"
        case _:
            return None
    return {leg: steps}


@pytest.mark.mutation
def test_a_thousand_seeded_corruptions_of_built_witnesses_are_all_rejected() -> None:
    chance, passed = random.Random(SEED), []
    cases = [(name, case) for name in NAMES for case in built(name)]
    one_by_one = map(chance.choice, itertools.repeat(cases))
    drawn = ((name, case, _corrupted(chance, case.trails)) for name, case in one_by_one)
    fitting = ((name, case, trails) for name, case, trails in drawn if trails is not None)
    for name, case, trails in itertools.islice(fitting, CORRUPTIONS):
        try:
            check(name, case, trails)
        except (DoesNotHold, *FAULTS):
            continue
        passed.append((name, trails))
    assert passed == []
