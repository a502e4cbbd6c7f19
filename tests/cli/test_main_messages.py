"""What the command line answers to mistakes, and what it prints where; one case serves all that only reads it."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.command_line import HAR, assay, words


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examined")
    words(folder / "list.json")
    assert assay(folder, "check", "list.json", "-o", "case").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("option", "content", "says"),
    [
        ("--database", "word,number\namber,1\n", "no column start"),
        ("--planted", "value = [", "is not TOML"),
        ("--planted", "value = 1", "no schema"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_kept(tmp_path: Path, option: str, content: str, says: str) -> None:
    words(tmp_path / "list.json")
    (tmp_path / "given.csv").write_text(content)
    done = assay(tmp_path, "check", "list.json", "-o", "case", option, "given.csv")
    assert (done.returncode, done.stderr.startswith("given.csv: "), says in done.stderr) == (2, True, True), done.stderr
    assert assay(tmp_path, "run", "case").returncode == 0


@pytest.mark.parametrize("command", [["rules"], ["claims"], ["check", "list.json", "-o", "case", "--rules"]])
def test_a_folder_of_rules_or_claims_that_is_not_there(tmp_path: Path, command: list[str]) -> None:
    words(tmp_path / "list.json")
    done = assay(tmp_path, *command, "nowhere")
    assert (done.returncode, "'nowhere' does not exist" in done.stderr) == (2, True), done.stderr


def test_a_folder_of_rules_that_went_away(tmp_path: Path) -> None:
    words(tmp_path / "list.json")
    (tmp_path / "mine").mkdir()
    assert assay(tmp_path, "check", "list.json", "-o", "case", "--rules", "mine").returncode == 0
    (tmp_path / "mine").rmdir()
    done = assay(tmp_path, "run", "case")
    assert (done.returncode, "mine: no such folder" in done.stderr) == (4, True), done.stderr


def test_a_case_whose_facts_or_run_record_are_damaged(tmp_path: Path) -> None:
    words(tmp_path / "list.json")
    assert assay(tmp_path, "check", "list.json", "-o", "case").returncode == 0
    (tmp_path / "case" / "facts").rename(tmp_path / "elsewhere")
    done = assay(tmp_path, "query", "case", "SELECT 1")
    assert (done.returncode, "assay run case" in done.stderr) == (3, True), done.stderr
    (tmp_path / "case" / "run.json").write_text("no record")
    done = assay(tmp_path, "report", "case")
    assert (done.returncode, "run.json: damaged" in done.stderr) == (3, True), done.stderr
    assert assay(tmp_path, "run", "case").returncode == 0


def test_a_file_where_a_folder_must_be_made(tmp_path: Path) -> None:
    words(tmp_path / "list.json")
    done = assay(tmp_path, "check", "list.json", "-o", "list.json/case")
    assert (done.returncode, "Not a directory" in done.stderr) == (2, True), done.stderr


def test_queries_without_sql_list_every_table_with_all_its_columns(examined: Path) -> None:
    listed = [json.loads(line) for line in assay(examined, "query", "case", "--json").stdout.splitlines()]
    columns = {one["table"]: one["columns"] for one in listed}
    assert {"term_list", "artefact", "occurrence", "coverage", "problem", "handset", "on_phone"} <= columns.keys()
    assert columns["term_list"][:5] == ["fact", "artefact", "analyser", "place", "handset"]
    assert assay(examined, "query", "nowhere").returncode == 3


def test_rows_that_are_left_out_are_told(examined: Path) -> None:
    done = assay(examined, "query", "case", "SELECT text FROM term ORDER BY text", "--limit", "2")
    assert done.stdout.splitlines() == ["text", "amber kettle", "blue lantern"]
    assert done.stderr == "The first 2 of 10 rows; --limit 10 prints all.\n"


@pytest.mark.parametrize("access", ["stock", "rooted", "firmware"])
def test_a_plan_names_each_thing_once_in_lines_that_fit(tmp_path: Path, access: str) -> None:
    done = assay(tmp_path, "plan", "ncsc-2021/*", "--access", access)
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
    told = json.loads(assay(tmp_path, "check", "a.har", "-o", "case", "--json").stdout)
    cells = {row["label"]: row["cells"][0]["text"] for row in told["table"]["rows"]}
    assert cells["personal data outside the EEA"] == "not examined"
    (tmp_path / "p.toml").write_text(
        'schema = "assay-planted/1"\n[[value]]\nkind = "imei"\nvalue = "356938035643809"\nlabel = "mine"\n'
    )
    told = json.loads(assay(tmp_path, "check", "a.har", "-o", "case", "--planted", "p.toml", "--json").stdout)
    cells = {row["label"]: row["cells"][0]["text"] for row in told["table"]["rows"]}
    assert cells["personal data outside the EEA"] == "none found"
    (tmp_path / "b.har").write_text(entry.replace("id=1", "id=356938035643809").replace('"1"}', '"356938035643809"}'))
    told = json.loads(assay(tmp_path, "check", "case=b.har", "-o", "other", "--planted", "p.toml", "--json").stdout)
    cells = {row["label"]: row["cells"][0]["text"] for row in told["table"]["rows"]}
    assert cells["personal data outside the EEA"] == "not settled"


def test_claims_and_rules_of_ones_own_can_be_planned_for(tmp_path: Path) -> None:
    how_to = Path(__file__).parents[2] / "docs" / "how-to"
    for page in ("write-a-rule.md", "write-a-claim.md"):
        block = (how_to / page).read_text("utf-8").split("```toml\n")[1].split("```")[0]
        path = tmp_path / block.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True)
        path.write_text(block.replace('"lists/list-downloaded"', '"lists/long-list"'))
    assert assay(tmp_path, "claims", "my-claims").returncode == 4
    assert assay(tmp_path, "claims", "my-claims", "--rules", "my-rules").returncode == 0
    assert assay(tmp_path, "plan", "agency-2021/*").returncode == 2
    own = ("--rules", "my-rules", "--claims", "my-claims")
    assert "agency-2021/list-downloaded" in assay(tmp_path, "plan", "agency-2021/*", *own).stdout


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["run", "case"], {"case", "report", "handsets", "artefacts", "table", "findings", "verdicts", "stages"}),
        (["report", "case"], {"case", "report", "handsets", "artefacts", "table", "findings", "verdicts", "stages"}),
        (
            ["intake", "-o", "case", "--correct", "list.make=Example"],
            {"exhibits", "refused", "custody_head", "signature"},
        ),
        (["explain", "case", "lists/carries-term-list"], {"id", "lines"}),
        (["doctor"], {"version", "checks"}),
        (["query", "case", "SELECT text FROM term"], {"text"}),
        (["query", "case"], {"table", "columns"}),
        (["rules"], {"id", "question"}),
        (["claims"], {"id", "wording"}),
        (["plan", "*"], {"claim", "items"}),
        (["explain", "case", "nothing"], {"error", "exit_code"}),
        (["explain"], {"error", "exit_code"}),
    ],
)
def test_json_is_all_that_stands_on_standard_output(examined: Path, command: list[str], keys: set[str]) -> None:
    printed = assay(examined, *command, "--json").stdout.splitlines()
    assert printed
    for line in printed:
        assert keys <= json.loads(line).keys()
