import hashlib
import tomllib
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DEMO = HERE.parents[1] / "src" / "assay" / "data" / "demo"
TRUTH = tomllib.loads((HERE / "truth.toml").read_text("utf-8"))
BUILT = sorted((HERE / "built").glob("*.apk"))

CHANGED_ENTRIES = {
    "notes-renamed.apk": {"classes.dex"},
    "notes-invoke-custom.apk": {"classes.dex"},
    "notes-market.apk": {"classes.dex"},
    "notes-host.apk": {"classes.dex", "res/xml/network.xml"},
    "ads-host.apk": {"classes.dex"},
    "dialer-one-less.apk": {"resources.arsc"},
    "carrier-no-list.apk": {"assets/words.csv"},
    "clock-debug-signed.apk": set(),
    "clock-permission.apk": {"AndroidManifest.xml"},
    "telemetry-cleartext.apk": {"classes.dex"},
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.startswith("META-INF/")]
        return {name: archive.read(name) for name in names}


def differing(one: Path, other: Path) -> set[str]:
    first, second = entries(one), entries(other)
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


def test_packages_have_the_digests_that_are_committed() -> None:
    lines = [line.split("  ") for line in (HERE / "digests.txt").read_text("ascii").splitlines()]
    assert {name: stated for stated, name in lines} == {path.name: digest(path) for path in BUILT}


def test_handsets_of_the_demo_carry_the_built_packages() -> None:
    stated = {place: app["sha256"] for app in TRUTH["app"] for place in app["places"]}
    present = {path.relative_to(DEMO).as_posix(): digest(path) for path in DEMO.rglob("*.apk")}
    assert stated == present


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_packages_are_small_and_signed_in_three_schemes(path: Path) -> None:
    assert path.stat().st_size < 30_000
    assert b"APK Sig Block 42" in path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert b"X-Android-APK-Signed: 2, 3" in archive.read("META-INF/SPECIMEN.SF")


@pytest.mark.parametrize("variant", TRUTH["variant"], ids=lambda row: row["file"])
def test_a_variant_differs_from_its_base_where_it_says(variant: dict[str, str]) -> None:
    base = HERE / "built" / f"{variant['base']}.apk"
    assert differing(base, HERE / "built" / variant["file"]) == CHANGED_ENTRIES[variant["file"]]
    assert digest(base) != digest(HERE / "built" / variant["file"])


def test_both_builds_of_the_note_editor_differ_in_code_alone() -> None:
    assert differing(HERE / "built" / "notes-g1.apk", HERE / "built" / "notes-g2.apk") == {"classes.dex"}
