"""Seeded changes of code with switches, array data, loops and handlers: control flow ends, and states its problems.

The trials run in a process of their own with a limit on memory and time, because that is what would stop a worker.
"""

import random
import resource
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.flow.shapes import Op, assembled, places

ROOT = Path(__file__).parents[3]
SEED = 20_260_102
MEMORY = 6 << 30
SECONDS = 400
EXTREMES = (-1, -2, 0x7FFF, 0x8000, 0x7FFFFFFF, -0x80000000, 0x40000000)

TARGETS = {"if": 1, "goto": 1, "packed": 5, "sparse": 4}


def base(choice: random.Random) -> tuple[bytes, int, int]:
    """Return a file with one method of many sorts of instructions, and where its code item begins and ends."""
    size = choice.randrange(4, 24)
    names = ("const", "wide", "return", "throw", "if", "if", "goto", "packed", "sparse")
    program = [
        Op(name, tuple(choice.randrange(size) for _ in range(TARGETS.get(name, 0))))
        for name in choice.choices(names, k=size)
    ]
    at = places(program)
    cuts = sorted(choice.sample(range(size + 1), 4))
    tries = [
        w.Try(at[low], at[high] - at[low], (("LE;", at[choice.randrange(size)]), (None, at[choice.randrange(size)])))
        for low, high in (cuts[:2], cuts[2:])
    ]
    data = [0x0300, 4, 3, 0, *struct.unpack("<6H", struct.pack("<3i", 1, 2, 3))]
    code: list[w.Unit] = [*assembled(program), *data]
    writer = w.Writer([w.Class("LA;", [w.Method(w.MethodId("LA;", "m", w.Proto("V", ("I", "J"))), code, tries=tries)])])
    raw = writer.write()
    begin = next(iter(writer.code_offsets.values()))
    return raw, begin, begin + 16 + 2 * len(code) + 40


def mutated(raw: bytes, low: int, high: int, choice: random.Random) -> bytes:
    out = bytearray(raw)
    high = min(high, len(out) - 4)
    for _ in range(choice.randrange(1, 5)):
        at = choice.randrange(low, high)
        if choice.random() < 0.5:
            out[at] = choice.randrange(256)
        else:
            at &= ~1
            width = choice.choice((2, 4))
            out[at : at + width] = (choice.choice(EXTREMES) & (1 << 8 * width) - 1).to_bytes(width, "little")
    return bytes(out)


def use(raw: bytes) -> None:
    """Ask for everything that is worked out of control flow."""
    from assay.bytecode.flow.control_flow import Flows  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.bytecode.flow.method_listing import method_listing  # noqa: PLC0415
    from assay.facts.match_sites import match_sites  # noqa: PLC0415
    from tests.bytecode.samples import opened  # noqa: PLC0415

    dex = opened(raw)
    for row in range(len(dex.methods.method)):
        flow = Flows(dex).of(row)
        edges, blocks = flow.edges, len(flow.blocks.range)
        assert ((edges.source >= 0) & (edges.source < blocks) & (edges.target >= 0) & (edges.target < blocks)).all()
        assert len(flow.dominators) == len(flow.post_dominators.immediate) == len(flow.loops.depth) == blocks
        assert len(flow.control_dependence.starts) == len(flow.dominance_frontier.starts) == blocks + 1
        assert len(flow.plain_control_dependence.starts) == blocks + 1
        for at in range(0, len(flow.graph.code.pc), 7):
            flow.types.before(at)
        assert len(flow.values.read_starts) == len(flow.graph.code.pc) + 1
        assert all(line.text for line in method_listing(dex, flow))
    list(match_sites(dex))


def trials(count: int, seed: int) -> None:
    choice = random.Random(seed)
    for _ in range(count):
        use(mutated(*base(choice), choice))


@pytest.mark.mutation
def test_changed_code_still_has_a_control_flow(mutations: int) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.bytecode.flow.test_control_flow_mutations",
        str(max(500, mutations)),
        str(SEED),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    trials(int(sys.argv[1]), int(sys.argv[2]))
