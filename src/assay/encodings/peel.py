"""Peeling: undoing wrapping after wrapping of a leaf, within a budget, keeping the chain of each result.

Addresses grow as a pipe that a reader can follow: ``query:d|percent|base64|json:/imei`` is the member ``imei`` of the
JSON text that stands in base64, percent-encoded, in the query's field ``d``. ``cut:7+24`` are 24 bytes from offset 7.
"""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

import msgspec

from assay.encodings import gzip, percent, zlib
from assay.encodings.structure import Leaf, open_structure
from assay.model.coverage import NotFollowed
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.registry import DecoderSpec, load

MAX_WRAPPINGS = 8
"""Most wrappings undone one inside the other: four times compressed bytes, each time in base64."""
MAX_WORK_BYTES = 64 * MIB
"""Most bytes looked at for one leaf, its unwrapped forms included, and characters of their addresses."""
MAX_NODES = 200_000
"""Most leaves and unwrapped forms kept for one leaf of a message."""
MAX_CUTS = 64
"""Most pieces cut out of one text to be unwrapped by themselves."""
MAX_PREFIX = 32
"""Most bytes that may stand before a compressed stream: a length, a version, a marker."""
MIN_BYTES = 8
"""Shortest bytes that are unwrapped: shorter ones hold nothing that can be told from chance."""
MIN_PIECE = 16
"""Shortest piece that is cut out of a text."""
MIN_TEXT = 12
"""Shortest unwrapped bytes that count as text rather than chance."""

_ESCAPES = re.compile(r"\|(?:form|percent)(?=\||$)")
_STANDARD = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")
_URL_SAFE = re.compile(rb"[A-Za-z0-9_\-]{16,}={0,2}")
_HEX = re.compile(rb"[0-9A-Fa-f]{16,}")
_MAGICS = (gzip.MAGIC, *zlib.HEADERS)
_STREAM = re.compile(b"|".join(map(re.escape, _MAGICS)))
_REMEMBERED = 512
"""Longest leaf whose contents are remembered, in bytes."""


class Peeled(msgspec.Struct, frozen=True):
    """Bytes found in a leaf.

    `address` ends at the innermost structure; `chain` holds every wrapping from the outside in, `tail` how many of
    them lie inside that structure. `name` is what the sender calls a leaf of the message or of a structure inside;
    None for names themselves, unwrapped forms and cut pieces. `piece` says that the bytes were cut out of a text,
    `guess` that nothing but a match of bytes says they are wrapped at all.
    """

    address: str
    chain: tuple[str, ...]
    tail: int
    data: bytes
    name: str | None = None
    piece: bool = False
    guess: bool = False

    @property
    def inner(self) -> str:
        """The address with the wrappings inside it."""
        return "|".join((self.address, *self.chain[len(self.chain) - self.tail :]))

    @property
    def convincing(self) -> bool:
        """Whether an unwrapped form is text, or begins as a stream does: chance hardly ever gives either."""
        if self.chain[-1] in {"percent", "gzip", "zlib"} or self.data.startswith(_MAGICS):
            return True
        return len(self.data) >= MIN_TEXT and not percent.is_binary(self.data) and _is_unicode(self.data)


