"""`python -m benchmarks.speed code|phone|gates [--json] [--seed N] [--apks FOLDER] …`; --help tells the rest."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.speed import code, gates, phone, phone_corpus

ROUNDS = 7
FETCH = Path(__file__).parents[2] / "tests" / "house" / "real_apks.py"
FETCH_SECONDS = 600
WHAT = "code: files; phone: many applications; gates: where text meets a list, over the same applications"


def main() -> None:
    """Measure and print one JSON object on one line, or indented for a person."""
    arguments = _parser().parse_args()
    if not arguments.offline and not any(arguments.apks.glob("*.apk")):
        _fetch(arguments.apks)
    result = _code(arguments) if arguments.what == "code" else _phone(arguments)
    print(json.dumps(result, sort_keys=True) if arguments.json else json.dumps(result, indent=2, sort_keys=True))


def _code(arguments: argparse.Namespace) -> dict[str, object]:
    return code.measure(arguments.apks, seed=arguments.seed, rounds=arguments.rounds)


def _phone(arguments: argparse.Namespace) -> dict[str, object]:
    """Measure in a folder of its own, which is removed unless it is to be kept."""
    folder: Path = arguments.folder
    folder.mkdir(parents=True)
    try:
        measure = phone.measure if arguments.what == "phone" else gates.measure
        return measure(
            arguments.apks,
            folder,
            seed=arguments.seed,
            apps=arguments.apps,
            gigabytes=arguments.gigabytes,
            real=any(arguments.apks.glob("*.apk")),
        )
    finally:
        if not arguments.keep:
            phone_corpus.remove(folder)


def _fetch(folder: Path) -> None:
    """Fetch the real packages that tests use too; where they cannot be had, made-up code stands in and says so."""
    try:
        subprocess.run([sys.executable, FETCH, folder], stdout=sys.stderr, check=True, timeout=FETCH_SECONDS)  # noqa: S603 - our own script
    except (subprocess.SubprocessError, OSError):
        sys.stderr.write("benchmarks: some real packages are missing; made-up code fills up what they lack\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("what", choices=["code", "phone", "gates"], help=WHAT)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--seed", type=int, default=1, help="of the order of files and of made-up code; default 1")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each step is timed; default {ROUNDS}")
    parser.add_argument("--apks", type=Path, default=Path("build/apks"), help="real packages; default build/apks")
    parser.add_argument("--offline", action="store_true", help="fetch no real packages where there are none")
    phone_only = parser.add_argument_group("phone and gates")
    phone_only.add_argument("--apps", type=int, default=400, help="how many applications are made; default 400")
    phone_only.add_argument("--gigabytes", type=float, default=2.0, help="10**9 bytes of DEX in all; default 2")
    phone_only.add_argument("--folder", type=Path, default=Path("build/phone"), help="new; default build/phone")
    phone_only.add_argument("--keep", action="store_true", help="leave the applications and indices in the folder")
    return parser


if __name__ == "__main__":
    main()
