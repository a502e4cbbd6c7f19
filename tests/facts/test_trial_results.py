from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from assay.facts.trial_results import MAX_SCREEN, find_trial_results
from assay.model.case import Occurrence
from assay.model.problem import Problem
from assay.vocabulary import Fact
from assay.vocabulary.lists import Term
from assay.vocabulary.packages import Package
from assay.vocabulary.trials import Trial, TrialResult, TrialStep
from tests.facts.tables_at_hand import TablesAtHand

CONTROL, CANARY = "garden picnic at noon", "meet at the Velmora lantern march"
EMPTY = "window: notes\nbutton: new"
SAVED = "window: notes\nnote: garden picnic at noon\nbutton: new"
REFUSED = "toast: cannot be saved: velmora lantern march\n" + SAVED
TRIAL = Trial(
    trial="t1",
    package="org.example.notes",
    profile="cn",
    started="2021-09-23T02:10:00Z",
    ended="",
    operator="",
    question="",
    configuration="",
)

PACKAGE = Package(
    package="org.example.notes", version_name="", version_code=1, label="", min_sdk=None, target_sdk=None,
    shared_uid="", debuggable=False, cleartext=None, backup=None, split="", dex_files=0,
)  # fmt: skip


def step(number: int, role: str, text: str, outcome: str) -> TrialStep:
    return TrialStep(
        place=f"toml:/step/{number - 1}",
        trial="t1",
        number=number,
        role=role,
        action="type, save",
        input=text,
        outcome=outcome,
        screen=f"screen-{number}.txt",
        log="",
    )


STEPS = (step(1, "setup", "", "none"), step(2, "control", CONTROL, "accepted"), step(3, "canary", CANARY, "refused"))


def term(list_id: str, normal: str) -> Term:
    return Term(list_id=list_id, ordinal=0, text=normal, normal=normal, script="Latin")


def results(
    steps: Iterable[TrialStep] = STEPS,
    screens: tuple[str | None, ...] = (EMPTY, SAVED, REFUSED),
    lists: Iterable[tuple[str, str, Fact]] = (),
) -> tuple[list[TrialResult], list[str]]:
    """Return results and problems; `lists` holds (handset, path, term)."""
    files = [("East", "trial/trial.toml", "manifest")]
    texts = {}
    for number, text in enumerate(screens, start=1):
        if text is not None:
            files.append(("East", f"trial/screen-{number}.txt", f"screen{number}"))
            texts[f"screen{number}"] = text
    rows: dict[str, list[Fact]] = {"manifest": [TRIAL, *steps]}
    for number, (handset, path, row) in enumerate(lists):
        files.append((handset, path, f"list{number}"))
        rows[f"list{number}"] = [row]
    found = [row for _, row in find_trial_results(TablesAtHand(rows, files, texts))]
    return [row for row in found if isinstance(row, TrialResult)], [
        row.what for row in found if isinstance(row, Problem)
    ]


def test_a_canary_refused_beside_a_saved_control_is_shown() -> None:
    (row,), problems = results()
    assert row == TrialResult(
        place="toml:/step/2",
        trial="t1",
        package="org.example.notes",
        profile="cn",
        started="2021-09-23T02:10:00Z",
        consequence="refused",
        control=CONTROL,
        canary=CANARY,
        canary_list="",
        control_list="",
        shown_on_screen=True,
    )
    assert problems == []


@pytest.mark.parametrize(
    "screens",
    [
        (EMPTY, EMPTY, REFUSED),  # the control is not there
        (EMPTY, SAVED, REFUSED + "\nnote: " + CANARY),  # the canary is there after all
        (SAVED, SAVED, REFUSED),  # the control stood there before
        (EMPTY, SAVED, "another window"),  # a screen of somewhere else
        (EMPTY, SAVED, ""),
        (EMPTY, SAVED, None),
        (EMPTY, None, REFUSED),
        (EMPTY, SAVED, SAVED.upper() + "\n" + CANARY.upper()),
        (EMPTY, SAVED, SAVED + "\nnote: meet at  the\u00a0Velmora lantern march"),
    ],
)
def test_what_the_screens_do_not_show_is_a_statement_only(screens: tuple[str | None, ...]) -> None:
    (row,), problems = results(screens=screens)
    assert (row.consequence, row.shown_on_screen) == ("refused", False)
    assert problems == ["the recorded screens do not show control and canary treated as stated"]


BROKEN = "a control beside the canary was not accepted either"


@pytest.mark.parametrize(
    ("control", "canary", "expected"),
    [("refused", "refused", [BROKEN]), ("accepted", "accepted", []), ("none", "refused", [BROKEN])],
)
def test_where_both_are_treated_alike_there_is_no_consequence(control: str, canary: str, expected: list[str]) -> None:
    (row,), problems = results((step(2, "control", CONTROL, control), step(3, "canary", CANARY, canary)))
    assert (row.consequence, row.shown_on_screen, problems) == ("none", False, expected)


@pytest.mark.parametrize(
    ("outcome", "consequence", "expected"), [("refused", "none", [BROKEN]), ("accepted", "refused", [])]
)
def test_an_app_that_broke_between_control_and_canary_refuses_the_next_control_too(
    outcome: str, consequence: str, expected: list[str]
) -> None:
    (row,), problems = results((*STEPS, step(4, "control", "another control", outcome)))
    assert (row.consequence, row.control, problems) == (consequence, CONTROL, expected)


