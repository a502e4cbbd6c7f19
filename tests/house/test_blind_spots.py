"""Every part of the bench says what it cannot see."""

import importlib.util

import pytest

from assay.registry import BENCH, Bench, load

PACKAGES = ("artefacts", "bytecode", "capture", "encodings", "facts", "reports")


@pytest.fixture(scope="module")
def bench() -> Bench:
    present = [f"assay.{name}" for name in PACKAGES if importlib.util.find_spec(f"assay.{name}")]
    return load(*present)


def test_every_part_declares_what_it_is_blind_to(bench: Bench) -> None:
    silent = [(sort, name) for sort, name, spec in bench.parts() if not spec.blind_to or not all(spec.blind_to)]
    assert silent == []


def test_a_blind_spot_is_a_phrase_and_stands_once(bench: Bench) -> None:
    for sort, name, spec in bench.parts():
        assert isinstance(spec.blind_to, tuple), (sort, name)
        assert all(" " in spot for spot in spec.blind_to), (sort, name, spec.blind_to)
        assert len(set(spec.blind_to)) == len(spec.blind_to), (sort, name)


def test_every_sort_of_part_is_there(bench: Bench) -> None:
    assert {sort for sort, _, _ in bench.parts()} == {"analyser", "decoder", "joiner", "reader", "reporter"}


def test_every_reader_and_decoder_names_its_specification(bench: Bench) -> None:
    assert [spec.kind for spec in bench.readers if not spec.source.strip()] == []
    assert [spec.name for spec in bench.decoders.values() if not spec.source.strip()] == []


def test_every_analyser_and_joiner_asks_a_question_and_answers_it(bench: Bench) -> None:
    assert [spec.name for spec in bench.analysers if not (spec.question.endswith("?") and spec.emits)] == []
    assert [spec.name for spec in bench.joiners if not (spec.question.endswith("?") and spec.emits)] == []


def test_the_loaded_bench_is_the_one_of_this_process(bench: Bench) -> None:
    assert bench is BENCH
