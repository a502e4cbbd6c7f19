"""The build: specimens become packages, in one run of javac and one process for D8 and ProGuard."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.gatebench import frame_java, languages, toolchain
from benchmarks.gatebench.specimens import Specimen, installed
from benchmarks.gatebench.toolchain import Failed, Tools

VERSION = b"6"
DATE = (2021, 9, 1, 0, 0, 0)
ANDROID = "http://schemas.android.com/apk/res/android"


@dataclass(frozen=True)
class Variant:
    """How a package is made: with names replaced, with lambdas as they are, in two DEX files."""

    renamed: bool
    lambdas_kept: bool
    split: bool


@dataclass(frozen=True)
class Built:
    """What was built: a package by specimen's name, and the folder of all classes."""

    folder: Path
    classes: Path
    apks: dict[str, Path]


def variant(specimen: Specimen, index: int) -> Variant:
    """Return how the specimen with that number is built; where names are looked for, or stand in smali, they stay."""
    named = any("Class.forName(" in text or "getMethod(" in text for text in specimen.sources.values())
    return Variant(index % 3 == 2 and not named and not specimen.smali, index % 4 == 1, index % 5 == 3)


def folder_of(specimens: Sequence[Specimen], made: Tools) -> Path:
    """Return the folder of a run, named by the digest of all that goes into it."""
    texts = [
        f"{each.described()} {sorted(each.sources.items())} {each.manifest} {sorted(resources(each).items())}"
        f"{sorted(each.kotlin.items())} {sorted(each.smali.items())}"
        for each in specimens
    ]
    key = toolchain.digest([VERSION, made.workshop.parent.name.encode(), *(text.encode() for text in texts)])
    return toolchain.BUILD / f"run-{key}"


def build(specimens: Sequence[Specimen], made: Tools) -> Built:
    """Build all the packages, companions too, or return those that an earlier run with the same sources built."""
    specimens = installed(specimens)
    folder = folder_of(specimens, made)
    built = Built(folder, folder / "classes", {each.name: folder / "apks" / f"{each.name}.apk" for each in specimens})
    if (folder / "done").exists():
        return built
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("apks", "jars", "dex", "src", "classes"):
        (folder / name).mkdir(parents=True)
    with ThreadPoolExecutor(max_workers=2) as workers:
        list(workers.map(lambda specimen: _package(specimen, folder), specimens))
    sources = [path for specimen in specimens for path in _write(specimen, folder)]
    languages.smali(specimens, folder, built.classes)
    languages.kotlin(specimens, folder, built.classes, made)
    path = [made.stand_ins, built.classes, *(languages.KOTLIN if any(each.kotlin for each in specimens) else ())]
    toolchain.compile_java([*sources, *sorted((folder / "res").glob("*/R.java"))], built.classes, path)
    orders = [_line(*words) for words in languages.orders(specimens, folder, built.classes, made)]
    orders += [
        line for index, each in enumerate(specimens) for line in _orders(each, variant(each, index), built, made)
    ]
    _work(orders, made)
    for specimen in specimens:
        _assemble(specimen, folder, built.apks[specimen.name])
    (folder / "done").touch()
    return built


def _write(specimen: Specimen, folder: Path) -> list[Path]:
    place = folder / "src" / specimen.package.replace(".", "/")
    place.mkdir(parents=True)
    for name, text in specimen.sources.items():
        (place / f"{name}.java").write_text(frame_java.source(specimen.package, text), encoding="utf-8")
    return [place / f"{name}.java" for name in specimen.sources]


def manifest(specimen: Specimen) -> str:
    """Return the manifest of the package."""
    names = sorted({name for piece in specimen.pieces for name in piece.permissions} | {"android.permission.INTERNET"})
    permissions = "".join(f'<uses-permission android:name="{name}" />' for name in names)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<manifest xmlns:android="{ANDROID}" package="{specimen.package}" '
        f'android:versionCode="7" android:versionName="1.7"><uses-sdk android:minSdkVersion="{toolchain.MIN_API}" '
        f'android:targetSdkVersion="29" />{permissions}<application android:name=".{specimen.application}" '
        f'android:label="@string/app_name">{"".join(specimen.manifest)}</application></manifest>\n'
    )


def resources(specimen: Specimen) -> dict[str, str]:
    """Return the resources and assets of all pieces, strings and arrays in one file each."""
    strings = {"app_name": specimen.package.rsplit(".", 1)[1]}
    arrays: dict[str, tuple[str, ...]] = {}
    found: dict[str, str] = {}
    for piece in specimen.pieces:
        strings |= piece.strings
        arrays |= piece.arrays
        found |= piece.resources
    named = "".join(f'<string name="{name}">{_said(text)}</string>\n' for name, text in strings.items())
    listed = "".join(
        f'<string-array name="{name}">{"".join(f"<item>{_said(item)}</item>" for item in items)}</string-array>\n'
        for name, items in arrays.items()
    )
    return (
        found
        | {"res/values/strings.xml": _values(named)}
        | ({"res/values/arrays.xml": _values(listed)} if listed else {})
    )


