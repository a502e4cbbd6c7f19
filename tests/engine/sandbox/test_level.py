"""What is reached, and what becomes of a run on a machine that lacks a mechanism."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.engine.sandbox.level import Level, Sandbox, available, lacking, required, serial, worst
from assay.model.errors import SandboxError

WITHOUT = Path(__file__).with_name("without.py")
FULL = Sandbox(level=Level.FULL, landlock="ABI 7", seccomp="filter", rlimits={})
PARTIAL = Sandbox(level=Level.PARTIAL, landlock="not in this kernel", seccomp="filter", rlimits={})

here = pytest.mark.skipif(available(1).level != Level.FULL, reason="this machine lacks Landlock or seccomp itself")


def test_less_than_full_is_refused_unless_it_is_allowed_and_then_recorded() -> None:
    assert required(FULL, allow_unsandboxed=True) is FULL
    assert not required(FULL, allow_unsandboxed=False).allowed_without
    with pytest.raises(SandboxError, match=r"Landlock not in this kernel.*--allow-unsandboxed") as refused:
        required(PARTIAL, allow_unsandboxed=False)
    assert int(refused.value.exit_code) == 6
    assert required(PARTIAL, allow_unsandboxed=True).allowed_without


def test_the_worst_of_what_workers_reached_counts() -> None:
    assert worst(FULL, PARTIAL) is worst(PARTIAL, FULL) is PARTIAL
    assert worst(PARTIAL, serial()).level == Level.NONE
    assert "serial" in lacking(serial())


def _assay(without: str, tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(WITHOUT), without, sys.executable, "-m", "assay.cli.main", *arguments]
    environment = {
        "ASSAY_CACHE": str(tmp_path / "cache"),
        "NUMBA_CACHE_DIR": "",  # kernels that were compiled beside their sources are used
        "PYTHONPATH": ":".join(sys.path),
        "HOME": str(tmp_path),
    }
    return subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment, check=False)


@pytest.fixture
def evidence(tmp_path: Path) -> str:
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "build.prop").write_text(
        "# begin\nro.product.model=Specimen\nro.build.id=1\nro.a=b\n", "utf-8"
    )
    return str(tmp_path / "phone")


def _record(tmp_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((tmp_path / "case" / "run.json").read_bytes())["sandbox"]
    return found


@here
@pytest.mark.parametrize(
    ("missing", "level", "landlock", "seccomp"),
    [
        ("landlock", "partial", "not in this kernel", "filter"),
        ("seccomp", "partial", "ABI", "not in this kernel"),
        ("landlock,seccomp", "none", "not in this kernel", "not in this kernel"),
    ],
)
def test_without_a_mechanism_a_run_needs_leave_and_says_so(
    tmp_path: Path, evidence: str, missing: str, level: str, landlock: str, seccomp: str
) -> None:
    check = ("check", evidence, "-o", str(tmp_path / "case"))
    refused = _assay(missing, tmp_path, *check)
    assert refused.returncode == 6
    assert f"“{level}”" in refused.stderr
    assert "--allow-unsandboxed" in refused.stderr
    allowed = _assay(missing, tmp_path, *check, "--allow-unsandboxed")
    assert allowed.returncode == 0, allowed.stderr
    assert f"Warning: evidence was read without a full sandbox: the level is “{level}”" in allowed.stderr
    record = _record(tmp_path)
    assert (record["level"], record["allowed_without"]) == (level, True)
    assert record["landlock"].startswith(landlock)
    assert record["seccomp"] == seccomp


@here
def test_the_self_test_sees_what_is_let_through(tmp_path: Path) -> None:
    told = _assay("landlock,seccomp", tmp_path, "doctor", "--json")
    checks = {check["name"].strip(): check for check in json.loads(told.stdout)["checks"]}
    for thing in ("read a file outside", "open a UDP socket", "fork", "run a program", "signal its parent"):
        assert (checks[thing]["well"], checks[thing]["seen"]) == (False, "it was let through")
    full = _assay("landlock", tmp_path, "doctor", "--json")
    checks = {check["name"].strip(): check for check in json.loads(full.stdout)["checks"]}
    assert not checks["read a file outside"]["well"]
    assert checks["fork"]["well"]
