"""Every exit code, from the command line as a stranger types it."""

import json
import os
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from tests.cli.command_line import HAR, assay, command, words


def test_done(tmp_path: Path) -> None:
    words(tmp_path / "list.json")
    done = assay(tmp_path, "check", "list.json", "-o", "case", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["exhibits"] == 1
    assert [finding["rule"] for finding in result["findings"]] == ["lists/carries-term-list"]
    assert (tmp_path / result["report"]).is_file()


def test_a_grade_that_is_reached(tmp_path: Path) -> None:
    words(tmp_path / "list.json")
    assert assay(tmp_path, "check", "list.json", "-o", "case", "--fail-on", "carried").returncode == 1
    assert assay(tmp_path, "check", "list.json", "-o", "case", "--fail-on", "observed").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "Missing argument"),
        (["check", "list.json", "--profile", "moon"], "there is no such profile"),
        (["check", "list.json", "--planted", "none.toml"], "not readable"),
        (["check", "list.json", "-o", "."], "exists and is not a case"),
        (["intake", "-o", "case"], "nothing to take"),
        (["nonsense"], "No such command"),
        (["plan", "no/such-claim"], "no/such-claim"),
    ],
)
def test_usage(tmp_path: Path, arguments: list[str], says: str) -> None:
    words(tmp_path / "list.json")
    done = assay(tmp_path, *arguments)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "nothing-here", "-o", "case"], "no such file or folder"),
        (["check", "empty-folder", "-o", "case"], "no file in it could be read"),
        (["run", "empty-folder"], "no case.toml"),
        (["explain", "empty-folder", "w-0"], "no case.toml"),
    ],
)
def test_evidence_or_case_unreadable(tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    done = assay(tmp_path, *arguments)
    assert (done.returncode, says in done.stderr) == (3, True), done.stderr


@pytest.mark.parametrize("kind", ["rules", "claims"])
def test_a_rule_or_a_claim_that_is_wrong(tmp_path: Path, kind: str) -> None:
    (tmp_path / "mine" / "theme").mkdir(parents=True)
    (tmp_path / "mine" / "theme" / "broken.toml").write_text("title = 3\n")
    done = assay(tmp_path, kind, "mine")
    assert done.returncode == 4, done.stderr
    assert "theme/broken.toml" in done.stderr


def test_a_custody_log_that_was_changed(tmp_path: Path) -> None:
    words(tmp_path / "list.json")
    assert assay(tmp_path, "check", "list.json", "-o", "case").returncode == 0
    log = tmp_path / "case" / "custody.jsonl"
    log.write_text(log.read_text().replace("list.json", "lisp.json"))
    done = assay(tmp_path, "run", "case")
    assert (done.returncode, "does not follow" in done.stderr) == (5, True), done.stderr


def test_damaged_evidence_is_told_and_everything_else_is_examined(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    words(evidence / "list.json")
    (evidence / "empty.json").touch()
    (evidence / "capture.har").write_text("this is no HAR")
    (evidence / "cut.har").write_text(HAR)
    with zipfile.ZipFile(evidence / "app.apk", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", os.urandom(3000))
        archive.writestr("classes.dex", os.urandom(3000))
    (evidence / "app.apk").write_bytes((evidence / "app.apk").read_bytes()[:2000])
    (evidence / "link").symlink_to("/etc/hostname")
    done = assay(tmp_path, "check", "evidence", "-o", "case", "--json")
    assert done.returncode == 7, done.stderr
    result = json.loads(done.stdout)
    assert result["refused"] == 1
    assert "lists/carries-term-list" in {finding["rule"] for finding in result["findings"]}
    told = assay(tmp_path, "query", "case", "SELECT part, what FROM problem").stdout
    for says in ("capture.har: called .har, but its content is text", "symbolic link, not followed", "app.apk"):
        assert says in told


def test_an_archive_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.writestr(
            "list.json",
            json.dumps({"words": ["amber kettle", "blue lantern", "copper", "elm", "fern", "moss", "reed", "ash"]}),
        )
        archive.writestr("more.txt", "x" * 5000)
    (tmp_path / "cut.zip").write_bytes((tmp_path / "whole.zip").read_bytes()[:3000])
    done = assay(tmp_path, "check", "cut.zip", "-o", "case", "--json")
    assert done.returncode == 7, done.stderr
    assert "lists/carries-term-list" in {finding["rule"] for finding in json.loads(done.stdout)["findings"]}


def test_interrupted_and_going_on(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    for number in range(3000):
        (evidence / f"{number}.json").write_text(json.dumps({"n": number}))
    going = command("check", "evidence", "-o", "case", "--workers", "1")
    with subprocess.Popen(going, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        for line in started.stderr:
            if line.startswith("examine"):
                break
        time.sleep(0.5)
        started.send_signal(signal.SIGTERM)
        rest = started.stderr.read()
        assert (started.wait(60), "Interrupted" in rest) == (130, True), rest
    again = assay(tmp_path, "run", "case", "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["exhibits"] == 3000


def test_errors_are_json_where_json_is_asked_for(tmp_path: Path) -> None:
    done = assay(tmp_path, "run", "nowhere", "--json")
    assert json.loads(done.stdout)["exit_code"] == done.returncode == 3


@pytest.mark.parametrize("command", ["demo", "check", "plan", "intake", "run", "explain", "query", "report", "rules"])
def test_help_opens_with_a_sentence_and_gives_three_examples(tmp_path: Path, command: str) -> None:
    text = assay(tmp_path, command, "--help").stdout
    examples = [line for line in text.splitlines() if line.strip().startswith("assay ")]
    assert len(examples) == 3, text
