"""`python -m benchmarks.speed code [--json] [--seed N] [--rounds N] [--apks FOLDER]`."""

import argparse
import json
from pathlib import Path

from benchmarks.speed.code import measure

ROUNDS = 7


def main() -> None:
    """Measure and print one JSON object on one line, or indented for a person."""
    arguments = _parser().parse_args()
    result = measure(arguments.apks, seed=arguments.seed, rounds=arguments.rounds)
    print(json.dumps(result, sort_keys=True) if arguments.json else json.dumps(result, indent=2, sort_keys=True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("what", choices=["code"], help="code: DEX files to index and to instructions")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--seed", type=int, default=1, help="of the order of files and of made-up code; default 1")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each step is timed; default {ROUNDS}")
    parser.add_argument("--apks", type=Path, default=Path("build/apks"), help="real packages; default build/apks")
    return parser


if __name__ == "__main__":
    main()
