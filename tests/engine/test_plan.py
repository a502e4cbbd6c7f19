import random
from typing import Any

import msgspec
import pytest

from assay.engine import parts, plan
from assay.engine.plan import Keys, batches
from assay.engine.records import Item
from assay.registry import Bench

ONE, OTHER = "aa" * 32, "bb" * 32


class Value(msgspec.Struct, frozen=True):
    digest: str


def _item(locator: str, size: int = 1) -> Item:
    return Item(sha256=ONE, size=size, locator=locator, analysers=None)


def test_batches_hold_every_item_once_in_the_order_of_locators() -> None:
    items = [_item(f"{number:04}") for number in range(150)]
    shuffled = random.Random(1).sample(items, len(items))
    assert [item for batch in batches(shuffled) for item in batch] == items
    assert [len(batch) for batch in batches(shuffled)] == [64, 64, 22]


def test_no_items_are_no_batches() -> None:
    assert list(batches([])) == []


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([4 << 20], [1]),
        ([(4 << 20) + 1, 1], [1, 1]),
        ([2 << 20, 2 << 20], [2]),
        ([2 << 20, (2 << 20) + 1], [1, 1]),
        ([1, 1 << 40, 1], [1, 1, 1]),
    ],
)
def test_batches_are_bounded_in_bytes_and_a_large_item_goes_alone(sizes: list[int], expected: list[int]) -> None:
    items = [_item(str(number), size) for number, size in enumerate(sizes)]
    assert [len(batch) for batch in batches(items)] == expected


def _keys(bench: Bench, **parameters: Any) -> Keys:
    return Keys(bench, parameters)


def test_a_key_differs_by_artefact_part_and_parameters(bench: Bench) -> None:
    plain, given = _keys(bench), _keys(bench, invented=Value("1"))
    keys = [
        plain.expansion(ONE),
        plain.expansion(OTHER),
        plain.analysis(ONE, "obey"),
        plain.analysis(OTHER, "obey"),
        plain.analysis(ONE, "say_words"),
        plain.analysis(ONE, "need_something"),
        given.analysis(ONE, "need_something"),
        _keys(bench, invented=Value("2")).analysis(ONE, "need_something"),
    ]
    assert len(set(keys)) == len(keys)


def test_a_parameter_that_an_analyser_does_not_ask_for_does_not_change_its_key(bench: Bench) -> None:
    assert _keys(bench).analysis(ONE, "obey") == _keys(bench, invented=Value("1")).analysis(ONE, "obey")


def test_a_key_differs_by_version_and_by_the_bench(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _keys(bench)
    (spec,) = (spec for spec in bench.analysers if spec.name == "obey")
    monkeypatch.setitem(bench._analysers, "obey", msgspec.structs.replace(spec, version=2))
    assert _keys(bench).analysis(ONE, "obey") != before.analysis(ONE, "obey")
    assert _keys(bench).analysis(ONE, "say_words") == before.analysis(ONE, "say_words")
    monkeypatch.setattr(plan, "bench_sha256", lambda _extensions: "changed")
    assert _keys(bench).analysis(ONE, "say_words") != before.analysis(ONE, "say_words")
    assert _keys(bench).expansion(ONE) != before.expansion(ONE)


def test_extensions_are_part_of_the_bench(bench: Bench) -> None:
    assert parts.extensions(bench) == ("tests.engine.invented_parts",)
    assert parts.bench_sha256() != parts.bench_sha256(parts.extensions(bench))


def test_an_analyser_applies_to_what_its_reader_gives(bench: Bench) -> None:
    keys = _keys(bench)
    assert keys.applying("order") == ("need_something", "obey", "say_words")
    assert keys.applying("nest") == keys.applying("unknown") == ()
