from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.engine.cache import ResultCache
from assay.engine.joining import Joining, ordered
from assay.engine.tables import CaseTables
from assay.registry import Bench, JoinerSpec
from assay.vocabulary import Fact
from assay.vocabulary.handset import BuildProperty, Preference
from assay.vocabulary.lists import Term, TermList

CALLS: list[str] = []


def _spec(name: str, reads: tuple[type[Fact], ...], emits: tuple[type[Fact], ...], *needs: str) -> JoinerSpec:
    def run(_tables: CaseTables, **_given: Any) -> Iterator[Any]:
        CALLS.append(name)
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


def _run(cache: ResultCache, digest: str = "t", place: str = "p", bench: str = "b", value: str | None = "v") -> str:
    parameters = {} if value is None else {"invented": Value(value)}
    result = Joining(cache, parameters, place, bench).run(SPEC, TABLES, {"build_property": digest})
    return str(result.coverage.outcome)


def test_a_joiner_runs_again_only_when_something_it_depends_on_changed(cache: ResultCache) -> None:
    assert [_run(cache), _run(cache)] == ["looked", "looked"]
    assert len(CALLS) == 1
    for changed in ({"digest": "t2"}, {"place": "p2"}, {"bench": "b2"}, {"value": "v2"}):
        _run(cache, **changed)
    assert len(CALLS) == 5


def test_a_joiner_without_what_it_needs_is_skipped(cache: ResultCache) -> None:
    assert _run(cache, value=None) == "skipped"
    assert CALLS == []
    assert _run(cache) == "looked"