def _values(inner: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<resources>\n{inner}</resources>\n'


def _said(text: str) -> str:
    return escape(text).replace("'", "\\'")


def _package(specimen: Specimen, folder: Path) -> None:
    """Write manifest, resources and assets, and have aapt make a package and the class R of them."""
    place = folder / "res" / specimen.name
    for name, text in {**resources(specimen), "AndroidManifest.xml": manifest(specimen)}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    assets: list[str | Path] = ["-A", place / "assets"] if (place / "assets").is_dir() else []
    frame = ["aapt", "package", "-f", "-M", place / "AndroidManifest.xml", "-S", place / "res", *assets]
    toolchain.run([*frame, "-I", toolchain.FRAMEWORK, "-J", place, "-F", folder / "res" / f"{specimen.name}.zip"])


def _orders(specimen: Specimen, how: Variant, built: Built, made: Tools) -> list[str]:
    """Return the lines that the workshop is given for one package."""
    place = built.classes / specimen.package.replace(".", "/")
    aside = (frame_java.DRIVER, frame_java.PLAYED)
    files = [path for path in sorted(place.rglob("*.class")) if not path.stem.startswith(aside)]
    files = [path for path in files if path.stem.split("$")[0] not in specimen.smali]
    ends = ("", "-renamed", "-second")
    plain, renamed, second = (built.folder / "jars" / f"{specimen.name}{end}.jar" for end in ends)
    halved = [files[::2], files[1::2]] if how.split and not how.renamed else [files, []]
    toolchain.jar(plain, built.classes, halved[0])
    toolchain.jar(second, built.classes, halved[1])
    lines = []
    if how.renamed:
        lines.append(
            _line(
                "rename",
                f"@{toolchain.HERE / 'workshop' / 'rename.pro'}",
                "-injars",
                plain,
                "-outjars",
                renamed,
                *(word for jar in languages.libraries(specimen, built.folder) for word in ("-libraryjars", jar)),
                "-libraryjars",
                made.stand_ins_jar,
                "-libraryjars",
                made.java8,
            )
        )
    libraries = sorted({library for piece in specimen.pieces for library in piece.libraries})
    bundled = [_bundle(library, built, made) for library in libraries]
    groups = [[renamed if how.renamed else plain, *bundled], *([[second]] if halved[1] else [])]
    return [*lines, *_dexed(specimen, how, groups, built, made)]


def _dexed(specimen: Specimen, how: Variant, groups: list[list[Path]], built: Built, made: Tools) -> list[str]:
    """Return the orders for D8: a DEX file of each group, which knows of the others."""
    options = ["--release", "--min-api", toolchain.MIN_API, "--lib", made.java8, "--lib", made.stand_ins_jar]
    options += ["--no-desugaring"] if how.lambdas_kept else []
    lines = []
    for number, group in enumerate(groups):
        out = built.folder / "dex" / specimen.name / str(number)
        out.mkdir(parents=True)
        others = [word for other in groups if other != group for jar in other for word in ("--classpath", jar)]
        others += [word for jar in languages.libraries(specimen, built.folder) for word in ("--classpath", jar)]
        lines.append(_line("d8", *options, *others, "--output", out, *group))
    return lines


def _bundle(library: str, built: Built, made: Tools) -> Path:
    place = built.folder / "jars" / f"library-{library}.jar"
    if not place.exists():
        root = made.stand_ins / library.replace(".", "/")
        if not root.is_dir():
            raise Failed(f"stand_ins: no package {library}, which an idiom bundles")
        toolchain.jar(place, made.stand_ins, sorted(root.rglob("*.class")))
    return place


def _line(*words: object) -> str:
    return "\t".join(map(str, words)) + "\n"


def _work(orders: list[str], made: Tools) -> None:
    path = os.pathsep.join(map(str, (made.workshop, toolchain.D8, toolchain.PROGUARD, *languages.SMALI)))
    command = ["java", *toolchain.FAST_JVM, "-cp", path, "Workshop"]
    done = subprocess.run(command, input="".join(orders), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Failed(f"Workshop: {(done.stdout + done.stderr)[-6000:]}")


def _assemble(specimen: Specimen, folder: Path, apk: Path) -> None:
    """Write the package: what aapt made, and the DEX files."""
    dexes = sorted((folder / "dex" / specimen.name).glob("[0-9]/classes.dex")) + languages.dexes(specimen, folder)
    with zipfile.ZipFile(folder / "res" / f"{specimen.name}.zip") as package, zipfile.ZipFile(apk, "w") as out:
        for name in sorted(package.namelist(), key=lambda name: (name != "AndroidManifest.xml", name)):
            out.writestr(_entry(name), package.read(name))
        for number, dex in enumerate(dexes):
            out.writestr(_entry(f"classes{number + 1 if number else ''}.dex"), dex.read_bytes())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, DATE)
    entry.compress_type = zipfile.ZIP_STORED if name == "resources.arsc" else zipfile.ZIP_DEFLATED
    return entry
