import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from assay.engine.cache import ResultCache
from assay.engine.executors import Choices
from assay.engine.indices import FOLDER, Indices
from assay.engine.parts import load_bench
from assay.engine.pipeline import Facts, Pipeline
from assay.evidence.case_folder import CaseFolder, Refusal
from assay.model.errors import UsageError
from tests.engine.conftest import MakeCase, Run

APK = Path(__file__).parents[2] / "src" / "assay" / "data" / "demo" / "west" / "apps" / "Notes.apk"
GOOD = b"# begin\n" + b"".join(b"ro.product.number%d=%d\n" % (number, number) for number in range(9))
GOOD_SHA = hashlib.sha256(GOOD).hexdigest()
MIB = 1 << 20


class Invented:
    digest = "d"

    def __str__(self) -> str:
        return "value"


RunPlain = Callable[[CaseFolder], Facts]


@pytest.fixture
def run_plain(tmp_path: Path) -> RunPlain:
    """Run a case with the parts that come with the bench, in this process."""

    def run_case(case: CaseFolder) -> Facts:
        cache = ResultCache(tmp_path / "plain" / "results.sqlite")
        try:
            return Pipeline(case, load_bench(), {}, cache).facts(Choices(executor="serial"), lambda *_: None)
        finally:
            cache.close()

    return run_case


def _rows(facts: Facts, table: str) -> list[dict[str, Any]]:
    return [row for path in facts.segments.get(table, []) for row in pq.read_table(path).to_pylist()]


def _kind(facts: Facts, content: bytes) -> str:
    return next(one.kind for one in facts.artefacts if one.sha256 == hashlib.sha256(content).hexdigest())


def _reading(facts: Facts, content: bytes) -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    (row,) = (
        row for row in _rows(facts, "coverage") if row["artefact"] == sha256 and row["analyser"].startswith("reader:")
    )
    return row


def _problems(facts: Facts, content: bytes) -> list[str]:
    sha256 = hashlib.sha256(content).hexdigest()
    return [row["what"] for row in _rows(facts, "problem") if row["artefact"] == sha256]


def _zip(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def _overlapping(content: bytes, times: int) -> bytes:
    """Return a ZIP whose directory names the one entry's data `times` times."""
    plain = _zip({"00000": content})
    end = plain.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", plain, end + 12)
    record = plain[start : start + size]
    directory = b"".join(record.replace(b"00000", b"%05d" % number) for number in range(times))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, times, times, len(directory), start, 0)
    return plain[:start] + directory + tail


def _good_was_read(facts: Facts) -> bool:
    names = {row["name"] for row in _rows(facts, "build_property") if row["artefact"] == GOOD_SHA}
    return names == {f"ro.product.number{number}" for number in range(9)}


@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
def test_a_truncated_apk_is_a_problem_and_the_rest_is_read(
    make_case: MakeCase, run_plain: RunPlain, share: float
) -> None:
    whole = APK.read_bytes()
    torn = whole[: int(len(whole) * share)]
    facts = run_plain(make_case({"torn.apk": torn, "build.prop": GOOD}))
    assert _problems(facts, torn)
    assert _good_was_read(facts)


def test_a_har_that_is_not_json_is_a_problem_and_the_rest_is_read(make_case: MakeCase, run_plain: RunPlain) -> None:
    torn = b'{"log": {"version": "1.2", "creator": {"name": "x"}, "entries": [{"startedDateTime": '
    facts = run_plain(make_case({"torn.har": torn, "build.prop": GOOD}))
    assert _problems(facts, torn)
    assert _good_was_read(facts)


def test_empty_and_unknown_files_are_told_apart(make_case: MakeCase, run_plain: RunPlain) -> None:
    strange = bytes.fromhex("009f9296ff00c3fe") * 500
    facts = run_plain(make_case({"empty": b"", "strange.apk": strange, "build.prop": GOOD}))
    assert (_kind(facts, b""), _kind(facts, strange), _kind(facts, GOOD)) == ("empty", "unknown", "properties")
    assert _reading(facts, b"")["outcome"] == "looked"
    assert (_reading(facts, strange)["outcome"], _reading(facts, strange)["reason"]) == (
        "skipped",
        "no reader recognises it",
    )
    assert _good_was_read(facts)


