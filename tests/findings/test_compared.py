"""The view of comparisons under profiles: its grades, what keeps them apart, and the lists it names."""

from typing import Any

import pytest

from assay.findings import rulebook
from assay.findings.database import Database
from assay.findings.examples import database_of

RULE = rulebook.load()[0]
HOME = "data/data/org.example.notes/files/"
Row = dict[str, Any]


def comparison(**more: Any) -> Row:
    first = {
        "comparison": "c-1",
        "package": "org.example.notes",
        "artefact": "dex",
        "fact": "f-c",
        "text_origin": "typed",
    }
    return {**first, "list_origin": "downloaded", "consequences": ["refused"], **more}


def truth(profile: str, unset: str, **more: Any) -> Row:
    first = {"comparison": "c-1", "artefact": "dex", "profile": profile, "unset": unset, "fact": f"f-{profile}"}
    return {**first, "server_opens": "no", "server_closes": "no", "user_opens": "no", **more}


def kept(list_id: str, path: str, locator: str = "", **more: Any) -> tuple[Row, Row]:
    """Return the row of a list and the occurrence of its file; the file is named by its path."""
    return (
        {"artefact": path, "list_id": list_id, "unique": 9, **more},
        {"artefact": path, "handset": "North", "locator": locator or path, "path": path},
    )


def database(rows: dict[str, list[Row]], *lists: tuple[Row, Row]) -> Database:
    places = [{"artefact": "dex", "handset": "North", "locator": "apk!zip:classes.dex", "path": "Notes.apk"}]
    places += [{"artefact": "apk", "handset": "North", "locator": "apk", "path": "Notes.apk"}]
    given = {"occurrence": [*places, *(place for _, place in lists)], "term_list": [row for row, _ in lists]}
    package = {"artefact": "apk", "package": "org.example.notes"}
    return database_of(RULE, {"package": [package], **rows, **{k: [*v, *rows.get(k, [])] for k, v in given.items()}})


def linked(rows: dict[str, list[Row]], *lists: tuple[Row, Row]) -> list[str]:
    (row,) = database(rows, *lists).query("SELECT * FROM compared")
    found = row["lists"]
    assert isinstance(found, list)
    return found


GRADES = [
    (["refused"], "open", [], "reachable", []),
    (["refused"], "closed", [], "dormant", []),
    (["refused"], "unknown", ["gate"], "dormant…reachable", ["gate: native"]),
    (["refused"], "unknown", [], "dormant…reachable", ["gate: a value that is not known under this profile"]),
    (["refused"], "closed", ["gate", "consequence"], "dormant", []),
    ([], "open", [], "carried", []),
    ([], "open", ["text origin"], "carried", []),
    ([], "open", ["consequence"], "carried…reachable", ["consequence: native"]),
    ([], "closed", ["consequence"], "carried…dormant", ["consequence: native"]),
    ([], "unknown", ["consequence"], "carried…reachable", ["consequence: native"]),
]


@pytest.mark.parametrize(("consequences", "unset", "costs", "grade", "unresolved"), GRADES)
def test_the_grade_follows_consequence_and_gate(
    consequences: list[str], unset: str, costs: list[str], grade: str, unresolved: list[str]
) -> None:
    edges = [{"comparison": "c-1", "artefact": "dex", "reason": "native", "costs": one} for one in costs]
    rows = {
        "comparison": [comparison(consequences=consequences)],
        "gate_truth": [truth("eu-lt", unset)],
        "assumed_profile": [{"handset": "North", "profile": "eu-lt"}],
        "unfollowed_edge": edges,
    }
    (row,) = database(rows).query("SELECT grade, unresolved, facts FROM compared")
    assert (row["grade"], row["unresolved"]) == (grade, unresolved)
    assert row["facts"] == ["f-c", "f-eu-lt"]


def test_there_is_a_row_for_each_profile_that_is_assumed_and_for_no_other() -> None:
    truths = [truth("eu-lt", "closed"), truth("cn", "open"), truth("us", "open")]
    rows = {"comparison": [comparison()], "gate_truth": truths}
    assumed = [{"handset": "North", "profile": one} for one in ("eu-lt", "cn", "tw")]
    held = database({**rows, "assumed_profile": assumed})
    grades = {row["profile"]: row["grade"] for row in held.query("SELECT profile, grade FROM compared")}
    assert grades == {"eu-lt": "dormant", "cn": "reachable", "tw": "dormant…reachable"}
    (row,) = database(rows).query("SELECT profile, grade, server_opens FROM compared")
    assert row == {"profile": "", "grade": "dormant…reachable", "server_opens": "no"}


def test_the_gate_of_another_build_of_the_same_app_is_not_taken() -> None:
    rows = {
        "comparison": [comparison(), comparison(artefact="other", handset="East")],
        "gate_truth": [truth("cn", "closed"), truth("cn", "open", artefact="other", handset="East")],
        "assumed_profile": [{"handset": name, "profile": "cn"} for name in ("North", "East")],
    }
    grades = {row["handset"]: row["grade"] for row in database(rows).query("SELECT handset, grade FROM compared")}
    assert grades == {"North": "dormant", "East": "reachable"}


