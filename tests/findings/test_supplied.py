"""Lists that apps hand to comparisons of others: who answers which request, and what then counts for both."""

from typing import Any

import pytest

from assay.findings import rulebook
from assay.findings.database import Database
from assay.findings.examples import database_of

RULE = rulebook.load()[0]
Row = dict[str, Any]


def asking(**more: Any) -> Row:
    first = {"comparison": "c-1", "package": "org.example.reader", "artefact": "reader", "fact": "f-ask"}
    return {**first, "channel": "provider", "way": "query", "handle": "org.example.a", "part": "words", **more}


def offering(**more: Any) -> Row:
    first = {"offer": "o-1", "package": "org.example.keeper", "artefact": "keeper", "fact": "f-offer", "access": "any"}
    named = {"channel": "provider", "way": "query", "handle": "org.example.a", "part": "words"}
    return {**first, **named, "origin": "downloaded", "remote_content": "yes", "gate": "true", **more}


def database(*, asked: list[Row] | None = None, offers: list[Row] | None = None, **more: list[Row]) -> Database:
    compared = {
        "comparison": "c-1", "package": "org.example.reader", "artefact": "reader", "fact": "f-c",
        "text_origin": "typed", "list_origin": "provider", "consequences": ["refused"], "remote_content": "unknown",
    }  # fmt: skip
    given = {"comparison": [compared], "list_request": asked or [asking()], "list_offer": offers or [], **more}
    given.setdefault("assumed_profile", [{"handset": "North", "profile": "eu-lt"}])
    return database_of(RULE, given)


def only(held: Database, columns: str = "*") -> Row:
    (row,) = held.query(f"SELECT {columns} FROM compared")
    return row


def truth(table: str, unset: str, profile: str = "eu-lt", **more: str) -> Row:
    named = {"comparison": "c-1", "artefact": "reader"} if table == "gate" else {"offer": "o-1", "artefact": "keeper"}
    return {**named, "profile": profile, "unset": unset, "server_opens": "no", "server_closes": "no",
            "user_opens": "no", **more}  # fmt: skip


def test_what_another_app_hands_over_is_named_with_its_facts() -> None:
    row = only(database(offers=[offering(detail=["address:https://terms.example.test/l", "store:file:t"])]))
    assert row["suppliers"] == ["org.example.keeper"]
    assert row["handed"] == ["org.example.keeper by provider org.example.a/words: downloaded"]
    assert row["handed_addresses"] == ["address:https://terms.example.test/l"]
    assert (row["missing"], row["remote_content"], row["facts"]) == ([], "yes", ["f-c", "f-ask", "f-offer"])


@pytest.mark.parametrize(
    ("offer", "met"),
    [
        ({}, True),
        ({"access": "permission p"}, True),
        ({"access": "closed"}, False),
        ({"access": "closed", "package": "org.example.reader"}, True),
        ({"way": ""}, True),
        ({"way": "stream"}, False),
        ({"part": ""}, True),
        ({"part": "word"}, False),
        ({"part": "*"}, True),
        ({"part": "#"}, False),
        ({"part": "w.rds"}, False),
        ({"part": "*/*"}, False),
        ({"handle": "org.example.b"}, False),
        ({"channel": "intent"}, False),
        ({"recipient": "org.example.reader"}, True),
        ({"recipient": "org.example.other"}, False),
        ({"handset": "East", "artefact": "east"}, False),
    ],
)
def test_an_offer_answers_by_channel_way_handle_part_and_access(offer: Row, met: bool) -> None:  # noqa: FBT001
    row = only(database(offers=[offering(**offer)]), "handed, missing")
    assert (len(row["handed"]) == 1) is met
    assert (row["missing"] == []) is met


@pytest.mark.parametrize(
    ("path", "met"), [("words/12", True), ("words/1a", False), ("words/", False), ("words", False)]
)
def test_a_number_in_a_pattern_is_any_number(path: str, met: bool) -> None:  # noqa: FBT001
    row = only(database(asked=[asking(part=path)], offers=[offering(part="words/#")]), "handed")
    assert bool(row["handed"]) is met


def test_a_name_that_is_not_known_meets_nothing() -> None:
    row = only(database(asked=[asking(handle="", part="")], offers=[offering(handle="", part="")]), "handed, missing")
    assert row == {
        "handed": [],
        "missing": ["provider of a name that is not known: no app of this handset hands it out"],
    }


def test_apps_of_one_user_id_reach_what_is_closed() -> None:
    packages = [{"package": name, "shared_uid": "org.example.uid", "artefact": name.rpartition(".")[2]}
                for name in ("org.example.reader", "org.example.keeper")]  # fmt: skip
    row = only(database(offers=[offering(access="closed")], package=packages), "suppliers")
    assert row["suppliers"] == ["org.example.keeper"]


def test_a_provider_that_is_declared_and_hands_out_nothing_is_told_apart() -> None:
    stated = {"package": "org.example.keeper", "kind": "provider", "authorities": ["org.example.a"]}
    (what,) = only(database(component=[stated]), "missing")["missing"]
    assert what == (
        "provider org.example.a/words: an app of this handset declares it, and hands out no list that was found,"
        " or not to this app"
    )


def test_one_of_the_names_of_a_receiver_suffices() -> None:
    names = [asking(channel="intent", way="broadcast", handle=name, part="terms", fact=f"f-{name}")
             for name in ("org.example.Taker", "org.example.TERMS")]  # fmt: skip
    offer = offering(channel="intent", way="broadcast", handle="org.example.TERMS", part="terms")
    row = only(database(asked=names, offers=[offer]), "suppliers, missing")
    assert row == {"suppliers": ["org.example.keeper"], "missing": []}


