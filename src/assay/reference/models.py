"""What calls of the platform and of libraries mean: flows, sources, effects, stores, tests, callbacks; as data.

Models stand in ``data/models/*.toml``, in the language of `assay.reference.models_language`. A model is asked for by
the class that a call names and all above it, so that a subclass of Activity finds what Context says of getString.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple, Self

from assay.model import canonical
from assay.model.errors import UsageError
from assay.reference import models_files
from assay.reference.models_files import parameters, read
from assay.reference.models_records import Field, Key, Model

OBJECT = b"Ljava/lang/Object;"
_FOLDER = "data/models"


class Named(NamedTuple):
    """A model as programs are searched for it: descriptor of the class, name of the method."""

    owner: bytes
    name: bytes
    model: Model


class Models:
    """All models of some files. `all`: by class, name, prototype and number of parameters; `fields` and `keys` too."""

    def __init__(self, files: Iterable[models_files.Read]) -> None:
        """Take what files hold. Raises: UsageError where two entries speak of one method, field, key or class."""
        taken = tuple(files)
        self.all = tuple(sorted((model for file in taken for model in file.models), key=lambda model: model.id))
        self.fields = tuple(sorted((field for file in taken for field in file.fields), key=lambda field: field.id))
        self.keys = tuple(sorted((key for file in taken for key in file.keys), key=lambda key: (key.store, key.name)))
        _once(model.id for model in self.all)
        _once(field.id for field in self.fields)
        _once(f"{key.store} {key.name}" for key in self.keys)
        _once(below.decode() for file in taken for below in file.above)
        self._above = {below: supers for file in taken for below, supers in file.above.items()}
        self._models: dict[tuple[bytes, bytes], tuple[Model, ...]] = {}
        for model in self.all:
            place = (model.owner, model.name)
            self._models[place] = (*self._models.get(place, ()), model)
        self._fields = {(field.owner, field.name): field for field in self.fields}
        self._keys = {(key.store, key.name): key for key in self.keys}
        self._lines: dict[bytes, tuple[bytes, ...]] = {}

    @classmethod
    def parse(cls, texts: Iterable[tuple[str, str]]) -> Self:
        """Read files as (name for messages, text). Raises: UsageError."""
        return cls([read(name, text) for name, text in texts])

    @property
    def digest(self) -> str:
        """The sha256 over all that the models say."""
        above = sorted((below.decode(), [one.decode() for one in supers]) for below, supers in self._above.items())
        return canonical.digest([models_files.SCHEMA, self.all, self.fields, self.keys, above])

    def find(self, owners: Iterable[bytes], name: bytes, prototype: bytes) -> Model | None:
        """Return the model of a method, by the first of the classes that has one, or that lies below one that has.

        A model of just this prototype goes before one of this number of parameters, and that before one of any.
        """
        named = tuple(owners)
        return self._first(named, name, prototype) or self._first(self._all_above(named), name, prototype)

    def _first(self, owners: Iterable[bytes], name: bytes, prototype: bytes) -> Model | None:
        for owner in owners:
            if (found := self._models.get((owner, name))) and (model := _fitting(found, prototype)):
                return model
        return None

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

    def sources(self) -> Iterator[Named]:
        """Yield the models whose result, or what the platform hands to an override, has a label."""
        return self._where(lambda model: bool(model.source or model.parameter_sources))

    def sinks(self) -> Iterator[Named]:
        """Yield the models of calls with an effect."""
        return self._where(lambda model: bool(model.sink or model.sink_when))

    def tests(self) -> Iterator[Named]:
        """Yield the models of predicates."""
        return self._where(lambda model: model.test is not None)

    def stores(self) -> Iterator[Named]:
        """Yield the models of calls on named stores."""
        return self._where(lambda model: model.store is not None)

    def calls(self) -> Iterator[Named]:
        """Yield the models of calls after which the platform calls back."""
        return self._where(lambda model: bool(model.calls))

    def _where(self, holds: Callable[[Model], bool]) -> Iterator[Named]:
        return (Named(model.owner, model.name, model) for model in self.all if holds(model))


@cache
def models() -> Models:
    """Return the models that come with the bench."""
    folder = resources.files("assay").joinpath(_FOLDER)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return Models.parse((name, folder.joinpath(name).read_text("utf-8")) for name in names)


def _fitting(found: tuple[Model, ...], prototype: bytes) -> Model | None:
    exact = (model for model in found if model.prototype and _agrees(model.prototype, prototype))
    if model := next(exact, None):
        return model
    count = parameters(prototype)
    loose = [model for model in found if not model.prototype and model.parameters in {None, count}]
    return min(loose, key=lambda model: model.parameters is None, default=None)


def _agrees(written: bytes, prototype: bytes) -> bool:
    return prototype == written or (written.endswith(b")") and prototype.startswith(written))


def _once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UsageError("models", f"{name} stands twice", "Leave one of the two entries out.")
        seen.add(name)
