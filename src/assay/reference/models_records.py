"""What models of platform calls are made of; `assay.reference.models_language` reads their written form."""

from collections.abc import Iterator
from typing import Literal

import msgspec


class Place(msgspec.Struct, frozen=True):
    """Where a value is at a call.

    `root`: this · return · the number of an argument, from 1, the receiver not counted · ``call1``…: what the first…
    of the model's callbacks returns. `selector`: empty (the value itself) · ``[]`` (its elements) · ``[argK]`` (the
    element under the key that argument K is) · ``.name`` (a named part of it).
    """

    root: str | int
    selector: str = ""

    @property
    def operand(self) -> int | None:
        """The position among the operands of an instance call, receiver first; None for what is no operand."""
        return 0 if self.root == "this" else self.root if isinstance(self.root, int) else None

    @property
    def key(self) -> int | None:
        """The number of the argument in ``[argK]``."""
        return int(self.selector[4:-1]) if self.selector.startswith("[arg") else None


class Flow(msgspec.Struct, frozen=True):
    """A value that a call moves from `source` to `target`; `op` is one of `models_labels.OPERATIONS`."""

    source: Place
    target: Place
    op: str


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """A call on a named store. `named` is a name that stands in the model, `name` the place where the name is found.

    A `name` of ``this`` is the object that another call opened the store with.
    """

    kind: str
    access: str
    named: str = ""
    name: Place | None = None
    key: Place | None = None
    value: Place | None = None
    default: Place | None = None


class Predicate(msgspec.Struct, frozen=True):
    """What the result of a call says of its operands; `negated`: it holds where the result says no."""

    name: str
    operands: tuple[Place, ...]
    negated: bool = False


class Argument(msgspec.Struct, frozen=True):
    """What a callback is given: a value that the caller has at `place`, or one of the platform's (None), a `source`."""

    place: Place | None
    source: str = ""


class Callback(msgspec.Struct, frozen=True):
    """A method that the platform calls, at once or later, on the object at `object`; `kind`: how control comes there.

    The arguments are all that `method` has.
    """

    object: Place
    method: str
    arguments: tuple[Argument, ...]
    kind: str


class SinkWhen(msgspec.Struct, frozen=True):
    """Another `sink` that the call is where an argument, counted from 1, or a `part` of it, is just this constant."""

    argument: int
    constant: int | str
    sink: str
    part: str = ""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What one method of the platform, or of a library that apps carry, means.

    `owner` and `name` are bytes as in DEX files. `parameters` None: however many. `prototype`: empty for any; one that
    ends with ``)`` leaves the type of the result open. `source`: what the result is. `parameter_sources`: what the
    platform hands over, by number of the argument, where a program overrides the method. `sink_args`: what the effect
    shows, sends or changes; 0 is the receiver.
    """

    id: str
    owner: bytes
    name: bytes
    prototype: bytes = b""
    parameters: int | None = None
    flows: tuple[Flow, ...] = ()
    source: str = ""
    sink: str = ""
    sink_args: tuple[int, ...] = ()
    sink_when: tuple[SinkWhen, ...] = ()
    store: Store | None = None
    test: Predicate | None = None
    calls: tuple[Callback, ...] = ()
    parameter_sources: tuple[tuple[int, str], ...] = ()
    verified: Literal["verified", "secondary", "unverified"] = "unverified"
    doc: str = ""

    def given(self, argument: int) -> str:
        """Return what the platform hands over as an argument, counted from 1, of an overriding method; or nothing."""
        return next((source for number, source in self.parameter_sources if number == argument), "")

    def places(self) -> Iterator[Place]:
        """Yield every place that the model names; one may come several times."""
        return _places((self.flows, self.store, self.test, self.calls))


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """What a field of a platform class holds; `value` is its constant, where it has one (the text of a URI)."""

    id: str
    owner: bytes
    name: bytes
    source: str = ""
    value: str = ""
    verified: Literal["verified", "secondary", "unverified"] = "unverified"
    doc: str = ""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """What is found under a name of a store; a `name` that ends with ``*`` stands for all that begin so."""

    store: str
    name: str
    source: str
    verified: Literal["verified", "secondary", "unverified"] = "unverified"
    doc: str = ""


def _places(value: object) -> Iterator[Place]:
    if isinstance(value, Place):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _places(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _places(one)
