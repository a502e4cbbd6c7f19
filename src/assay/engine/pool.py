"""The `local` executor: worker processes supervised by ourselves.

Each worker says what it begins. One that dies, or is silent past the safety deadline, is replaced; the part it had
begun is blamed, tried once more alone, then recorded as a failure, and everything else goes on.
"""

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Self

import msgspec

from assay.engine.examine import Parameters
from assay.engine.records import Begun, Examination, Failure, Finished, Item, Ready, Stopped, Word
from assay.engine.worker import OUT_OF_MEMORY, Settings, examiner, work
from assay.model.errors import CaseError, ExitCode, MismatchError, UsageError

Batch = tuple[Item, ...]
Outcome = Examination | Failure

START_SECONDS = 120.0
"""How long a worker may take to start, on a slow machine that compiles its kernels first."""
MOST_LOST = 3
"""Workers that may end one after another without having begun anything, before that is a fault of ours."""

_WORDS: msgspec.msgpack.Decoder[Word] = msgspec.msgpack.Decoder(Word)
_ENCODE = msgspec.msgpack.Encoder().encode


class _Hand:
    """One worker process with the batch it holds."""

    def __init__(self, settings: Settings, parameters: Parameters) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection: Connection[bytes, bytes]
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
        with suppress(ConnectionError):  # a worker that died meanwhile is seen by its silence
            self.connection.send_bytes(_ENCODE(batch))

    def hear(self) -> Word | None:
        """Return the worker's next word, None where it ended."""
        try:
            raw = self.connection.recv_bytes()
        except (EOFError, OSError):  # OSError: it ended within a word
            return None
        self.heard = time.monotonic()
        return _WORDS.decode(raw)

    def silent(self, deadline: float) -> bool:
        allowed = deadline if self.ready else max(deadline, START_SECONDS)
        return bool(self.batch) and time.monotonic() - self.heard > allowed

    def left(self) -> Batch:
        return tuple(item for index, item in enumerate(self.batch) if index not in self.done)

    def finish(self, index: int) -> None:
        self.done.add(index)
        self.begun = None
        if len(self.done) == len(self.batch):
            self.batch = ()

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
        self._lost = 0

    def __enter__(self) -> Self:
        """Return the pool; workers start with the first batch."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every worker."""
        for hand in self._hands:
            hand.end()
        self._hands.clear()

    def run(self, batches: Sequence[Batch]) -> Iterator[Outcome]:
        """Yield examinations and failures as they come, until every item has one examination.

        Raises: CaseError, MismatchError when a worker finds that the case folder is not what it was, UsageError when
        there is too little memory for a worker.
        """
        waiting = deque(batches)
        while waiting or any(hand.batch for hand in self._hands):
            self._hand_out(waiting)
            ready = wait([hand.connection for hand in self._hands], timeout=min(1.0, self._deadline / 4))
            for hand in list(self._hands):
                if hand.connection in ready:
                    yield from self._listen(hand, waiting)
                elif hand.silent(self._deadline):
                    yield from self._bury(hand, waiting, f"no word for {self._deadline:g} s")

    def _hand_out(self, waiting: deque[Batch]) -> None:
        idle = [hand for hand in self._hands if not hand.batch]
        while waiting and (idle or len(self._hands) < self._workers):
            if not idle:
                idle.append(_Hand(self._settings, self._parameters))
                self._hands.append(idle[-1])
            idle.pop().give(waiting.popleft())

    def _listen(self, hand: _Hand, waiting: deque[Batch]) -> Iterator[Outcome]:
        match hand.hear():
            case None:
                hand.process.join()
                yield from self._bury(hand, waiting, _how(hand.process.exitcode))
            case Ready():
                hand.ready = True
            case Begun() as begun:
                hand.begun = begun
            case Finished(index, examination):
                hand.finish(index)
                self._lost = 0
                yield examination
            case Stopped() as stopped:
                raise _error(stopped)

    def _bury(self, hand: _Hand, waiting: deque[Batch], how: str) -> Iterator[Outcome]:
        hand.end()
        self._hands.remove(hand)
        if hand.begun is None:
            self._lose(hand, waiting, how)
            return
        blamed, part = hand.batch[hand.begun.index], hand.begun.part
        if others := tuple(item for item in hand.left() if item is not blamed):
            waiting.append(others)
        if (blamed.sha256, part) not in self._tried:
            self._tried.add((blamed.sha256, part))
            waiting.append((blamed,))
            return
        waiting.append((msgspec.structs.replace(blamed, without=(*blamed.without, part)),))
        yield Failure(sha256=blamed.sha256, part=part, reason=f"worker ended twice: {how}")

    def _lose(self, hand: _Hand, waiting: deque[Batch], how: str) -> None:
        if not hand.batch:
            return
        self._lost += 1
        if self._lost > MOST_LOST and hand.process.exitcode == OUT_OF_MEMORY:
            given = f"{self._settings.memory_bytes >> 20} MiB are too few for a worker"
            raise UsageError("memory", given, "Give more, e.g. --memory 1024.")
        if self._lost > MOST_LOST:
            msg = f"{self._lost} workers ended before they began anything, the last with {how}"
            raise RuntimeError(msg)
        waiting.append(hand.left())


def _how(exit_code: int | None) -> str:
    if exit_code == OUT_OF_MEMORY:
        return "out of memory"
    if exit_code is not None and exit_code < 0:
        return f"signal {-exit_code}"
    return f"exit status {exit_code}"


def _error(stopped: Stopped) -> CaseError | MismatchError:
    kind = MismatchError if stopped.exit_code == ExitCode.MISMATCH else CaseError
    return kind(stopped.thing, stopped.fact, stopped.next_step)


class Serial:
    """The `serial` executor: the same work in this process, without its protection; for debugging and comparison."""

    def __init__(self, settings: Settings, parameters: Parameters) -> None:
        """Take what a worker would get."""
        self._settings = settings
        self._parameters = parameters

    def __enter__(self) -> Self:
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
