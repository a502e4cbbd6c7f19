"""What stands for an answer that nobody could give is one: complete, and about what was asked."""

import pytest

from assay.engine.answers import fits
from assay.engine.code_records import IndexCode
from assay.engine.parts import load_bench
from assay.engine.records import AppPlace, Examination, Item, Join, Look, ReadText, Task, TryEverything, Whole
from assay.engine.tasks import gave_up
from assay.engine.whole import reads_applications
from assay.model.coverage import Outcome

SHA, APP = "ab" * 32, "cd" * 32
WHOLE = Whole(id=APP, package="org.example.a", archives=(AppPlace(SHA, 1, "base", SHA),), code=())
TASKS: tuple[Task, ...] = (
    Item(sha256=SHA, size=1, locator=SHA, analysers=None),
    Item(sha256=SHA, size=1, locator=SHA, analysers=("read_build_properties",)),
    Join(joiner="", segments={}, places=""),
    Look(locator=SHA, place=""),
    ReadText(locator=SHA),
    TryEverything(outside="/"),
    IndexCode(sha256=SHA),
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: type(task).__name__)
def test_what_stands_for_an_answer_fits_the_task(task: Task) -> None:
    bench = load_bench()
    if isinstance(task, Join):
        task = Join(joiner=bench.joiners[0].name, segments={}, places="")
    assert fits(task, gave_up(task, bench, "it brought the worker down twice"))


def test_an_app_at_which_nobody_could_look_has_failed_for_every_analyser() -> None:
    bench = load_bench()
    names = tuple(spec.name for spec in bench.analysers if reads_applications(spec))
    task = Item(sha256=APP, size=1, locator=SHA, analysers=names, whole=WHOLE)
    answer = gave_up(task, bench, "it brought the worker down twice")
    assert isinstance(answer, Examination)
    assert fits(task, answer)
    assert set(answer.analyses) == set(names) != set()
    for analysis in answer.analyses.values():
        assert (analysis.coverage.outcome, analysis.coverage.artefact) == (Outcome.FAILED, SHA)
        assert analysis.problems
