"""Peeling: undoing wrapping after wrapping of a leaf, within a budget, keeping the chain of each result.

Addresses grow as a pipe that a reader can follow: ``query:d|percent|base64|json:/imei`` is the member ``imei`` of the
JSON text that stands in base64, percent-encoded, in the query's field ``d``. ``cut:7+24`` are 24 bytes from offset 7.
"""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache

import msgspec

from assay.encodings import gzip, zlib
from assay.encodings.structure import OPENERS, Leaf
from assay.model.coverage import NotFollowed
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.registry import DecoderSpec, load

MAX_WRAPPINGS = 8
"""Most wrappings undone one inside the other: four times compressed bytes, each time in base64."""
MAX_WORK_BYTES = 64 * MIB
"""Most bytes looked at for one leaf, its unwrapped forms included."""
MAX_NODES = 200_000
"""Most leaves and unwrapped forms kept for one leaf of a message."""
MAX_CUTS = 64
"""Most pieces cut out of one text to be unwrapped by themselves."""
MIN_BYTES = 6
"""Shortest bytes that are unwrapped: shorter ones hold nothing that can be told from chance."""

_ESCAPES = re.compile(r"\|(?:form|percent)(?=\||$)")
_RUNS = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9_\-]{16,}={0,2}|[0-9A-Fa-f]{16,}")
_STREAM = re.compile(b"|".join(map(re.escape, (gzip.MAGIC, *zlib.HEADERS))))


class Peeled(msgspec.Struct, frozen=True):
    """Bytes found in a leaf.

    `address` ends at the innermost structure; `chain` holds every wrapping from the outside in, `tail` how many of
    them lie inside that structure. `name` is what the sender calls a leaf of the message or of a structure inside;
    None for names themselves, unwrapped forms and cut pieces. `piece` says that the bytes were cut out of a text.
    """

    address: str
    chain: tuple[str, ...]
    tail: int
    data: bytes
    name: str | None = None
    piece: bool = False

    @property
    def inner(self) -> str:
        """The address with the wrappings inside it."""
        return "|".join((self.address, *self.chain[len(self.chain) - self.tail :]))


@cache
def wrappings() -> tuple[DecoderSpec, ...]:
    """Return every wrapping of the bench by name."""
    return tuple(load("assay.encodings").decoders.values())


def peel(leaf: Leaf) -> Iterator[Peeled | NotFollowed]:
    """Yield the leaf and everything found in it, those with fewer wrappings first, then what was not followed."""
    return _Peeling(leaf).run()


class _Peeling:
    """One leaf's queue and what is left of its budget."""

    def __init__(self, leaf: Leaf) -> None:
        self._queue = deque([Peeled(leaf.address, (), 0, leaf.data, leaf.name)])
        self._seen: set[tuple[str, bytes]] = set()
        self._nodes = 0
        self._work = 0
        self._lost: dict[str, int] = {}

    def run(self) -> Iterator[Peeled | NotFollowed]:
        while self._queue:
            node = self._queue.popleft()
            yield node
            self._work += len(node.data)
            for inside in self._inside(node):
                self._add(inside)
        yield from (NotFollowed(what, count) for what, count in sorted(self._lost.items()))

    def _add(self, node: Peeled) -> None:
        key = (_ESCAPES.sub("", node.address), node.data)
        if key in self._seen:
            return
        if self._nodes >= MAX_NODES or self._work + len(node.data) > MAX_WORK_BYTES:
            self._lose("values of a message beyond the budget of one leaf")
            return
        self._seen.add(key)
        self._nodes += 1
        self._work += len(node.data)
        self._queue.append(node)

    def _lose(self, what: str) -> None:
        self._lost[what] = self._lost.get(what, 0) + 1

    def _inside(self, node: Peeled) -> Iterator[Peeled]:
        if len(node.data) < MIN_BYTES:
            return
        opened = False
        for inside in self._opened(node):
            opened = True
            yield inside
        if opened:
            return
        unwrapped = list(self._unwrapped(node))
        yield from unwrapped
        if not any(inside.chain[-1] == "percent" for inside in unwrapped):
            yield from self._cut(node)

    def _opened(self, node: Peeled) -> Iterator[Peeled]:
        for opener in OPENERS:
            for leaf in opener(node.data):
                yield Peeled(f"{node.inner}|{leaf.address}", node.chain, 0, leaf.data, leaf.name)

    def _unwrapped(self, node: Peeled) -> Iterator[Peeled]:
        for spec in wrappings():
            data = self._decode(spec, node.data)
            if data is None or data == node.data:
                continue
            if len(node.chain) == MAX_WRAPPINGS:
                self._lose(f"values below {MAX_WRAPPINGS} wrappings")
                return
            yield Peeled(node.address, (*node.chain, spec.name), node.tail + 1, data)

    def _decode(self, spec: DecoderSpec, wrapped: bytes) -> bytes | None:
        try:
            return spec.decode(wrapped)
        except Unreadable as reason:
            self._lose(f"{spec.name} wrappings: {reason.what}")
            return None

    def _cut(self, node: Peeled) -> Iterator[Peeled]:
        if len(node.chain) == MAX_WRAPPINGS:
            return
        spans = sorted(_spans(node.data))
        for start, end in spans[:MAX_CUTS]:
            yield Peeled(f"{node.inner}|cut:{start}+{end - start}", node.chain, 0, node.data[start:end], piece=True)
        if len(spans) > MAX_CUTS:
            self._lose(f"texts with more than {MAX_CUTS} pieces that may be wrapped")


def _spans(data: bytes) -> set[tuple[int, int]]:
    runs = {match.span() for match in _RUNS.finditer(data)}
    streams = {(match.start(), len(data)) for match in _STREAM.finditer(data)}
    return (runs | streams) - {(0, len(data))}
