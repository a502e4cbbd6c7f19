"""Apps of written classes with a manifest at hand, and what is seen in them."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assay.applications.application import Application
from assay.facts.weaknesses.scene import Scene, Seen
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import part

Search = Callable[[Scene], Iterator[Seen]]


class Stated(NamedTuple):
    """A component as a manifest states it."""

    name: str
    kind: str = "service"
    exported: bool = True
    permission: str = ""
    actions: tuple[str, ...] = ()
    place: str = ""


class _Manifest:
    package = "org.example.app"

    def __init__(self, components: Sequence[Stated]) -> None:
        self.components = tuple(components)


class _Document:
    class manifest_xml:  # noqa: N801 - stands where an attribute does
        class root:  # noqa: N801
            @staticmethod
            def all(_name: str) -> list[object]:
                return []

    @staticmethod
    def resolve(value: object) -> object:
        return value

    @staticmethod
    def members() -> list[object]:
        return []

    def __init__(self, components: Sequence[Stated]) -> None:
        self.manifest = _Manifest(components)


class _Archive:
    sha256 = "00" * 32
    name = "base"

    def __init__(self, components: Sequence[Stated]) -> None:
        self.document = _Document(components)


class Written(Application):
    """An app of which only the components of the manifest are at hand."""


def app(classes: Sequence[k.Kin], components: Sequence[Stated] = ()) -> Application:
    opened = part(k.write(list(classes)))
    return Written("org.example.app", (_Archive(components),), lambda: [opened])  # type: ignore[arg-type]


def seen(search: Search, *classes: k.Kin, components: Sequence[Stated] = ()) -> list[tuple[str, str, str]]:
    """What a search sees: kind, subject, detail."""
    scene = Scene(app(classes, components))
    return [(each.kind, each.subject, each.detail) for each in search(scene)]


def kinds(search: Search, *classes: k.Kin) -> list[str]:
    return [kind for kind, _, _ in seen(search, *classes)]
