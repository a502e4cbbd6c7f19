"""What calls of the platform and of libraries mean: flows, sources, effects, stores, tests, callbacks; as data.

Models stand in ``data/models/*.toml``, in the language of `assay.reference.models_language`. A model is asked for by
the class that a call names and all above it, so that a subclass of Activity finds what Context says of getString.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple, Self

from assay.model import canonical
from assay.model.errors import UsageError
from assay.reference import models_files
from assay.reference.models_files import Row, parameters, read
from assay.reference.models_records import Field, Key, Model

OBJECT = b"Ljava/lang/Object;"
_FOLDER = "data/models"


class Named(NamedTuple):
    """A model as programs are searched for it: descriptor of the class, name of the method."""

    owner: bytes
    name: bytes
    model: Model


class Models:
    """All models of some files; `fields` by class and name, `keys` by store and name; `digest`: of what was read.

    `packages`: those of libraries whose code is not followed, like ``Lorg/x/``.
    """

    def __init__(self, files: Iterable[models_files.Read], digest: str = "") -> None:
        """Take what files hold. Raises: UsageError where two entries speak of one method, field, key or class."""
        taken = tuple(files)
        self.digest = digest
        self._rows: dict[tuple[bytes, bytes], list[tuple[Row, str]]] = {}
        for file in taken:
            self._index(file.rows)
        _once(
            f"{place[0].decode()}->{place[1].decode()}{row.ending}"
            for place, rows in self._rows.items()
            if len(rows) > 1
            for row, _ in rows
        )
        self.fields = tuple(sorted((field for file in taken for field in file.fields), key=lambda field: field.id))
        self.keys = tuple(sorted((key for file in taken for key in file.keys), key=lambda key: (key.store, key.name)))
        _once(field.id for field in self.fields)
        _once(f"{key.store} {key.name}" for key in self.keys)
        _once(below.decode() for file in taken for below in file.above)
        self.packages = tuple(sorted({each for file in taken for each in file.packages}))
        self._above = {below: supers for file in taken for below, supers in file.above.items()}
        self._fields = {(field.owner, field.name): field for field in self.fields}
        self._keys = {(key.store, key.name): key for key in self.keys}
        self._lines: dict[bytes, tuple[bytes, ...]] = {}
        self._models: dict[tuple[bytes, bytes, str], Model] = {}

    def _index(self, rows: Iterable[Row]) -> None:
        for row in rows:
            names = [method.encode() for method in row.entry.methods.split()]
            for class_name in row.classes:
                owner = models_files.descriptor(class_name)
                for name in names:
                    self._rows.setdefault((owner, name), []).append((row, class_name))

    @classmethod
    def parse(cls, texts: Iterable[tuple[str, str]], *, trusted: bool = False) -> Self:
        """Read files as (name for messages, text); trusted ones are not checked again. Raises: UsageError."""
        taken = tuple(texts)
        return cls([read(name, text, trusted=trusted) for name, text in taken], canonical.digest(taken))

    def find(self, owners: Iterable[bytes], name: bytes, prototype: bytes) -> Model | None:
        """Return the model of a method, by the first of the classes that has one, or that lies below one that has.

        A model of just this prototype goes before one of this number of parameters, and that before one of any.
        A constructor is not inherited: only the class named first has it.
        """
        named = tuple(owners)
        if name == b"<init>":
            return self._first(named[:1], name, prototype)
        return self._first(named, name, prototype) or self._first(self._all_above(named), name, prototype)

    def _first(self, owners: Iterable[bytes], name: bytes, prototype: bytes) -> Model | None:
        for owner in owners:
            if (rows := self._rows.get((owner, name))) and (found := _fitting(rows, prototype)):
                return self._model(owner, name, *found)
        return None

    def _model(self, owner: bytes, name: bytes, row: Row, class_name: str) -> Model:
        place = (owner, name, row.ending)
        if (found := self._models.get(place)) is None:
            found = self._models[place] = row.model(class_name, name.decode())
        return found

    def _all_above(self, owners: Iterable[bytes]) -> Iterator[bytes]:
        for owner in owners:
            yield from self.supertypes(owner)
        yield OBJECT

    def field(self, owners: Iterable[bytes], name: bytes) -> Field | None:
        """Return what a field of a platform class holds, by the first class that has it, or lies below one that has."""
        named = tuple(owners)
        places = ((owner, name) for owner in (*named, *self._all_above(named)))
        return next((found for place in places if (found := self._fields.get(place))), None)

    def key(self, store: str, name: str) -> Key | None:
        """Return what is found under a name of a store: by the whole name, else by the longest beginning."""
        if found := self._keys.get((store, name)):
            return found
        beginnings = (f"{name[:length]}*" for length in range(len(name), -1, -1))
        return next((found for start in beginnings if (found := self._keys.get((store, start)))), None)

    def supertypes(self, descriptor: bytes) -> tuple[bytes, ...]:
        """Return all classes and interfaces above a platform class, nearest first, Object last; nothing if unknown."""
        if (found := self._lines.get(descriptor)) is None:
            found = self._lines[descriptor] = self._line(descriptor)
        return found

    def types(self) -> tuple[bytes, ...]:
        """Return the descriptors of all classes of which the models say what lies directly above."""
        return tuple(self._above)

    def _line(self, descriptor: bytes) -> tuple[bytes, ...]:
        line = dict.fromkeys(self._above.get(descriptor, ()))
        level = tuple(line)
        while level:
            level = tuple(
                dict.fromkeys(one for below in level for one in self._above.get(below, ()) if one not in line)
            )
            line.update(dict.fromkeys(level))
        for wrong in (descriptor, OBJECT):
            line.pop(wrong, None)
        return (*line, OBJECT) if line or descriptor in self._above else ()

    @cached_property
    def all(self) -> tuple[Model, ...]:
        """Every model, by class, name and prototype or number of parameters, the order of the iterators too."""
        return tuple(found.model for found in self._where(lambda _: True))

    @cached_property
    def names(self) -> frozenset[bytes]:
        """The names of all methods that any model speaks of."""
        return frozenset(name for _, name in self._rows)

    def sources(self) -> Iterator[Named]:
        """Yield the models whose result, or what the platform hands to an override, has a label."""
        return self._where(lambda entry: bool(entry.source or entry.parameter_sources))

    def sinks(self) -> Iterator[Named]:
        """Yield the models of calls with an effect."""
        return self._where(lambda entry: bool(entry.sink))

    def tests(self) -> Iterator[Named]:
        """Yield the models of predicates."""
        return self._where(lambda entry: bool(entry.test))

    def stores(self) -> Iterator[Named]:
        """Yield the models of calls on named stores."""
        return self._where(lambda entry: bool(entry.store))

    def calls(self) -> Iterator[Named]:
        """Yield the models of calls after which the platform calls back."""
        return self._where(lambda entry: bool(entry.calls))

    def _where(self, holds: Callable[[models_files.Entry], bool]) -> Iterator[Named]:
        for (owner, name), rows in sorted(self._rows.items(), key=lambda item: item[0]):
            for row, class_name in sorted(rows, key=lambda found: found[0].ending):
                if holds(row.entry):
                    yield Named(owner, name, self._model(owner, name, row, class_name))


@cache
def models() -> Models:
    """Return the models that come with the bench."""
    folder = resources.files("assay").joinpath(_FOLDER)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return Models.parse(((name, folder.joinpath(name).read_text("utf-8")) for name in names), trusted=True)


def _fitting(rows: Sequence[tuple[Row, str]], prototype: bytes) -> tuple[Row, str] | None:
    if exact := next((found for found in rows if found[0].prototype and _agrees(found[0].prototype, prototype)), None):
        return exact
    count = parameters(prototype)
    loose = [found for found in rows if not found[0].prototype and found[0].entry.parameters in {None, count}]
    return min(loose, key=lambda found: found[0].entry.parameters is None, default=None)


def _agrees(written: bytes, prototype: bytes) -> bool:
    return prototype == written or (written.endswith(b")") and prototype.startswith(written))


def _once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UsageError("models", f"{name} stands twice", "Leave one of the two entries out.")
        seen.add(name)
