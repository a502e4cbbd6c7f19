"""Seeded changes of real code: every value has a term all the same, within the budget, and nothing else happens.

The trials run in a process of their own with a limit on memory and time, because that is what would stop a worker.
"""

import random
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.bytecode.program.test_sites import SPECIMENS, apk
from tests.bytecode.test_dex_mutations import mutated

ROOT = Path(__file__).parents[3]
SEED = 20_260_303
MEMORY = 6 << 30
SECONDS = 400
BUDGET = 400
NAMES = ("notes-g1.apk", "notes-invoke-custom.apk", "dialer.apk")


def use(raw: bytes) -> str:
    """Work out every operand of every call; return what became of it."""
    from assay.bytecode.program.program import Program  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.bytecode.provenance.evaluator import Evaluator  # noqa: PLC0415
    from assay.model.errors import Unreadable  # noqa: PLC0415
    from assay.reference.models import models  # noqa: PLC0415
    from tests.bytecode.program.opened import part  # noqa: PLC0415

    try:
        evaluator = Evaluator(Program([part(raw)]), models(), budget=BUDGET)
    except Unreadable:
        return "unreadable"
    program, terms = evaluator.ground.program, evaluator.terms
    for definition in range(program.application_definitions):
        body = evaluator.bodies.of(definition)
        for call in body.calls if body is not None else ():
            for each in call.arguments:
                term = evaluator.term(definition, each)
                assert all(below < term or below == term for below in terms.below(term))
                assert evaluator.describe(term)
                _ = evaluator.constants(term), evaluator.elements(term), evaluator.text(term), evaluator.leaves(term)
    return "exhausted" if evaluator.machine.exhausted else "whole"


def trials(count: int, seed: int) -> Counter[str]:
    choice = random.Random(seed)
    files = [raw for name in NAMES for raw in apk(SPECIMENS / name)]
    found: Counter[str] = Counter()
    for trial in range(count):
        found[use(mutated(files[trial % len(files)], choice))] += 1
    return found


@pytest.mark.mutation
def test_changed_code_has_terms_within_limits(mutations: int) -> None:
    count = max(mutations // 8, 6)
    command = [sys.executable, "-m", "tests.bytecode.provenance.test_evaluator_mutations", str(count), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    became = dict(line.split() for line in done.stdout.splitlines())
    assert sum(map(int, became.values())) == count
    assert "whole" in became


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for what, times in trials(int(sys.argv[1]), int(sys.argv[2])).items():
        print(what, times)  # noqa: T201 - the result of this process
