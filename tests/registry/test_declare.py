from collections.abc import Iterator

import pytest

from assay.model.source import BufferSource, ByteSource
from assay.registry import Bench, FactTables, Yielded, analyser, declare, decoder, joiner, reader, reporter
from assay.vocabulary.handset import BuildProperty, Preference


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    fresh = Bench()
    monkeypatch.setattr(declare, "BENCH", fresh)
    return fresh


def _starts_with_x(source: ByteSource) -> bool:
    return source.read(0, 1) == b"X"


def test_a_reader_is_what_its_declaration_says(bench: Bench) -> None:
    @reader(kind="x-form", gives=str, recognise=_starts_with_x, blind_to=("y",), source="spec 1", rank=70, version=2)
    def open_x(source: ByteSource) -> str:
        return source.read(0, 9).decode()

    (spec,) = bench.readers
    assert (spec.kind, spec.step, spec.rank, spec.version, spec.gives) == ("x-form", "x-form", 70, 2, str)
    assert (spec.source, spec.blind_to, spec.module) == ("spec 1", ("y",), __name__)
    assert spec.recognise(BufferSource(b"Xa"))
    assert spec.open(BufferSource(b"Xa")) == open_x(BufferSource(b"Xa")) == "Xa"


def test_a_container_may_be_called_otherwise_in_locators(bench: Bench) -> None:
    reader(kind="apk", gives=str, recognise=_starts_with_x, blind_to=("y",), source="s", step="zip")(str)
    assert bench.readers[0].step == "zip"


def test_an_analyser_is_called_after_its_function(bench: Bench) -> None:
    @analyser(question="Q?", reads=str, emits=(BuildProperty, Preference), blind_to=("y",), needs=("planted",))
    def look_here(document: str) -> Iterator[Yielded]:
        yield BuildProperty(name=document, value="")

    (spec,) = bench.analysers
    assert (spec.name, spec.id, spec.question) == ("look_here", "look_here@1", "Q?")
    assert (spec.reads, spec.emits, spec.needs) == ((str,), (BuildProperty, Preference), ("planted",))
    assert [*spec.run("a")] == [*look_here("a")]


def test_a_joiner_reads_and_emits_tables(bench: Bench) -> None:
    @joiner(question="Q?", reads=BuildProperty, emits=Preference, blind_to=("y",), version=4)
    def join_here(_tables: FactTables) -> Iterator[tuple[str, Yielded]]:
        yield from ()

    (spec,) = bench.joiners
    assert (spec.id, spec.reads, spec.emits, spec.run) == ("join_here@4", (BuildProperty,), (Preference,), join_here)


def test_a_decoder_carries_its_one_liner_and_a_reporter_its_description(bench: Bench) -> None:
    decoder(name="plain", one_liner="cat", blind_to=("y",), source="s")(bytes)
    reporter(name="page", describes="A page", blind_to=("y",))(dict)
    assert bench.decoders["plain"].decode(b"a") == b"a"
    assert bench.decoders["plain"].one_liner == "cat"
    assert bench.reporters[0].describes == "A page"


def test_nothing_is_registered_twice(bench: Bench) -> None:
    declared = decoder(name="plain", one_liner="cat", blind_to=("y",), source="s")
    declared(bytes)
    with pytest.raises(ValueError, match="declared in"):
        declared(bytes)
    assert list(bench.decoders) == ["plain"]


def test_the_parts_of_the_bench_itself_can_be_matched_to_each_other() -> None:
    from assay.applications.application import Application  # noqa: PLC0415 - only here the whole bench is needed
    from assay.engine.parts import load_bench  # noqa: PLC0415 - the same

    whole = load_bench()
    assert whole.readers
    given = (*(one.gives for one in whole.readers), Application)
    for spec in whole.analysers:
        assert any(issubclass(one, spec.reads) for one in given), f"nothing gives what {spec.name} reads"
