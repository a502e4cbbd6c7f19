"""Seeded changes of sound files, tried in a process of their own with limits: what would stop a worker stops it."""

import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = 20_260_301
MEMORY = 6 << 30
SECONDS = 400
NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 2**63 - 1, 2**63, 2**64 - 1)


def mutated(raw: bytes, choice: random.Random) -> bytes:
    """Change a few bytes or numbers of any width, move a piece, or cut the file."""
    out = bytearray(raw)
    for _ in range(choice.randrange(1, 4)):
        kind, at = choice.randrange(5), choice.randrange(len(out) or 1)
        if kind == 0:
            out[at : at + 1] = bytes([choice.randrange(256)])
        elif kind == 1:
            at, width = choice.randrange(min(len(out), 512) or 1), choice.choice([1, 2, 4, 8])
            out[at : at + width] = number(choice, len(raw), width)
        elif kind == 2:
            width = choice.choice([2, 4, 8])
            at -= at % width
            out[at : at + width] = number(choice, len(raw), width)
        elif kind == 3:
            source = choice.randrange(len(out) or 1)
            out[at : at + 16] = out[source : source + 16]
        elif choice.random() < 0.3:
            del out[at:]
    return bytes(out)


def number(choice: random.Random, size: int, width: int) -> bytes:
    value = choice.choice([*NUMBERS, size, size - 1, choice.randrange(size or 1)])
    return (value % (1 << 8 * width)).to_bytes(width, "little")


def trials(bases: Sequence[bytes], use: Callable[[bytes], str], count: int) -> Counter[str]:
    choice = random.Random(SEED)
    return Counter(use(mutated(bases[n % len(bases)], choice)) for n in range(count))


def became(module: str, count: int) -> dict[str, int]:
    """Run a test module's trials in a process of their own; return how often each thing became of a file."""
    command = [sys.executable, "-m", module, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = {what: int(times) for what, times in (line.split() for line in done.stdout.splitlines())}
    assert sum(found.values()) == count
    return found


def main(bases: Callable[[], Sequence[bytes]], use: Callable[[bytes], str]) -> None:
    """What the process does; its output is its result."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for what, times in trials(bases(), use, int(sys.argv[1])).items():
        print(what, times)  # noqa: T201 - the result of this process
