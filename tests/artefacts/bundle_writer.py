"""Writes bundles of packages and what they say of themselves. Knows nothing of the product."""

import json
from collections.abc import Sequence

from tests.artefacts import applications as a
from tests.artefacts import zip_writer as z

PACKAGE = "org.example.notes"


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def field(number: int, value: bytes | str | int) -> bytes:
    """Return one field of a protocol buffer: a varint, or bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(raw)) + raw


def described(path: str, split: str) -> bytes:
    """Return an ApkDescription: targeting, path, metadata of a split."""
    return field(1, b"\x0a\x00") + field(2, path) + field(3, field(1, split) + field(2, 1))


def toc(*apks: tuple[str, str], package: str = PACKAGE, tool: str = "1.15.6") -> bytes:
    """Return a BuildApksResult of one variant and one set of packages."""
    packages = b"".join(field(2, described(path, split)) for split, path in apks)
    variant = field(1, b"") + field(2, field(1, field(1, "base")) + packages) + field(3, 7)
    return field(1, variant) + field(2, field(2, tool)) + field(4, package)


def split(name: str = "", **files: bytes) -> bytes:
    return a.apk(a.manifest(package=PACKAGE, split=name, versionCode=a.integer(7)), **files)


def archive(entries: dict[str, bytes], method: int = 0) -> bytes:
    return z.archive(*(z.Item(name.encode(), data, method=method) for name, data in entries.items()))


def apks(splits: dict[str, bytes], listed: Sequence[tuple[str, str]] | None = None) -> bytes:
    listed = [(name, f"splits/{name}.apk") for name in splits] if listed is None else listed
    files = {f"splits/{name}.apk": data for name, data in splits.items()}
    return archive({"toc.pb": toc(*listed), **files})


def xapk(splits: dict[str, bytes], **stated: object) -> bytes:
    listed = [{"file": f"{name}.apk", "id": name} for name in splits]
    described = {
        "xapk_version": 2, "package_name": PACKAGE, "version_code": "7", "version_name": "0.7", "split_apks": listed,
        "expansions": [{"file": "Android/obb/org.example.notes/main.7.obb", "install_location": "EXTERNAL_STORAGE"}],
    } | stated  # fmt: skip
    obb = {"Android/obb/org.example.notes/main.7.obb": b"obb"}
    files = {f"{name}.apk": data for name, data in splits.items()}
    return archive({"manifest.json": json.dumps(described).encode(), "icon.png": b"icon", **files, **obb})


def apkm(splits: dict[str, bytes]) -> bytes:
    described = {"apkm_version": 5, "pname": PACKAGE, "versioncode": "7", "release_version": "0.7"}
    return archive({"info.json": json.dumps(described).encode()} | {f"{n}.apk": data for n, data in splits.items()})


def aab(dex: bytes, *modules: str) -> bytes:
    entries = {"BundleConfig.pb": field(1, field(2, "1.15.6")), "base/dex/classes.dex": dex}
    return archive(entries | {f"{module}/manifest/AndroidManifest.xml": b"\x0a\x00" for module in modules})


def hap(name: str = "module.json") -> bytes:
    app = {"bundleName": PACKAGE, "versionCode": 7, "versionName": "0.7"}
    old = {"bundleName": PACKAGE, "version": {"code": 7, "name": "0.7"}}
    described = {
        "module.json": {"app": app, "module": {"name": "entry", "type": "entry"}},
        "config.json": {"app": old, "module": {"name": "entry"}},
        "pack.info": {"summary": {"app": old}, "packages": [{"moduleType": "entry", "name": "entry-default"}]},
    }[name]
    abc = b"PANDA\0\0\0" + bytes(4) + bytes([12, 0, 1, 0]) + bytes(40)
    held = {"entry-default.hap": b"PK"} if name == "pack.info" else {"ets/modules.abc": abc}
    return archive({name: json.dumps(described).encode(), **held})
