"""Manifests of made applications: they declare each component class of the code, as its real package did."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.speed import variants
from tests.artefacts import applications, resource_writer

BASES = {
    b"Landroid/app/Activity;": "activity", b"Landroid/app/Service;": "service",
    b"Landroid/content/BroadcastReceiver;": "receiver", b"Landroid/content/ContentProvider;": "provider",
    b"Landroid/app/ListActivity;": "activity", b"Landroid/app/TabActivity;": "activity",
    b"Landroid/preference/PreferenceActivity;": "activity", b"Landroid/app/IntentService;": "service",
    b"Landroid/inputmethodservice/InputMethodService;": "service", b"Landroid/app/job/JobService;": "service",
    b"Landroid/accessibilityservice/AccessibilityService;": "service",
    b"Landroid/service/notification/NotificationListenerService;": "service",
}  # fmt: skip
"""Classes of the platform below which a class is a component, and what a manifest calls it."""
MOST = 2_000
"""Most components of one application; real ones have hundreds."""
_ABSTRACT = 0x400


class Declared(NamedTuple):
    """A class that code defines: its descriptor, its superclass, and whether objects of it can be made."""

    name: bytes
    above: bytes
    whole: bool


def manifest(package: str, files: Iterable[bytes]) -> bytes:
    """Return a manifest in its binary form that declares all components of some DEX files, in their order."""
    classes: dict[bytes, Declared] = {}
    for data in files:
        for each in declared(data):
            classes.setdefault(each.name, each)
    nodes = [
        applications.node(kind, name=each.name[1:-1].replace(b"/", b".").decode("utf-8", "replace"))
        for each in classes.values()
        if each.whole and (kind := _kind(each, classes))
    ]
    root = applications.manifest(applications.node("application", *nodes[:MOST]), package=package)
    return resource_writer.xml(root)


def declared(data: bytes) -> Iterator[Declared]:
    """Yield the classes of a DEX file in the order of their definitions; "Dalvik executable format", class_def_item."""
    strings, types = variants.table(data, 0x38, 4)[:, 0].tolist(), variants.table(data, 0x40, 4)[:, 0].tolist()
    for row in variants.table(data, 0x60, 32).tolist():
        own, access, above = row[:3]
        name = variants.string_at(data, strings[types[own]])[1]
        yield Declared(name, _name(data, strings, types, above), not access & _ABSTRACT)


def _name(data: bytes, strings: list[int], types: list[int], number: int) -> bytes:
    return variants.string_at(data, strings[types[number]])[1] if number < len(types) else b""


def _kind(of: Declared, classes: dict[bytes, Declared]) -> str:
    """Return what a manifest calls a class, empty for none; superclasses that go round end nowhere."""
    seen: set[bytes] = set()
    above = of.above
    while above in classes and above not in seen:
        seen.add(above)
        above = classes[above].above
    return BASES.get(above, "")
