from assay.artefacts.trial import open_trial
from assay.facts.trials import find_trials
from assay.model.source import BufferSource
from assay.vocabulary.trials import Trial, TrialStep

TEXT = """schema = "assay-trial/1"
id = "t1"
package = "org.example.notes"
profile = "cn"
started = "2021-09-23T02:10:00Z"
operator = "Example Laboratory, operator 2"
question = "Is it saved?"
configuration_server = "on"
[[step]]
n = 4
role = "odd"
[[step]]
n = 5
role = "canary"
action = "type, save"
input = "lantern march"
outcome = "refused"
screen = "screen-3.txt"
log = "log-3.txt"
"""


def test_a_trial_and_its_usable_steps_become_rows() -> None:
    assert list(find_trials(open_trial(BufferSource(TEXT.encode())))) == [
        Trial(
            trial="t1",
            package="org.example.notes",
            profile="cn",
            started="2021-09-23T02:10:00Z",
            ended="",
            operator="Example Laboratory, operator 2",
            question="Is it saved?",
            configuration="on",
        ),
        TrialStep(
            place="toml:/step/1",
            trial="t1",
            number=5,
            role="canary",
            action="type, save",
            input="lantern march",
            outcome="refused",
            screen="screen-3.txt",
            log="log-3.txt",
        ),
    ]
