import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest

from assay.model.source import ByteSource
from assay.registry import AnalyserSpec, Bench, DecoderSpec, JoinerSpec, ReaderSpec, ReporterSpec, load
from assay.registry.bench import BENCH, source_sha256
from assay.vocabulary import Column, Fact
from assay.vocabulary.handset import BuildProperty


class Stray(Fact, frozen=True, kw_only=True):
    word: Annotated[str, Column("a word")]


def _nothing(*_: object) -> Iterator[Any]:
    return iter(())


def _none(_raw: bytes) -> bytes | None:
    return None


def _no_files(*_: object) -> dict[str, bytes]:
    return {}


def _never(_source: ByteSource) -> bool:
    return False


READER = ReaderSpec(
    kind="some", step="some", version=1, gives=object, rank=50, recognise=_never, open=_never,
    blind_to=("x",), source="s", module="here",
)  # fmt: skip
ANALYSER = AnalyserSpec(
    name="look", version=3, question="?", reads=(object,), emits=(BuildProperty,), needs=(), blind_to=("x",),
    run=_nothing, module="here",
)  # fmt: skip
JOINER = JoinerSpec(
    name="join", version=2, question="?", reads=(BuildProperty,), emits=(), needs=(), blind_to=("x",),
    run=_nothing, module="here",
)  # fmt: skip
DECODER = DecoderSpec(
    name="wrap", version=1, decode=_none, encode=None, one_liner="cat", blind_to=("x",), source="s", module="here",
)  # fmt: skip
REPORTER = ReporterSpec(name="page", version=1, describes="d", run=_no_files, blind_to=("x",), module="here")

ADD: list[tuple[Callable[[Bench, msgspec.Struct], None], msgspec.Struct]] = [
    (Bench.add_reader, READER),  # type: ignore[list-item]
    (Bench.add_analyser, ANALYSER),  # type: ignore[list-item]
    (Bench.add_joiner, JOINER),  # type: ignore[list-item]
    (Bench.add_decoder, DECODER),  # type: ignore[list-item]
    (Bench.add_reporter, REPORTER),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("add", "spec"), ADD)
def test_a_name_is_given_once_a_sort(add: Callable[[Bench, msgspec.Struct], None], spec: msgspec.Struct) -> None:
    bench = Bench()
    add(bench, spec)
    with pytest.raises(ValueError, match="declared in here and in there"):
        add(bench, msgspec.structs.replace(spec, module="there"))
    assert len(list(bench.parts())) == 1


@pytest.mark.parametrize(("add", "spec"), ADD)
def test_a_part_without_blind_spots_is_refused(
    add: Callable[[Bench, msgspec.Struct], None], spec: msgspec.Struct
) -> None:
    bench = Bench()
    with pytest.raises(ValueError, match="no blind spots"):
        add(bench, msgspec.structs.replace(spec, blind_to=()))
    assert list(bench.parts()) == []


@pytest.mark.parametrize("name", ["", "Zip", "a b", "a!b", "a:b", "empty", "unknown", "unreadable"])
@pytest.mark.parametrize("field", ["kind", "step"])
def test_a_format_needs_a_name_that_locators_can_print(name: str, field: str) -> None:
    with pytest.raises(ValueError, match="not the name of a format"):
        Bench().add_reader(msgspec.structs.replace(READER, **{field: name}))


def test_rows_go_only_into_tables_of_the_closed_list() -> None:
    with pytest.raises(ValueError, match="closed list"):
        Bench().add_analyser(msgspec.structs.replace(ANALYSER, emits=(Stray,)))
    for field in ("reads", "emits"):
        with pytest.raises(ValueError, match="closed list"):
            Bench().add_joiner(msgspec.structs.replace(JOINER, **{field: (Stray,)}))


def test_readers_are_tried_by_falling_rank_then_by_kind() -> None:
    bench = Bench()
    for kind, rank in (("zip", 50), ("text", 5), ("apk", 95), ("dex", 50), ("har", 90)):
        bench.add_reader(msgspec.structs.replace(READER, kind=kind, rank=rank))
    assert [spec.kind for spec in bench.readers] == ["apk", "har", "dex", "zip", "text"]


def test_parts_come_in_a_stable_order() -> None:
    bench = Bench()
    for name in ("b", "a"):
        bench.add_decoder(msgspec.structs.replace(DECODER, name=name))
        bench.add_analyser(msgspec.structs.replace(ANALYSER, name=name))
        bench.add_joiner(msgspec.structs.replace(JOINER, name=name))
    assert [(sort, name) for sort, name, _ in bench.parts()] == [
        ("analyser", "a"), ("analyser", "b"), ("joiner", "a"), ("joiner", "b"), ("decoder", "a"), ("decoder", "b"),
    ]  # fmt: skip


def test_parts_are_known_by_name_and_version() -> None:
    assert (ANALYSER.id, JOINER.id) == ("look@3", "join@2")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    order = "import loaded_order; loaded_order.SEEN.append(__name__)\n"
    root = tmp_path / "invented"
    (root / "inner").mkdir(parents=True)
    (tmp_path / "loaded_order.py").write_text("SEEN = []\n")
    for name in ("__init__", "b", "a", "inner/__init__", "inner/z"):
        (root / f"{name}.py").write_text(order)
    monkeypatch.syspath_prepend(str(tmp_path))
    before, names = BENCH.packages, set(sys.modules)
    yield "invented"
    BENCH.packages = before
    for name in set(sys.modules) - names:
        del sys.modules[name]


def test_every_module_of_a_package_is_imported_and_the_package_remembered(package: str) -> None:
    assert load(package) is BENCH
    seen = sys.modules["loaded_order"].SEEN
    assert sorted(seen) == ["invented", "invented.a", "invented.b", "invented.inner", "invented.inner.z"]
    assert seen.index("invented.a") < seen.index("invented.b")
    assert BENCH.packages.count(package) == 1
    load(package)
    assert BENCH.packages.count(package) == 1


def test_a_plain_module_is_a_package_of_one(package: str) -> None:
    load(f"{package}.a")
    assert "invented.b" not in sys.modules["loaded_order"].SEEN


def test_the_source_of_a_part_has_a_digest(package: str, tmp_path: Path) -> None:
    content = (tmp_path / "invented" / "a.py").read_bytes()
    assert source_sha256(f"{package}.a") == hashlib.sha256(content).hexdigest()
    with pytest.raises(ModuleNotFoundError):
        source_sha256(f"{package}.missing")
