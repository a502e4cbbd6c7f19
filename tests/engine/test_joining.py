from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.engine.cache import ResultCache
from assay.engine.examine import join
from assay.engine.joining import Joining, ordered
from assay.engine.records import Failure, Join, Joined, Places
from assay.engine.spool import Spool
from assay.engine.tables import CaseTables
from assay.model.case import Occurrence
from assay.registry import Bench, JoinerSpec
from assay.vocabulary import Fact
from assay.vocabulary.handset import BuildProperty, Preference
from assay.vocabulary.lists import Term, TermList

CALLS: list[str] = []
FAULTS: list[str] = []
"""What the next joiners fail of."""


def _spec(name: str, reads: tuple[type[Fact], ...], emits: tuple[type[Fact], ...], *needs: str) -> JoinerSpec:
    def run(_tables: CaseTables, **_given: Any) -> Iterator[Any]:
        CALLS.append(name)
        if FAULTS:
            raise FileNotFoundError(FAULTS.pop())
        yield "ab" * 32, Preference(name=name, type="string", value="")

    return JoinerSpec(
        name=name, version=1, question="?", reads=reads, emits=emits, needs=needs, blind_to=("x",), run=run, module="m"
    )


def _bench(*specs: JoinerSpec) -> Bench:
    bench = Bench()
    for spec in specs:
        bench.add_joiner(spec)
    return bench


def test_a_joiner_runs_after_those_that_emit_what_it_reads() -> None:
    first = _spec("z_first", (BuildProperty,), (Preference,))
    second = _spec("m_second", (Preference,), (Term,))
    third = _spec("a_third", (Term, BuildProperty), (TermList,))
    free = _spec("b_free", (BuildProperty,), ())
    names = [spec.name for spec in ordered(_bench(third, second, first, free))]
    assert names == ["b_free", "z_first", "m_second", "a_third"]


@pytest.mark.parametrize("reads", [(Preference,), (Term,)])
def test_joiners_that_wait_for_each_other_are_refused(reads: tuple[type[Fact], ...]) -> None:
    one = _spec("one", reads, (Preference,))
    other = _spec("other", (Preference,), (Term,))
    with pytest.raises(ValueError, match="wait for each other: one, other"):
        ordered(_bench(one, other))


class Value(msgspec.Struct, frozen=True):
    digest: str


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ResultCache]:
    CALLS.clear()
    cache = ResultCache(tmp_path / "results.sqlite")
    yield cache
    cache.close()


TABLES = CaseTables((BuildProperty,), {}, [], [], lambda _sha256: None)
SPEC = _spec("join", (BuildProperty,), (Preference,), "invented")


class Hands:
    """Joins at once, in this process; fails as it is told to."""

    def __init__(self, spool: Spool, parameters: Any, *failures: Failure) -> None:
        self.spool = spool
        self.tasks: list[Join] = []
        self._parameters = parameters
        self._failures = failures

    def ask(self, task: Join) -> tuple[Joined, tuple[Failure, ...]]:
        self.tasks.append(task)
        return Joined(analysis=join(SPEC, TABLES, self._parameters)), self._failures


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with Spool(tmp_path / "spool") as made:
        yield made


RunJoiner = Callable[..., str]


@pytest.fixture
def join_once(cache: ResultCache, spool: Spool) -> RunJoiner:
    def run(digest: str = "t", place: str = "p", bench: str = "b", value: str | None = "v", *failures: Failure) -> str:
        parameters = {} if value is None else {"invented": Value(value)}
        places = Places(
            handsets=(), occurrences=(Occurrence(artefact="ab" * 32, handset="h", locator="l", path=place),), texts={}
        )
        work = Joining(cache, parameters, places, bench, Hands(spool, parameters, *failures))
        result = work.run(SPEC, {"build_property": [Path("a")], "term": [Path("b")]}, {"build_property": digest})
        assert work.failures == list(failures)
        return str(result.coverage.outcome)

    return run


def test_a_joiner_runs_again_only_when_something_it_depends_on_changed(join_once: RunJoiner) -> None:
    assert [join_once(), join_once()] == ["looked", "looked"]
    assert len(CALLS) == 1
    for changed in ({"digest": "t2"}, {"place": "p2"}, {"bench": "b2"}, {"value": "v2"}):
        join_once(**changed)
    assert len(CALLS) == 5


def test_a_joiner_without_what_it_needs_is_skipped(join_once: RunJoiner) -> None:
    assert join_once(value=None) == "skipped"
    assert CALLS == []
    assert join_once() == "looked"


def test_what_brought_workers_down_is_told_and_not_taken_for_a_result(join_once: RunJoiner) -> None:
    failure = Failure(sha256="", part="join", reason="r")
    join_once("t", "p", "b", "v", failure)
    assert join_once() == "looked"
    assert len(CALLS) == 2


def test_a_fault_is_told_and_tried_again(join_once: RunJoiner) -> None:
    FAULTS.append("a file that is there the next time")
    assert [join_once(), join_once(), join_once()] == ["failed", "looked", "looked"]
    assert len(CALLS) == 2


def test_a_joiner_is_given_the_tables_it_reads_and_the_places_of_the_case(cache: ResultCache, spool: Spool) -> None:
    hands = Hands(spool, {})
    places = Places(handsets=(), occurrences=(), texts={"ab" * 32: "l"})
    Joining(cache, {}, places, "b", hands).run(SPEC, {"build_property": [Path("a")], "term": [Path("b")]}, {})
    (task,) = hands.tasks
    assert task.segments == {"build_property": (str(Path.cwd() / "a"),)}  # a worker stands elsewhere
    assert msgspec.msgpack.decode(Path(task.places).read_bytes(), type=Places) == places
