import functools
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assay.artefacts.apk import Apk, is_apk, open_apk
from assay.artefacts.resource_value import Kind
from assay.artefacts.zip import ZipArchive
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import applications as a
from tests.artefacts import resource_writer as r
from tests.artefacts import zip_writer as z
from tests.artefacts.resource_writer import Package, Type

AAPT = shutil.which("aapt")


def opened(data: bytes) -> Apk:
    return open_apk(BufferSource(data))


@functools.cache
def ours(path: Path) -> Apk:
    return opened(path.read_bytes())


@functools.cache
def androguard(path: Path) -> Any:
    if reason := a.OTHERS_CANNOT_OPEN.get(path.stem):
        pytest.skip(reason)
    logger = pytest.importorskip("loguru").logger
    logger.disable("androguard")
    return pytest.importorskip("androguard.core.apk").APK(str(path))


skipped = pytest.param(None, marks=pytest.mark.skip(reason=a.NOT_FETCHED), id="real")
present = [pytest.param(path, id=path.stem) for path in [*a.SPECIMENS, *a.REAL]]
applications = pytest.mark.parametrize("path", present if a.REAL else [*present, skipped])


# --- what is built from fields ---------------------------------------------------------------------

WORDS = Package([
    Type("string", {0: ("title", (r.STRING, "Example")), 1: ("version", (r.STRING, "1.2"))}),
    Type("array", {0: ("words", r.array("one", "two"))}),
    Type("bool", {0: ("open", a.TRUE)}),
    Type("xml", {0: ("network", (r.STRING, "res/network.xml"))}),
])  # fmt: skip


def test_an_application_is_recognised_by_its_directory() -> None:
    data = a.apk(a.manifest())
    assert is_apk(BufferSource(data))
    assert is_apk(BufferSource(b"dex\n035\0 and more" + data))
    assert not is_apk(BufferSource(z.archive(z.Item(b"res/AndroidManifest.xml", b""))))
    assert not is_apk(BufferSource(data[: data.index(b"PK\x01\x02")]))
    assert isinstance(opened(data), ZipArchive)


def test_the_manifest_is_typed_and_its_references_are_resolved() -> None:
    root = a.manifest(
        a.sdk(29, 24),
        a.node(
            "application", label=a.reference(0x7F010000), debuggable=a.TRUE, usesCleartextTraffic=a.FALSE,
            networkSecurityConfig=a.reference(0x7F040000),
        ),
        versionCode=a.integer(7), versionCodeMajor=a.integer(2), versionName=a.reference(0x7F010001),
        sharedUserId="org.example.shared", split="config.lt",
    )  # fmt: skip
    found = opened(a.apk(root, WORDS))
    stated = found.manifest
    assert (stated.package, stated.version_code, stated.version_name) == ("org.example.app", 2 << 32 | 7, "1.2")
    assert (stated.min_sdk, stated.target_sdk, stated.split) == (24, 29, "config.lt")
    assert stated.shared_uid == "org.example.shared"
    application = stated.application
    assert (application.label, application.debuggable, application.cleartext, application.backup) == (
        "Example", True, False, None,
    )  # fmt: skip
    assert application.network_security_config == "res/network.xml"
    assert stated.unresolved == ()
    assert [one.entries for one in found.string_arrays()] == [("one", "two")]
    assert (0x7F010000, "string/title", "default", "Example") in list(found.resource_strings())
    assert found.dex_names == (b"classes.dex",)


def test_references_that_lead_outside_are_named_and_read_as_not_stated() -> None:
    stated = opened(a.apk(a.manifest(a.node("application", label=a.reference(0x01040000))), WORDS)).manifest
    assert stated.application.label == ""
    assert stated.unresolved == (0x01040000,)


