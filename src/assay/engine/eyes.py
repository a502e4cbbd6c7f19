"""Looking at evidence from outside: whoever explains asks closed-in workers and opens nothing itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from assay.engine.cache_home import cache_home
from assay.engine.executors import Choices, Place, executor
from assay.engine.pool import Pool
from assay.engine.records import Answer, Look, ReadText, Seen, Task, Text
from assay.engine.serial import Serial
from assay.evidence.case_folder import CaseFolder
from assay.model.locator import Locator

A = TypeVar("A", bound=Answer)


class Eyes:
    """Asks workers what stands at a place of a case."""

    def __init__(self, hands: "Pool | Serial") -> None:
        """Take who looks."""
        self._hands = hands

    def look(self, locator: Locator, place: str, *, code: bool = False) -> Seen:
        """Return what stands at a printed place inside an artefact; why not, where it cannot be read.

        `code`: with the code of the method at that place.
        """
        return self._asked(Look(locator=str(locator), place=place, code=code), Seen)

    def text(self, locator: Locator) -> bytes | None:
        """Return the bytes of a small artefact, None where it is too large or cannot be read."""
        return self._asked(ReadText(locator=str(locator)), Text).content

    def _asked(self, task: Task, wanted: type[A]) -> A:
        answer, _ = self._hands.ask(task)
        if not isinstance(answer, wanted):
            msg = f"asked for {wanted.__name__}, told {type(answer).__name__}"
            raise TypeError(msg)
        return answer


def looking(*, allow_unsandboxed: bool = False) -> Choices:
    """Return how to work for one who looks: one worker, and a minute for one look."""
    return Choices(workers=1, deadline_seconds=60.0, allow_unsandboxed=allow_unsandboxed)


@contextmanager
def eyes(case: CaseFolder, choices: Choices) -> Iterator[Eyes]:
    """Give eyes on a case; a worker starts at once, so that it is ready when it is asked. Raises: SandboxError."""
    place = Place(case=case, home=cache_home(case.root / "cache"))
    with executor(choices, place, case.root / "facts", {}) as hands:
        if isinstance(hands, Pool):
            hands.prepare()
        yield Eyes(hands)
