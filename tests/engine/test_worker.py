"""What a worker keeps between two batches: nothing of them."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from assay.engine import worker
from assay.engine.records import ReadText, Text, Word


class Arrays:
    """Stands for an opened file, which refers to itself by way of what was computed of it."""

    def __init__(self) -> None:
        self.own = self


class Opens:
    """Stands for a desk that opens a file for each task."""

    def __init__(self) -> None:
        self.opened: list[weakref.ref[Arrays]] = []

    def answer(self, _task: ReadText, _announce: object) -> Text:
        self.opened.append(weakref.ref(Arrays()))
        return Text(content=None)


@pytest.fixture(autouse=True)
def seldom() -> Iterator[None]:
    """The collector hardly runs by itself, as in a worker."""
    before = gc.get_threshold()
    gc.set_threshold(*worker.COLLECTED)
    yield
    gc.set_threshold(*before)


def test_nothing_of_a_batch_stays_when_it_is_answered() -> None:
    desk, said = Opens(), list[Word]()
    worker._serve(desk, (ReadText(locator="ab" * 32),) * 2, said.append)  # type: ignore[arg-type]
    assert len(said) == 2
    assert [ref() for ref in desk.opened] == [None, None]
