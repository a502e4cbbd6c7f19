"""Every exit code, from the command line as a stranger types it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

HAR = '{"log": {"version": "1.2", "entries": [{"startedDateTime": "2021-09-21T08:00:00Z", "request": {"method": "GET",'


WORDS = ["amber kettle", "blue lantern", "copper", "driftwood", "elm", "fern", "garnet", "heron", "ivory", "juniper"]


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "assay.cli.main", *arguments]


def _assay(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(*arguments), cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def _words(path: Path) -> None:
    path.write_text(json.dumps({"words": WORDS}))


def test_done(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    done = _assay(tmp_path, "check", "list.json", "-o", "case", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["exhibits"] == 1
    assert [finding["rule"] for finding in result["findings"]] == ["lists/carries-term-list"]
    assert (tmp_path / result["report"]).is_file()


def test_a_grade_that_is_reached(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    assert _assay(tmp_path, "check", "list.json", "-o", "case", "--fail-on", "carried").returncode == 1
    assert _assay(tmp_path, "check", "list.json", "-o", "case", "--fail-on", "observed").returncode == 0


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
    _words(tmp_path / "list.json")
    done = _assay(tmp_path, *arguments)
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
    done = _assay(tmp_path, *arguments)
    assert (done.returncode, says in done.stderr) == (3, True), done.stderr


@pytest.mark.parametrize("kind", ["rules", "claims"])
def test_a_rule_or_a_claim_that_is_wrong(tmp_path: Path, kind: str) -> None:
    (tmp_path / "mine" / "theme").mkdir(parents=True)
    (tmp_path / "mine" / "theme" / "broken.toml").write_text("title = 3\n")
    done = _assay(tmp_path, kind, "mine")
    assert done.returncode == 4, done.stderr
    assert "theme/broken.toml" in done.stderr


def test_a_custody_log_that_was_changed(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    assert _assay(tmp_path, "check", "list.json", "-o", "case").returncode == 0
    log = tmp_path / "case" / "custody.jsonl"
    log.write_text(log.read_text().replace("list.json", "lisp.json"))
    done = _assay(tmp_path, "run", "case")
    assert (done.returncode, "does not follow" in done.stderr) == (5, True), done.stderr


def test_damaged_evidence_is_told_and_everything_else_is_examined(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    _words(evidence / "list.json")
    (evidence / "empty.json").touch()
    (evidence / "capture.har").write_text("this is no HAR")
    (evidence / "cut.har").write_text(HAR)
    with zipfile.ZipFile(evidence / "app.apk", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", os.urandom(3000))
        archive.writestr("classes.dex", os.urandom(3000))
    (evidence / "app.apk").write_bytes((evidence / "app.apk").read_bytes()[:2000])
    (evidence / "link").symlink_to("/etc/hostname")
    done = _assay(tmp_path, "check", "evidence", "-o", "case", "--json")
    assert done.returncode == 7, done.stderr
    result = json.loads(done.stdout)
    assert result["refused"] == 1
    assert "lists/carries-term-list" in {finding["rule"] for finding in result["findings"]}
    told = _assay(tmp_path, "query", "case", "SELECT part, what FROM problem").stdout
    for says in ("capture.har: called .har, but its content is text", "symbolic link, not followed", "app.apk"):
        assert says in told


def test_interrupted_and_going_on(tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    for number in range(3000):
        (evidence / f"{number}.json").write_text(json.dumps({"n": number}))
    command = _command("check", "evidence", "-o", "case", "--workers", "1")
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stderr is not None
        for line in started.stderr:
            if line.startswith("examine"):
                break
        time.sleep(0.5)
        started.send_signal(signal.SIGTERM)
        rest = started.stderr.read()
        assert (started.wait(60), "Interrupted" in rest) == (130, True), rest
    again = _assay(tmp_path, "run", "case", "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["exhibits"] == 3000


def test_errors_are_json_where_json_is_asked_for(tmp_path: Path) -> None:
    done = _assay(tmp_path, "run", "nowhere", "--json")
    assert json.loads(done.stdout)["exit_code"] == done.returncode == 3


@pytest.mark.parametrize("command", ["demo", "check", "plan", "intake", "run", "explain", "query", "report", "rules"])
def test_help_opens_with_a_sentence_and_gives_three_examples(tmp_path: Path, command: str) -> None:
    text = _assay(tmp_path, command, "--help").stdout
    examples = [line for line in text.splitlines() if line.strip().startswith("assay ")]
    assert len(examples) == 3, text


@pytest.mark.parametrize(
    ("option", "content", "says"),
    [
        ("--database", "word,number\namber,1\n", "no column start"),
        ("--planted", "value = [", "is not TOML"),
        ("--planted", "value = 1", "no schema"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_kept(tmp_path: Path, option: str, content: str, says: str) -> None:
    _words(tmp_path / "list.json")
    (tmp_path / "given.csv").write_text(content)
    done = _assay(tmp_path, "check", "list.json", "-o", "case", option, "given.csv")
    assert (done.returncode, done.stderr.startswith("given.csv: "), says in done.stderr) == (2, True, True), done.stderr
    assert _assay(tmp_path, "run", "case").returncode == 0


@pytest.mark.parametrize("command", [["rules"], ["claims"], ["check", "list.json", "-o", "case", "--rules"]])
def test_a_folder_of_rules_or_claims_that_is_not_there(tmp_path: Path, command: list[str]) -> None:
    _words(tmp_path / "list.json")
    done = _assay(tmp_path, *command, "nowhere")
    assert (done.returncode, "'nowhere' does not exist" in done.stderr) == (2, True), done.stderr


def test_a_folder_of_rules_that_went_away(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    (tmp_path / "mine").mkdir()
    assert _assay(tmp_path, "check", "list.json", "-o", "case", "--rules", "mine").returncode == 0
    (tmp_path / "mine").rmdir()
    done = _assay(tmp_path, "run", "case")
    assert (done.returncode, "mine: no such folder" in done.stderr) == (4, True), done.stderr


def test_a_case_whose_facts_or_run_record_are_damaged(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    assert _assay(tmp_path, "check", "list.json", "-o", "case").returncode == 0
    (tmp_path / "case" / "facts").rename(tmp_path / "elsewhere")
    done = _assay(tmp_path, "query", "case", "SELECT 1")
    assert (done.returncode, "assay run case" in done.stderr) == (3, True), done.stderr
    (tmp_path / "case" / "run.json").write_text("no record")
    done = _assay(tmp_path, "report", "case")
    assert (done.returncode, "run.json: damaged" in done.stderr) == (3, True), done.stderr
    assert _assay(tmp_path, "run", "case").returncode == 0


def test_a_file_where_a_folder_must_be_made(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    done = _assay(tmp_path, "check", "list.json", "-o", "list.json/case")
    assert (done.returncode, "Not a directory" in done.stderr) == (2, True), done.stderr


def test_queries_without_sql_list_every_table_with_all_its_columns(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    assert _assay(tmp_path, "check", "list.json", "-o", "case").returncode == 0
    listed = [json.loads(line) for line in _assay(tmp_path, "query", "case", "--json").stdout.splitlines()]
    columns = {one["table"]: one["columns"] for one in listed}
    assert {"term_list", "artefact", "occurrence", "coverage", "problem", "handset", "on_phone"} <= columns.keys()
    assert columns["term_list"][:5] == ["fact", "artefact", "analyser", "place", "handset"]
    assert _assay(tmp_path, "query", "nowhere").returncode == 3


def test_rows_that_are_left_out_are_told(tmp_path: Path) -> None:
    _words(tmp_path / "list.json")
    assert _assay(tmp_path, "check", "list.json", "-o", "case").returncode == 0
    done = _assay(tmp_path, "query", "case", "SELECT text FROM term ORDER BY text", "--limit", "2")
    assert done.stdout.splitlines() == ["text", "amber kettle", "blue lantern"]
    assert done.stderr == "The first 2 of 10 rows; --limit 10 prints all.\n"


@pytest.mark.parametrize("access", ["stock", "rooted", "firmware"])
def test_a_plan_names_each_thing_once_in_lines_that_fit(tmp_path: Path, access: str) -> None:
    done = _assay(tmp_path, "plan", "ncsc-2021/*", "--access", access)
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if line and not line.startswith(" ")][1:] == [
        "Bring",
        "Record these runs",
        "Stays untestable even so",
    ]
    brought = [
        line.partition(":")[0].strip()
        for line in lines[lines.index("Bring") : lines.index("Record these runs")]
        if re.match(r"  [a-z-]+: ", line)
    ]
    assert {"package-code", "trial", "planted-values"} <= set(brought)
    assert len(brought) == len(set(brought))


def test_nothing_planted_was_looked_for_is_not_none_found(tmp_path: Path) -> None:
    entry = HAR + (
        '"url": "https://a.example.test/?id=1", "headers": [], "queryString": [{"name": "id", "value": "1"}]},'
        ' "response": {"status": 200, "headers": [], "content": {"size": 0, "mimeType": "text/plain"}}}]}}'
    )
    (tmp_path / "a.har").write_text(entry)
    told = json.loads(_assay(tmp_path, "check", "a.har", "-o", "case", "--json").stdout)
    cells = {row["label"]: row["cells"][0]["text"] for row in told["table"]["rows"]}
    assert cells["personal data outside the EEA"] == "not examined"
    (tmp_path / "p.toml").write_text(
        'schema = "assay-planted/1"\n[[value]]\nkind = "imei"\nvalue = "356938035643809"\nlabel = "mine"\n'
    )
    told = json.loads(_assay(tmp_path, "check", "a.har", "-o", "case", "--planted", "p.toml", "--json").stdout)
    cells = {row["label"]: row["cells"][0]["text"] for row in told["table"]["rows"]}
    assert cells["personal data outside the EEA"] == "none found"
    (tmp_path / "b.har").write_text(entry.replace("id=1", "id=356938035643809").replace('"1"}', '"356938035643809"}'))
    told = json.loads(_assay(tmp_path, "check", "case=b.har", "-o", "other", "--planted", "p.toml", "--json").stdout)
    cells = {row["label"]: row["cells"][0]["text"] for row in told["table"]["rows"]}
    assert cells["personal data outside the EEA"] == "not settled"


def test_claims_and_rules_of_ones_own_can_be_planned_for(tmp_path: Path) -> None:
    how_to = Path(__file__).parents[2] / "docs" / "how-to"
    for page in ("write-a-rule.md", "write-a-claim.md"):
        block = (how_to / page).read_text("utf-8").split("```toml\n")[1].split("```")[0]
        path = tmp_path / block.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True)
        path.write_text(block.replace('"lists/list-downloaded"', '"lists/long-list"'))
    assert _assay(tmp_path, "claims", "my-claims").returncode == 4
    assert _assay(tmp_path, "claims", "my-claims", "--rules", "my-rules").returncode == 0
    assert _assay(tmp_path, "plan", "agency-2021/*").returncode == 2
    own = ("--rules", "my-rules", "--claims", "my-claims")
    assert "agency-2021/list-downloaded" in _assay(tmp_path, "plan", "agency-2021/*", *own).stdout
