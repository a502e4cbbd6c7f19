"""Words between the supervisor and a worker: a length of eight bytes, then MessagePack, over a pair of pipes.

A worker that was taken over may send anything, at any speed: the supervisor's side never waits for it.
"""

import os
import struct
from collections.abc import Iterator

MAX_WORD_BYTES = 256 << 20
"""Longest word of a worker, in bytes."""
CHUNK = 1 << 20
_HEAD = struct.Struct("<Q")


class Torn(Exception):
    """A worker sent what is no word; `what` says how."""

    def __init__(self, what: str) -> None:
        """Takes the fact."""
        super().__init__(what)
        self.what = what


class Line:
    """The supervisor's side: nothing here waits."""

    def __init__(self, reading: int, writing: int) -> None:
        """Take the descriptors; both are closed by `close`."""
        self.reading = reading
        self.writing = writing
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        self._heard = bytearray()
        self._unsaid: list[memoryview] = []

    @property
    def unsaid(self) -> bool:
        """Whether something waits until the worker takes it."""
        return bool(self._unsaid)

    def say(self, word: bytes) -> None:
        """Send a word, as far as the worker takes it now."""
        self._unsaid += [memoryview(_HEAD.pack(len(word))), memoryview(word)]
        self.push()

    def push(self) -> None:
        """Send what is left, as far as the worker takes it now; a worker that is gone is seen by its silence."""
        try:
            while self._unsaid:
                part = self._unsaid[0]
                sent = os.write(self.writing, part[:CHUNK])
                self._unsaid[0] = part[sent:]
                if sent == len(part):
                    del self._unsaid[0]
        except BlockingIOError:
            return
        except OSError:
            self._unsaid.clear()

    def hear(self) -> Iterator[bytes]:
        """Yield the words that are whole after one more read. Raises: EOFError at the end, Torn for too long a word."""
        try:
            read = os.read(self.reading, CHUNK)
        except BlockingIOError:
            return
        if not read:
            raise EOFError
        self._heard += read
        while (word := self._next()) is not None:
            yield word

    def _next(self) -> bytes | None:
        if len(self._heard) < _HEAD.size:
            return None
        (length,) = _HEAD.unpack_from(self._heard)
        if length > MAX_WORD_BYTES:
            raise Torn(f"it sent a word of more than {MAX_WORD_BYTES} bytes")
        end = _HEAD.size + length
        if len(self._heard) < end:
            return None
        word = bytes(memoryview(self._heard)[_HEAD.size : end])
        del self._heard[:end]
        return word

    def close(self) -> None:
        """Close both descriptors."""
        os.close(self.reading)
        os.close(self.writing)


class Counterpart:
    """The worker's side, which waits for its turn."""

    def __init__(self, reading: int, writing: int) -> None:
        """Take the descriptors."""
        self._reading = reading
        self._writing = writing

    def hear(self) -> bytes:
        """Return the next word. Raises: EOFError when the supervisor is gone."""
        (length,) = _HEAD.unpack(self._exactly(_HEAD.size))
        return bytes(self._exactly(length))

    def say(self, word: bytes) -> None:
        """Send a word."""
        for part in (memoryview(_HEAD.pack(len(word))), memoryview(word)):
            left = part
            while left:
                left = left[os.write(self._writing, left) :]

    def _exactly(self, length: int) -> bytearray:
        read = bytearray()
        while len(read) < length:
            part = os.read(self._reading, min(CHUNK, length - len(read)))
            if not part:
                raise EOFError
            read += part
        return read
