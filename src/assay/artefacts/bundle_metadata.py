"""What a bundle of packages says of itself: which package, which version, which files it is made of.

Source: AOSP-independent tools' own files – bundletool's commands.proto (BuildApksResult: toc.pb) and config.proto
(BundleConfig.pb); manifest.json of XAPK and info.json of APKM, which have no published specification (unverified);
HarmonyOS developer documentation, module.json5, config.json and pack.info.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from assay.artefacts.json import JsonDocument
from assay.artefacts.protobuf_wire import nested
from assay.model import text
from assay.model.source import ByteSource

INTEGER = range(-(2**63), 2**63)


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What is stated; text is empty and numbers None where nothing is.

    `apks` are pairs of a split's name (``base`` or empty for a base) and the entry that holds it, `expansions` the
    entries of expansion files, `tool` what made the bundle, with its version.
    """

    package: str = ""
    version_name: str = ""
    version_code: int | None = None
    tool: str = ""
    apks: tuple[tuple[str, str], ...] = ()
    expansions: tuple[str, ...] = ()


def of_toc(source: ByteSource) -> Metadata:
    """Return what the table of contents of an APK set says. Raises: Unreadable."""
    raw = source.view()
    return Metadata(
        package=_last(raw, 4),
        tool=_named("bundletool", _last(raw, 2, 2)),
        apks=tuple(_described(raw)),
    )


def of_bundle_config(source: ByteSource) -> Metadata:
    """Return what the configuration of an Android App Bundle says: the version of its tool. Raises: Unreadable."""
    return Metadata(tool=_named("bundletool", _last(source.view(), 1, 2)))


def of_xapk(source: ByteSource) -> Metadata:
    """Return what manifest.json of an XAPK says. Raises: Unreadable."""
    stated = _object(JsonDocument(source).value)
    splits = _objects(stated.get("split_apks"))
    expansions = _objects(stated.get("expansions"))
    return Metadata(
        package=_text(stated.get("package_name")),
        version_name=_text(stated.get("version_name")),
        version_code=_number(stated.get("version_code")),
        tool=_named("XAPK", _text(stated.get("xapk_version"))),
        apks=tuple((_text(one.get("id")), _text(one.get("file"))) for one in splits),
        expansions=tuple(_text(one.get("file")) for one in expansions),
    )


def of_apkm(source: ByteSource) -> Metadata:
    """Return what info.json of an APKM says; it does not list its packages. Raises: Unreadable."""
    stated = _object(JsonDocument(source).value)
    return Metadata(
        package=_text(stated.get("pname")),
        version_name=_text(stated.get("release_version")),
        version_code=_number(stated.get("versioncode")),
        tool=_named("APKM", _text(stated.get("apkm_version"))),
    )


def of_harmony(source: ByteSource) -> Metadata:
    """Return what module.json, config.json or pack.info of a HarmonyOS package says. Raises: Unreadable."""
    stated = _object(JsonDocument(source).value)
    summary = _object(stated.get("summary")) or stated
    app = _object(summary.get("app"))
    version = _object(app.get("version"))
    packages = _objects(stated.get("packages"))
    return Metadata(
        package=_text(app.get("bundleName")),
        version_name=_text(app.get("versionName", version.get("name"))),
        version_code=_number(app.get("versionCode", version.get("code"))),
        apks=tuple((_text(one.get("moduleType")), _text(one.get("name"))) for one in packages),
    )


def _described(raw: memoryview) -> Iterator[tuple[str, str]]:
    """Yield (split, path) of each package of every variant, in the order of the table, each once."""
    seen: dict[tuple[str, str], None] = {}
    for package in nested(raw, 1, 2, 2):
        seen.setdefault((_last(package, 3, 1), _last(package, 2)))
    yield from seen


def _last(raw: memoryview, *path: int) -> str:
    """Return the last text at a path, as protocol buffers have it; empty where there is none."""
    found = b""
    for value in nested(raw, *path):
        found = bytes(value)
    return text.from_bytes(found)


def _named(tool: str, version: str) -> str:
    return f"{tool} {version}" if version else ""


def _object(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a JSON value
    return value if isinstance(value, Mapping) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - a JSON value
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if isinstance(value, str):
        return str(value)
    return str(value) if type(value) is int else ""


def _number(value: Any) -> int | None:  # noqa: ANN401 - a JSON value
    written = _text(value)
    if not (written.isascii() and written.isdecimal() and len(written) < 20):
        return None
    return int(written) if int(written) in INTEGER else None
