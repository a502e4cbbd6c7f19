"""The `local` executor: worker processes supervised by ourselves.

Each worker is closed in before it gets work, and says what it begins. One that ends, sends what is no word, fills its
folder, or is silent past the safety deadline, is replaced; the part it had begun is blamed, tried once more alone, then
recorded as a failure, and everything else goes on.
"""

import select
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import msgspec

from assay.engine import kernels
from assay.engine.answers import key_of, subject_of
from assay.engine.examine import TWICE, Parameters
from assay.engine.forked import ForkServer, Loads
from assay.engine.hand import GARBAGE, Batch, Hand, start_message
from assay.engine.opening import from_store
from assay.engine.records import EXPANSION, Answer, Begun, Failure, Finished, Item, Ready, Stopped, Task, Word
from assay.engine.sandbox.level import Sandbox, available, required, worst
from assay.engine.sandbox.limits import OUT_OF_MEMORY
from assay.engine.settings import Settings
from assay.engine.spool import Room, Spool
from assay.engine.tasks import gave_up
from assay.engine.wire import Torn
from assay.evidence.store import Store
from assay.model.errors import UsageError
from assay.model.ids import is_sha256
from assay.registry import BENCH

Outcome = Answer | Failure

MOST_LOST = 3
"""Workers that may end one after another without having begun anything, before that is a fault of ours."""
LOOK_SECONDS = 0.25
"""How often the folders of workers are held against their quota."""