def test_a_format_known_by_name_only_is_skipped_and_not_looked_at(make_case: MakeCase, run_plain: RunPlain) -> None:
    module = b"\0asm\1\0\0\0"
    facts = run_plain(make_case({"module": module, "build.prop": GOOD}))
    reading = _reading(facts, module)
    assert (_kind(facts, module), reading["outcome"]) == ("webassembly", "skipped")
    assert "WebAssembly" in reading["reason"]


@pytest.mark.parametrize(("levels", "reached"), [(64, True), (65, False)])
def test_archives_nested_in_archives_are_read_down_to_the_limit(
    make_case: MakeCase, run_plain: RunPlain, levels: int, *, reached: bool
) -> None:
    archive = GOOD
    for _ in range(levels):
        archive = _zip({"inner": archive}, zipfile.ZIP_STORED)
    facts = run_plain(make_case({"deep.zip": archive}))
    assert _good_was_read(facts) is reached
    limits = [row for row in _rows(facts, "problem") if "nested deeper than 64" in row["what"]]
    assert len(limits) == (0 if reached else 1)


def test_an_archive_whose_entries_overlap_is_not_unpacked_over_and_over(
    make_case: MakeCase, run_plain: RunPlain
) -> None:
    bomb = _overlapping(b"\0" * (8 * MIB), 2000)
    facts = run_plain(make_case({"bomb.zip": bomb, "build.prop": GOOD}))
    assert len(bomb) < MIB
    assert _problems(facts, bomb)
    assert sum(node.size for node in facts.examined.nodes) < 512 * MIB
    assert _good_was_read(facts)


def test_a_nested_bomb_is_unpacked_within_limits(make_case: MakeCase, run_plain: RunPlain) -> None:
    layer = b"\0" * (4 * MIB)
    for level in range(3):
        layer = _zip({f"{level}-{number}": layer + bytes([number]) for number in range(8)})
    facts = run_plain(make_case({"bomb.zip": layer, "build.prop": GOOD}))
    assert sum(node.size for node in facts.examined.nodes) < 8192 * MIB
    assert _good_was_read(facts)


def test_names_inside_archives_stay_labels(make_case: MakeCase, run_plain: RunPlain, tmp_path: Path) -> None:
    names = ["../../../escape", "/absolute", "a\\..\\b", "nul\x01", "<script>", "C:\\x", "."]
    facts = run_plain(make_case({"names.zip": _zip({name: name.encode() for name in names})}))
    assert not [path for path in tmp_path.rglob("*") if path.name in {"escape", "absolute"}]
    found = {row.artefact for row in facts.occurrences}
    assert {hashlib.sha256(name.encode()).hexdigest() for name in names} <= found


def test_the_same_archive_in_two_handsets_is_read_once_and_lies_in_both(make_case: MakeCase, run: Run) -> None:
    facts = run(make_case({"one/a.zip": _zip({"p": GOOD}), "two/b.zip": _zip({"p": GOOD})}))
    assert sorted(one.path for one in facts.occurrences if one.artefact == GOOD_SHA) == ["one/a.zip", "two/b.zip"]
    assert len([row for row in _rows(facts, "build_property") if row["name"] == "ro.product.number1"]) == 1


def test_what_intake_refused_is_a_problem_of_the_case(make_case: MakeCase, run: Run) -> None:
    case = make_case({"a": b"ORDER a"})
    case.save_exhibits(case.exhibits(), [Refusal(handset="phone", path="b%20c", what="not a regular file")])
    rows = [row for row in _rows(run(case), "problem") if row["part"] == "intake"]
    assert [(row["artefact"], row["what"]) for row in rows] == [("", "b%20c: not a regular file")]


def test_only_one_process_runs_a_case_at_a_time(make_case: MakeCase, run: Run) -> None:
    case = make_case({"a": b"ORDER a"})
    with CaseFolder.open(case.root).alone(), pytest.raises(UsageError, match="another process"):
        run(case)