def _is_unicode(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@cache
def wrappings() -> tuple[DecoderSpec, ...]:
    """Return every wrapping of the bench by name."""
    return tuple(load("assay.encodings").decoders.values())


def peel(leaf: Leaf) -> Iterator[Peeled | NotFollowed]:
    """Yield the leaf and everything found in it, those with fewer wrappings first, then what was not followed."""
    yield Peeled(leaf.address, (), 0, leaf.data, leaf.name)
    if len(leaf.data) >= MIN_BYTES:
        found = _peeled(leaf.data) if len(leaf.data) <= _REMEMBERED else _Peeling().run(leaf.data)
        for node in found:
            yield node if isinstance(node, NotFollowed) else _below(leaf.address, node)


@lru_cache(maxsize=1 << 13)
def _peeled(data: bytes) -> tuple[Peeled | NotFollowed, ...]:
    """Remember what short leaves hold: headers and names come again in every request."""
    return tuple(_Peeling().run(data))


def _below(address: str, node: Peeled) -> Peeled:
    return Peeled(address + node.address, node.chain, node.tail, node.data, node.name, node.piece, node.guess)


class _Peeling:
    """One leaf's queue and what is left of its budget; addresses are relative to the leaf."""

    def __init__(self) -> None:
        self._queue: deque[Peeled] = deque()
        self._seen: set[tuple[str, bytes]] = set()
        self._work = 0
        self._lost: dict[str, int] = {}

    def run(self, data: bytes) -> Iterator[Peeled | NotFollowed]:
        self._work += len(data)
        self._take(Peeled("", (), 0, data))
        while self._queue:
            node = self._queue.popleft()
            yield node
            self._take(node)
        yield from (NotFollowed(what, count) for what, count in sorted(self._lost.items()))

    def _take(self, node: Peeled) -> None:
        if len(node.data) >= MIN_BYTES:
            for inside in self._inside(node):
                self._add(inside)

    def _add(self, node: Peeled) -> None:
        key = (_ESCAPES.sub("", node.address), node.data)
        if key in self._seen:
            return
        cost = len(node.data) + len(node.address)
        if len(self._seen) >= MAX_NODES or self._work + cost > MAX_WORK_BYTES:
            self._lose("values of a message beyond the budget of one leaf")
            return
        self._seen.add(key)
        self._work += cost
        self._queue.append(node)

    def _lose(self, what: str) -> None:
        self._lost[what] = self._lost.get(what, 0) + 1

    def _inside(self, node: Peeled) -> Iterator[Peeled]:
        """Yield what a structure holds; else what wrappings hold and, where none convinces, pieces of the text."""
        opened = False
        for leaf in open_structure(node.data):
            opened = True
            yield Peeled(f"{node.inner}|{leaf.address}", node.chain, 0, leaf.data, leaf.name)
        if not opened:
            unwrapped = _without_spaces_for_plus(list(self._unwrapped(node)))
            yield from unwrapped
            if len(node.data) > MIN_PIECE and not any(inside.convincing for inside in unwrapped):
                yield from self._cut(node)

    def _unwrapped(self, node: Peeled) -> Iterator[Peeled]:
        for spec in wrappings():
            data = self._decode(spec, node)
            if data is None or data == node.data:
                continue
            if len(node.chain) == MAX_WRAPPINGS:
                self._lose(f"values below {MAX_WRAPPINGS} wrappings")
                return
            inside = Peeled(node.address, (*node.chain, spec.name), node.tail + 1, data, guess=node.guess)
            yield msgspec.structs.replace(inside, guess=False) if node.guess and inside.convincing else inside

    def _decode(self, spec: DecoderSpec, node: Peeled) -> bytes | None:
        try:
            return spec.decode(node.data)
        except Unreadable as reason:
            if not node.guess:
                self._lose(f"{spec.name} wrappings: {reason.what}")
            return None

    def _cut(self, node: Peeled) -> Iterator[Peeled]:
        spans = sorted(_spans(node.data)) if len(node.chain) < MAX_WRAPPINGS else []
        for start, end in spans[:MAX_CUTS]:
            address = f"{node.inner}|cut:{start}+{end - start}"
            yield Peeled(address, node.chain, 0, node.data[start:end], piece=True, guess=True)
        if len(spans) > MAX_CUTS:
            self._lose(f"texts with more than {MAX_CUTS} pieces that may be wrapped")


def _without_spaces_for_plus(unwrapped: list[Peeled]) -> list[Peeled]:
    """Leave out the reading of ``+`` as a space where it convinces as a digit of base64."""
    if any(inside.chain[-1] == "base64" and inside.convincing for inside in unwrapped):
        return [inside for inside in unwrapped if inside.chain[-1] != "form"]
    return unwrapped


def _spans(data: bytes) -> set[tuple[int, int]]:
    """Return where runs of digits of a wrapping and headers of streams stand, but for the bytes as a whole.

    Of each sort the first ones, one more than are used, so that the work does not grow with the square of the text.
    """
    standard, url_safe, digits, headers = (
        [match.span() for match in islice(pattern.finditer(data), MAX_CUTS + 1)]
        for pattern in (_STANDARD, _URL_SAFE, _HEX, _STREAM)
    )
    runs = {run for run in url_safe if not any(start <= run[0] and run[1] <= end for start, end in standard)}
    streams = {(start, len(data)) for start, _ in headers if start <= MAX_PREFIX}
    return (runs | streams | {*standard, *digits}) - {(0, len(data))}
