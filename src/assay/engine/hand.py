"""One worker process as its supervisor sees it: what it holds, what it said, and how it ended."""

import pickle
import time
from collections.abc import Iterator

import msgspec

from assay.engine.answers import fits, may_begin
from assay.engine.examine import Parameters
from assay.engine.forked import ForkServer
from assay.engine.records import Begun, Finished, Ready, Stopped, Task, Word
from assay.engine.sandbox.limits import OUT_OF_MEMORY
from assay.engine.settings import Settings
from assay.engine.spool import Room
from assay.engine.wire import Torn
from assay.model.limits import MAX_MEMBERS

Batch = tuple[Task, ...]

START_SECONDS = 300.0
"""How long a worker may take to start, on a slow machine that compiles its kernels first."""
END_SECONDS = 1.0
"""How long a worker that closed its line may take to end before it is ended."""
MOST_PARTS = 2 * MAX_MEMBERS + 2
"""Parts of one task that a worker may begin: two for each member of an exhibit, the exhibit, and linking it."""
GARBAGE = "it sent what is no word"

_WORDS: msgspec.msgpack.Decoder[Word] = msgspec.msgpack.Decoder(Word)
_ENCODE = msgspec.msgpack.Encoder().encode


def start_message(settings: Settings, parameters: Parameters) -> bytes:
    """Return the first word to every worker of a run."""
    return pickle.dumps((settings, dict(parameters)))


class Hand:
    """A worker with the batch it holds. What it says is held to the order in which an honest worker speaks."""

    def __init__(self, start: bytes, room: Room, server: ForkServer) -> None:
        """Have a process made in its own folder, and tell it what it needs to know."""
        self.room = room
        self.ready: Ready | None = None
        self.batch: Batch = ()
        self.at = 0
        self.begun: Begun | None = None
        self._announced: set[str] = set()
        self.server = server
        self._worker, self.line = server.fork(room.folder)
        self._line_open = True
        self.line.say(start)
        self.heard = time.monotonic()
        self.looked = 0.0

    def give(self, batch: Batch) -> None:
        """Hand over tasks; what has not been answered is `left` when the worker ends."""
        self.batch, self.at, self.begun, self.heard = batch, 0, None, time.monotonic()
        self._announced.clear()
        self.line.say(_ENCODE(batch))

    def hear(self) -> Iterator[Word]:
        """Yield the words that came. Raises: EOFError when the worker's line is closed, Torn for what is no word."""
        for raw in self.line.hear():
            try:
                word = _WORDS.decode(raw)
            except msgspec.MsgspecError:
                raise Torn(GARBAGE) from None
            if not self._in_order(word):
                raise Torn(GARBAGE)
            self.heard = time.monotonic()
            yield word

    def _in_order(self, word: Word) -> bool:
        if isinstance(word, Ready):
            return self.ready is None
        if self.ready is None or self.at >= len(self.batch):
            return False
        task = self.batch[self.at]
        if isinstance(word, Begun):
            return word.index == self.at and self._announce(word.part, task)
        if isinstance(word, Finished):
            return word.index == self.at and bool(self._announced) and fits(task, word.answer)
        return isinstance(word, Stopped)

    def _announce(self, part: str, task: Task) -> bool:
        if part in self._announced or len(self._announced) == MOST_PARTS or not may_begin(task, part):
            return False
        self._announced.add(part)
        return True

    def finish(self) -> None:
        """Take note that the task at hand is answered."""
        self.at += 1
        self.begun = None
        self._announced.clear()
        if self.at == len(self.batch):
            self.batch, self.at = (), 0

    def left(self) -> Batch:
        """Return the tasks that have no answer."""
        return self.batch[self.at :]

    def silent(self, deadline: float) -> bool:
        """Say whether the worker has let the deadline, in seconds, pass without a word although it has work."""
        allowed = deadline if self.ready else max(deadline, START_SECONDS)
        return bool(self.batch) and time.monotonic() - self.heard > allowed

    def ended(self) -> int | None:
        """Return the exit status of a worker whose line is closed, None where it had to be ended."""
        how = self._worker.end(END_SECONDS)
        return None if how.killed else how.status

    @property
    def out_of_memory(self) -> bool:
        """Whether the worker, which has ended, said that its memory ran out."""
        return self._worker.end().status == OUT_OF_MEMORY

    def leave(self) -> None:
        """Close the line; a worker that has nothing to do ends then, and any other with its server."""
        if self._line_open:
            self._line_open = False
            self.line.close()

    def end(self) -> None:
        """End the process and close its line."""
        self.leave()
        self._worker.end()
