import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
import pytest

from assay.engine.forked import ForkServer
from assay.engine.hand import Hand
from assay.engine.pipeline import Facts
from assay.engine.pool import Outcome, Pool, _how
from assay.engine.records import Begun, Failure, Item, Word
from assay.model.errors import CaseError, MismatchError, UsageError
from tests.engine.conftest import MIB, MakeCase, Run

HOSTILE = {
    "exit": "exit status 3",
    "segfault": "signal 11",
    "hang": "no word for 2 s",
    "eat": "out of memory",
}
Tries = Counter[tuple[str, str]]
GOOD = {f"good-{number}": f"ORDER good-{number}".encode() for number in range(20)}


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Tries:
    """How often workers said that they begin a part of an artefact, as the supervisor heard it."""
    heard: Tries = Counter()
    take = Pool._take

    def listen(pool: Pool, hand: Hand, word: Word) -> Iterator[Outcome]:
        if isinstance(word, Begun) and isinstance(item := hand.batch[hand.at], Item):
            heard[item.sha256, word.part] += 1
        yield from take(pool, hand, word)

    monkeypatch.setattr(Pool, "_take", listen)
    return heard


def _rows(facts: Facts, table: str) -> list[dict[str, Any]]:
    return [row for path in facts.segments.get(table, []) for row in pq.read_table(path).to_pylist()]


def _said(facts: Facts, value: str) -> set[str]:
    return {row["name"] for row in _rows(facts, "build_property") if row["value"] == value}


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_who_brings_workers_down_is_blamed_tried_twice_and_recorded_and_all_else_finishes(
    make_case: MakeCase, run: Run, tries: Tries
) -> None:
    orders = {what: f"ORDER {what}".encode() for what in (*HOSTILE, "raise", "unreadable")}
    case = make_case({**GOOD, **orders})
    facts = run(case, executor="local", deadline_seconds=2.0, memory_bytes=1024 * MIB)

    assert set(facts.examined.failures) == {
        Failure(sha256=_sha(orders[what]), part="obey", reason=f"worker ended twice: {how}")
        for what, how in HOSTILE.items()
    }
    assert _said(facts, "said") == {*GOOD, *orders}
    assert {row["value"] for row in _rows(facts, "build_property") if row["name"] == "obeyed"} == set(GOOD)
    # the third time is without it: that it is left out is said, too
    assert all(tries[_sha(orders[what]), "obey"] == 3 for what in HOSTILE)
    coverage = {(row["analyser"], row["artefact"]): row for row in _rows(facts, "coverage")}
    for what in HOSTILE:
        row = coverage["obey@1", _sha(orders[what])]
        assert (row["outcome"], row["reason"]) == ("failed", "it brought the worker down twice")
    assert coverage["obey@1", _sha(orders["raise"])]["reason"] == "a fault in Assay: LookupError in obey"
    assert coverage["obey@1", _sha(orders["unreadable"])]["reason"] == "the rest is torn"
    assert coverage["obey@1", _sha(GOOD["good-0"])]["outcome"] == "looked"
    assert coverage["need_something@1", _sha(GOOD["good-0"])]["reason"] == "no invented given"

    again = run(case, executor="local", deadline_seconds=2.0, memory_bytes=1024 * MIB)
    assert again.computed == 0
    assert again.digests == facts.digests
    assert again.examined.failures == facts.examined.failures
    assert all(tries[_sha(orders[what]), "obey"] == 4 for what in HOSTILE)


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> list[ForkServer]:
    """All servers that were begun."""
    begun: list[ForkServer] = []

    class Counted(ForkServer):
        def __init__(self) -> None:
            super().__init__()
            begun.append(self)

    monkeypatch.setattr("assay.engine.pool.ForkServer", Counted)
    return begun


