"""Not a puppet: an edit of the demo's evidence changes exactly the cells it should."""

import json
import shutil
from pathlib import Path

import pytest

from assay.engine.work import Worked
from tests.cli.bench_run import DEMO, TRUTH, Cells, Edit, cells, changed, edited, put, replace, rows, run

NORTH, WEST, EAST = "Specimen North", "Specimen West", "Specimen East"
ALL = (NORTH, WEST, EAST)

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
    for name in ("north", "west", "east"):
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
    "lists/list-in-two-places",
    "lists/list-kept-from-server",
    "specimen-2021/449-records",
    "specimen-2021/list-downloaded",
    "“449 records” (agency)",
)

_NEXT_CLAIM = "“the server is in Singapore” (agency)"
"""Stands on the front page as soon as another claim leaves it."""
_OF_LIST = tuple(f"comparisons/{name}" for name in ("no-user-switch", "user-text"))
_OF_GUARD = (
    *_OF_LIST,
    *(
        f"comparisons/{name}"
        for name in (
            "closed-in-state",
            "depends-on-market",
            "list-over-cleartext",
            "match-kept",
            "no-remote-switch",
            "remote-content",
            "remote-switch",
        )
    ),
)
"""Findings that name the comparison of the notes, or its list."""

EDITS: dict[str, tuple[Edit, set[tuple[str, str]]]] = {
    "classes renamed": (lambda e: put(e, "north/apps/Notes.apk", "notes-renamed"), _on(NORTH, *_OF_GUARD)),
    # a build with the first gate comes in the place of one with the second
    "another market constant": (
        lambda e: put(e, "west/apps/Notes.apk", "notes-market"),
        _on(
            WEST,
            "a server can switch it on *",
            "comparisons/depends-on-market",
            "comparisons/no-remote-switch",
            "comparisons/remote-switch",
        ),
    ),
    "lambdas kept": (lambda e: put(e, "north/apps/Notes.apk", "notes-invoke-custom"), set()),
    "another host in code": (
        lambda e: put(e, "west/apps/Notes.apk", "notes-host"),
        _on(
            WEST,
            "network/carries-cleartext-address",
            "a server can switch it on *",
            "gate",
            "specimen-2021/can-be-activated-remotely",
            "specimen-2021/off-in-eu",
            "“can be activated remotely” (agency)",
            "“off in the European Union” (agency)",
            *_OF_GUARD,
        ),
    ),
    "another list in app data": (
        _other_list,
        _on(NORTH, *_STORED, *_LESS) | _everywhere("“downloads a list of words” (agency)", _NEXT_CLAIM),
    ),
    "one entry less in app data": (
        _one_entry_less,
        _on(NORTH, *_STORED, *_LESS) | _everywhere("“downloads a list of words” (agency)", _NEXT_CLAIM),
    ),
    "one entry less in a resource": (
        lambda e: put(e, "west/apps/Phone.apk", "dialer-one-less"),
        _on(WEST, "lists/carries-term-list", "lists/list-in-package", "lists/list-in-two-places", *_OF_LIST),
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
            "handset/old-patch-level",
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
            "a server can switch it on *",
            "specimen-2021/never-restricts-users",
            "trials/input-accepted",
            "trials/input-refused",
            "trials/refused-text-stands-on-list",
            "“never restricts what users do” (vendor)",
        ),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_exactly_what_it_should(name: str, before: Cells, tmp_path: Path) -> None:
    edit, expected = EDITS[name]
    after = edited(tmp_path, edit)
    assert changed(before, cells(after)) == expected


@pytest.mark.parametrize("specimen", ["notes-renamed", "notes-market"])
def test_code_that_differs_has_another_index_though_no_cell_reads_it_yet(
    specimen: str, demo: Worked, tmp_path: Path
) -> None:
    sql = "SELECT DISTINCT index_sha256 FROM code_index WHERE handset = 'Specimen North' ORDER BY ALL"
    after = edited(tmp_path, lambda e: put(e, "north/apps/Notes.apk", specimen))
    assert rows(after, sql) != rows(demo, sql)


def test_one_handset_alone_gives_the_same_facts_as_among_three(demo: Worked, tmp_path: Path) -> None:
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
    assert rows(alone, sql) == rows(demo, sql)
