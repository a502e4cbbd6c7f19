"""Workers in which evidence took over: what they can reach, whom they bring down, and who is blamed for it."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from assay.engine import spool
from assay.engine.cache import ResultCache
from assay.engine.executors import Choices
from assay.engine.parts import bench_sha256, load_bench
from assay.engine.pipeline import Facts, Pipeline
from assay.engine.records import Failure
from assay.engine.sandbox.level import Level, available
from assay.evidence.case_folder import CaseFolder
from assay.registry import BENCH
from tests.engine.conftest import MIB, MakeCase

EXTENSION = "tests.engine.hostile_parts"
GOOD = {f"good-{number}": f"HOSTILE nothing {number}".encode() for number in range(12)}
DEATHS = {
    "garbage": "it sent what is no word",
    "huge-word": f"it sent a word of more than {256 * MIB} bytes",
    "half-a-word": "no word for 3 s",
    "shout": "it sent what is no word",
    "close-all": "it closed its line and did not end",
    "kill-9": "signal 9",
    "stop": "no word for 3 s",
    "many-files": "it wrote more than 200 files",
    "turn": "no word for 3 s",
}
DONE = {"own folder": "done", "addresses": "ENOMEM"}

pytestmark = pytest.mark.skipif(
    available(MIB).level != Level.FULL, reason="this machine cannot close a process in: Landlock or seccomp is missing"
)
RunHostile = Callable[[CaseFolder], Facts]


@pytest.fixture
def run_hostile(tmp_path: Path) -> Iterator[RunHostile]:
    load_bench()
    bench_sha256.cache_clear()
    before = {name: value.copy() if isinstance(value, dict) else value for name, value in vars(BENCH).items()}
    bench = load_bench((EXTENSION,))
    results = ResultCache(tmp_path / "cache" / "results.sqlite")

    def run(case: CaseFolder) -> Facts:
        choices = Choices(workers=2, deadline_seconds=3.0, memory_bytes=1024 * MIB)
        return Pipeline(case, bench, {}, results).facts(choices, lambda *_: None)

    yield run
    results.close()
    vars(BENCH).update(before)
    del sys.modules[EXTENSION]


def _rows(facts: Facts, table: str) -> list[dict[str, Any]]:
    return [row for path in facts.segments.get(table, []) for row in pq.read_table(path).to_pylist()]


def test_a_worker_reaches_nothing_but_its_own_folder(
    make_case: MakeCase, run_hostile: RunHostile, tmp_path: Path
) -> None:
    outside = tmp_path / "out"
    outside.mkdir()
    secret = outside / "secret"
    secret.write_text("kept", "utf-8")
    before = secret.stat()
    facts = run_hostile(make_case({"reach": f"HOSTILE reach {outside}".encode()}))
    assert facts.failures == ()
    told = {row["name"]: row["value"] for row in _rows(facts, "build_property")}
    assert told.pop("survived") == "reach"
    assert told.pop("descriptors") == "device to write, device to write, file to write, pipe to read, pipe to write"
    assert len(told) > 40
    assert {name: how for name, how in told.items() if how not in {"EPERM", "EACCES", "ENOSYS"}} == DONE
    assert (secret.read_text("utf-8"), list(outside.iterdir())) == ("kept", [secret])
    assert (secret.stat().st_mode, secret.stat().st_uid, secret.stat().st_mtime_ns) == (
        before.st_mode,
        before.st_uid,
        before.st_mtime_ns,
    )
    assert facts.sandbox.level == Level.FULL


def test_who_attacks_is_blamed_exactly_and_everything_else_finishes(
    make_case: MakeCase, run_hostile: RunHostile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(spool, "QUOTA_FILES", 200)
    evil = {what: f"HOSTILE {what}".encode() for what in DEATHS}
    facts = run_hostile(make_case({**GOOD, **evil}))
    assert set(facts.failures) == {
        Failure(sha256=hashlib.sha256(evil[what]).hexdigest(), part="attack", reason=f"worker ended twice: {how}")
        for what, how in DEATHS.items()
    }
    said = [row["artefact"] for row in _rows(facts, "build_property") if row["name"] == "survived"]
    assert sorted(said) == sorted(hashlib.sha256(content).hexdigest() for content in GOOD.values())
    assert list((tmp_path / "cache" / "spool").iterdir()) == []
