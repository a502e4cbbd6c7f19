"""Seeded changes of the files of a program: it links all the same, within limits, and every number leads somewhere.

The trials run in a process of their own with a limit on memory and time, because that is what would stop a worker.
"""

import random
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.bytecode.program import kin as k
from tests.bytecode.test_dex_mutations import mutated

ROOT = Path(__file__).parents[3]
SEED = 20_260_102
MEMORY = 6 << 30
SECONDS = 400


def bases() -> list[bytes]:
    """A hierarchy with interfaces and calls of every kind, and what it is called from."""
    interface = k.PUBLIC | k.INTERFACE | k.ABSTRACT
    names = [f"Lorg/example/C{n};" for n in range(8)]
    classes = [k.kin("LI;", k.method("LI;", "m"), flags=interface), k.kin("LJ;", flags=interface, interfaces=("LI;",))]
    for n, name in enumerate(names):
        code = [*k.new(name), *k.call(k.VIRTUAL, names[0], "m"), *k.call(k.SUPER, name, "m"),
                *k.call(k.INTERFACED, "LI;", "m"), *k.call(k.STATICALLY, "LMain;", "s")]  # fmt: skip
        above = names[n - 1] if n else "Lext/Base;"
        classes.append(k.kin(name, k.method(name, "m", code=code), superclass=above, interfaces=("LJ;",)))
    main = k.kin("LMain;", k.method("LMain;", "s", k.PUBLIC | k.STATIC, k.call(k.VIRTUAL, names[3], "m")))
    return [k.write(classes), k.write([main, *classes[:4]]), k.write([main])]


def use(files: list[bytes]) -> str:
    """Link the files and touch all that others touch; return what became of it."""
    from assay.bytecode.program.program import Program  # noqa: PLC0415 - limits are set before anything is loaded
    from assay.bytecode.program.statistics import statistics  # noqa: PLC0415
    from assay.model.errors import Unreadable  # noqa: PLC0415
    from tests.bytecode.program.opened import part  # noqa: PLC0415

    parts = []
    for raw in files:
        try:
            parts.append(part(raw))
        except Unreadable:
            continue
    program = Program(parts[:2], parts[2:])
    classes, definitions = program.linked.classes, len(program.definition_part)
    for row in range(classes):
        assert -1 <= program.superclass(row) < classes
        assert all(0 <= each < classes for each in (*program.supertypes(row), *program.subtypes(row)))
        assert row not in program.supertypes(row)
        _ = program.external_supertypes(row), program.class_name(row), program.interfaces(row)
    for row in range(definitions):
        assert program.method_name(row)
        assert all(0 <= each < definitions for each in (*program.overrides(row), *program.overridden_by(row)))
        _ = program.overrides_external(row), program.callers(row), program.callees(row)
    assert ((program.resolved.definitions >= -1) & (program.resolved.definitions < definitions)).all()
    assert (program.resolved_fields >= -1).all()
    assert sorted(program.calls.bottom_up.tolist()) == list(range(definitions))
    counts = statistics(program.calls)
    assert sum(counts.sites.values()) == len(program.calls.sites.callers)
    assert len(program.mismatched) <= len(program.calls.sites.callers)
    _ = program.unknowns
    return "problems" if program.problems else "linked"


def trials(count: int, seed: int) -> Counter[str]:
    choice = random.Random(seed)
    files = bases()
    found: Counter[str] = Counter()
    for _ in range(count):
        found[use([mutated(raw, choice) if choice.random() < 0.6 else raw for raw in files])] += 1
    return found


@pytest.mark.mutation
def test_changed_files_link_within_limits(mutations: int) -> None:
    command = [sys.executable, "-m", "tests.bytecode.program.test_program_mutations", str(mutations), str(SEED)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    became = dict(line.split() for line in done.stdout.splitlines())
    assert sum(map(int, became.values())) == mutations
    assert {"problems", "linked"} == set(became)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for what, times in trials(int(sys.argv[1]), int(sys.argv[2])).items():
        print(what, times)  # noqa: T201 - the result of this process
