"""Write the demo's evidence and truth.toml, or with --check compare them with what is committed.

Usage: python -m tests.specimens.evidence [--check | OUT]    (from the top of the checkout; OUT: another demo folder)
"""

import sys
from pathlib import Path

from tests.specimens.evidence import captures, handsets, places, planted, snapshots, trial, truth

TOP = Path(__file__).resolve().parents[3]
DEMO = TOP / "src" / "assay" / "data" / "demo"
TRUTH = TOP / "tests" / "specimens" / "truth.toml"
OWNED = ("north", "west", "east", "databases", "planted.toml")


def evidence() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in (handsets, snapshots, captures, trial, places, planted):
        found |= part.files()
    return found


def present(demo: Path) -> set[str]:
    names = {path.relative_to(demo).as_posix() for path in demo.rglob("*") if path.is_file()}
    return {name for name in names if name.split("/")[0] in OWNED}


def differences(demo: Path, wanted: dict[str, bytes]) -> list[str]:
    stale = present(demo) ^ wanted.keys()
    return sorted(stale | {name for name in wanted.keys() - stale if (demo / name).read_bytes() != wanted[name]})


def write(demo: Path, wanted: dict[str, bytes]) -> None:
    for name in present(demo) - wanted.keys():
        (demo / name).unlink()
    for name, content in wanted.items():
        path = demo / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def check(wanted: dict[str, bytes], expected: bytes) -> int:
    found = differences(DEMO, wanted) + ([] if TRUTH.read_bytes() == expected else ["truth.toml"])
    for name in found:
        sys.stderr.write(f"{name}: differs from what the maker writes\n")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    wanted = evidence()
    expected = truth.text(wanted).encode()
    if arguments == ["--check"]:
        return check(wanted, expected)
    write(Path(arguments[0]) if arguments else DEMO, wanted)
    if not arguments:
        TRUTH.write_bytes(expected)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