def test_a_run_whose_manifest_lies_with_two_handsets_is_observed_on_none() -> None:
    files = [(handset, "trial/trial.toml", "manifest") for handset in ("East", "North")]
    files += [("East", f"trial/screen-{number}.txt", f"screen{number}") for number in (1, 2, 3)]
    texts = dict(zip(("screen1", "screen2", "screen3"), (EMPTY, SAVED, REFUSED), strict=True))
    found = [row for _, row in find_trial_results(TablesAtHand({"manifest": [TRIAL, *STEPS]}, files, texts))]
    assert [(row.consequence, row.shown_on_screen) for row in found if isinstance(row, TrialResult)] == [
        ("refused", False)
    ]
    assert [row.what for row in found if isinstance(row, Problem)] == [
        "the manifest of the trial lies with several handsets, so that it is not settled whose run it was"
    ]


def test_a_canary_without_a_control_shows_nothing() -> None:
    (row,), problems = results((step(3, "canary", CANARY, "refused"),))
    assert (row.consequence, row.control, row.shown_on_screen) == ("none", "", False)
    assert problems == ["there is no control step to hold the canary against"]


def test_each_canary_is_held_against_the_control_before_it() -> None:
    steps = (*STEPS, step(4, "control", "another control", "accepted"), step(5, "canary", "another canary", "masked"))
    rows, _ = results(steps, (EMPTY, SAVED, REFUSED, SAVED + "\nnote: another control", SAVED + "\nnote: a******"))
    assert [(row.control, row.canary, row.consequence, row.shown_on_screen) for row in rows] == [
        (CONTROL, CANARY, "refused", True),
        ("another control", "another canary", "masked", True),
    ]


APP = "app-data/org.example.notes/files/guard.json"


@pytest.mark.parametrize(
    ("lists", "canary_list"),
    [
        ([("East", APP, term("L-guard", "velmora lantern march"))], "L-guard"),
        ([("West", APP, term("L-guard", "velmora lantern march"))], ""),
        ([("East", APP, term("L-guard", "velmora"))], "L-guard"),
        ([("East", APP, term("L-guard", "elmora"))], ""),
        ([("East", APP, term("L-guard", "lantern marches"))], ""),
        ([("East", APP, term("L-guard", ""))], ""),
        ([("East", "more.txt", term("L-a", "velmora lantern march")), ("East", APP, term("L-b", "velmora"))], "L-b"),
        ([("East", APP, term("L-a", "velmora")), ("East", APP, term("L-b", "lantern march"))], "L-b"),
        ([("East", APP, term("L-b", "velmora")), ("East", APP, term("L-a", "velmora"))], "L-a"),
        ([], ""),
    ],
)
def test_the_list_that_holds_the_canary_is_named(lists: list[tuple[str, str, Fact]], canary_list: str) -> None:
    (row,), _ = results(lists=lists)
    assert row.canary_list == canary_list


def test_entries_in_scripts_without_spaces_are_found_inside_the_text() -> None:
    steps = (step(2, "control", "花园野餐", "accepted"), step(3, "canary", "今晚灯笼游行", "refused"))
    (row,), _ = results(steps, lists=[("East", APP, term("L-guard", "灯笼"))])
    assert row.canary_list == "L-guard"


@pytest.mark.parametrize(("entry", "other", "control_list"), [("picnic", "L-guard", "L-guard"), ("picnic", "L-x", "")])
def test_a_control_on_the_list_of_the_canary_is_told(entry: str, other: str, control_list: str) -> None:
    lists = [("East", APP, term("L-guard", "velmora")), ("East", APP, term(other, entry))]
    (row,), _ = results(lists=lists)
    assert row.control_list == control_list


@pytest.mark.parametrize(
    ("inside", "counts"),
    [("", True), ("!zip:trial.toml", True), ("!zip:a.apk!zip:assets/trial.toml", False), ("!har:0/response", False)],
)
def test_what_is_examined_cannot_bring_a_trial_of_its_own(inside: str, counts: bool) -> None:  # noqa: FBT001
    exhibit = "0" * 64
    tables = TablesAtHand({"trial": [TRIAL, *STEPS], "apk": [PACKAGE]}, [("East", "trial.toml", "trial")])
    tables._places = [
        replace(tables._places[0], locator=exhibit + inside),
        Occurrence(artefact="apk", handset="East", locator=f"{exhibit}!zip:a.apk", path="dump.zip"),
    ]
    rows = [row for _, row in find_trial_results(tables)]
    assert any(isinstance(row, TrialResult) for row in rows) is counts
    assert any("inside an application package" in row.what for row in rows if isinstance(row, Problem)) is not counts


@pytest.mark.parametrize(("length", "shown"), [(MAX_SCREEN, True), (MAX_SCREEN + 1, False)])
def test_a_screen_counts_up_to_its_longest_text(length: int, shown: bool) -> None:  # noqa: FBT001
    (row,), _ = results(screens=(EMPTY, SAVED.ljust(length), REFUSED))
    assert row.shown_on_screen is shown