@pytest.mark.parametrize(
    ("kind", "target", "stated", "filters", "exported"),
    [
        ("activity", 30, None, 1, True),
        ("activity", 30, None, 0, False),
        ("activity", 31, None, 1, False),
        ("service", 30, a.FALSE, 1, False),
        ("receiver", 31, a.TRUE, 0, True),
        ("receiver", 29, a.reference(0x7F030000), 0, True),
        ("provider", 16, None, 0, True),
        ("provider", 17, None, 0, False),
    ],
)
def test_components_are_exported_as_stated_or_as_android_implies(
    kind: str, target: int, stated: tuple[int, int] | None, filters: int, exported: object
) -> None:
    said = {} if stated is None else {"exported": stated}
    children = [a.node("intent-filter", a.node("action", name="org.example.ACT"))] * filters
    root = a.manifest(a.sdk(target), a.node("application", a.node(kind, *children, name=".One", **said)))
    (component,) = opened(a.apk(root, WORDS)).manifest.components
    assert component.exported is exported
    assert component.stated is (stated is not None)
    assert component.name == "org.example.app.One"
    assert component.actions == ("org.example.ACT",) * filters


def test_names_permissions_and_authorities_of_components_follow_android() -> None:
    root = a.manifest(
        a.node(
            "application",
            a.node("service", name="Plain"),
            a.node("service", name="org.example.other.Full", permission="p.own"),
            a.node("provider", name=".P", authorities="b;a;", readPermission="p.read"),
            permission="p.all",
        )
    )
    plain, full, provider = opened(a.apk(root)).manifest.components
    assert (plain.name, plain.permission) == ("org.example.app.Plain", "p.all")
    assert (full.name, full.permission) == ("org.example.other.Full", "p.own")
    assert (provider.authorities, provider.read_permission, provider.write_permission) == (("a", "b"), "p.read", "")


def test_places_lead_to_bytes_of_the_manifest() -> None:
    root = a.manifest(a.node("uses-permission", name="p.one"), a.node("permission", name="p.two"))
    found = opened(a.apk(root))
    source = found.read(b"AndroidManifest.xml")
    assert source is not None
    for place in (found.manifest.used[0].place, found.manifest.defined[0].place):
        match = re.fullmatch(r"manifest:0x([0-9a-f]+)\+(\d+)", place)
        assert match is not None
        assert source.read(int(match[1], 16), int(match[2]))[:2] == b"\x02\x01"


def test_a_manifest_of_a_method_that_does_not_exist_is_read_as_android_reads_it() -> None:
    document = r.xml(a.manifest())
    stored = opened(z.archive(z.Item(b"AndroidManifest.xml", document, method=0x7777)))
    packed = z.deflate(document)
    deflated = opened(z.archive(z.Item(b"AndroidManifest.xml", document, method=0x7777, packed=packed)))
    for found, way in ((stored, "as stored"), (deflated, "as deflated")):
        assert found.manifest.package == "org.example.app"
        assert way in found.problems[0].what


def test_an_application_without_readable_parts_says_so() -> None:
    broken = opened(z.archive(z.Item(b"AndroidManifest.xml", b"text"), z.Item(b"resources.arsc", b"text")))
    with pytest.raises(Unreadable):
        _ = broken.manifest
    assert broken.resources is None
    assert "resources.arsc" in broken.problems[-1].what
    assert list(broken.string_arrays()) == []


def test_dex_files_are_those_that_android_loads() -> None:
    names = [b"classes.dex", b"classes2.dex", b"classes1.dex", b"classes10.dex", b"classes02.dex", b"x/classes.dex"]
    found = opened(z.archive(z.Item(b"AndroidManifest.xml"), *(z.Item(name, b"1") for name in names)))
    assert found.dex_names == (b"classes.dex", b"classes2.dex", b"classes10.dex")


# --- a second opinion ------------------------------------------------------------------------------


@applications
def test_manifests_say_what_androguard_reads(path: Path) -> None:
    stated, other = ours(path).manifest, androguard(path)
    assert stated.package == other.get_package()
    assert stated.version_name == (other.get_androidversion_name() or "")
    assert str(stated.version_code or "") == (other.get_androidversion_code() or "")
    assert stated.min_sdk == _number(other.get_min_sdk_version())
    assert stated.target_sdk == _number(other.get_target_sdk_version())
    assert sorted({one.name for one in stated.used}) == sorted(set(other.get_permissions()))
    assert sorted(one.name for one in stated.defined) == sorted(other.get_declared_permissions())
    assert len(ours(path).dex_names) == len(list(other.get_dex_names()))


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


