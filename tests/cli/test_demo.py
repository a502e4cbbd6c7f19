"""The whole bench over the demo's evidence: held against the truth of its makers, and against edits of it."""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.bench_run import DEMO, Cells, Edit, cells, changed, edited, put, replace, run

TRUTH: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "specimens" / "truth.toml").read_text("utf-8"))
NORTH, WEST, EAST = "Specimen North", "Specimen West", "Specimen East"
NAMES = {"north": NORTH, "west": WEST, "east": EAST}
ALL = (NORTH, WEST, EAST)


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterable[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return run(DEMO, tmp_path_factory.mktemp("demo") / "case")


@pytest.fixture(scope="module")
def before(demo: Any) -> Cells:
    return cells(demo)


# --- against the makers' truth --------------------------------------------------------------------


def _rows(demo: Any, sql: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = demo.results.database.query(sql)
    return rows


def test_every_file_is_an_exhibit_and_every_artefact_is_accounted_for(demo: Any) -> None:
    assert len(demo.results.exhibits) == TRUTH["counts"]["files"]
    counts = demo.results.artefacts
    assert sum(counts.by_kind.values()) == counts.read + counts.unreadable + counts.not_examined
    assert counts.read > counts.not_examined


@pytest.mark.parametrize("list_", TRUTH["list"], ids=lambda list_: list_["name"])
def test_lists_have_their_identity_and_their_counts_at_their_places(demo: Any, list_: dict[str, Any]) -> None:
    census = _rows(demo, f"SELECT DISTINCT rule, count FROM census WHERE list_id = '{list_['list_id']}'")
    counted = {row["rule"]: row["count"] for row in census}
    rules = ("raw", "trimmed", "unique", "unique_trimmed", "unique_normal")
    assert {rule: counted.get(rule.replace("_", "-"), 0) for rule in rules} == {rule: list_[rule] for rule in rules}
    sql = f"""SELECT DISTINCT o.handset, o.path FROM term_list t JOIN occurrence o USING (artefact)
    WHERE t.list_id = '{list_["list_id"]}' AND t.handset = o.handset"""
    places = {(row["handset"], row["path"]) for row in _rows(demo, sql)}
    wanted = {
        (NAMES[one], place) for one in list_["handsets"] for place in list_["places"] if (DEMO / one / place).exists()
    }
    answers = {(NAMES[one.split("/")[0]], one.split("/", 1)[1]) for one in list_["answers"]}
    assert wanted | answers <= places


def test_transfers_are_those_of_the_captures(demo: Any) -> None:
    sql = """SELECT DISTINCT o.handset, o.path, t.entry, t.host, t.address, t.scheme, t.method, t.path AS at, t.status
    FROM transfer t JOIN occurrence o ON o.artefact = t.artefact AND o.handset = t.handset"""
    seen = {
        (r["handset"], r["path"], r["entry"], r["host"], r["address"], r["scheme"], r["method"], r["at"], r["status"])
        for r in _rows(demo, sql)
    }
    wanted = {
        (
            NAMES[one["capture"].split("/")[0]],
            one["capture"].split("/", 1)[1],
            one["entry"],
            one["host"],
            one["address"],
            one["scheme"],
            one["method"],
            one["path"],
            one["status"],
        )
        for one in TRUTH["transfer"]
    }
    assert seen == wanted


def test_planted_values_are_found_where_they_were_put_and_nowhere_else(demo: Any) -> None:
    sql = """SELECT DISTINCT o.handset, o.path, h.entry, h.kind, h.label, h.chain
    FROM planted_hit h JOIN occurrence o ON o.artefact = h.artefact AND o.handset = h.handset"""
    seen = {
        (r["handset"], r["path"], r["entry"], r["kind"], r["label"], tuple(c for c in r["chain"] if c != "percent"))
        for r in _rows(demo, sql)
    }
    wanted = {
        (
            NAMES[one["capture"].split("/")[0]],
            one["capture"].split("/", 1)[1],
            one["entry"],
            one["kind"],
            one["label"],
            tuple(step for step in one["chain"] if step != "percent"),
        )
        for one in TRUTH["planted_hit"]
    }
    assert seen == wanted


def test_planted_values_are_never_written_outside_evidence_and_planted_toml(demo: Any) -> None:
    values = [value["value"].encode() for value in tomllib.loads((DEMO / "planted.toml").read_text("utf-8"))["value"]]
    case = demo.report.parents[1]
    written = [
        path for path in case.rglob("*") if path.is_file() and "exhibits" not in path.relative_to(case).parts[:1]
    ]
    for path in written:
        if path.name != "planted.toml" and path.suffix in {".html", ".csv"}:
            content = path.read_bytes()
            assert not [value for value in values if len(value) > 12 and value in content], path.name
    assert (case / "planted.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("app", TRUTH["app"], ids=lambda app: app["name"])
def test_packages_are_what_their_sources_say(demo: Any, app: dict[str, Any]) -> None:
    (row,) = _rows(
        demo,
        f"SELECT DISTINCT * EXCLUDE (handset) FROM package WHERE artefact = '{app['sha256']}'",
    )
    for name in (
        "package",
        "version_code",
        "version_name",
        "label",
        "min_sdk",
        "target_sdk",
        "shared_uid",
        "debuggable",
    ):
        assert row[name] == app[name]
    asked = _rows(
        demo, f"SELECT DISTINCT permission FROM permission WHERE artefact = '{app['sha256']}' AND role = 'uses'"
    )
    assert sorted(one["permission"] for one in asked) == sorted(app["permissions"])
    parts = _rows(demo, f"SELECT DISTINCT name, exported FROM component WHERE artefact = '{app['sha256']}'")
    assert sorted(one["name"] for one in parts) == sorted(app["components"])
    assert sorted(one["name"] for one in parts if one["exported"]) == sorted(app["exported"])
    signers = _rows(
        demo, f"SELECT DISTINCT certificate_sha256, verified FROM signer WHERE artefact = '{app['sha256']}'"
    )
    assert {(one["certificate_sha256"], one["verified"]) for one in signers} == {(app["signer_sha256"], "verified")}


def test_the_trial_shows_what_was_refused_and_what_was_not(demo: Any) -> None:
    trial = TRUTH["trial"]
    (row,) = _rows(demo, "SELECT DISTINCT * FROM trial_result")
    list_ids = {one["name"]: one["list_id"] for one in TRUTH["list"]}
    for name in ("package", "profile", "consequence", "control", "canary"):
        assert row[name] == trial[name]
    assert (row["canary_list"], row["control_list"], row["shown_on_screen"]) == (list_ids[trial["list"]], "", True)


def test_recipients_outside_the_area_and_the_disputed_address(demo: Any, before: Cells) -> None:
    recipients = TRUTH["recipients_with_planted_values"]
    row = "recipients of personal data outside the EEA"
    assert [before[row, name] for name in ALL] == [str(len(recipients[f"{one}_outside_eea"])) for one in NAMES]
    disputed = _rows(demo, "SELECT DISTINCT address FROM recipient_country WHERE agreement = 'disputed'")
    assert [one["address"] for one in disputed] == recipients["disputed"]


def test_cells_of_the_verdict_table(before: Cells) -> None:
    wanted = {row["row"]: row for row in TRUTH["expected_cell"]}
    carries = wanted["carries word lists"]
    assert [before["carries word lists", NAMES[one]] for one in NAMES] == [carries[one] for one in NAMES]
    # What needs the gates of code is not examined by this version, and must say so rather than guess.
    typed = "compares one with text the user types"
    assert [before[typed, name] for name in ALL] == ["not examined", "not examined", "observed"]
    assert {before["gate", name] for name in ALL} == {"not examined"}
    assert {before["a server can switch it on *", name] for name in ALL} == {"not examined"}
    assert {before["a server can change the words", name] for name in ALL} == {"yes"}


# --- not a puppet: an edit of the evidence changes exactly what it should ----------------------------

GUARD = "north/app-data/org.example.notes/files/guard.json"
AGREED = "203.0.113.64,203.0.113.139,CN\n203.0.113.140,203.0.113.140,SG\n203.0.113.141,203.0.113.191,CN\n"
WORDS = [
    "amber kettle",
    "blue lantern",
    "copper",
    "driftwood",
    "elm avenue",
    "fern",
    "granite hill",
    "harbour",
    "ivory",
]


def _other_list(evidence: Path) -> None:
    content = json.loads((evidence / GUARD).read_text("utf-8"))
    content["words"] = WORDS
    (evidence / GUARD).write_text(json.dumps(content), "utf-8")


def _one_entry_less(evidence: Path) -> None:
    content = json.loads((evidence / GUARD).read_text("utf-8"))
    last = content["words"].pop()
    content["words"] = [word for word in content["words"] if word.strip().casefold() != last.strip().casefold()]
    (evidence / GUARD).write_text(json.dumps(content), "utf-8")


def _later(evidence: Path) -> None:
    for capture in (evidence / "west" / "captures").glob("*.har"):
        replace(capture, "2021-09-21", "2024-03-05")


def _no_empty_snapshot(evidence: Path) -> None:
    for name in NAMES:
        (evidence / name / "snapshots/guard/2022-01-05-empty.json").unlink()


def _accepted(evidence: Path) -> None:
    trial = evidence / "east" / "trial-t1"
    replace(trial / "trial.toml", 'outcome = "refused"', 'outcome = "accepted"')
    saved = (trial / "screen-2.txt").read_text("utf-8")
    (trial / "screen-3.txt").write_text(saved.replace("garden picnic at noon", TRUTH["trial"]["canary"]), "utf-8")


def _everywhere(*labels: str) -> set[tuple[str, str]]:
    return {(label, name) for label in labels for name in ALL}


def _on(name: str, *labels: str) -> set[tuple[str, str]]:
    return {(label, name) for label in labels}


_STORED = ("lists/carries-term-list", "lists/list-downloaded-and-stored", "lists/list-stored-by-app")
_LESS = (
    "lists/list-kept-from-server",
    "specimen-2021/449-records",
    "specimen-2021/list-downloaded",
    "“449 records” (agency)",
)

EDITS: dict[str, tuple[Edit, set[tuple[str, str]]]] = {
    "classes renamed": (lambda e: put(e, "north/apps/Notes.apk", "notes-renamed"), set()),
    "another market constant": (lambda e: put(e, "west/apps/Notes.apk", "notes-market"), set()),
    "lambdas kept": (lambda e: put(e, "north/apps/Notes.apk", "notes-invoke-custom"), set()),
    "another host in code": (
        lambda e: put(e, "west/apps/Notes.apk", "notes-host"),
        _on(WEST, "network/carries-cleartext-address"),
    ),
    "another list in app data": (
        _other_list,
        _on(NORTH, *_STORED, *_LESS) | _everywhere("“downloads a list of words” (agency)"),
    ),
    "one entry less in app data": (
        _one_entry_less,
        _on(NORTH, *_STORED, *_LESS) | _everywhere("“downloads a list of words” (agency)"),
    ),
    "one entry less in a resource": (
        lambda e: put(e, "west/apps/Phone.apk", "dialer-one-less"),
        _on(WEST, "lists/carries-term-list", "lists/list-in-package", "lists/list-in-two-places"),
    ),
    "an app without its list": (
        lambda e: put(e, "north/apps/Music.apk", "carrier-no-list"),
        _on(
            NORTH, "carries word lists", "lists/carries-term-list", "lists/list-in-package", "lists/list-in-two-places"
        ),
    ),
    "a debug certificate": (
        lambda e: put(e, "east/apps/Clock.apk", "clock-debug-signed"),
        _on(EAST, "packages/test-key-signed") | _everywhere("packages/same-name-other-signer"),
    ),
    "one permission more": (
        lambda e: put(e, "east/apps/Clock.apk", "clock-permission"),
        _on(EAST, "packages/asks-for-dangerous-permissions"),
    ),
    "https made http": (
        lambda e: put(e, "west/apps/Improve.apk", "telemetry-cleartext"),
        _on(WEST, "network/carries-cleartext-address"),
    ),
    "a later day": (
        _later,
        _on(
            WEST,
            "lists/list-server-country",
            "traffic/adequacy-depends-on-recipient",
            "traffic/transfer-without-adequacy",
        ),
    ),
    "databases that agree": (
        lambda e: replace(e / "databases/beta.csv", "203.0.113.64,203.0.113.191,CN\n", AGREED),
        _on(NORTH, "on whose country databases disagree", "traffic/planted-value-to-disputed-country")
        | _on(EAST, "on whose country databases disagree", "traffic/planted-value-to-disputed-country"),
    ),
    "a server that never emptied its list": (_no_empty_snapshot, _everywhere("lists/list-emptied-by-server")),
    "a canary that was accepted": (
        _accepted,
        _on(
            EAST,
            "compares one with text the user types",
            "consequence for the user",
            "specimen-2021/advertisements-only",
            "specimen-2021/never-restricts-users",
            "trials/input-accepted",
            "trials/input-refused",
            "trials/refused-text-stands-on-list",
            "“never restricts what users do” (vendor)",
        )
        | _everywhere("“advertisements only” (vendor)"),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_exactly_what_it_should(name: str, before: Cells, tmp_path: Path) -> None:
    edit, expected = EDITS[name]
    after = edited(tmp_path, edit)
    assert changed(before, cells(after)) == expected


@pytest.mark.parametrize("specimen", ["notes-renamed", "notes-market"])
def test_code_that_differs_has_another_index_though_no_cell_reads_it_yet(
    specimen: str, demo: Any, tmp_path: Path
) -> None:
    sql = "SELECT DISTINCT index_sha256 FROM code_index WHERE handset = 'Specimen North' ORDER BY ALL"
    after = edited(tmp_path, lambda e: put(e, "north/apps/Notes.apk", specimen))
    assert _rows(after, sql) != _rows(demo, sql)


# --- the command as a stranger types it --------------------------------------------------------------


def _assay(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assay.cli.main", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def test_the_command_prints_table_report_and_next_step(tmp_path: Path) -> None:
    done = _assay("demo", "-o", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "report" / "index.html").stat().st_size < 10 << 20
    assert "Report     demo/report/index.html" in done.stdout
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


def test_one_handset_alone_gives_the_same_facts_as_among_three(demo: Any, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    shutil.copytree(DEMO / "north", evidence / "north")
    for name in ("west", "east"):
        (evidence / name).mkdir()
        shutil.copyfile(DEMO / name / "handset.toml", evidence / name / "handset.toml")
    for name in ("databases", "claims"):
        shutil.copytree(DEMO / name, evidence / name)
    shutil.copyfile(DEMO / "planted.toml", evidence / "planted.toml")
    alone = run(evidence, tmp_path / "case")
    sql = "SELECT fact FROM planted_hit WHERE handset = 'Specimen North' ORDER BY fact"
    assert _rows(alone, sql) == _rows(demo, sql)
