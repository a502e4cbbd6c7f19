"""The classes of an app that its manifests name, and what of their code the system can call."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.applications.application import Application, Archive
from assay.artefacts.apk_entry_classes import entry_classes
from assay.bytecode.program.program import Program
from assay.model.errors import Unreadable

ALIAS = "activity-alias"
_BRIDGE, _SYNTHETIC = 0x40, 0x1000
_LAMBDA = "lambda$"


class Entry(NamedTuple):
    """A class named by the manifest of an archive.

    `descriptor` is that of the class in code; `place` is printed, inside the archive.
    """

    role: str
    descriptor: bytes
    exported: bool
    actions: tuple[str, ...]
    archive: str
    place: str


def entries(app: Application) -> Iterator[Entry]:
    """Yield the classes named by base and splits, those of archives whose manifest cannot be read left out."""
    for archive in app.archives:
        try:
            yield from _entries(archive)
        except Unreadable:
            continue  # the package analyser has said so


def _entries(archive: Archive) -> Iterator[Entry]:
    stated = archive.document.manifest
    aliases = {one.name: one for one in stated.components if one.kind == ALIAS}
    for one in stated.components:
        if one.kind != ALIAS and one.name:
            yield Entry(one.kind, descriptor(one.name), one.exported, one.actions, archive.sha256, one.place)
    for named in entry_classes(archive.document.manifest_xml.root, stated.package, archive.document.resolve):
        alias = aliases.get(named.alias)
        exported, actions = (alias.exported, alias.actions) if alias is not None else (False, ())
        yield Entry(named.role, descriptor(named.name), exported, actions, archive.sha256, named.place)


def descriptor(name: str) -> bytes:
    """Return a class name with dots as code names the class."""
    return f"L{name.replace('.', '/')};".encode("utf-8", "surrogatepass")


def enterable(program: Program) -> npt.NDArray[np.bool_]:
    """Return which definitions can override one outside; bodies of lambdas, which compilers name, are none."""
    found: npt.NDArray[np.bool_] = program.callbacks > 0
    made = program.linked.definition_access & (_SYNTHETIC | _BRIDGE) == _SYNTHETIC
    for row in np.flatnonzero(found & made).tolist():
        found[row] = not program.method_name(row).partition("->")[2].startswith(_LAMBDA)
    return found


def callbacks_of(program: Program, class_id: int, can: npt.NDArray[np.bool_]) -> list[int]:
    """Return the definitions of a class and of its superclasses in the program that are `enterable`."""
    found: list[int] = []
    seen: set[int] = set()
    while class_id >= 0 and class_id not in seen:
        seen.add(class_id)
        first, end = program.linked.methods.starts[class_id : class_id + 2].tolist()
        found.extend(row for row in program.linked.methods.rows[first:end].tolist() if can[row])
        class_id = program.superclass(class_id)
    return found


def platform_base(program: Program, class_id: int) -> bytes:
    """Return the nearest superclass that is not in the program, empty where a class names none or goes in a ring."""
    seen: set[int] = set()
    while class_id not in seen:
        seen.add(class_id)
        above = program.superclass(class_id)
        if above < 0:
            return program.superclass_name(class_id) or b""
        class_id = above
    return b""
