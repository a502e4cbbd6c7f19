"""The demo as a stranger types it."""

import json
import subprocess
import sys
from pathlib import Path


def _assay(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assay.cli.main", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def test_the_command_prints_table_report_and_next_step(tmp_path: Path) -> None:
    done = _assay("demo", "-o", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "report" / "index.html").stat().st_size < 10 << 20
    assert "Report     demo/report/index.html" in done.stdout
    record = json.loads((tmp_path / "demo" / "run.json").read_bytes())
    assert {one["outcome"] for one in record["joiners"]} == {"looked"}  # although they were given paths from here
    hint = next(line for line in done.stdout.splitlines() if line.startswith("Next"))
    told = _assay(*hint.split()[2:], cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "check it yourself" in told.stdout
    again = _assay("demo", "-o", "demo", "--json", cwd=tmp_path)
    assert json.loads(again.stdout)["computed"] == 0


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me", "utf-8")
    done = _assay("demo", "-o", "mine", cwd=tmp_path)
    assert done.returncode == 2
    assert "no earlier demo" in done.stderr
    assert (tmp_path / "mine" / "letter.txt").exists()