FILE = kept("L-1", HOME + "guard.json")
ASSET = kept("L-2", "Notes.apk", "apk!zip:assets/words.csv")
PHRASES = kept("L-3", "Notes.apk#r", "apk!zip:resources.arsc", place="resource:0x7f030000/default")


@pytest.mark.parametrize(
    ("detail", "wanted"),
    [
        ("store:file:guard.json", ["L-1"]),
        ("store:file:files/guard.json", ["L-1"]),
        ("store:file:/data/data/org.example.notes/files/guard.json", ["L-1"]),
        ("store:file:uard.json", []),
        ("store:file:", []),
        ("store:file:../guard.json", ["L-1"]),
        ("store:asset:words.csv", ["L-2"]),
        ("store:asset:", []),
        ("store:asset:guard.json", []),
        ("store:resource:2130903040", ["L-3"]),
        ("store:resource:2130903041", []),
        ("store:resource:99999999999999999999", []),
        ("store:resource:-1", []),
        ("guard.json", []),
        ("", []),
    ],
)
def test_a_list_is_named_by_file_asset_or_resource(detail: str, wanted: list[str]) -> None:
    assert linked({"comparison": [comparison(list_detail=[detail])]}, FILE, ASSET, PHRASES) == wanted


def test_the_file_of_another_app_is_another_list() -> None:
    other = kept("L-9", "data/data/org.example.other/files/guard.json")
    assert linked({"comparison": [comparison(list_detail=["store:file:guard.json"])]}, other) == []


def test_a_downloaded_list_is_the_one_of_its_address_that_the_app_keeps() -> None:
    answers = [{"endpoint": "http://cfg.example.test/guard", "list_id": one, "entries": 9} for one in ("L-1", "L-7")]
    fetched = comparison(list_detail=["address:http://cfg.example.test/guard?v="])
    rows = {"comparison": [fetched], "list_version": answers}
    assert linked(rows, FILE) == ["L-1"]
    assert linked(rows) == ["L-1", "L-7"], "none is kept: any of those that were given"
    elsewhere = comparison(list_detail=["address:http://cfg.example.test/guard2"])
    assert linked({"comparison": [elsewhere], "list_version": answers}, FILE) == []


def test_an_answer_in_a_capture_names_the_list_of_its_address() -> None:
    answer = {
        "artefact": "har",
        "scheme": "https",
        "host": "cfg.example.test",
        "path": "/l/",
        "response_sha256": "body",
    }
    came = (
        {"artefact": "body", "list_id": "L-4", "unique": 3},
        {**kept("", "x")[1], "artefact": "body", "locator": "h!har:0/response"},
    )
    rows = {"comparison": [comparison(list_detail=["address:https://cfg.example.test/l"])], "transfer": [answer]}
    assert linked(rows, came) == ["L-4"]


def test_entries_in_code_name_a_list_of_the_package_that_holds_all_of_them() -> None:
    words = [{"artefact": "Notes.apk", "list_id": "L-2", "text": text} for text in ("a", "b", "c", "d")]
    rows = {"comparison": [comparison(list_terms=["a", "b", "c"])], "term": words}
    assert linked(rows, ASSET) == ["L-2"]
    assert linked({**rows, "comparison": [comparison(list_terms=["a", "b", "x"])]}, ASSET) == []
    assert linked({**rows, "comparison": [comparison(list_terms=["a", "b"])]}, ASSET) == [], "two entries are too few"


def test_the_variables_of_the_gate_stand_with_their_controllers() -> None:
    asked = [
        {"comparison": "c-1", "artefact": "dex", "variable": name, "controller": "user"} for name in ("b", "a", "a")
    ]
    (row,) = database({"comparison": [comparison()], "gate_variable": asked}).query("SELECT asks FROM compared")
    assert row["asks"] == ["a (user)", "b (user)"]


STATES = [
    ([{"open_in": ["eu-lt"]}], "open"),
    ([{"closed_in": ["eu-lt", "eu-de"]}], "closed"),
    ([{"open_in": ["cn"]}], "unknown"),
    ([{"open_in": ["eu-lt"], "on_handset": "East"}], "unknown"),
    ([{"open_in": ["eu-lt"], "kind": "answer"}], "unknown"),
    ([{"open_in": ["eu-lt"]}, {"closed_in": ["eu-lt"]}], "unknown"),
    ([], "unknown"),
]


@pytest.mark.parametrize(("states", "wanted"), STATES)
def test_the_state_of_a_gate_is_that_of_the_own_settings_and_changes_no_grade(states: list[Row], wanted: str) -> None:
    first = {"comparison": "c-1", "artefact": "dex", "on_handset": "North", "kind": "settings"}
    rows = {
        "comparison": [comparison()],
        "gate_truth": [truth("eu-lt", "closed"), truth("cn", "closed")],
        "assumed_profile": [{"handset": "North", "profile": one} for one in ("eu-lt", "cn")],
        "handset": [{"name": "North", "profile": "eu-lt"}],
        "gate_in_state": [{**first, **one} for one in states],
    }
    found = {row["profile"]: row for row in database(rows).query("SELECT profile, in_state, grade FROM compared")}
    assert (found["eu-lt"]["in_state"], found["cn"]["in_state"]) == (wanted, "unknown")
    assert {row["grade"] for row in found.values()} == {"dormant"}
