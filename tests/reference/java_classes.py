"""What classes of the Java platform declare, by `javap` of the JDK at hand: an independent source for models."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from typing import NamedTuple

HEAD = re.compile(
    r"^(?:\w+ )*(?:class|interface|enum|record) ([\w.$]+)(?: extends ([^{]*?))?(?: implements ([^{]*?))? \{$"
)
MEMBER = re.compile(r"^  (.*?)([\w.$]+)\(.*\)(?: throws [^;]*)?;$")


class Declared(NamedTuple):
    """One method: descriptor and whether it is static."""

    prototype: str
    static: bool


class Class(NamedTuple):
    above: list[str]
    methods: dict[str, list[Declared]]


def javap() -> str | None:
    return shutil.which("javap")


def plain(text: str) -> str:
    """Return a text without type arguments."""
    while "<" in text:
        text = re.sub(r"<[^<>]*>", "", text)
    return text


def declared(names: Iterable[str]) -> dict[str, Class]:
    """Return the classes that the JDK has of these, by binary name."""
    command = [str(javap()), "-s", "-protected", *names]
    shown = subprocess.run(command, check=False, capture_output=True, text=True, env={"LC_ALL": "C"}).stdout
    classes: dict[str, Class] = {}
    here, member = Class([], {}), ("", False)
    for line in map(plain, shown.splitlines()):
        if head := HEAD.match(line):
            above = [one.strip() for part in head.groups()[1:] if part for one in part.split(",")]
            here = classes[head.group(1)] = Class(above, {})
        elif found := MEMBER.match(line):
            name = found.group(2)
            member = ("<init>" if "." in name else name, " static " in f" {found.group(1)}")
        elif line.startswith("    descriptor: (") and member[0]:
            here.methods.setdefault(member[0], []).append(Declared(line.split()[1], member[1]))
            member = ("", False)
    return classes


def closed(names: Iterable[str]) -> dict[str, Class]:
    """Return the classes and all above them."""
    found: dict[str, Class] = {}
    missing = set(names)
    while missing:
        more = declared(sorted(missing))
        found |= more
        missing = {one for each in more.values() for one in each.above} - found.keys()
    return found


def line_of(classes: dict[str, Class], name: str) -> list[str]:
    """Return a class and all above it, Object last."""
    line = [name]
    for one in line:
        line.extend(above for above in classes[one].above if above not in line)
    return [*line, "java.lang.Object"]
