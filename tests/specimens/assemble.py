"""Write an APK from an aapt package, a DEX file and native libraries, with fixed order and dates.

Usage: assemble.py PACKAGE DEX OUT [ARCHIVE_NAME=FILE ...]
"""

import sys
import zipfile
from pathlib import Path

DATE = (2021, 9, 1, 0, 0, 0)
STORED = {"resources.arsc"}


def entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, DATE)
    info.compress_type = zipfile.ZIP_STORED if name in STORED else zipfile.ZIP_DEFLATED
    info.create_system = 0
    return info


def contents(package: Path, dex: Path, extra: list[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["classes.dex"] = dex.read_bytes()
    for pair in extra:
        name, _, place = pair.partition("=")
        files[name] = Path(place).read_bytes()
    return files


def main(package: str, dex: str, out: str, *extra: str) -> None:
    files = contents(Path(package), Path(dex), list(extra))
    names = sorted(files, key=lambda name: (name != "AndroidManifest.xml", name))
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(entry(name), files[name], compresslevel=9)


if __name__ == "__main__":
    main(*sys.argv[1:])
