"""Where the system enters the code of an app: the classes its manifests name, and overridden types of the platform."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assay.applications.application import Application
from assay.applications.entry_points import Entry, callbacks_of, enterable, entries, platform_base
from assay.bytecode.program.program import Program
from assay.bytecode.program.shown import shown
from assay.model.coverage import NotFollowed
from assay.registry import In, analyser
from assay.vocabulary.uses import EntryPoint, PlatformCallback

MAX_TYPES = 20_000
"""Most types outside an app whose overriding methods are counted; large apps name about five thousand."""


@analyser(
    question="Where does the system enter the code of this app?",
    reads=Application,
    emits=(EntryPoint, PlatformCallback),
    blind_to=(
        "receivers and providers that are registered at run time",
        "methods that layouts and other XML files name",
        "native code and scripts that call into the app",
        "which methods a type of the platform really has, where the framework is not part of the program",
        f"types beyond the first {MAX_TYPES} of one app",
    ),
)
def entry_points(app: Application) -> Iterator[In]:
    """Yield the classes named by manifests in their order, then the types of the platform by name."""
    program, can = app.code, enterable(app.code)
    for entry in entries(app):
        yield In(entry.archive, _entry_point(app.package, program, can, entry))
    types, methods = sorted(_external(program)), _counts(program, can)
    for name, node in types[:MAX_TYPES]:
        below = program.hierarchy.all_subtypes(node)
        if entered := int(methods[below].sum()):
            yield In(app.base.sha256, _callback(app.package, name, len(below), entered))
    if len(types) > MAX_TYPES:
        yield In(app.base.sha256, NotFollowed("types of the platform that classes extend, not counted", len(types)))
    for problem in program.problems:
        yield In(app.base.sha256, problem)


def _entry_point(package: str, program: Program, can: npt.NDArray[np.bool_], entry: Entry) -> EntryPoint:
    class_id = program.find_class(entry.descriptor)
    methods = [] if class_id is None else callbacks_of(program, class_id, can)
    return EntryPoint(
        place=entry.place,
        package=package,
        role=entry.role,
        class_name=shown(entry.descriptor),
        defined=class_id is not None,
        base="" if class_id is None else shown(platform_base(program, class_id)),
        callbacks=tuple(sorted({program.method_name(row).partition("->")[2] for row in methods})),
        exported=entry.exported,
        actions=entry.actions,
    )


def _external(program: Program) -> Iterator[tuple[bytes, int]]:
    """Yield (descriptor, node) of each type outside that a class of the program has above it, without Object."""
    hierarchy = program.hierarchy
    below = np.diff(hierarchy.subtype_starts)
    for place, symbol in enumerate(hierarchy.externals.tolist()):
        node = hierarchy.classes + place
        if below[node] and node != hierarchy.object:
            yield program.linked.names.symbols.of(symbol), node


def _callback(package: str, name: bytes, classes: int, methods: int) -> PlatformCallback:
    return PlatformCallback(package=package, type_name=shown(name), classes=classes, methods=methods)


def _counts(program: Program, can: npt.NDArray[np.bool_]) -> np.ndarray:
    """Return how many methods of each class can override one outside."""
    owners = program.linked.definition_classes[can]
    return np.bincount(owners[owners >= 0], minlength=program.linked.classes)
