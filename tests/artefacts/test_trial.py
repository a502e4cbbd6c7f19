import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.trial import MAX_BYTES, MAX_STEPS, TrialManifest, is_trial, open_trial
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

HEAD = """# a run
schema = "assay-trial/1"
id = "t1"
package = "org.example.notes"
profile = "cn"
started = "2021-09-23T10:10:00+08:00"
ended = 2021-09-23T02:14:30Z
operator = "operator 2"
configuration_server = "the laboratory's own server"
question = "Does the editor save it?"
"""
STEPS = """
[[step]]
n = 1
role = "control"
action = "type, save"
input = "garden picnic"
outcome = "accepted"
screen = "screen-1.txt"
log = "log-1.txt"
at = "2021-09-23T02:12:05Z"

[[step]]
role = "canary"
input = "lantern march"
outcome = "refused"
"""


def opened(text: str) -> TrialManifest:
    return open_trial(BufferSource(text.encode()))


def test_a_manifest_is_read() -> None:
    trial = opened(HEAD + STEPS)
    assert (trial.id, trial.package, trial.profile) == ("t1", "org.example.notes", "cn")
    assert (trial.started, trial.ended) == ("2021-09-23T02:10:00Z", "2021-09-23T02:14:30Z")
    assert (trial.operator, trial.question) == ("operator 2", "Does the editor save it?")
    assert trial.configuration == "the laboratory's own server"
    first, second = trial.steps
    assert (first.number, first.position, first.role, first.outcome) == (1, 0, "control", "accepted")
    assert (first.input, first.screen, first.log, first.at) == (
        "garden picnic",
        "screen-1.txt",
        "log-1.txt",
        "2021-09-23T02:12:05Z",
    )
    assert (second.number, second.role, second.screen, second.at) == (2, "canary", "", "")
    assert trial.problems == []


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ('role = "observer"', "role or outcome is none of"),
        ('role = "canary"\noutcome = "perhaps"', "role or outcome is none of"),
        ("role = 7", "role or outcome is none of"),
        ('role = "setup"\nat = "2021-09-23T02:12:05"', "at is no time"),
        ('role = "setup"\nscreen = "../screen.txt"', "screen names a folder"),
        ('role = "setup"\nlog = "a\\\\b"', "log names a folder"),
    ],
)
def test_what_is_wrong_with_a_step_is_a_problem_at_its_place(step: str, problem: str) -> None:
    trial = opened(HEAD + STEPS + "[[step]]\n" + step)
    (told,) = trial.problems
    assert problem in told.what
    assert told.place == "toml:/step/2"
    assert [each.number for each in trial.steps][:2] == [1, 2]


def test_a_label_that_names_a_folder_is_dropped() -> None:
    (step,) = opened(HEAD + '[[step]]\nrole = "setup"\nscreen = "../../etc/passwd"').steps
    assert step.screen == ""


def test_a_trial_without_steps_says_so() -> None:
    assert [problem.what for problem in opened(HEAD).problems] == ["the manifest lists no steps"]


@pytest.mark.parametrize(("count", "problems"), [(MAX_STEPS, 0), (MAX_STEPS + 1, 1)])
def test_steps_are_read_to_the_limit(count: int, problems: int) -> None:
    trial = opened(HEAD + '[[step]]\nrole = "setup"\n' * count)
    assert (len(trial.steps), len(trial.problems)) == (MAX_STEPS, problems)


@pytest.mark.parametrize(("size", "readable"), [(MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_a_manifest_is_parsed_to_the_limit(size: int, readable: bool) -> None:  # noqa: FBT001
    content = (HEAD + STEPS + "\n#").encode()
    source = BufferSource(content.ljust(size, b"x"))
    if readable:
        assert len(open_trial(source).steps) == 2
    else:
        with pytest.raises(Unreadable):
            open_trial(source)


@pytest.mark.parametrize("text", ["", "no toml", 'schema = "assay-trial/1"', HEAD.replace('id = "t1"', "id = 7")])
def test_what_is_no_trial_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        opened(text)


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        (HEAD, True),
        ("\ufeff# x\r\n\r\n schema='assay-trial/1'", True),
        ('id = "t1"\nschema = "assay-trial/1"', False),
        ('schema = "assay-snapshots/1"', False),
        ('# schema = "assay-trial/1"', False),
        ("", False),
    ],
)
def test_a_trial_is_known_by_its_schema(text: str, recognised: bool) -> None:  # noqa: FBT001
    assert is_trial(BufferSource(text.encode())) is recognised


@given(st.binary(max_size=200))
def test_noise_behind_the_schema_is_read_or_unreadable(noise: bytes) -> None:
    try:
        trial = open_trial(BufferSource(HEAD.encode() + noise))
    except Unreadable as reason:
        assert reason.what  # noqa: PT017 - either end is fine, but no other error
    else:
        assert trial.id


@pytest.mark.mutation
def test_changed_manifests_are_read_or_unreadable(mutations: int) -> None:
    chance = random.Random(9)
    original = (HEAD + STEPS).encode()
    for _ in range(mutations):
        content = bytearray(original)
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(content))
            content[place : place + chance.choice((0, 1, 5))] = chance.randbytes(chance.choice((0, 1, 3)))
        try:
            trial = open_trial(BufferSource(bytes(content)))
        except Unreadable:
            continue
        assert all("/" not in step.screen + step.log for step in trial.steps)
