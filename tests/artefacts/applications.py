"""Applications for tests: built from fields, the committed specimens, and real ones where `make apks` fetched them."""

from pathlib import Path

from tests.artefacts import resource_writer as r
from tests.artefacts import zip_writer as z
from tests.artefacts.resource_writer import Attribute, Node

ROOT = Path(__file__).parents[2]
SPECIMENS = sorted((ROOT / "tests" / "specimens" / "built").glob("*.apk"))
REAL = sorted((ROOT / "build" / "apks").glob("*.apk"))
OTHERS_CANNOT_OPEN = {"hello-activity": "its target is a platform by code name, which androguard takes for a number"}
NOT_FETCHED = "real applications are not fetched: make apks"

ANDROID = "http://schemas.android.com/apk/res/android"
IDS = {
    "label": 0x01010001, "name": 0x01010003, "permission": 0x01010006, "readPermission": 0x01010007,
    "writePermission": 0x01010008, "protectionLevel": 0x01010009, "sharedUserId": 0x0101000B,
    "debuggable": 0x0101000F, "exported": 0x01010010, "authorities": 0x01010018, "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B, "versionName": 0x0101021C, "targetSdkVersion": 0x01010270, "allowBackup": 0x01010280,
    "isFeatureSplit": 0x0101055B,
    "usesCleartextTraffic": 0x010104EC, "networkSecurityConfig": 0x01010527, "versionCodeMajor": 0x01010576,
}  # fmt: skip
"""Attribute ids, read off the framework's own public resources with aapt."""

TRUE, FALSE = (r.BOOLEAN, 0xFFFFFFFF), (r.BOOLEAN, 0)


def integer(number: int) -> tuple[int, int]:
    return r.DECIMAL, number


def reference(number: int) -> tuple[int, int]:
    return r.REFERENCE, number


def node(kind: str, /, *children: Node, **attributes: str | tuple[int, int]) -> Node:
    """Return an element whose attributes are Android's, by their names."""
    return Node(kind, [Attribute(key, value, IDS[key], ANDROID) for key, value in attributes.items()], list(children))


def manifest(
    *children: Node, package: str = "org.example.app", split: str = "", **attributes: str | tuple[int, int]
) -> Node:
    root = node("manifest", *children, **attributes)
    root.attributes.append(Attribute("package", package))
    root.attributes += [Attribute("split", split)] if split else []
    return root


def sdk(target: int, least: int = 21) -> Node:
    return node("uses-sdk", minSdkVersion=integer(least), targetSdkVersion=integer(target))


def apk(root: Node, *packages: r.Package, **files: bytes) -> bytes:
    """Return an application; `files` are entries by name, with ``__`` for a slash and ``_`` for a dot before xml."""
    items = [z.Item(b"AndroidManifest.xml", r.xml(root), method=8)]
    items += [z.Item(b"resources.arsc", r.table(*packages))] if packages else []
    items += [z.Item(name.replace("__", "/").replace("_xml", ".xml").encode(), data) for name, data in files.items()]
    return z.archive(*items, z.Item(b"classes.dex", b"dex\n035\0"))
