"""The manifest of an application package, as Android's package parser reads it.

Source: AOSP frameworks/base, core/java/android/content/pm/PackageParser.java and parsing/ParsingPackageUtils.java;
attribute ids: core/res/res/values/public.xml (android.R.attr).
"""

from collections.abc import Callable, Iterator
from enum import IntEnum

import msgspec

from assay.artefacts.axml import Element
from assay.artefacts.resource_value import Value
from assay.model.locator import ByteRange, InnerPlace

Resolve = Callable[[Value], Value | None]
"""Follows a reference in the default configuration; gives a plain value back, None where it leads nowhere."""

COMPONENTS = ("activity", "activity-alias", "service", "receiver", "provider")
_EXPORTED_STATED_FROM = 31
_PROVIDERS_CLOSED_FROM = 17


class Attr(IntEnum):
    """Ids of the attributes read here."""

    LABEL = 0x01010001
    NAME = 0x01010003
    PERMISSION = 0x01010006
    READ_PERMISSION = 0x01010007
    WRITE_PERMISSION = 0x01010008
    PROTECTION_LEVEL = 0x01010009
    SHARED_USER_ID = 0x0101000B
    DEBUGGABLE = 0x0101000F
    EXPORTED = 0x01010010
    AUTHORITIES = 0x01010018
    MIN_SDK = 0x0101020C
    VERSION_CODE = 0x0101021B
    VERSION_NAME = 0x0101021C
    TARGET_SDK = 0x01010270
    ALLOW_BACKUP = 0x01010280
    CLEARTEXT = 0x010104EC
    NETWORK_SECURITY_CONFIG = 0x01010527
    IS_FEATURE_SPLIT = 0x0101055B
    VERSION_CODE_MAJOR = 0x01010576


class DefinedPermission(msgspec.Struct, frozen=True, kw_only=True):
    """A permission that the package defines; `level` is its protection level as 32 bits."""

    name: str
    level: int
    place: str


class UsedPermission(msgspec.Struct, frozen=True, kw_only=True):
    """A permission that the package asks for."""

    name: str
    place: str


class ManifestComponent(msgspec.Struct, frozen=True, kw_only=True):
    """A component; `exported` as stated or, where `stated` is false, as Android implies it."""

    kind: str
    name: str
    exported: bool
    stated: bool
    permission: str
    read_permission: str
    write_permission: str
    actions: tuple[str, ...]
    authorities: tuple[str, ...]
    place: str


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """What the application element says.

    `network_security_config` is the path of an XML file in the archive; None where none is named, empty where one is
    named by a reference that leads nowhere in this package.
    """

    label: str = ""
    debuggable: bool = False
    cleartext: bool | None = None
    backup: bool | None = None
    permission: str = ""
    network_security_config: str | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A manifest. A `place` is printed: bytes of AndroidManifest.xml.

    `unresolved` are the references that lead nowhere in this package, sorted;
    what they stand for is read as not stated.
    """

    package: str
    version_code: int
    version_name: str
    min_sdk: int | None
    target_sdk: int | None
    shared_uid: str
    split: str
    config_for_split: str
    feature_split: bool
    uses_splits: tuple[str, ...]
    application: Application
    used: tuple[UsedPermission, ...]
    defined: tuple[DefinedPermission, ...]
    components: tuple[ManifestComponent, ...]
    unresolved: tuple[int, ...]

    @property
    def effective_target(self) -> int:
        """The API level that Android assumes: target, else minimum, else 1."""
        return next((level for level in (self.target_sdk, self.min_sdk) if level is not None), 1)


def place(offset: int, length: int) -> str:
    """Return the printed place, in an application package, of bytes of its AndroidManifest.xml."""
    return str(InnerPlace("manifest", str(ByteRange(offset, length))))


def manifest(root: Element, resolve: Resolve) -> Manifest:
    """Return the manifest that a document's root element holds."""
    return _Reading(root, resolve).manifest()


