"""The same DEX file as dexdump prints it; text is Latin-1, so that every byte of a name stands for itself."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

DEXDUMP = shutil.which("dexdump")
needed = pytest.mark.skipif(DEXDUMP is None, reason="dexdump is not installed")
_SECTION = re.compile(r"      (\w[\w ]*\w) +: ?(.*)$")
_OWNER = re.compile(r"    #\d+ +: \(in (.*)\)$")


class Printed(NamedTuple):
    """One line of a section: what it is in, the section, what it says."""

    owner: str
    section: str
    said: str


@cache
def printed(raw: bytes) -> tuple[str, ...]:
    """Return the lines that dexdump prints of a file, annotations among them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.dex"
        path.write_bytes(raw)
        done = subprocess.run([str(DEXDUMP), "-a", str(path)], capture_output=True, check=True)
    return tuple(done.stdout.decode("latin-1").split("\n"))


def members(raw: bytes) -> Iterator[Printed]:
    """Yield every line of every section of every field and method; the owner is named in our notation."""
    owner, name, section = "", "", ""
    for line in printed(raw):
        if match := _OWNER.match(line):
            owner, section = match[1], ""
        elif match := _SECTION.match(line):
            section, said = match[1], match[2]
            if section == "name":
                name = said[1:-1]
            elif section == "type":
                type_ = said[1:-1]
                name = f"{owner}->{name}{type_}" if type_.startswith("(") else f"{owner}->{name}:{type_}"
            elif said:
                yield Printed(name, section, said)
        elif line.startswith("        ") and section:
            yield Printed(name, section, line[8:])