@applications
def test_components_are_those_of_androguard(path: Path) -> None:
    other = androguard(path)
    theirs = {
        "activity": other.get_activities(),
        "service": other.get_services(),
        "receiver": other.get_receivers(),
        "provider": other.get_providers(),
    }
    components = ours(path).manifest.components
    for kind, names in theirs.items():
        assert sorted(one.name for one in components if one.kind == kind) == sorted(names)
        for one in (one for one in components if one.kind == kind):
            actions = other.get_intent_filters(kind, one.name).get("action", [])
            assert one.actions == tuple(sorted(set(actions)))


@applications
def test_resources_are_those_of_androguard(path: Path) -> None:
    table = ours(path).resources
    other = androguard(path).get_android_resources()
    if table is None or other is None:
        assert table is None or not list(table.values())
        return
    other._analyse()
    theirs = {
        (number, configuration.get_qualifier() or "default", *_item(entry))
        for number, entries in other.resource_values.items()
        for configuration, entry in entries.items()
        if not entry.is_complex() and not entry.is_compact()
    }
    seen = {
        (
            one.resource_id,
            one.configuration,
            one.name.partition("/")[2],
            one.value.kind,
            one.value.string or one.value.data,
        )
        for one in table.values()
    }
    # androguard holds configurations that differ only in their script for one and keeps the last
    merged = {configuration.split("+")[1] for _, configuration, *_ in seen if configuration.startswith("b+")}
    assert _without(seen, merged) == _without(theirs, merged)


def _item(entry: Any) -> tuple[str, int, object]:
    kind = entry.key.get_data_type()
    return entry.get_value(), kind, (kind == Kind.STRING and entry.key.get_data_value()) or entry.key.get_data()


def _without(rows: set[Any], languages: set[str]) -> set[Any]:
    return {row for row in rows if re.split(r"[-+]", row[1].removeprefix("b+"))[0] not in languages}


@pytest.mark.skipif(AAPT is None, reason="aapt is not installed")
@applications
def test_resources_are_those_of_aapt(path: Path) -> None:
    printed = subprocess.run(
        [str(AAPT), "dump", "resources", str(path)], capture_output=True, check=False
    ).stdout.decode()
    theirs, configuration = set(), ""
    for line in printed.splitlines():
        if match := re.match(r" +config (\S+):$", line):
            configuration = "default" if match[1] == "(default)" else match[1]
        elif match := re.match(r" +resource 0x([0-9a-f]+) \S+:(\S+): t=0x([0-9a-f]+) d=0x([0-9a-f]+) ", line):
            theirs.add((int(match[1], 16), configuration, match[2], int(match[3], 16), int(match[4], 16)))
    table = ours(path).resources
    assert {
        (one.resource_id, one.configuration, one.name, one.value.kind, one.value.data)
        for one in (() if table is None else table.values())
    } == theirs


@pytest.mark.skipif(AAPT is None, reason="aapt is not installed")
@applications
def test_packages_are_those_of_aapt(path: Path) -> None:
    printed = subprocess.run(
        [str(AAPT), "dump", "badging", str(path)], capture_output=True, check=False
    ).stdout.decode()
    stated = ours(path).manifest
    assert f"package: name='{stated.package}' versionCode='{stated.version_code or ''}'" in printed
    assert f"versionName='{stated.version_name}'" in printed
    asked, implied = (
        set(re.findall(rf"^uses-{word}: name='([^']*)'", printed, re.MULTILINE))
        for word in ("permission", "implied-permission")
    )
    assert {one.name for one in stated.used} | implied == asked  # aapt names those that Android adds both ways
    labels = re.findall(r"^application-label:'([^']*)'", printed, re.MULTILINE)
    assert [stated.application.label] == (labels or [""])
