import random

import pytest

from assay.artefacts.snapshots import (
    MAX_MANIFEST_BYTES,
    BenchManifest,
    SnapshotManifest,
    is_bench_manifest,
    is_snapshots,
    open_bench_manifest,
    open_snapshots,
)
from assay.artefacts.text import TextDocument
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

HAND = b"""# polled by hand
schema = "assay-snapshots/1"
endpoint = "http://cfg.example.test/guard"

[[snapshot]]
file = "a.json"
taken = "2021-09-20T08:00:00+02:00"
status = 200
parameters = { v = "0", market = "DE", n = 3, on = true }

[[snapshot]]
file = "b.json"
taken = 2021-11-15T06:00:00Z
"""
START = b'schema = "assay-snapshots/1"\nendpoint = "x"\n'


def opened(data: bytes) -> SnapshotManifest:
    return open_snapshots(BufferSource(data))


def test_a_manifest_by_hand() -> None:
    manifest = opened(HAND)
    first, second = manifest.entries
    assert (first.endpoint, first.file, first.taken) == (
        "http://cfg.example.test/guard",
        "a.json",
        "2021-09-20T06:00:00Z",
    )
    assert (first.status, first.parameters, first.position) == (
        200,
        {"v": "0", "market": "DE", "n": "3", "on": "true"},
        0,
    )
    assert (second.file, second.taken, second.status, second.parameters) == ("b.json", "2021-11-15T06:00:00Z", None, {})
    assert manifest.problems == []


@pytest.mark.parametrize(
    "entry",
    [
        'file = "a.json"', 'taken = "2021-09-20T06:00:00Z"', 'file = "../a.json"\ntaken = "2021-09-20T06:00:00Z"',
        'file = "a\\\\b.json"\ntaken = "2021-09-20T06:00:00Z"', 'file = "a.json"\ntaken = "yesterday"',
        'file = "a.json"\ntaken = "2021-09-20T06:00:00"', 'file = "a.json"\ntaken = 2021-09-20', "file = 1\ntaken = 2",
    ],
)  # fmt: skip
def test_a_snapshot_without_name_or_time_is_a_problem(entry: str) -> None:
    good = '[[snapshot]]\nfile = "z.json"\ntaken = "2021-09-21T06:00:00Z"\n'
    manifest = opened(START + f"[[snapshot]]\n{entry}\n{good}".encode())
    assert [entry.file for entry in manifest.entries] == ["z.json"]
    assert [problem.place for problem in manifest.problems] == ["toml:/snapshot/0"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"schema = ",
        b'schema = "assay-snapshots/1"\n',
        b"endpoint = 5",
        b"a = " + b"[" * 100_000,
        b"a = " + b"9" * 9999,
        b"\xff\xfe",
    ],
)
def test_what_is_no_manifest_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


def test_a_manifest_without_snapshots_says_so() -> None:
    assert [problem.what for problem in opened(START).problems] == ["the manifest has no [[snapshot]]"]


def test_size_is_read_at_the_limit_and_refused_beyond() -> None:
    assert opened(START + b"#" * (MAX_MANIFEST_BYTES - len(START))).entries == ()
    with pytest.raises(Unreadable, match="more than"):
        opened(START + b"#" * (MAX_MANIFEST_BYTES - len(START) + 1))


def test_manifests_are_known_by_their_schema_alone() -> None:
    assert is_snapshots(BufferSource(HAND))
    assert is_snapshots(BufferSource(b"\xef\xbb\xbf\r\n # x\r\n  schema='assay-snapshots/1'"))
    assert not is_snapshots(BufferSource(b'endpoint = "x"\nschema = "assay-snapshots/1"'))
    assert not is_snapshots(BufferSource(b'schema = "assay-snapshots/2"'))


@pytest.mark.parametrize("schema", ["assay-handset/1", "assay-planted/1", "assay-address-database/1"])
def test_other_manifests_of_the_bench_stay_closed(schema: str) -> None:
    source = BufferSource(f'schema = "{schema}"\nname = "x"\n'.encode())
    assert is_bench_manifest(source)
    assert not is_snapshots(source)
    manifest = open_bench_manifest(source)
    assert isinstance(manifest, BenchManifest)
    assert (manifest.schema, manifest.problems) == (schema, ())
    assert not issubclass(BenchManifest, TextDocument)


def test_a_manifest_of_another_tool_is_not_taken() -> None:
    assert not is_bench_manifest(BufferSource(b'schema = "other/1"'))
    assert not is_bench_manifest(BufferSource(b'name = "schema"'))


@pytest.mark.mutation
def test_changed_bytes_end_in_entries_or_unreadable(mutations: int) -> None:
    rng = random.Random(8)
    for _ in range(mutations):
        data = bytearray(HAND)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b"[]{}=\"'\n"))
        try:
            manifest = opened(bytes(data))
        except Unreadable:
            continue
        assert all(entry.taken.endswith("Z") and "/" not in entry.file for entry in manifest.entries)
