"""Evidence of golden cases that is made when they run, because it holds a committed specimen once more."""

from collections.abc import Callable
from pathlib import Path

from tests.artefacts import applications as a
from tests.artefacts import bundle_writer as b
from tests.artefacts import resource_writer as r

SCRIPT = b"""\
"use strict";
const places = ["https://offers.example.test/v1/list", "http://203.0.113.9/plain"];
function greet(name) {
  return "Hello, " + name;
}
function first(list) {
  if (list.length === 0) {
    return null;
  }
  return list[0];
}
module.exports = { places: places, greet: greet, first: first };
"""


def app_in_a_bundle(evidence: Path) -> None:
    """Write a set of packages: the note app of the specimens, and a split with a script and a file of an engine."""
    manifest = a.manifest(package="org.example.notes", split="web", versionCode=a.integer(314))
    ark = b"PANDA\0\0\0" + bytes(4) + bytes([12, 0, 1, 0]) + bytes(40)
    split = {"AndroidManifest.xml": r.xml(manifest), "assets/app.js": SCRIPT, "assets/modules.abc": ark}
    base = (a.ROOT / "tests" / "specimens" / "built" / "notes-g1.apk").read_bytes()
    (evidence / "Notes.apks").write_bytes(b.apks({"base-master": base, "web-master": b.archive(split)}))


MADE: dict[str, Callable[[Path], None]] = {"app-in-a-bundle": app_in_a_bundle}
"""What is added to the evidence of a case, by its name."""