def test_facts_of_an_earlier_run_are_replaced_whole(make_case: MakeCase, run: Run) -> None:
    case = make_case({"a": b"ORDER a"})
    (case.root / "facts.part" / "leftover").mkdir(parents=True)
    (case.root / "facts" / "transfer").mkdir(parents=True)
    (case.root / "facts" / "transfer" / "00000.parquet").write_bytes(b"old")
    facts = run(case)
    assert not (case.root / "facts" / "transfer").exists()
    assert sorted(path.name for path in case.root.glob("facts*")) == ["facts"]
    written = sorted(path for path in (case.root / "facts").rglob("*.parquet"))
    assert written == sorted(path for paths in facts.segments.values() for path in paths)


def _written(facts: Facts) -> dict[str, list[bytes]]:
    return {table: [path.read_bytes() for path in paths] for table, paths in facts.segments.items()}


def test_the_same_evidence_gives_the_same_bytes(make_case: MakeCase, run: Run) -> None:
    files = {"a": b"ORDER a", "nest": b"NEST 3 ORDER x", "build.prop": GOOD}
    cases = [make_case(files), make_case(dict(reversed(files.items())))]
    one, other = (_written(run(case)) for case in cases)
    assert one == other
    assert len(one) > 5


def test_a_lost_result_is_not_passed_over(make_case: MakeCase, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case({"a": b"ORDER a"})
    monkeypatch.setattr(ResultCache, "put", lambda _cache, _results: None)
    with pytest.raises(RuntimeError, match="are not in the cache"):
        run(case)


def test_a_fault_in_a_joiner_is_recorded_and_the_other_facts_stand(make_case: MakeCase, run: Run) -> None:
    facts = run(make_case({"a": b"ORDER fault-in-joiner"}))
    (coverage,) = (one for one in facts.joiners if one.analyser == "count_words@1")
    assert (coverage.outcome, coverage.reason) == ("failed", "a fault in Assay: LookupError in count_words")
    assert facts.counts["build_property"] == 2
    assert "preference" not in facts.counts


def test_parameters_reach_the_analysers_that_ask_for_them(make_case: MakeCase, run: Run) -> None:
    case = make_case({"a": b"ORDER a"})
    without = run(case)
    given = run(case, parameters={"invented": Invented()})
    assert [row["value"] for row in _rows(given, "build_property") if row["name"] == "needed"] == ["value"]
    assert (without.counts["build_property"], given.counts["build_property"]) == (2, 3)
    assert given.examined.computed == 1


def test_apps_are_examined_as_a_whole_once_and_blamed_by_name(make_case: MakeCase, run: Run, tmp_path: Path) -> None:
    built = Path(__file__).parents[1] / "specimens" / "built"
    notes, clock = ((built / f"{name}.apk").read_bytes() for name in ("notes-g1", "clock"))
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("inner.bin", notes)
    case = make_case({"a/notes.apk": notes, "b/again.apk": notes, "c/clock.apk": clock, "d/nested": nested.getvalue()})
    facts = run(case, executor="local")
    named = [row for row in _rows(facts, "build_property") if row["analyser"] == "name_apps@1"]
    with zipfile.ZipFile(io.BytesIO(notes)) as archive:
        dex = hashlib.sha256(archive.read("classes.dex")).hexdigest()
    assert [(row["artefact"], row["name"], row["value"]) for row in named] == [
        (dex, "org.example.notes", "base!zip:classes.dex")
    ]
    (failure,) = facts.failures
    assert failure.part == "name_apps"
    coverage = {row["artefact"]: row for row in _rows(facts, "coverage") if row["analyser"] == "name_apps@1"}
    assert coverage[hashlib.sha256(clock).hexdigest()]["outcome"] == "failed"
    assert coverage[hashlib.sha256(notes).hexdigest()]["outcome"] == "looked"
    assert _rows(facts, "entry_point")
    store = Indices(tmp_path / "cache" / FOLDER)
    assert store.has(dex)
    assert store.size()[0] == 2  # the other analysers linked the second app as well
    again = run(case, executor="local")
    assert (again.computed, again.digests) == (0, facts.digests)