def test_who_ends_badly_is_followed_by_workers_of_another_process(
    make_case: MakeCase, run: Run, servers: list[ForkServer]
) -> None:
    run(make_case(GOOD), cache="a", executor="local", workers=2)
    assert len(servers) == 1
    facts = run(make_case({"exit": b"ORDER exit", "good": b"ORDER good"}), cache="b", executor="local", workers=1)
    assert len(facts.examined.failures) == 1
    assert len(servers) == 1 + 3, "it ended two workers, and had each followed by one of another process"
    assert [one._process.returncode for one in servers] == [0] * 4


def test_failures_are_tried_again_when_asked_for(make_case: MakeCase, run: Run, tries: Tries) -> None:
    case = make_case({"exit": b"ORDER exit", "good": b"ORDER good"})
    first = run(case, executor="local")
    assert len(first.examined.failures) == 1
    again = run(case, executor="local", retry_failures=True)
    assert tries[_sha(b"ORDER exit"), "obey"] == 6
    assert again.examined.failures == first.examined.failures
    assert again.digests == first.digests


def test_an_artefact_whose_opening_brings_workers_down_is_recorded_as_unreadable(
    make_case: MakeCase, run: Run, tries: Tries
) -> None:
    order = b"ORDER crash-opening"
    case = make_case({"bad": order, "good": b"ORDER good"})
    facts = run(case, executor="local")
    assert facts.examined.failures == (
        Failure(sha256=_sha(order), part="expansion", reason="worker ended twice: exit status 9"),
    )
    assert tries[_sha(order), "expansion"] == 3
    (kind,) = (row["kind"] for row in _rows(facts, "artefact") if row["sha256"] == _sha(order))
    assert kind == "unreadable"
    assert _said(facts, "said") == {"good"}


def test_results_are_the_same_serially_and_with_one_and_two_workers(make_case: MakeCase, run: Run) -> None:
    case = make_case({**GOOD, "nest": b"NEST 70 ORDER inner", "ring": b"RING a", "raise": b"ORDER raise"})
    serial = run(case, cache="a", executor="serial")
    one = run(case, cache="b", executor="local", workers=1)
    two = run(case, cache="c", executor="local", workers=2)
    assert serial.digests == one.digests == two.digests
    assert {"build_property", "preference", "coverage", "problem", "occurrence", "artefact"} <= set(serial.digests)
    assert serial.computed == one.computed == two.computed > 0


@pytest.mark.parametrize("executor", ["serial", "local"])
def test_an_exhibit_that_was_changed_since_intake_stops_the_run(make_case: MakeCase, run: Run, executor: str) -> None:
    case = make_case({"good": b"ORDER good"})
    blob = case.store.path(_sha(b"ORDER good"))
    blob.chmod(0o644)
    blob.write_bytes(b"ORDER evil")
    with pytest.raises(MismatchError, match="changed since it was taken"):
        run(case, executor=executor)
    blob.unlink()
    with pytest.raises(CaseError, match="missing"):
        run(case, executor=executor)


def test_workers_that_have_too_little_memory_to_begin_are_the_users_to_help(
    make_case: MakeCase, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case({"good": b"ORDER good"})
    monkeypatch.setattr("assay.engine.pipeline.extensions", lambda _bench: ("tests.engine.hungry_part",))
    with pytest.raises(UsageError, match="512 MiB are too few for a worker"):
        run(case, executor="local", memory_bytes=512 * MIB)


def test_workers_that_cannot_start_at_all_are_a_fault_of_ours(
    make_case: MakeCase, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case({"good": b"ORDER good"})
    monkeypatch.setattr("assay.engine.pipeline.extensions", lambda _bench: ("no_such_package_here",))
    with pytest.raises(RuntimeError, match="4 workers ended before they began anything, the last with exit status 1"):
        run(case, executor="local")


@pytest.mark.parametrize(
    ("exit_code", "how"),
    [(-9, "signal 9"), (1, "exit status 1"), (71, "out of memory"), (None, "it closed its line and did not end")],
)
def test_the_way_a_worker_ended_is_told(exit_code: int | None, how: str) -> None:
    assert _how(exit_code) == how
