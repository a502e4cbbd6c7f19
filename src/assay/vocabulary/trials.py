"""Facts of trials: recorded runs, the only evidence that makes a consequence observed."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class Trial(Fact, frozen=True, kw_only=True):
    """A recorded run, from the manifest of a trial folder."""

    trial: Annotated[str, Column("id given by the laboratory, e.g. t1")]
    package: Annotated[str, Column("package under trial")]
    profile: Annotated[str, Column("profile the handset was in")]
    started: Annotated[str, Column("RFC 3339 UTC, as stated")]
    ended: Annotated[str, Column("RFC 3339 UTC, as stated; empty where not stated")]
    operator: Annotated[str, Column("who ran it, as stated; empty where not stated")]
    question: Annotated[str, Column("what the trial asks")]
    configuration: Annotated[str, Column("what the configuration server answered during the run, as stated")]


class TrialStep(Fact, frozen=True, kw_only=True):
    """One step of a trial with what was entered and what came of it."""

    trial: Annotated[str, Column("id of the trial")]
    number: Annotated[int, Column("position, from 1")]
    role: Annotated[str, Column("setup, control or canary")]
    action: Annotated[str, Column("what was done")]
    input: Annotated[str, Column("text entered; empty where none")]
    outcome: Annotated[str, Column("accepted, refused, masked or none, as stated by the laboratory")]
    screen: Annotated[str, Column("name of the screen text file; a label, never opened")]
    log: Annotated[str, Column("name of the log file; a label, never opened")]


class TrialResult(Fact, frozen=True, kw_only=True):
    """What a trial shows when its steps are held against each other, its screens and the lists of the case."""

    trial: Annotated[str, Column("id of the trial")]
    package: Annotated[str, Column("package under trial")]
    profile: Annotated[str, Column("profile the handset was in")]
    started: Annotated[str, Column("RFC 3339 UTC")]
    consequence: Annotated[str, Column("what happened to the canary and not to the control: refused, masked or none")]
    control: Annotated[str, Column("control text")]
    canary: Annotated[str, Column("canary text")]
    canary_list: Annotated[str, Column("identity of a list that has an entry within the canary text; empty where none")]
    control_list: Annotated[
        str, Column("identity of a list that has an entry within the control text; empty where none")
    ]
    shown_on_screen: Annotated[bool, Column("the recorded screens show control and canary treated differently")]
