import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from assay.engine import results as engine_results
from assay.engine.cache import ResultCache
from tests.engine.conftest import MakeCase, Run

ROOT = Path(__file__).parents[2]
ORDERS = 40
ANALYSERS = 3
"""Analysers that an order is given to."""


def _lines(log: Path) -> int:
    return len(log.read_text().split()) if log.exists() else 0


def _start(case: Path, cache: Path, log: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.engine.run_case", str(case), str(cache), "2", str(log)]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _wait(condition: Path, count: int) -> None:
    until = time.monotonic() + 60
    while _lines(condition) < count:
        assert time.monotonic() < until, "the run did not get going"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("sent", "most_lost"),
    [
        (signal.SIGINT, 4),  # what two workers had begun, and what they were just handing over
        (signal.SIGTERM, 4),
        (signal.SIGKILL, 16),  # the same, and what was not flushed for a second
    ],
)
def test_a_stopped_run_goes_on_without_computing_again_what_was_acknowledged(
    make_case: MakeCase, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals, most_lost: int
) -> None:
    log = tmp_path / "log"
    case = make_case({f"{number:02}": f"ORDER slow {number}".encode() for number in range(ORDERS)})
    monkeypatch.chdir(ROOT)
    process = _start(case.root, tmp_path / "cache", log)
    _wait(log, 20)
    os.kill(process.pid, sent)
    process.communicate(timeout=60)
    assert process.returncode != 0
    before = _lines(log)
    assert 20 <= before < ORDERS
    facts = run(case)
    examined, left_over = divmod(facts.examined.computed, ANALYSERS)
    assert left_over == 0
    assert 0 < examined <= ORDERS - before + most_lost
    assert facts.examined.reused > 0
    assert facts.counts["build_property"] == 2 * ORDERS


def test_a_second_run_computes_nothing_and_gives_the_same(make_case: MakeCase, run: Run, tmp_path: Path) -> None:
    log = tmp_path / "log"
    case = make_case({"a": f"ORDER a {log}".encode(), "nest": b"NEST 5 ORDER inner", "raise": b"ORDER raise"})
    first = run(case)
    again = run(case)
    assert first.computed > 0
    assert (again.computed, again.digests) == (0, first.digests)
    assert Counter(log.read_text().split()) == {"say_words": 1, "obey": 1}


def test_what_another_case_has_computed_is_not_computed_again(make_case: MakeCase, run: Run) -> None:
    run(make_case({"a": b"ORDER a", "nest": b"NEST 2 ORDER inner"}))
    later = run(make_case({"renamed": b"ORDER a", "new": b"ORDER new"}))
    assert later.examined.computed == 3
    assert later.examined.reused == 3


def test_the_same_artefact_in_many_places_is_examined_once(make_case: MakeCase, run: Run, tmp_path: Path) -> None:
    log = tmp_path / "log"
    order = f"ORDER once {log}".encode()
    case = make_case({"a": order, "b/c": order})
    facts = run(case)
    assert Counter(log.read_text().split())["obey"] == 1
    assert sorted(one.path for one in facts.occurrences) == ["a", "b/c"]


def test_results_are_flushed_in_groups_not_one_by_one(
    make_case: MakeCase, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    put = ResultCache.put

    def counting(cache: ResultCache, results: dict[str, msgspec.Struct]) -> None:
        sizes.append(len(results))
        put(cache, results)

    monkeypatch.setattr(ResultCache, "put", counting)
    monkeypatch.setattr(engine_results, "UNSAVED_SECONDS", 3600.0)
    run(make_case({str(number): f"ORDER {number}".encode() for number in range(50)}))
    assert max(sizes) == 50 * 4  # what each is, and what three analysers gave
