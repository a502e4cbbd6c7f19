"""The `serial` executor: the same work in this process, without its protection; for debugging and comparison."""

from collections.abc import Iterator, Sequence
from typing import Self

from assay.engine.examine import Parameters
from assay.engine.records import Answer, Failure, Task
from assay.engine.sandbox.level import serial
from assay.engine.settings import Settings
from assay.engine.spool import Spool
from assay.engine.tasks import Desk
from assay.engine.worker import desk


class Serial:
    """Answers tasks in the order in which they come."""

    def __init__(self, settings: Settings, parameters: Parameters, spool: Spool) -> None:
        """Take what a worker would get, and the folder of the run."""
        self.spool = spool
        self.sandbox = serial()
        self._settings = settings
        self._parameters = parameters
        self._desk: Desk | None = None

    def __enter__(self) -> Self:
        """Return the executor."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left to end."""

    def ask(self, task: Task) -> tuple[Answer, tuple[Failure, ...]]:
        """Return the answer to a task; nothing is caught here, so that no failure comes with it."""
        if self._desk is None:
            self._desk = desk(self._settings, self._parameters)
        return self._desk.answer(task, lambda _part: None), ()

    def run(self, batches: Sequence[Sequence[Task]]) -> Iterator[Answer]:
        """Yield answers in the order of the batches."""
        for batch in batches:
            for task in batch:
                yield self.ask(task)[0]
