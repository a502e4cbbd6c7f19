"""Reads files of models (``data/models/*.toml``): strict, so that a wrong word is told and not passed over."""

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, NoReturn

import msgspec
from msgspec.structs import replace

from assay.model.errors import UsageError
from assay.reference import models_labels as labels
from assay.reference import models_language as language
from assay.reference.models_records import Field, Key, Model, Place

SCHEMA = "assay-models/1"
MAX_BYTES = 1 << 20
"""Largest file of models, in bytes of UTF-8."""

_CLASS = re.compile(r"[A-Za-z_][\w$-]*(?:\.[A-Za-z_][\w$-]*)*", re.ASCII)
_METHOD = re.compile(r"<init>|<clinit>|[A-Za-z_$][\w$-]*", re.ASCII)
_PROTOTYPE = re.compile(r"\((?:\[*(?:[ZBCSIJFD]|L[^;()\[]+;))*\)(?:V|\[*(?:[ZBCSIJFD]|L[^;()\[]+;))?")
_PARAMETER = re.compile(rb"\[*(?:[ZBCSIJFD]|L[^;]*;)")

Verified = Literal["verified", "secondary", "unverified"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a file as it is written: `assay.reference.models_language`; methods stand between spaces."""

    methods: str
    parameters: int | None = None
    prototype: str = ""
    flows: str = ""
    source: str = ""
    sink: str = ""
    sink_args: tuple[int, ...] = ()
    sink_when: str = ""
    store: str = ""
    test: str = ""
    calls: str = ""
    kind: str = "call"
    parameter_sources: str = ""
    verified: Verified | None = None
    doc: str = ""


class _Alone(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"classes": "class"}):
    classes: str


class _Class(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    names: str
    models: tuple[Entry, ...]


class _Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"classes": "class"}):
    classes: str
    names: str
    source: str = ""
    value: str = ""
    verified: Verified | None = None
    doc: str = ""


class _Key(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    store: str
    names: str
    source: str
    verified: Verified | None = None
    doc: str = ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"classes": "class"}):
    schema: str
    reference: str
    verified: Verified
    model: tuple[_Alone, ...] = ()
    classes: tuple[_Class, ...] = ()
    field: tuple[_Field, ...] = ()
    key: tuple[_Key, ...] = ()
    above: dict[str, str] = {}
    packages: str = ""


class Row:
    """An entry with the classes it speaks of. What it means is read when it is first asked for."""

    def __init__(self, entry: Entry, classes: tuple[str, ...], file: _File) -> None:
        """Take the entry; `check` says whether it can be read."""
        self.entry, self.classes, self._file = entry, classes, file
        self.prototype = entry.prototype.encode()
        self.ending = entry.prototype or ("" if entry.parameters is None else f"/{entry.parameters}")

    @cached_property
    def shared(self) -> Model:
        """What all methods of the entry have in common. Raises: Unwritten."""
        return _shared(self.entry, self.entry.verified or self._file.verified)

    def model(self, class_name: str, method: str) -> Model:
        """Return the model of one of the methods. Raises: Unwritten."""
        name = f"{class_name}.{method}"
        doc = self.entry.doc or f"{self._file.reference}: {name}"
        return replace(self.shared, id=name + self.ending, owner=descriptor(class_name), name=method.encode(), doc=doc)

    def check(self) -> None:
        """Read all that is written. Raises: Unwritten."""
        _within(self.shared)
        if not self.classes:
            raise language.Unwritten("it names no class")
        for class_name in self.classes:
            descriptor(class_name)
        if wrong := [name for name in self.entry.methods.split() or [""] if not _METHOD.fullmatch(name)]:
            raise language.Unwritten(f"{wrong[0]!r} is no name of a method")


class Read(NamedTuple):
    """What one file holds; `above`: direct supertypes by descriptor, in order; `packages` like ``Lorg/x/``."""

    rows: list[Row]
    fields: list[Field]
    keys: list[Key]
    above: dict[bytes, tuple[bytes, ...]]
    packages: tuple[bytes, ...] = ()


def read(name: str, text: str, *, trusted: bool = False) -> Read:
    """Read one file; `name` is for messages. A trusted one, which tests have read, is checked where it is used.

    Raises: UsageError.
    """
    file = _file(name, text)
    rows = [Row(entry, tuple(entry.classes.split()), file) for entry in file.model]
    rows += [Row(entry, tuple(group.names.split()), file) for group in file.classes for entry in group.models]
    for row in () if trusted else rows:
        try:
            row.check()
        except ValueError as wrong:
            _refuse(name, f"the model of {' '.join(row.classes)[:60]} {row.entry.methods[:60]} is wrong: {wrong}")
    try:
        fields = [one for entry in file.field for one in _fields(entry, file)]
        keys = [one for entry in file.key for one in _keys(entry, file)]
        above = {descriptor(below): tuple(map(descriptor, supers.split())) for below, supers in file.above.items()}
        packages = tuple(descriptor(each)[:-1] + b"/" for each in file.packages.split())
    except ValueError as wrong:
        _refuse(name, str(wrong))
    return Read(rows, fields, keys, above, packages)


def _file(name: str, text: str) -> _File:
    if len(text.encode()) > MAX_BYTES:
        _refuse(name, f"more than {MAX_BYTES} bytes are too many")
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as wrong:
        _refuse(name, f"the file cannot be read: {wrong}")
    if file.schema != SCHEMA:
        _refuse(name, f"{file.schema!r} is not the schema {SCHEMA}")
    return file


def _refuse(name: str, fact: str) -> NoReturn:
    raise UsageError(f"models {name}", fact, "See docs/how-to/write-a-model.md for what an entry may say.")


@lru_cache(maxsize=8192)
def descriptor(name: str) -> bytes:
    """Return the descriptor of a class named with dots. Raises: Unwritten."""
    if not _CLASS.fullmatch(name):
        raise language.Unwritten(f"{name!r} is no name of a class")
    return f"L{name.replace('.', '/')};".encode()


@lru_cache(maxsize=8192)
def parameters(prototype: bytes) -> int | None:
    """Return how many parameters a prototype has, None for what is none."""
    inner, end, _ = prototype[1:].rpartition(b")")
    if not end or not prototype.startswith(b"(") or _PARAMETER.sub(b"", inner):
        return None
    return len(_PARAMETER.findall(inner))


def _shared(entry: Entry, verified: Verified) -> Model:
    """Return what all methods of an entry have in common."""
    return Model(
        id="", owner=b"", name=b"",
        prototype=entry.prototype.encode(),
        parameters=_count(entry),
        flows=language.flows(entry.flows) if entry.flows else (),
        source=language.known(entry.source, labels.SOURCES, "a source") if entry.source else "",
        sink=language.known(entry.sink, labels.SINKS, "a sink") if entry.sink else "",
        sink_args=entry.sink_args,
        sink_when=language.sink_when(entry.sink_when) if entry.sink_when else (),
        store=language.store(entry.store) if entry.store else None,
        test=language.test(entry.test) if entry.test else None,
        calls=language.calls(entry.calls, entry.kind) if entry.calls else (),
        parameter_sources=language.given(entry.parameter_sources) if entry.parameter_sources else (),
        verified=verified,
    )  # fmt: skip


def _count(entry: Entry) -> int | None:
    if not entry.prototype:
        return entry.parameters
    if not _PROTOTYPE.fullmatch(entry.prototype):
        raise language.Unwritten(f"{entry.prototype!r} is no prototype")
    if entry.parameters is not None:
        raise language.Unwritten("a prototype says how many parameters there are")
    return parameters(entry.prototype.encode())


def _within(model: Model) -> None:
    """Hold places against the parameters and the callbacks there are. Raises: Unwritten."""
    said = (model.flows, model.source, model.sink, model.store, model.test, model.calls, model.parameter_sources)
    if not any(said):
        raise language.Unwritten("it says nothing")
    if (model.sink_args or model.sink_when) and not model.sink:
        raise language.Unwritten("sink_args and sink_when belong to a sink")
    most = language.MAX_ARGUMENT if model.parameters is None else model.parameters
    for one in set(model.places()):
        _reached(one, most, len(model.calls))
    numbers = [*model.sink_args, *(number for number, _ in model.parameter_sources)]
    numbers += [when.argument for when in model.sink_when]
    if wrong := [number for number in numbers if not 0 <= number <= most]:
        raise language.Unwritten(f"there is no argument {wrong[0]}")


def _reached(one: Place, arguments: int, callbacks: int) -> None:
    highest = max(one.root if isinstance(one.root, int) else 0, one.key or 0)
    if highest > arguments:
        raise language.Unwritten(f"there is no argument {highest}")
    if str(one.root).startswith("call") and int(str(one.root)[4:]) > callbacks:
        raise language.Unwritten(f"there is no callback {one.root}")


def _fields(entry: _Field, file: _File) -> Iterator[Field]:
    source = language.known(entry.source, labels.SOURCES, "a source") if entry.source else ""
    if not source and not entry.value:
        raise language.Unwritten(f"the field {entry.classes} {entry.names[:60]} has neither source nor value")
    verified = entry.verified or file.verified
    for class_name in entry.classes.split():
        for name in entry.names.split():
            id_ = f"{class_name}.{name}"
            yield Field(
                id=id_, owner=descriptor(class_name), name=name.encode(), source=source, value=entry.value,
                verified=verified, doc=entry.doc or f"{file.reference}: {id_}",
            )  # fmt: skip


def _keys(entry: _Key, file: _File) -> Iterator[Key]:
    store = language.known(entry.store, labels.STORES, "a kind of store")
    source = language.known(entry.source, labels.SOURCES, "a source")
    for name in entry.names.split():
        verified = entry.verified or file.verified
        yield Key(store=store, name=name, source=source, verified=verified, doc=entry.doc or file.reference)
