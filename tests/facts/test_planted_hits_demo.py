"""The demo's captures, held against the truth that its maker wrote down without the product."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assay.artefacts.har import Har, is_har, open_har
from assay.facts.planted_hits import find_planted_hits
from assay.facts.transfers import find_transfers
from assay.model.source import BufferSource
from assay.reference.planted import PlantedValues
from assay.vocabulary.traffic import PlantedHit, Transfer

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "src" / "assay" / "data" / "demo"
TRUTH = tomllib.loads((ROOT / "tests" / "specimens" / "truth.toml").read_text("utf-8"))
CAPTURES = sorted({row["capture"] for row in TRUTH["transfer"]})


def opened(capture: str) -> Har:
    source = BufferSource((DEMO / capture).read_bytes())
    assert is_har(source)
    return open_har(source)


def truth(table: str, capture: str) -> list[dict[str, Any]]:
    return [row for row in TRUTH[table] if row["capture"] == capture]


@pytest.mark.parametrize("capture", CAPTURES)
def test_every_planted_value_is_found_where_it_is_and_nowhere_else(capture: str) -> None:
    planted = PlantedValues.parse((DEMO / "planted.toml").read_text("utf-8"))
    rows = [row for row in find_planted_hits(opened(capture), planted=planted) if isinstance(row, PlantedHit)]
    expected = Counter(
        (row["entry"], row["kind"], row["label"], tuple(row["chain"])) for row in truth("planted_hit", capture)
    )
    assert Counter((row.entry, row.kind, row.label, row.chain) for row in rows) == expected


@pytest.mark.parametrize("capture", CAPTURES)
def test_every_request_is_a_transfer(capture: str) -> None:
    har = opened(capture)
    names = ("entry", "host", "address", "scheme", "method", "path", "status")
    rows = [tuple(getattr(row, name) for name in names) for row in find_transfers(har) if isinstance(row, Transfer)]
    assert rows == [tuple(row[name] for name in names) for row in truth("transfer", capture)]
    assert har.problems == []