class Pool:
    """Answers tasks with `workers` processes; use as a context manager."""

    def __init__(
        self,
        settings: Settings,
        parameters: Parameters,
        spool: Spool,
        workers: int,
        deadline_seconds: float,
        *,
        allow_unsandboxed: bool = False,
        server: ForkServer | None = None,
    ) -> None:
        """Take what workers need, the folder they write below, their number, and how long one part of a task may take.

        A `server` that was begun ahead is used, and closed in the end.
        Raises: SandboxError when workers cannot be fully closed in here, and that is not allowed.
        """
        self._settings = settings
        self._parameters = parameters
        self._deadline = deadline_seconds
        self._workers = workers
        self._allowed = allow_unsandboxed
        self.sandbox: Sandbox = required(available(settings.memory_bytes), allow_unsandboxed=allow_unsandboxed)
        """What workers are held by: what is available here, and less when a worker reached less."""
        self.collect: Callable[[Room, Answer], None] = lambda _room, _answer: None
        """Takes what a worker left in its folder out, with each answer."""
        self._start = b""
        self.spool = spool
        self._ahead = server
        self._server: ForkServer | None = None
        self._hands: list[Hand] = []
        self._tried: set[tuple[str, str]] = set()
        self._lost = 0
        self._looked = 0.0

    def __enter__(self) -> Self:
        """Return the pool; workers start with the first batch."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every worker."""
        for hand in self._hands:
            hand.leave()
        for server in {*(hand.server for hand in self._hands), *filter(None, [self._server, self._ahead])}:
            server.close()
        self._hands.clear()

    def prepare(self) -> None:
        """Start one worker ahead of the first task."""
        if not self._hands:
            self._hire()

    def ask(self, task: Task) -> tuple[Answer, tuple[Failure, ...]]:
        """Return the answer to a task, with what brought workers down on the way to it. Raises: as `run`."""
        failures: list[Failure] = []
        for outcome in self.run([(task,)]):
            if not isinstance(outcome, Failure):
                return outcome, tuple(failures)
            failures.append(outcome)
        msg = "a task was not answered"
        raise RuntimeError(msg)

    def run(self, batches: Sequence[Sequence[Task]]) -> Iterator[Outcome]:
        """Yield answers and failures as they come, until every task has one answer.

        Raises: CaseError, MismatchError when the case folder is not what it was, UsageError when there is too little
        memory for a worker, SandboxError when a worker could not be closed in as far as it must be.
        """
        waiting: deque[Batch] = deque(map(tuple, batches))
        while waiting or any(hand.batch for hand in self._hands):
            self._hand_out(waiting)
            speaking = self._wait()
            for hand in list(self._hands):
                yield from self._listen(hand, waiting) if hand in speaking else self._watch(hand, waiting)

    def _hand_out(self, waiting: deque[Batch]) -> None:
        idle = [hand for hand in self._hands if not hand.batch]
        while waiting and (idle or len(self._hands) < self._workers):
            (idle.pop() if idle else self._hire()).give(waiting.popleft())

    def _hire(self) -> Hand:
        self._start = self._start or start_message(self._settings, self._parameters)
        self._hands.append(Hand(self._start, self.spool.room(), self._serving()))
        return self._hands[-1]

    def _serving(self) -> ForkServer:
        """Return the server that workers are forked from now, made if need be."""
        if self._server is None:
            self._server, self._ahead = self._ahead or ForkServer(), None
            kernels.prepare()
            self._server.load(Loads(parts=self._settings.parts, extensions=self._settings.extensions))
        return self._server

    def _retire(self, server: ForkServer) -> None:
        """Fork no more workers from where one came from that ended badly: the next has other addresses."""
        if server is self._server:
            self._server = None
        if not any(hand.server is server for hand in self._hands):
            server.close()

    def _wait(self) -> list[Hand]:
        """Wait until workers speak or take what is to be said, and return those that speak."""
        waiter = select.poll()
        for hand in self._hands:
            waiter.register(hand.line.reading, select.POLLIN)
            if hand.line.unsaid:
                waiter.register(hand.line.writing, select.POLLOUT)
        ready = {descriptor for descriptor, _ in waiter.poll(min(LOOK_SECONDS, self._deadline / 4) * 1000)}
        for hand in self._hands:
            if hand.line.writing in ready:
                hand.line.push()
        return [hand for hand in self._hands if hand.line.reading in ready]

    def _watch(self, hand: Hand, waiting: deque[Batch]) -> Iterator[Outcome]:
        if hand.silent(self._deadline):
            yield from self._bury(hand, waiting, f"no word for {self._deadline:g} s")
        elif over := self._over(hand):
            yield from self._bury(hand, waiting, over)

    def _over(self, hand: Hand) -> str:
        if time.monotonic() - hand.looked < LOOK_SECONDS:
            return ""
        hand.looked = time.monotonic()
        return hand.room.over()

    def _listen(self, hand: Hand, waiting: deque[Batch]) -> Iterator[Outcome]:
        try:
            for word in hand.hear():
                yield from self._take(hand, word)
        except EOFError:
            yield from self._bury(hand, waiting, _how(hand.ended()))
        except Torn as torn:
            yield from self._bury(hand, waiting, torn.what)
        else:
            yield from self._watch(hand, waiting)

    def _take(self, hand: Hand, word: Word) -> Iterator[Outcome]:
        match word:
            case Ready(sandbox):
                self.sandbox = worst(self.sandbox, required(sandbox, allow_unsandboxed=self._allowed))
                hand.ready = word
            case Begun():
                hand.begun = word
            case Finished(_, answer):
                hand.finish()
                self._lost = 0
                self.collect(hand.room, answer)
                yield answer
            case Stopped(exhibit):
                self._look_at(exhibit)

    def _look_at(self, exhibit: str) -> None:
        """Raise what a worker said it met. Raises: CaseError, MismatchError; Torn when the exhibit is as it was."""
        if is_sha256(exhibit):
            from_store(Store(Path(self._settings.exhibits)))(exhibit)
        raise Torn(GARBAGE)

    def _bury(self, hand: Hand, waiting: deque[Batch], how: str) -> Iterator[Outcome]:
        hand.end()
        self._hands.remove(hand)
        self._retire(hand.server)
        if hand.begun is None:
            self._lose(hand, waiting, how)
        else:
            blamed, *others = hand.left()
            waiting.extend((other,) for other in others)
            yield from self._blame(blamed, hand.begun.part, how, waiting)
        hand.room.remove()

    def _blame(self, blamed: Task, part: str, how: str, waiting: deque[Batch]) -> Iterator[Outcome]:
        if (key_of(blamed), part) not in self._tried:
            self._tried.add((key_of(blamed), part))
            waiting.append((blamed,))
            return
        given_up = part in blamed.without
        named = EXPANSION if given_up and isinstance(blamed, Item) else part
        yield Failure(sha256=subject_of(blamed), part=named, reason=f"worker ended twice: {how}")
        if given_up:
            yield gave_up(blamed, BENCH, f"it {TWICE}")
        else:
            waiting.append((msgspec.structs.replace(blamed, without=(*blamed.without, part)),))

    def _lose(self, hand: Hand, waiting: deque[Batch], how: str) -> None:
        if not hand.batch:
            return
        self._lost += 1
        if self._lost > MOST_LOST and hand.out_of_memory:
            given = f"{self._settings.memory_bytes >> 20} MiB are too few for a worker"
            raise UsageError("memory", given, "Give more, e.g. --memory 1024.")
        if self._lost > MOST_LOST:
            msg = f"{self._lost} workers ended before they began anything, the last with {how}: {hand.room.told()}"
            raise RuntimeError(msg)
        waiting.append(hand.left())


def _how(exit_code: int | None) -> str:
    if exit_code is None:
        return "it closed its line and did not end"
    if exit_code == OUT_OF_MEMORY:
        return "out of memory"
    if exit_code < 0:
        return f"signal {-exit_code}"
    return f"exit status {exit_code}"
