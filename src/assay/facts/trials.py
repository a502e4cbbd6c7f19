"""Trials: recorded runs and their steps, as the laboratory states them."""

from collections.abc import Iterator

from assay.artefacts.trial import Step, TrialManifest, step_place
from assay.registry import analyser
from assay.vocabulary.trials import Trial, TrialStep


@analyser(
    question="Which runs were recorded, and what was entered at each step?",
    reads=TrialManifest,
    emits=(Trial, TrialStep),
    blind_to=(
        "runs that nobody recorded, or recorded and left out",
        "whether an outcome is what the screen showed: that is told from the screens",
    ),
)
def find_trials(manifest: TrialManifest) -> Iterator[Trial | TrialStep]:
    """Yield the trial, then its steps in the order of the manifest."""
    yield Trial(
        trial=manifest.id,
        package=manifest.package,
        profile=manifest.profile,
        started=manifest.started,
        ended=manifest.ended,
        operator=manifest.operator,
        question=manifest.question,
        configuration=manifest.configuration,
    )
    for step in manifest.steps:
        yield _step(manifest.id, step)


def _step(trial: str, step: Step) -> TrialStep:
    return TrialStep(
        place=step_place(step.position),
        trial=trial,
        number=step.number,
        role=step.role,
        action=step.action,
        input=step.input,
        outcome=step.outcome,
        screen=step.screen,
        log=step.log,
    )
