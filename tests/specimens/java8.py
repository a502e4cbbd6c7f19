"""Write a JAR with the signatures of the Java 8 library, taken from the ct.sym file of a JDK.

Usage: java8.py CT_SYM OUT
"""

import sys
import zipfile
from pathlib import PurePosixPath

RELEASE = "8"
MODULES = {"java.base"}
CLASS_VERSION = (52).to_bytes(2, "big")  # of Java 8; ct.sym carries that of the JDK
DATE = (2021, 9, 1, 0, 0, 0)


def signatures(archive: zipfile.ZipFile) -> dict[str, bytes]:
    found = {}
    for name in sorted(archive.namelist()):
        parts = PurePosixPath(name).parts
        if name.endswith(".sig") and RELEASE in parts[0] and parts[1] in MODULES:
            bytecode = archive.read(name)
            place = "/".join(parts[2:]).removesuffix(".sig") + ".class"
            found[place] = bytecode[:6] + CLASS_VERSION + bytecode[8:]
    return found


def main(source: str, out: str) -> None:
    with zipfile.ZipFile(source) as archive:
        found = signatures(archive)
    with zipfile.ZipFile(out, "w") as jar:
        for name in sorted(found):
            jar.writestr(zipfile.ZipInfo(name, DATE), found[name])


if __name__ == "__main__":
    main(*sys.argv[1:])
