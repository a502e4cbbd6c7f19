"""`python -m benchmarks.gatebench [--json] [--seed N] [--apps N] [--only NAME] [--keep] [--droidbench PATH]`."""

import argparse
import json
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.gatebench import building, designing, droidbench, examination, execution, languages, scoring, toolchain
from benchmarks.gatebench.building import Built
from benchmarks.gatebench.specimens import Specimen
from benchmarks.gatebench.toolchain import Tools

APPS = 150
WRONG_TRUTH = 1
UNUSABLE = 2


def main() -> int:
    """Generate, build, run, examine and score; print one JSON object, on one line or indented for a person."""
    arguments = _parser().parse_args()
    try:
        result = _droidbench(arguments.droidbench) if arguments.droidbench else _measure(arguments)
    except (toolchain.Missing, toolchain.Failed, examination.Unanswered, droidbench.Unusable) as cause:
        sys.stderr.write(f"{cause}\n")
        return UNUSABLE
    if result is None:
        return WRONG_TRUTH
    print(json.dumps(result, sort_keys=True) if arguments.json else json.dumps(result, indent=2, sort_keys=True))
    return 0


def _droidbench(folder: Path) -> dict[str, object]:
    toolchain.BUILD.mkdir(parents=True, exist_ok=True)
    return timed("examined", lambda: droidbench.measure(folder, toolchain.BUILD / "droidbench-case"))


def _measure(arguments: argparse.Namespace) -> dict[str, object] | None:
    toolchain.check()
    drawn = designing.specimens(arguments.seed, arguments.apps, arguments.only)
    _fetch_compiler(drawn)
    specimens, skipped = _buildable(drawn)
    made = toolchain.prepared()
    built = timed(f"{len(specimens)} packages built", lambda: building.build(specimens, made))
    if not _confirmed(specimens, built, made):
        return None
    try:
        claims = timed("examined", lambda: examination.examine(built.folder / "apks", built.folder / "case"))
        markers = {each.name: _code(built.apks[each.name]) for each in specimens}
        return scoring.score(specimens, claims, markers) | {"skipped": skipped}
    finally:
        if not arguments.keep:
            shutil.rmtree(built.folder / "case", ignore_errors=True)


def _fetch_compiler(specimens: Iterable[Specimen]) -> None:
    cause = languages.fetch() if any("kotlin" in each.languages for each in specimens) else ""
    if cause:
        sys.stderr.write(f"gatebench: no compiler of Kotlin: {cause}\n")


def _buildable(specimens: Sequence[Specimen]) -> tuple[list[Specimen], dict[str, int]]:
    """Return the specimens that can be built here, and by language how many are left out, which is said."""
    kept, skipped = languages.buildable(specimens)
    for language, count in skipped.items():
        sys.stderr.write(f"gatebench: {count} specimens in {language} skipped: {languages.absent()[language]}\n")
    return kept, skipped


def _confirmed(specimens: Sequence[Specimen], built: Built, made: Tools) -> bool:
    """Return whether every specimen does what is stated of it; name those that do not."""
    wrong, runs = timed("executed", lambda: execution.disagreements(specimens, built, made))
    sys.stderr.write(f"gatebench: {runs} runs\n")
    for line in wrong:
        sys.stderr.write(f"gatebench: {line}\n")
    return not wrong


def _code(apk: Path) -> bytes:
    with zipfile.ZipFile(apk) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".dex"))


T = TypeVar("T")


def timed(what: str, step: Callable[[], T]) -> T:
    """Do a step and say on standard error how long it took."""
    before = time.monotonic()
    done = step()
    sys.stderr.write(f"gatebench: {what} in {time.monotonic() - before:.1f} s\n")
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gatebench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--seed", type=int, default=1, help="of names, structure and combinations; default 1")
    parser.add_argument("--apps", type=int, default=APPS, help=f"packages in all; default {APPS}")
    parser.add_argument(
        "--only", default="", help="specimens whose name contains this, or that have the idiom so named"
    )
    parser.add_argument("--keep", action="store_true", help="leave the product's case in the folder of the run")
    parser.add_argument(
        "--droidbench", type=Path, metavar="PATH", help="instead: flows in a local copy of DroidBench, against its tags"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
