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
KOTLIN = tuple(JARS / f"{name}.jar" for name in ("kotlin-stdlib", "kotlinx-coroutines-core", "atomicfu"))
SMALI = tuple(
    JARS / f"{name}.jar" for name in ("smali", "smali-util", "dexlib2", "antlr3-runtime", "guava", "jcommander")
)
NEEDED = {
    "kotlin": {
        "kotlinc": "kotlin",
        str(KOTLIN[0]): "kotlin",
        str(KOTLIN[1]): "libkotlinx-coroutines-java",
        str(KOTLIN[2]): "libkotlinx-atomicfu-java",
    },
    "smali": {"smali": "libsmali-java", ENJARIFY: "enjarify", str(SMALI[0]): "libsmali-java"},
}
"""What a language needs, and the Debian package that brings it."""
SHRUNK = "kotlin-library.jar"


def absent() -> dict[str, str]:
    """Return the languages that cannot be built here, each with the packages that are missing."""
    found = {}
    for language, needed in NEEDED.items():
        packages = {package for tool, package in needed.items() if not toolchain.there(tool)}
        if packages:
            found[language] = " ".join(sorted(packages))
    return found


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
        toolchain.run(
            ["kotlinc", *options, "-d", classes, *written, folder / "src"], JAVA_OPTS=" ".join(toolchain.FAST_JVM)
        )
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
