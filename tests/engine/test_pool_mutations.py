"""Changed code files through the supervised pool: nothing dies, nothing hangs, everything ends in a record."""

from pathlib import Path

import pytest

from assay.registry import Bench
from tests.engine import code_mutations
from tests.engine.mutants import Mutant, mutant

TRIALS = 2_000
SEED = 20_260_201
OURS = "a fault in Assay: LookupError in obey"


@pytest.mark.mutation
def test_changed_code_ends_in_facts_or_a_problem(mutations: int) -> None:
    trials = max(TRIALS, mutations)
    found = code_mutations.run(trials, SEED)
    assert found["bad"] == []
    assert found["examined"] == trials
    ends = {name.partition(" -> ")[2] for name in found["became"]}
    kinds = {"apk", "arsc", "axml", "dex", "elf", "oat", "vdex"}
    others = {"bundle with problems", "dex-container with problems", "hermes", "lua_bytecode", "unknown"}
    assert kinds | {f"{kind} with problems" for kind in (*kinds, "unreadable")} | others <= ends


def test_what_must_not_happen_is_seen(bench: Bench, tmp_path: Path) -> None:
    orders = {4: "exit", 5: "raise", 6: "unreadable", 7: "eat"}
    mutants = {number: Mutant("order", f"ORDER {what}".encode()) for number, what in orders.items()}
    found = code_mutations.examine(tmp_path, mutants, 1, bench)
    named = {(row["what"], row["number"], row["how"]) for row in found["bad"]}
    assert named == {
        ("worker", 4, "obey: worker ended twice: exit status 3"),
        ("fault", 5, f"obey@1: {OURS}"),
        ("memory", 7, "obey: worker ended twice: out of memory"),
    }


def test_a_supervisor_that_ends_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(code_mutations, "ROOT", tmp_path)  # nothing to run is there
    monkeypatch.delenv("PYTHONPATH", raising=False)
    (bad,) = code_mutations.run(1, SEED)["bad"]
    assert (bad["what"], bad["number"]) == ("supervisor", 0)


def test_a_change_depends_on_its_seed_and_number_alone() -> None:
    assert mutant(1, 17) == mutant(1, 17)
    assert len({mutant(1, number).raw for number in range(50)}) > 45
    assert mutant(1, 17) != mutant(2, 17)
