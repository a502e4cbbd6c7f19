"""The `local` executor: worker processes supervised by ourselves.

Each worker says what it begins. One that dies, or is silent past the safety deadline, is replaced; the part it had
begun is blamed, tried once more alone, then recorded as a failure, and everything else goes on.
"""

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

import msgspec

from assay.engine.examine import Parameters
from assay.engine.records import Begun, Examination, Failure, Finished, Item, Word
from assay.engine.worker import Settings, examiner, work

Batch = tuple[Item, ...]
Outcome = Examination | Failure

_WORDS = msgspec.msgpack.Decoder(Word)
_ENCODE = msgspec.msgpack.Encoder().encode


class _Hand:
    """One worker process with the batch it holds."""

    def __init__(self, settings: Settings, parameters: Parameters) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=work, args=(theirs, settings, parameters), daemon=True)
        self.process.start()
        theirs.close()
        self.batch: Batch = ()
        self.done: set[int] = set()
        self.begun: Begun | None = None
        self.heard = time.monotonic()
        self.ready = False

    def give(self, batch: Batch) -> None:
        self.batch, self.done, self.begun, self.heard = batch, set(), None, time.monotonic()
        self.connection.send_bytes(_ENCODE(batch))

    def left(self) -> list[Item]:
        return [item for index, item in enumerate(self.batch) if index not in self.done]

    def end(self) -> None:
        self.connection.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


class Pool:
    """Examines batches with `workers` processes; use as a context manager."""

    def __init__(self, settings: Settings, parameters: Parameters, workers: int, deadline_seconds: float) -> None:
        """Take what workers need, their number, and how long one part of one artefact may take."""
        self._settings = settings
        self._parameters = parameters
        self._deadline = deadline_seconds
        self._workers = workers
        self._hands: list[_Hand] = []
        self._tried: set[tuple[str, str]] = set()

    def __enter__(self) -> "Pool":
        """Return the pool; workers start with the first batch."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every worker."""
        for hand in self._hands:
            hand.end()
        self._hands.clear()

    def run(self, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Yield examinations and failures as they come, until every item has one examination."""
        waiting = deque(batches)
        while waiting or any(hand.batch for hand in self._hands):
            self._hand_out(waiting)
            ready = wait([hand.connection for hand in self._hands], timeout=min(1.0, self._deadline / 4))
            for hand in list(self._hands):
                if hand.connection in ready:
                    yield from self._listen(hand, waiting)
                elif hand.batch and time.monotonic() - hand.heard > self._deadline:
                    yield from self._bury(hand, waiting, f"no word for {self._deadline:g} s")

    def _hand_out(self, waiting: deque[Batch]) -> None:
        idle = [hand for hand in self._hands if not hand.batch]
        while waiting and (idle or len(self._hands) < self._workers):
            if not idle:
                idle.append(_Hand(self._settings, self._parameters))
                self._hands.append(idle[-1])
            idle.pop().give(waiting.popleft())

    def _listen(self, hand: _Hand, waiting: deque[Batch]) -> Iterator[Outcome]:
        try:
            word = _WORDS.decode(hand.connection.recv_bytes())
        except (EOFError, ConnectionError):
            hand.process.join()
            yield from self._bury(hand, waiting, _how(hand.process.exitcode))
            return
        hand.heard = time.monotonic()
        if isinstance(word, Begun):
            hand.begun = word
        elif isinstance(word, Finished):
            hand.done.add(word.index)
            hand.begun = None
            if len(hand.done) == len(hand.batch):
                hand.batch = ()
            yield word.examination

    def _bury(self, hand: _Hand, waiting: deque[Batch], how: str) -> Iterator[Outcome]:
        hand.end()
        self._hands.remove(hand)
        begun, left = hand.begun, hand.left()
        if begun is None:
            raise RuntimeError(f"a worker ended before it began anything: {how}")
        blamed = hand.batch[begun.index]
        others = tuple(item for item in left if item is not blamed)
        if others:
            waiting.append(others)
        if (blamed.sha256, begun.part) not in self._tried:
            self._tried.add((blamed.sha256, begun.part))
            waiting.append((blamed,))
            return
        waiting.append((msgspec.structs.replace(blamed, without=(*blamed.without, begun.part)),))
        yield Failure(sha256=blamed.sha256, part=begun.part, reason=f"worker ended twice: {how}")


def _how(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"signal {-exit_code}"
    return f"exit status {exit_code}"


class Serial:
    """The `serial` executor: the same work in this process, without its protection; for debugging and comparison."""

    def __init__(self, settings: Settings, parameters: Parameters) -> None:
        """Take what a worker would get."""
        self._settings = settings
        self._parameters = parameters

    def __enter__(self) -> "Serial":
        """Return the executor."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left to end."""

    def run(self, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Yield examinations in the order of the batches."""
        one = examiner(self._settings, self._parameters)
        for batch in batches:
            for item in batch:
                yield one.examine(item, lambda _part: None)
