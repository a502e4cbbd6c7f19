"""Parts of an invented format, loaded as an extension: what they do is written in the evidence.

``ORDER <what> [</path>]``: the analysers do it, and each adds a line to the file at `/path` before it begins.
``NEST <count> <text>``: a container of `count` members. ``DEEP <n>``: one that holds ``DEEP <n - 1>``.
``MIRROR``: one that holds itself. ``RING <a>``: one that holds the other ring.
"""

import ctypes
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assay.applications.application import Application
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import FactTables, In, Member, Yielded, analyser, joiner, reader
from assay.vocabulary.handset import BuildProperty, Preference


class Order:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.problems: Sequence[Problem] = ()

    def begin(self, part: str) -> str:
        if len(self.words) > 2 and self.words[2].startswith("/"):
            with Path(self.words[2]).open("a", encoding="utf-8") as log:
                log.write(f"{part}\n")
        return self.words[1]


class Nest:
    def __init__(self, inner: list[tuple[bytes, bytes]]) -> None:
        self.inner = inner
        self.problems: Sequence[Problem] = ()

    def members(self) -> Iterator[Member]:
        for name, content in self.inner:
            yield Member(name=name, size=len(content), open=lambda content=content: self._open(content))  # type: ignore[misc]

    def _open(self, content: bytes) -> ByteSource:
        if content == b"torn":
            raise Unreadable("the member is torn")
        return BufferSource(content)


def _is_order(source: ByteSource) -> bool:
    return source.read(0, 6) == b"ORDER "


@reader(kind="strict-order", gives=Order, recognise=_is_order, blind_to=("all",), source="invented", rank=99)
def open_strict(source: ByteSource) -> Order:
    order = open_order(source)
    if "loose" in order.words:
        raise Unreadable("it is loose", cost="strictness")
    if "crash-opening" in order.words:
        order.begin("opening")
        os._exit(9)
    return order


@reader(kind="order", gives=Order, recognise=_is_order, blind_to=("all",), source="invented", rank=98)
def open_order(source: ByteSource) -> Order:
    return Order(bytes(source.view()).decode().split())


def _is_nest(source: ByteSource) -> bool:
    return source.read(0, 5) in {b"NEST ", b"DEEP ", b"MIRRO", b"RING "}


@reader(kind="nest", gives=Nest, recognise=_is_nest, blind_to=("all",), source="invented", rank=99, step="in")
def open_nest(source: ByteSource) -> Nest:
    raw = bytes(source.view())
    word, *rest = raw.decode().split(" ", 2)
    if word == "NEST":
        return Nest([(b"same", f"{rest[1]} {number}".encode()) for number in range(int(rest[0]))])
    if word == "DEEP":
        left = int(rest[0])
        return Nest([(b"d", b"DEEP %d" % (left - 1) if left else b"bottom")])
    if word == "RING":
        return Nest([(b"r", b"RING b" if rest[0] == "a" else b"RING a"), (b"t", b"torn")])
    return Nest([(b"m", raw), (b"plain", b"plain text")])


@analyser(question="Which words does it hold?", reads=Order, emits=BuildProperty, blind_to=("all",))
def say_words(order: Order) -> Iterator[Yielded]:
    order.begin("say_words")
    for word in order.words[1:2]:
        yield BuildProperty(name=word, value="said")


@analyser(question="What does it order?", reads=Order, emits=BuildProperty, blind_to=("all",))
def obey(order: Order) -> Iterator[Yielded]:
    what = order.begin("obey")
    if what == "exit":
        os._exit(3)
    elif what == "segfault":
        ctypes.string_at(0)
    elif what == "hang":
        time.sleep(600)
    elif what == "eat":
        hoard = [np.ones(1 << 24, dtype=np.uint8) for _ in range(1 << 16)]
        yield BuildProperty(name="eaten", value=str(len(hoard)))
    elif what == "raise":
        raise LookupError("as ordered")
    elif what == "unreadable":
        raise Unreadable("the rest is torn")
    elif what == "slow":
        time.sleep(0.1)
    yield BuildProperty(name="obeyed", value=what)


@analyser(question="Is it planted?", reads=Order, emits=BuildProperty, blind_to=("all",), needs=("invented",))
def need_something(_order: Order, invented: object) -> Iterator[Yielded]:
    yield BuildProperty(name="needed", value=str(invented))


@analyser(question="Which apps are there?", reads=Application, emits=BuildProperty, blind_to=("all",))
def name_apps(app: Application) -> Iterator[In]:
    if app.package == "org.example.clock":
        os._exit(3)
    for part in app.code.parts:
        yield In(part.sha256, BuildProperty(name=app.package, value=part.name))


@joiner(question="How often is each word said?", reads=BuildProperty, emits=Preference, blind_to=("all",))
def count_words(tables: FactTables) -> Iterator[tuple[str, Yielded]]:
    rows = tables.rows(BuildProperty)
    if any(row.row.name == "fault-in-joiner" for row in rows):
        raise LookupError("as ordered")
    for row in rows:
        if row.row.value == "said":
            yield row.artefact, Preference(name=row.row.name, type="int", value=str(len(rows)))
