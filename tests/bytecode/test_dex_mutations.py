"""Seeded changes of sound files: each ends in an index with its problems, or in Unreadable. Never in anything else.

The trials run in a process of their own with a limit on memory and time, because that is what would stop a worker.
"""

import random
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, sample

ROOT = Path(__file__).parents[2]
SEED = 20_260_101
MEMORY = 6 << 30
SECONDS = 400


def bases() -> list[bytes]:
    """A file with everything in it, one with many classes, a container header, an empty one."""
    names = [f"Lorg/example/C{n};" for n in range(20)]
    ids = [[w.MethodId(name, f"m{n}", w.Proto("V", ("I",) * n)) for n in range(5)] for name in names]
    classes = [
        w.Class(
            name, [w.Method(id_, [*w.const_string(0, f"text {n}"), *w.invoke(0x71, id_, 1), 0x0E]) for id_ in ids[n]]
        )
        for n, name in enumerate(names)
    ]
    return [sample().write(), w.write(classes), w.write(classes[:2], version="041"), w.write([])]


def mutated(raw: bytes, choice: random.Random) -> bytes:
    """Change a few bytes, a header field, a number anywhere, or the length."""
    out = bytearray(raw)
    for _ in range(choice.randrange(1, 4)):
        kind, at = choice.randrange(5), choice.randrange(len(out))
        if kind == 0:
            out[at] = choice.randrange(256)
        elif kind == 1:
            at = choice.randrange(32, 112, 4)
            out[at : at + 4] = number(choice, len(raw))
        elif kind == 2:
            at &= ~3
            out[at : at + 4] = number(choice, len(raw))
        elif kind == 3:
            out[at : at + 4] = bytes([choice.choice([0, 0x7F, 0x80, 0xFF])]) * 4
        else:
            del out[max(at, 113) :]
    return bytes(out)


def number(choice: random.Random, size: int) -> bytes:
    return choice.choice([*EXTREMES, 0, 1, size, size - 1, choice.randrange(size)]).to_bytes(4, "little")


def use(raw: bytes) -> str:
    """Open a file and touch all that others touch; return what became of it."""
    from assay.bytecode.digest import index_sha256  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.bytecode.listing import listing  # noqa: PLC0415
    from assay.model.errors import Unreadable  # noqa: PLC0415
    from tests.bytecode.samples import opened  # noqa: PLC0415

    try:
        dex = opened(raw)
    except Unreadable:
        return "unreadable"
    index_sha256(dex)
    for index in range(min(dex.string_count, 50)):
        dex.string_text(index)
        list(dex.string_users(index))
    for row in range(len(dex.methods.method)):
        assert all(str(line) for line in listing(dex, row))
    facts = run_analysers(dex)
    return "problems" if dex.problems or facts else "index"


def run_analysers(dex: object) -> int:
    """Return the number of problems that the analysers of code met, the checksum's left out."""
    from assay.facts.code_index import code_index  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.facts.match_sites import match_sites  # noqa: PLC0415
    from assay.model.problem import Problem  # noqa: PLC0415

    found = [*code_index(dex), *match_sites(dex)]  # type: ignore[arg-type]
    return sum(isinstance(each, Problem) and "header is not that" not in each.what for each in found)


def trials(count: int, seed: int) -> Counter[str]:
    choice = random.Random(seed)
    files = bases()
    return Counter(use(mutated(files[n % len(files)], choice)) for n in range(count))


@pytest.mark.mutation
def test_changed_files_end_in_an_index_a_problem_or_unreadable(mutations: int) -> None:
    count = max(1_000, mutations)
    command = [sys.executable, "-m", "tests.bytecode.test_dex_mutations", str(count), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    became = dict(line.split() for line in done.stdout.splitlines())
    assert sum(map(int, became.values())) == count
    assert {"unreadable", "problems", "index"} == set(became)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for what, times in trials(int(sys.argv[1]), int(sys.argv[2])).items():
        print(what, times)  # noqa: T201 - the result of this process