@pytest.mark.parametrize(
    ("remotes", "wanted"),
    [(["yes"], "yes"), (["no"], "no"), (["no", "no"], "no"), (["no", "yes"], "yes"), (["no", "unknown"], "unknown"),
     (["unknown"], "unknown"), ([], "unknown")],
)  # fmt: skip
def test_a_server_can_change_the_words_by_way_of_any_of_them(remotes: list[str], wanted: str) -> None:
    offers = [offering(offer=f"o-{at}", fact=f"f-{at}", remote_content=one) for at, one in enumerate(remotes)]
    assert only(database(offers=offers), "remote_content")["remote_content"] == wanted


def test_what_nobody_hands_out_leaves_open_whether_a_server_can() -> None:
    asked = [asking(), asking(handle="org.example.absent", fact="f-absent")]
    assert only(database(asked=asked, offers=[offering(remote_content="no")]))["remote_content"] == "unknown"


GATES = [("open", "open", "open"), ("open", "closed", "closed"), ("closed", "open", "closed"),
         ("unknown", "open", "unknown"), ("open", "unknown", "unknown"), ("closed", "unknown", "closed")]  # fmt: skip


@pytest.mark.parametrize(("own", "theirs", "both"), GATES)
def test_both_gates_have_to_be_open(own: str, theirs: str, both: str) -> None:
    held = database(offers=[offering()], gate_truth=[truth("gate", own)], offer_gate=[truth("offer", theirs)])
    assert only(held, '"unset"')["unset"] == both


def test_a_server_closes_what_it_closes_in_one_of_the_two() -> None:
    opens = {"server_opens": "yes", "server_closes": "yes"}
    held = database(offers=[offering()], gate_truth=[truth("gate", "open", server_opens="yes")],
                    offer_gate=[truth("offer", "closed", **opens)])  # fmt: skip
    assert only(held, "server_opens, server_closes, grade") == {
        "server_opens": "yes", "server_closes": "yes", "grade": "dormant",
    }  # fmt: skip


def test_one_open_way_suffices_and_one_that_is_not_found_may_be_one() -> None:
    closed = [truth("offer", "closed")]
    two = [offering(), offering(offer="o-2", fact="f-2")]
    gates = {"gate_truth": [truth("gate", "open")], "offer_gate": closed}
    assert only(database(offers=two, **gates), '"unset"')["unset"] == "open"
    assert only(database(offers=two[:1], **gates), '"unset"')["unset"] == "closed"
    asked = [asking(), asking(handle="org.example.absent", fact="f-absent")]
    assert only(database(asked=asked, offers=two[:1], **gates), '"unset"')["unset"] == "unknown"


def test_each_profile_has_the_gate_of_its_own() -> None:
    gates = {one: truth("offer", unset, one) for one, unset in (("eu-lt", "closed"), ("cn", "open"))}
    held = database(
        offers=[offering()], offer_gate=[*gates.values()], gate_truth=[truth("gate", "open", one) for one in gates],
        assumed_profile=[{"handset": "North", "profile": one} for one in gates],
    )  # fmt: skip
    found = {row["profile"]: row["unset"] for row in held.query('SELECT profile, "unset" FROM compared')}
    assert found == {"eu-lt": "closed", "cn": "open"}
    without = database(offers=[offering()], offer_gate=[*gates.values()], assumed_profile=[],
                       gate_truth=[truth("gate", "open", one) for one in gates])  # fmt: skip
    assert only(without, '"unset"')["unset"] == "unknown", "no profile: they do not agree"


def kept(path: str, list_id: str, locator: str) -> dict[str, list[Row]]:
    return {
        "term_list": [{"artefact": path, "list_id": list_id, "unique": 9}],
        "occurrence": [
            {"artefact": path, "locator": locator, "path": path},
            *({"artefact": one, "locator": one, "path": f"{one}.apk"} for one in ("reader", "keeper")),
        ],
        "package": [{"package": f"org.example.{one}", "artefact": one} for one in ("reader", "keeper")],
    }


def test_the_list_is_the_one_that_the_other_app_keeps() -> None:
    path = "data/data/org.example.keeper/files/terms.json"
    offer = offering(detail=["store:file:terms.json"])
    assert only(database(offers=[offer], **kept(path, "L-1", path)), "lists")["lists"] == ["L-1"]
    assert only(database(**kept(path, "L-1", path)), "lists")["lists"] == []


def test_an_asset_of_another_package_is_not_one_of_the_own() -> None:
    asked = asking(channel="package", way="asset", handle="org.example.keeper", part="words.csv")
    for package, wanted in (("keeper", ["L-1"]), ("reader", [])):
        held = kept("words", "L-1", f"{package}!zip:assets/words.csv")
        row = only(database(asked=[asked], **held), "lists, suppliers, remote_content, missing")
        assert row == {"lists": wanted, "suppliers": ["org.example.keeper"], "remote_content": "no", "missing": []}


@pytest.mark.parametrize(
    ("origins", "begins"), [([], "provider"), (["constants"], "constants"), (["constants", "downloaded"], "provider")]
)
def test_a_list_begins_where_the_one_that_is_handed_over_does(origins: list[str], begins: str) -> None:
    offers = [offering(offer=f"o-{at}", fact=f"f-{at}", origin=one) for at, one in enumerate(origins)]
    assert only(database(offers=offers), "list_begins")["list_begins"] == begins
