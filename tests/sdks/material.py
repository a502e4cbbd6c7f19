"""The libraries named in sources.toml and the applications of real_apks.toml, as DEX files.

Archives of classes become DEX files with the D8 that tests/specimens/build.sh fetches.
"""

import hashlib
import io
import re
import subprocess
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.real_apks import packages

TOP = Path(__file__).parents[2]
SOURCES = Path(__file__).with_name("sources.toml")
D8, JAVA8 = TOP / "build/specimens/tools/d8.jar", TOP / "build/specimens/java8.jar"
APKS = TOP / "build/apks"
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1500m", "-cp", str(D8))
TOOL_SECONDS = 500
_DEX = re.compile(r"classes\d*\.dex")
_STATED = re.compile(r"META-INF/[a-z0-9._-]+\.version$")


class Library(NamedTuple):
    """Code as it was taken: versions by id of SDK as far as they are stated, where from in words, its DEX files."""

    versions: dict[str, str]
    source: str
    dex: tuple[bytes, ...]


def jars(folder: Path) -> Iterator[tuple[str, str, str, bytes]]:
    """Yield SDK, version, source in words and the archive of classes of each pinned library."""
    for package in tomllib.loads(SOURCES.read_text(encoding="utf-8"))["package"]:
        path = folder / package["file"]
        if hashlib.sha256(path.read_bytes()).hexdigest() != package["sha256"]:
            raise SystemExit(f"{path}: not the pinned package: its sha256 differs")
        words = f"{package['client']} {package['name']} {package['version']}, sha256 {package['sha256']}"
        with tarfile.open(path) as tar:
            wanted = {one["member"]: one for one in package["libraries"]}
            for member in tar:
                if one := wanted.get(member.name):
                    found = tar.extractfile(member)
                    raw = found.read() if found else b""
                    yield one["sdk"], one["version"], f"{words}: {member.name}", _classes(raw)


def _classes(raw: bytes) -> bytes:
    """Return the archive of classes: that inside an AAR, or the archive itself."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read("classes.jar") if "classes.jar" in archive.namelist() else raw


def libraries(folder: Path) -> Iterator[Library]:
    """Yield the pinned libraries, then the applications at hand."""
    for sdk, version, source, raw in jars(folder):
        yield Library({sdk: version}, source, tuple(dexed(raw, folder / "dex")))
    for package in packages():
        for one in package.applications:
            path = APKS / one.name
            if path.exists() and zipfile.is_zipfile(path):
                words = f"{package.client} {package.name} {package.version}, sha256 {package.sha256}: {one.member}"
                yield Library(stated(path), words, tuple(dex_files(path)))


def dexed(jar: bytes, kept: Path) -> list[bytes]:
    """Return the DEX files that D8 makes of an archive of classes; what was made is kept."""
    kept.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(jar).hexdigest()
    made = kept / f"{name}.zip"
    if not made.exists():
        source = kept / f"{name}.jar"
        source.write_bytes(jar)
        command = (*JAVA, "com.android.tools.r8.D8", "--release", "--min-api", "26", "--lib", str(JAVA8))
        subprocess.run((*command, "--output", str(made), str(source)), check=True, timeout=TOOL_SECONDS,
                       capture_output=True)  # fmt: skip
    return dex_files(made)


def dex_files(path: Path) -> list[bytes]:
    """Return the DEX files at the top of an archive."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if _DEX.fullmatch(name)]


def stated(path: Path) -> dict[str, str]:
    """Return the versions that an application states of its libraries, META-INF/androidx.core_core.version and such."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name).decode("utf-8").strip() for name in archive.namelist() if _STATED.match(name)}
    versions = {}
    for name, version in sorted(found.items()):
        group, _, artifact = name.removeprefix("META-INF/").removesuffix(".version").partition("_")
        if group.rpartition(".")[2] == artifact:
            versions[group.replace(".", "-")] = version
        elif (group, artifact) == ("kotlinx", "coroutines_core"):
            versions["kotlinx-coroutines"] = version
    return {sdk: version for sdk, version in versions.items() if version[:1].isdigit()}
