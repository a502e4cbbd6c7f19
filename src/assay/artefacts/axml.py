"""Android's binary XML as a typed tree, read as Android reads it: by resource ids, chunk by chunk.

Source: AOSP frameworks/base, libs/androidfw/ResourceTypes.cpp (ResXMLTree) and its header (ResXMLTree_node …).
Offsets are bytes from the first byte of the document.
"""

import struct
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from assay.artefacts.problem_log import ProblemLog
from assay.artefacts.resource_chunk import STRING_POOL, XML, Chunk, StringPool, chunk_at
from assay.artefacts.resource_value import Kind, Value
from assay.model.errors import Unreadable
from assay.model.limits import MAX_JSON_DEPTH, MIB
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MAX_BYTES = 32 * MIB
"""Largest binary XML that is read, in bytes; a tree takes some ten times as much memory."""

_RESOURCE_MAP, _NAMESPACE, _END_NAMESPACE, _START, _END, _TEXT = 0x180, 0x100, 0x101, 0x102, 0x103, 0x104
_KNOWN = frozenset((STRING_POOL, _RESOURCE_MAP, _NAMESPACE, _END_NAMESPACE, _START, _END, _TEXT))
_ELEMENT = struct.Struct("<2I6H")
_ATTRIBUTE = struct.Struct("<3IHBBI")
_NOTHING = 0xFFFFFFFF
_MOST_RESUMED = 64
"""How often reading goes on behind bytes that are no chunk."""


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute. Android goes by `resource_id` and `value`; by `name` and `raw` where there is no id (0)."""

    namespace: str
    name: str
    resource_id: int
    value: Value
    raw: str | None
    offset: int


class Element(msgspec.Struct, kw_only=True):
    """An element with its attributes and children in document order; `line` is that of the source, as stated."""

    namespace: str
    name: str
    attributes: tuple[Attribute, ...]
    line: int
    offset: int
    length: int
    children: list["Element"] = msgspec.field(default_factory=list)
    text: list[str] = msgspec.field(default_factory=list)

    def by_id(self, resource_id: int) -> Value | None:
        """Return the value of the first attribute of a resource id, None where there is none."""
        return next((a.value for a in self.attributes if a.resource_id == resource_id), None)

    def by_name(self, name: str) -> str | None:
        """Return the text of the first attribute of a name without namespace, None where there is none."""
        found = next((a for a in self.attributes if a.name == name and not a.namespace), None)
        return None if found is None else found.raw if found.raw is not None else str(found.value)

    def all(self, *names: str) -> Iterator["Element"]:
        """Yield the children of any of these names."""
        return (child for child in self.children if child.name in names)


class BinaryXml:
    """A binary XML document; `root` is its first element."""

    def __init__(self, source: ByteSource) -> None:
        """Read the whole tree. Raises: Unreadable where there is no element."""
        if source.size > MAX_BYTES:
            raise Unreadable(f"a binary XML document of {source.size} bytes is larger than the limit of {MAX_BYTES}")
        self._view = source.view()
        self._log = ProblemLog()
        self._resumed = 0
        self._pool: StringPool | None = None
        self._ids: list[int] = []
        self._open: list[Element] = []
        self._roots: list[Element] = []
        self._too_deep = 0
        self._read(self._body(source.size))
        if not self._roots:
            raise Unreadable("no element of a binary XML document can be read")
        self.root = self._roots[0]

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met."""
        return self._log()

    def elements(self) -> Iterator[Element]:
        """Yield every element in document order."""
        waiting = list(reversed(self._roots))
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    # --- chunks -----------------------------------------------------------------------------------

    def _body(self, size: int) -> Chunk:
        outer = chunk_at(self._view, 0, size)
        if outer is None:
            raise Unreadable("does not begin with a chunk of binary XML")
        if outer.type != XML:
            self._problem(0, 8, f"the document says it is of type 0x{outer.type:04x}", "read all the same", "none")
        if outer.clipped:
            self._problem(0, 8, "the document declares more bytes than there are", "read to the end", "may be cut off")
        return outer

    def _read(self, outer: Chunk) -> None:
        at = outer.body
        while at + 8 <= outer.stop:
            chunk = chunk_at(self._view, at, outer.stop)
            if chunk is None:
                at = self._resume(at, outer.stop)
                continue
            self._take(chunk)
            at = chunk.stop

    def _resume(self, at: int, stop: int) -> int:
        """Return the next aligned offset where a node of the tree can begin; the end where there is none."""
        self._resumed += 1
        if self._resumed > _MOST_RESUMED:
            self._problem(at, stop - at, "no chunk begins here, once more", "gave up", "what follows was not examined")
            return stop
        words = np.frombuffer(self._view[at + 4 : stop - (stop - at) % 4], "<u4")
        nodes = np.flatnonzero((words >= 0x00100100) & (words <= 0x00100104))
        found = at + 4 + 4 * int(nodes[0]) if len(nodes) else stop
        self._problem(at, found - at, "no chunk begins here", "read on at the next node", "elements may be missing")
        return found

    def _take(self, chunk: Chunk) -> None:
        if chunk.clipped:
            self._problem(
                chunk.start, 8, "a chunk declares more bytes than there are", "read to the end", "may be cut off"
            )
        if chunk.type == STRING_POOL and self._pool is None:
            self._pool = StringPool(self._view, chunk)
            if self._pool.declared != len(self._pool):
                what = f"the string pool declares {self._pool.declared} strings and has room for {len(self._pool)}"
                self._problem(chunk.start, 28, what, "read those", "text may be missing")
            if self._pool.refused:
                what = f"strings of a pool of {chunk.stop - chunk.start} bytes overlap to {self._pool.bytes} bytes"
                self._problem(chunk.start, 28, what, "no string was read", "the document has no names and no text")
        elif chunk.type == _RESOURCE_MAP:
            body = self._view[chunk.body : chunk.stop - (chunk.stop - chunk.body) % 4]
            self._ids = np.frombuffer(body, "<u4").tolist()
        elif chunk.type in _KNOWN:
            self._node(chunk)
        else:
            self._problem(chunk.start, 8, f"chunk of unknown type 0x{chunk.type:04x}", "passed over", "none")

    def _node(self, chunk: Chunk) -> None:
        if chunk.type == _START:
            self._start(chunk)
        elif chunk.type == _END and self._too_deep:
            self._too_deep -= 1
        elif chunk.type == _END and self._open:
            self._open.pop()
        elif chunk.type == _TEXT and self._open and not self._too_deep and chunk.body + 4 <= chunk.stop:
            self._open[-1].text.append(self._string(self._word(chunk.body)) or "")

    def _start(self, chunk: Chunk) -> None:
        if len(self._open) >= MAX_JSON_DEPTH:
            what = f"elements are nested deeper than {MAX_JSON_DEPTH}"
            self._problem(chunk.start, 8, what, "passed over", "deeper elements were not examined")
            self._too_deep += 1
        elif chunk.body + _ELEMENT.size > chunk.stop or chunk.body < chunk.start + 16:
            self._problem(chunk.start, 8, "an element is too short", "passed over", "an element is missing")
        else:
            element = self._element(chunk)
            (self._open[-1].children if self._open else self._roots).append(element)
            self._open.append(element)

    # --- elements ---------------------------------------------------------------------------------

    def _element(self, chunk: Chunk) -> Element:
        namespace, name, start, step, count, *_ = _ELEMENT.unpack_from(self._view, chunk.body)
        return Element(
            namespace=self._string(namespace) or "",
            name=self._string(name) or "",
            attributes=tuple(self._attributes(chunk, chunk.body + start, step, count)),
            line=self._word(chunk.start + 8),
            offset=chunk.start,
            length=chunk.stop - chunk.start,
        )

    def _attributes(self, chunk: Chunk, at: int, step: int, count: int) -> Iterator[Attribute]:
        if count and step != _ATTRIBUTE.size:
            instead = "read at that distance" if step > _ATTRIBUTE.size else "read at the usual distance"
            self._problem(chunk.start, 8, f"attributes of {step} bytes each", instead, "attributes may be misread")
        step = max(step, _ATTRIBUTE.size)
        fitting = max(0, min(count, (chunk.stop - at - _ATTRIBUTE.size) // step + 1))
        if fitting < count:
            what = f"{count} attributes declared where {fitting} fit"
            self._problem(chunk.start, 8, what, "read those", "attributes may be missing")
        return (self._attribute(at + step * number) for number in range(fitting))

    def _attribute(self, at: int) -> Attribute:
        namespace, name, raw, _, _, kind, data = _ATTRIBUTE.unpack_from(self._view, at)
        return Attribute(
            namespace=self._string(namespace) or "",
            name=self._string(name) or "",
            resource_id=self._ids[name] if name < len(self._ids) else 0,
            value=Value(kind, data, self._string(data) if kind == Kind.STRING else None),
            raw=self._string(raw),
            offset=at,
        )

    def _string(self, index: int) -> str | None:
        return None if index == _NOTHING or self._pool is None else self._pool.text(index)

    def _word(self, at: int) -> int:
        return int.from_bytes(self._view[at : at + 4], "little")

    def _problem(self, at: int, length: int, what: str, instead: str, cost: str) -> None:
        self._log.add(ByteRange(at, length), what, instead, cost)


def is_axml(source: ByteSource) -> bool:
    """Say whether the bytes begin with a binary XML chunk and its string pool."""
    head = source.read(0, 12)
    return len(head) == 12 and head[:4] == b"\x03\0\x08\0" and head[8:12] == b"\x01\0\x1c\0"


@reader(
    kind="axml",
    gives=BinaryXml,
    recognise=is_axml,
    rank=60,
    blind_to=(
        "documents of the binary form that Android 12 uses for its own settings (ABX)",
        "comments, and strings of the pool that no element uses",
        "attributes whose meaning hangs on styles or themes",
    ),
    source="AOSP libs/androidfw/include/androidfw/ResourceTypes.h, ResXMLTree",
)
def open_axml(source: ByteSource) -> BinaryXml:
    """Open a binary XML document. Raises: Unreadable."""
    return BinaryXml(source)