class _Reading:
    """One pass over a manifest, with its package name and its way to resolve references."""

    def __init__(self, root: Element, resolve: Resolve) -> None:
        self._root = root
        self._resolve = resolve
        self._package = root.by_name("package") or ""
        self._unresolved: set[int] = set()
        levels = (self._sdk(Attr.TARGET_SDK), self._sdk(Attr.MIN_SDK))
        self._target = next((level for level in levels if level is not None), 1)
        self._application = next(root.all("application"), None)

    def manifest(self) -> Manifest:
        low = (self._integer(self._root, Attr.VERSION_CODE) or 0) & 0xFFFFFFFF
        high = (self._integer(self._root, Attr.VERSION_CODE_MAJOR) or 0) & 0xFFFFFFFF
        return Manifest(
            package=self._package,
            version_code=high << 32 | low,
            version_name=self._text(self._root, Attr.VERSION_NAME),
            min_sdk=self._sdk(Attr.MIN_SDK),
            target_sdk=self._sdk(Attr.TARGET_SDK),
            shared_uid=self._text(self._root, Attr.SHARED_USER_ID),
            split=self._root.by_name("split") or "",
            config_for_split=self._root.by_name("configForSplit") or "",
            feature_split=bool(self._boolean(self._root, Attr.IS_FEATURE_SPLIT)),
            uses_splits=tuple(sorted({self._text(element, Attr.NAME) for element in self._root.all("uses-split")})),
            application=Application() if self._application is None else self._read_application(self._application),
            used=tuple(self._used()),
            defined=tuple(self._defined()),
            components=tuple(self._components()),
            unresolved=tuple(sorted(self._unresolved)),
        )

    def _read_application(self, element: Element) -> Application:
        config = element.by_id(Attr.NETWORK_SECURITY_CONFIG)
        return Application(
            label=self._text(element, Attr.LABEL),
            debuggable=bool(self._boolean(element, Attr.DEBUGGABLE)),
            cleartext=self._boolean(element, Attr.CLEARTEXT),
            backup=self._boolean(element, Attr.ALLOW_BACKUP),
            permission=self._text(element, Attr.PERMISSION),
            network_security_config=None if config is None else self._text(element, Attr.NETWORK_SECURITY_CONFIG),
        )

    def _used(self) -> Iterator[UsedPermission]:
        for element in self._root.all("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m"):
            name = self._text(element, Attr.NAME)
            yield UsedPermission(name=name, place=place(element.offset, element.length))

    def _defined(self) -> Iterator[DefinedPermission]:
        for element in self._root.all("permission"):
            level = self._integer(element, Attr.PROTECTION_LEVEL) or 0
            name = self._text(element, Attr.NAME)
            yield DefinedPermission(name=name, level=level, place=place(element.offset, element.length))

    # --- components -------------------------------------------------------------------------------

    def _components(self) -> Iterator[ManifestComponent]:
        if self._application is not None:
            for element in self._application.all(*COMPONENTS):
                yield self._component(element)

    def _component(self, element: Element) -> ManifestComponent:
        stated = self._boolean(element, Attr.EXPORTED)
        return ManifestComponent(
            kind=element.name,
            name=self._class_name(self._text(element, Attr.NAME)),
            exported=self._exported_by_default(element) if stated is None else stated,
            stated=stated is not None,
            permission=self._permission(element),
            read_permission=self._text(element, Attr.READ_PERMISSION),
            write_permission=self._text(element, Attr.WRITE_PERMISSION),
            actions=tuple(sorted(set(self._actions(element)))),
            authorities=self._authorities(element),
            place=place(element.offset, element.length),
        )

    def _class_name(self, name: str) -> str:
        if name.startswith("."):
            return self._package + name
        return f"{self._package}.{name}" if name and "." not in name else name

    def _exported_by_default(self, element: Element) -> bool:
        if element.name == "provider":
            return self._target < _PROVIDERS_CLOSED_FROM
        return self._target < _EXPORTED_STATED_FROM and any(element.all("intent-filter"))

    def _permission(self, element: Element) -> str:
        stated = element.by_id(Attr.PERMISSION)
        if stated is None and self._application is not None:
            return self._text(self._application, Attr.PERMISSION)
        return self._text(element, Attr.PERMISSION)

    def _actions(self, element: Element) -> Iterator[str]:
        for intent_filter in element.all("intent-filter"):
            yield from (self._text(action, Attr.NAME) for action in intent_filter.all("action"))

    def _authorities(self, element: Element) -> tuple[str, ...]:
        stated = self._text(element, Attr.AUTHORITIES)
        return tuple(sorted({part for part in stated.split(";") if part}))

    # --- values -----------------------------------------------------------------------------------

    def _sdk(self, attribute: Attr) -> int | None:
        levels = [self._integer(element, attribute) for element in self._root.all("uses-sdk")]
        return next((level for level in reversed(levels) if level is not None), None)

    def _value(self, element: Element, attribute: Attr) -> Value | None:
        value = element.by_id(attribute)
        if value is None or value.reference is None:
            return value
        found = self._resolve(value)
        if found is None:
            self._unresolved.add(value.reference)
        return found

    def _text(self, element: Element, attribute: Attr) -> str:
        value = self._value(element, attribute)
        return "" if value is None else str(value)

    def _integer(self, element: Element, attribute: Attr) -> int | None:
        value = self._value(element, attribute)
        if value is not None and value.string is not None:
            return int(value.string) if value.string.isascii() and value.string.isdecimal() else None
        return None if value is None else value.integer

    def _boolean(self, element: Element, attribute: Attr) -> bool | None:
        value = self._value(element, attribute)
        if value is not None and value.string is not None:
            return {"true": True, "false": False}.get(value.string.lower())
        return None if value is None else value.boolean
