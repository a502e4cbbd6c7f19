"""The whole bench over the demo's evidence: held against the truth of its makers."""

import tomllib
from typing import Any

import pytest

from assay.engine.work import Worked
from tests.cli.bench_run import DEMO, TRUTH, Cells, rows

NORTH, WEST, EAST = "Specimen North", "Specimen West", "Specimen East"
NAMES = {"north": NORTH, "west": WEST, "east": EAST}
ALL = (NORTH, WEST, EAST)


def test_every_file_is_an_exhibit_and_every_artefact_is_accounted_for(demo: Worked) -> None:
    assert len(demo.results.exhibits) == TRUTH["counts"]["files"]
    counts = demo.results.artefacts
    assert sum(counts.by_kind.values()) == counts.read + counts.unreadable + counts.not_examined
    assert counts.read > counts.not_examined


@pytest.mark.parametrize("list_", TRUTH["list"], ids=lambda list_: list_["name"])
def test_lists_have_their_identity_and_their_counts_at_their_places(demo: Worked, list_: dict[str, Any]) -> None:
    census = rows(demo, f"SELECT DISTINCT rule, count FROM census WHERE list_id = '{list_['list_id']}'")
    counted = {row["rule"]: row["count"] for row in census}
    rules = ("raw", "trimmed", "unique", "unique_trimmed", "unique_normal")
    assert {rule: counted.get(rule.replace("_", "-"), 0) for rule in rules} == {rule: list_[rule] for rule in rules}
    sql = f"""SELECT DISTINCT o.handset, o.path FROM term_list t JOIN occurrence o USING (artefact)
    WHERE t.list_id = '{list_["list_id"]}' AND t.handset = o.handset"""
    places = {(row["handset"], row["path"]) for row in rows(demo, sql)}
    wanted = {
        (NAMES[one], place) for one in list_["handsets"] for place in list_["places"] if (DEMO / one / place).exists()
    }
    answers = {(NAMES[one.split("/")[0]], one.split("/", 1)[1]) for one in list_["answers"]}
    assert wanted | answers <= places


def test_transfers_are_those_of_the_captures(demo: Worked) -> None:
    sql = """SELECT DISTINCT o.handset, o.path, t.entry, t.host, t.address, t.scheme, t.method, t.path AS at, t.status
    FROM transfer t JOIN occurrence o ON o.artefact = t.artefact AND o.handset = t.handset"""
    seen = {
        (r["handset"], r["path"], r["entry"], r["host"], r["address"], r["scheme"], r["method"], r["at"], r["status"])
        for r in rows(demo, sql)
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


def test_planted_values_are_found_where_they_were_put_and_nowhere_else(demo: Worked) -> None:
    sql = """SELECT DISTINCT o.handset, o.path, h.entry, h.kind, h.label, h.chain
    FROM planted_hit h JOIN occurrence o ON o.artefact = h.artefact AND o.handset = h.handset"""
    seen = {
        (r["handset"], r["path"], r["entry"], r["kind"], r["label"], tuple(c for c in r["chain"] if c != "percent"))
        for r in rows(demo, sql)
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


def test_planted_values_are_never_written_outside_evidence_and_planted_toml(demo: Worked) -> None:
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
def test_packages_are_what_their_sources_say(demo: Worked, app: dict[str, Any]) -> None:
    (row,) = rows(
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
    asked = rows(
        demo, f"SELECT DISTINCT permission FROM permission WHERE artefact = '{app['sha256']}' AND role = 'uses'"
    )
    assert sorted(one["permission"] for one in asked) == sorted(app["permissions"])
    parts = rows(demo, f"SELECT DISTINCT name, exported FROM component WHERE artefact = '{app['sha256']}'")
    assert sorted(one["name"] for one in parts) == sorted(app["components"])
    assert sorted(one["name"] for one in parts if one["exported"]) == sorted(app["exported"])
    signers = rows(demo, f"SELECT DISTINCT certificate_sha256, verified FROM signer WHERE artefact = '{app['sha256']}'")
    assert {(one["certificate_sha256"], one["verified"]) for one in signers} == {(app["signer_sha256"], "verified")}


def test_the_trial_shows_what_was_refused_and_what_was_not(demo: Worked) -> None:
    trial = TRUTH["trial"]
    (row,) = rows(demo, "SELECT DISTINCT * FROM trial_result")
    list_ids = {one["name"]: one["list_id"] for one in TRUTH["list"]}
    for name in ("package", "profile", "consequence", "control", "canary"):
        assert row[name] == trial[name]
    assert (row["canary_list"], row["control_list"], row["shown_on_screen"]) == (list_ids[trial["list"]], "", True)


def test_recipients_outside_the_area_and_the_disputed_address(demo: Worked, before: Cells) -> None:
    recipients = TRUTH["recipients_with_planted_values"]
    row = "personal data outside the EEA"
    assert [before[row, name] for name in ALL] == [str(len(recipients[f"{one}_outside_eea"])) for one in NAMES]
    disputed = rows(demo, "SELECT DISTINCT address FROM recipient_country WHERE agreement = 'disputed'")
    assert [one["address"] for one in disputed] == recipients["disputed"]


SHOWN = {
    "carries word lists": "carries word lists",
    "compares it with text the user types": "compares one with text the user types",
    "gate": "gate",
    "a server can change the words": "a server can change the words",
    "a server can switch it on": "a server can switch it on *",
    "recipients of personal data outside the EEA": "personal data outside the EEA",
    "can be activated remotely": "“can be activated remotely” (agency)",
}
"""The designed cells' rows, and what the table calls them."""


@pytest.mark.parametrize("wanted", TRUTH["expected_cell"], ids=lambda row: row["row"])
def test_cells_of_the_verdict_table(before: Cells, wanted: dict[str, str]) -> None:
    assert {one: before[SHOWN[wanted["row"]], NAMES[one]] for one in NAMES} == {one: wanted[one] for one in NAMES}


def test_no_cell_of_the_demo_is_left_unexamined(before: Cells) -> None:
    assert "not examined" not in before.values()


GRADES = {"advertisement dropped": "advertisement", "message moved to the spam folder": "sms"}


@pytest.mark.parametrize("one", [one for one in TRUTH["comparison"] if one["list"]], ids=lambda one: one["list"])
def test_comparisons_are_those_of_the_design_and_name_their_list(demo: Worked, one: dict[str, Any]) -> None:
    """Each list is compared where the sources compare it, under each handset's own profile; one is never compared."""
    list_id = next(each["list_id"] for each in TRUTH["list"] if each["name"] == one["list"])
    sql = f"""SELECT h.name AS handset, c.class_name, c.method, c.api, c.text_origin, c.grade
    FROM compared c JOIN handset h ON h.name = c.handset AND h.profile = c.profile
    WHERE list_contains(c.lists, '{list_id}')"""
    seen = rows(demo, sql)
    assert len(seen) == one["calls"] * len(ALL)
    for row in seen:
        assert row["class_name"] == f"L{one['class'].replace('.', '/')};"
        assert row["method"].partition("(")[0] == one["method"]
        assert row["api"] == one["api"]
        assert row["text_origin"] == GRADES.get(one["consequence"], "typed")
        short = next(key for key, name in NAMES.items() if name == row["handset"])
        assert row["grade"] == one[short].replace("observed", "dormant"), "what was observed is told by the trial"
