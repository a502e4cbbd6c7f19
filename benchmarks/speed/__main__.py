"""`python -m benchmarks.speed code [--json] [--seed N] [--rounds N] [--apks FOLDER] [--offline]`."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.speed.code import measure

ROUNDS = 7
FETCH = Path(__file__).parents[2] / "tests" / "house" / "real_apks.py"
FETCH_SECONDS = 600


def main() -> None:
    """Measure and print one JSON object on one line, or indented for a person."""
    arguments = _parser().parse_args()
    if not arguments.offline and not any(arguments.apks.glob("*.apk")):
        _fetch(arguments.apks)
    result = measure(arguments.apks, seed=arguments.seed, rounds=arguments.rounds)
    print(json.dumps(result, sort_keys=True) if arguments.json else json.dumps(result, indent=2, sort_keys=True))


def _fetch(folder: Path) -> None:
    """Fetch the real packages that tests use too; where they cannot be had, made-up code stands in and says so."""
    try:
        subprocess.run([sys.executable, FETCH, folder], stdout=sys.stderr, check=True, timeout=FETCH_SECONDS)  # noqa: S603 - our own script
    except (subprocess.SubprocessError, OSError):
        sys.stderr.write("benchmarks: some real packages are missing; made-up code fills up what they lack\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("what", choices=["code"], help="code: DEX files to index and to instructions")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--seed", type=int, default=1, help="of the order of files and of made-up code; default 1")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each step is timed; default {ROUNDS}")
    parser.add_argument("--apks", type=Path, default=Path("build/apks"), help="real packages; default build/apks")
    parser.add_argument("--offline", action="store_true", help="fetch no real packages where there are none")
    return parser


if __name__ == "__main__":
    main()
