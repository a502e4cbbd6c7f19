"""From an id to the bytes, over the demo's evidence."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from assay.engine.executors import Choices
from assay.engine.explain import Explainer
from assay.engine.eyes import eyes
from assay.evidence.case_folder import CaseFolder
from assay.model.errors import UsageError
from tests.cli.bench_run import DEMO, run

GUARD = "L-3981440c45a851b9"


@pytest.fixture(scope="module")
def explainer(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Explainer]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(tmp_path_factory.mktemp("cache")))
        root = tmp_path_factory.mktemp("demo") / "case"
        worked = run(DEMO, root)
        case = CaseFolder.open(root)
        with eyes(case, Choices(executor="serial")) as seeing:
            yield Explainer(case, worked.results, seeing)


def _told(explainer: Explainer, name: str) -> str:
    return "\n".join(explainer.explain(name))


def _finding(explainer: Explainer, rule: str, handset: str, subject: str = "") -> str:
    lines = _told(explainer, rule).splitlines()
    return next(line.split()[0] for line in lines if f"  {handset}: {subject}" in line)


def test_a_list_is_counted_under_every_rule_and_shown_where_it_lies(explainer: Explainer) -> None:
    told = _told(explainer, GUARD)
    assert "449 records, 431 unique in normal form" in told
    assert "counted as unique-trimmed: 439" in told
    assert "counted as script:Han: 173" in told


def test_a_trial_is_a_story_that_ends_at_screens(explainer: Explainer) -> None:
    told = _told(explainer, _finding(explainer, "trials/refused-text-stands-on-list", "Specimen East"))
    assert "3 canary: type a note" in told
    assert "toast: 此内容无法保存: velmora lantern march" in told
    assert "check it yourself: cat " in told


def test_a_comparison_is_a_story_with_its_gate_and_its_method(explainer: Explainer) -> None:
    finding = _told(explainer, _finding(explainer, "comparisons/user-text", "Specimen West", "org.example.notes"))
    (name,) = {line.split()[-1] for line in finding.splitlines() if line.strip().startswith("comparison: ")}
    told = _told(explainer, name)
    assert f"{name}  org.example.notes: typed text meets a list from downloaded" in told
    assert "onSaveClicked" in told
    assert GUARD in told
    assert "vendor's server" in told
    assert "closed before anything was sent; a server opens no" in told, "the build that North has"
    assert any(line.strip().startswith(">") and "contains" in line for line in told.splitlines())


def test_a_comparison_in_code_is_shown_among_its_instructions(explainer: Explainer) -> None:
    told = _told(explainer, _finding(explainer, "code/compares-text-in-a-loop", "Specimen North"))
    marked = [line for line in told.splitlines() if line.strip().startswith(">")]
    assert marked
    assert all("invoke-" in line for line in marked)


def test_a_resource_and_a_line_are_shown(explainer: Explainer) -> None:
    spam = _told(explainer, _finding(explainer, "lists/list-in-package", "Specimen North", "org.example.dialer"))
    assert "spam_phrases: " in spam
    market = _told(explainer, _finding(explainer, "handset/names-its-market", "Specimen West"))
    assert "line " in market


def test_a_claim_leads_to_its_findings_and_what_is_open(explainer: Explainer) -> None:
    told = _told(explainer, "specimen-2021/can-be-activated-remotely")
    assert "Specimen East: other scope" in told
    assert "Specimen North: contradicted" in told
    assert "it would have been seen, because the code of every app was read and followed" in told
    assert "behind a gate that a server can open: org.example.notes" in told


def test_an_artefact_and_a_locator_tell_who_looked(explainer: Explainer) -> None:
    (row,) = explainer._results.database.query(
        "SELECT DISTINCT artefact FROM package WHERE package = 'org.example.ads'"
    )
    told = _told(explainer, str(row["artefact"]))
    assert "apk, " in told
    assert "find_packages@" in told
    assert "looked" in told
    locator = next(word for line in told.splitlines() for word in line.split() if str(row["artefact"]) in word)
    assert "zip:classes.dex" not in locator
    assert "dex, " in _told(explainer, f"{row['artefact']}!zip:classes.dex")


@pytest.mark.parametrize("name", ["w-0", "f-0", "L-0", "no/claim", "", "0" * 64, "!", "'; DROP TABLE fact; --"])
def test_what_is_not_in_the_case_is_said_so(explainer: Explainer, name: str) -> None:
    with pytest.raises(UsageError, match="nothing in this case"):
        _told(explainer, name)


def test_lines_for_a_terminal_hold_no_control_characters(explainer: Explainer) -> None:
    for finding in explainer._results.findings:
        told = _told(explainer, finding.id)
        assert not [char for char in told if ord(char) < 0x20 and char != "\n"], finding.id


def test_places_lie_inside_the_case(explainer: Explainer) -> None:
    told = _told(explainer, GUARD) + _told(explainer, _finding(explainer, "lists/list-downloaded", "Specimen East"))
    lines = [line for line in told.splitlines() if "check it yourself" in line]
    assert lines
    for line in lines:
        exhibit = Path(line.split("cat ", 1)[1].split(" ", 1)[0])
        assert exhibit.is_file()


@pytest.mark.parametrize(
    ("table", "begins"),
    [
        ("match_site", b"6e"), ("resource_use", b"14"), ("asset_use", b"1a"), ("entry_point", b"02 01 10 00"),
        ("native_entry", b""), ("jni_boundary", b""), ("native_library", b""), ("platform_callback", b""),
    ],
)  # fmt: skip
def test_the_line_for_a_fact_runs_in_a_shell_and_ends_at_its_bytes(
    explainer: Explainer, table: str, begins: bytes
) -> None:
    fact = explainer._results.database.query(f"SELECT min(fact) AS fact FROM {table}")[0]["fact"]
    line = _told(explainer, str(fact)).rpartition("check it yourself: ")[2]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True, env=environment, timeout=60)
    assert done.stderr == b""
    assert done.stdout.partition(b" ")[2].startswith(begins)
    assert len(done.stdout) < 5_000


def test_nothing_that_evidence_says_reaches_the_terminal_as_it_is(
    explainer: Explainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = explainer._results.findings[0]
    forged = replace(found, profile="\x1b]0;owned\x07", subject="\u202ex")
    monkeypatch.setattr(explainer, "_results", replace(explainer._results, findings=(forged,)))
    told = list(explainer.explain(found.id))
    assert any("under \\u001b]0;owned\\u0007" in line for line in told)
    assert all(line.isprintable() for line in told)
