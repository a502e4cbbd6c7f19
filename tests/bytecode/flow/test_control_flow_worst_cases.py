"""Methods of 200,000 code units that are written to take long: everything ends within a stated time, or is refused."""

import random
import time

import pytest

from assay.bytecode.flow.control_flow import ControlFlow, Flows
from assay.model.errors import Unreadable
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened

UNITS = 200_000
SECONDS = 20.0
"""For one method, compiled kernels: ten times what the slowest takes on a slow machine."""
FAR = 32_000


def far_branches() -> list[w.Unit]:
    choice = random.Random(1)
    steps = [choice.randrange(-min(n, FAR), min(FAR, UNITS - n)) & 0xFFFF for n in range(0, UNITS - 1, 2)]
    return [*(unit for step in steps for unit in (0x38, step)), 0x0E]


def ladder() -> list[w.Unit]:
    """Loops around one another as far as a branch reaches."""
    down = [unit for _ in range(UNITS // 4) for unit in (0x38, 2)]
    up = [unit for n in range(UNITS // 4) for unit in (0x38, -(4 * n + 2 if 4 * n + 2 < FAR else 2) & 0xFFFF)]
    return [*down, *up, 0x0E]


def shared_switches() -> list[w.Unit]:
    """2,000 switches, all with the one payload of 65,535 cases."""
    count, cases = 2_000, 65_535
    payload = 3 * count + 2
    heads = [unit for n in range(count) for unit in (0x2B, (payload - 3 * n) & 0xFFFF, (payload - 3 * n) >> 16)]
    return [*heads, 0x0E, 0x0E, 0x0100, cases, 0, 0, *([3, 0] * cases)]


def chain_of_gotos() -> list[w.Unit]:
    return [0x0E, *[unit for _ in range(UNITS // 2) for unit in (0x29, 0xFFFE)]]


def everything(flow: ControlFlow) -> list[str]:
    """Ask for all there is; return what was refused."""
    refused = []
    for part in (
        "loops",
        "dominators",
        "post_dominators",
        "control_dependence",
        "dominance_frontier",
        "types",
        "values",
    ):
        try:
            getattr(flow, part)
        except Unreadable as why:
            refused.append(f"{part}: {why}")
    return refused


@pytest.mark.parametrize("code", [far_branches(), ladder(), shared_switches(), chain_of_gotos()])
def test_code_written_to_take_long(code: list[w.Unit]) -> None:
    method = w.Method(w.MethodId("LA;", "m", w.Proto("V")), code)
    dex = opened(w.write([w.Class("LA;", [method])]))
    begun = time.monotonic()
    refused = everything(Flows(dex).of(0))
    assert time.monotonic() - begun < SECONDS
    assert all("more than" in each for each in refused)


def test_many_handlers_of_code_that_throws_everywhere() -> None:
    tries = [w.Try(0, 60_000, tuple((f"LE{n};", n) for n in range(3_000)))]
    method = w.Method(w.MethodId("LA;", "m", w.Proto("V")), [0x27] * UNITS, tries=tries)
    dex = opened(w.write([w.Class("LA;", [method])]))
    begun = time.monotonic()
    flow = Flows(dex).of(0)
    assert any("so many exception edges" in problem.what for problem in flow.graph.problems)
    refused = everything(flow)
    assert time.monotonic() - begun < SECONDS
    assert [each.partition(":")[0] for each in refused] == ["types", "values"]
