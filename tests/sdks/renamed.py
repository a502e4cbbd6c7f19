"""Libraries as R8 leaves them: renamed, inlined, merged, with its mapping of names as the truth."""

import io
import random
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.sdks.material import JAVA, JAVA8, TOOL_SECONDS, dex_files

ROOTS = 20
"""Of how many classes one is kept in the shrunk variant, with all that it reaches."""
ALL = "-keep,allowobfuscation,allowoptimization public class * { public protected *; }\n"
"""Nothing public is left out; everything is renamed."""
_RULES = "-ignorewarnings\n-dontwarn **\n-keepattributes Exceptions\n-repackageclasses ''\n"


def renamed(jars: Sequence[bytes], work: Path, rules: str) -> tuple[list[bytes], dict[str, str]]:
    """Return the DEX files that R8 makes of archives of classes, and the former name of each class in them."""
    work.mkdir(parents=True, exist_ok=True)
    inputs = [work / f"{number}.jar" for number in range(len(jars))]
    for path, raw in zip(inputs, jars, strict=True):
        path.write_bytes(_plain(raw))
    (work / "rules.pro").write_text(_RULES + rules, encoding="utf-8")
    out, mapping = work / "renamed.zip", work / "mapping.txt"
    command = (*JAVA, "com.android.tools.r8.R8", "--release", "--min-api", "26", "--lib", str(JAVA8))
    more = ("--pg-conf", str(work / "rules.pro"), "--pg-map-output", str(mapping), "--output", str(out))
    subprocess.run((*command, *more, *map(str, inputs)), check=True, timeout=TOOL_SECONDS, capture_output=True)
    return dex_files(out), former_names(mapping.read_text(encoding="utf-8"))


def former_names(mapping: str) -> dict[str, str]:
    """Return the former name of each class by its new one, from lines like ``before -> after:``."""
    lines = (line for line in mapping.splitlines() if line and not line.startswith((" ", "#")))
    pairs = (line.rstrip(":").partition(" -> ") for line in lines)
    return {after: before for before, _, after in pairs}


def some_roots(jars: Sequence[bytes], seed: int) -> str:
    """Return rules that keep one in `ROOTS` classes, drawn by a seed, and what they reach."""
    names = sorted({name[:-6].replace("/", ".") for raw in jars for name in _class_files(raw) if "$" not in name})
    picked = random.Random(seed).sample(names, len(names) // ROOTS)
    rule = "-keep,allowobfuscation,allowoptimization class {} {{ public protected *; }}\n"
    return "".join(rule.format(name) for name in picked)


def _class_files(raw: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as jar:
        found = [name for name in jar.namelist() if name.endswith(".class")]
    return [name for name in found if not name.startswith("META-INF/") and "module-info" not in name]


def _plain(raw: bytes) -> bytes:
    """Return the archive with nothing but its classes, those for other versions of Java left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as jar, zipfile.ZipFile(out, "w") as plain:
        for name in _class_files(raw):
            plain.writestr(name, jar.read(name))
    return out.getvalue()
