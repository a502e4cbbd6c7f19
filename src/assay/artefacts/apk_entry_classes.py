"""Classes that a manifest names beside those of its components: the system makes one of each and calls it.

Source: AOSP frameworks/base, core/java/android/content/pm/PackageParser.java (parseBaseApplication,
parseInstrumentation, parseActivityAlias); attribute ids: core/res/res/values/public.xml (android.R.attr).
"""

from collections.abc import Iterator

import msgspec

from assay.artefacts.apk_manifest import Resolve, place
from assay.artefacts.axml import Element

_NAME, _TARGET_ACTIVITY = 0x01010003, 0x01010202
_OF_APPLICATION = (("application", _NAME), ("backup-agent", 0x0101027F), ("component-factory", 0x0101057A))


class EntryClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class by its role; `name` is qualified with dots. An alias has the class of the activity that it stands for.

    `alias` is the component's own name where it is an alias, else empty.
    """

    role: str
    name: str
    alias: str
    place: str


def entry_classes(root: Element, package: str, resolve: Resolve) -> Iterator[EntryClass]:
    """Yield the classes in the order of the manifest: of the application, of aliases, of instrumentation."""

    def named(element: Element, attribute: int) -> str:
        value = element.by_id(attribute)
        found = resolve(value) if value is not None and value.reference is not None else value
        return "" if found is None else qualified(package, str(found))

    def entry(role: str, element: Element, attribute: int, alias: str = "") -> Iterator[EntryClass]:
        if name := named(element, attribute):
            yield EntryClass(role=role, name=name, alias=alias, place=place(element.offset, element.length))

    for application in root.all("application"):
        for role, attribute in _OF_APPLICATION:
            yield from entry(role, application, attribute)
        for alias in application.all("activity-alias"):
            yield from entry("activity-alias", alias, _TARGET_ACTIVITY, named(alias, _NAME))
    for instrumentation in root.all("instrumentation"):
        yield from entry("instrumentation", instrumentation, _NAME)


def qualified(package: str, name: str) -> str:
    """Return a class name as the manifest means it: a leading dot, or no dot at all, stands for the package."""
    if name.startswith("."):
        return package + name
    return f"{package}.{name}" if name and "." not in name else name
