"""Gates in the state that evidence shows: which values are seen, what stands for what, and whose state it is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.facts import gates_in_state as module
from assay.facts.gates_in_state import MAX_ANSWERS, gates_in_state, scalars
from assay.vocabulary import Fact
from assay.vocabulary.handset import Preference
from assay.vocabulary.lists import Snapshot
from assay.vocabulary.states import GateInState, GateState
from assay.vocabulary.traffic import Transfer
from tests.facts.tables_at_hand import TablesAtHand

ON, LEVEL = "preference:guard/on", "preference:guard/level"
DATA, ENDPOINT = "data/data/org.example.notes/shared_prefs/", "http://cfg.example.test/guard"
Files = tuple[tuple[str, str, str], ...]
APP: Files = (("North", "apps/Notes.apk", "dex"),)


def state(values: dict[str, str], *, is_open: bool, kind: str = "settings", **more: Any) -> GateState:
    given_: dict[str, Any] = {
        "place": "method:La;->b()V+0x1", "comparison": "c-1", "package": "org.example.notes", "kind": kind,
        "variables": tuple(values), "values": tuple(values.values()), "ordered": (),
        "open_in": ("cn",) if is_open else (), "closed_in": () if is_open else ("cn",), "addresses": (),
    }  # fmt: skip
    return GateState(**given_ | more)


FLAG = [state({ON: value}, is_open=value == "#1") for value in ("-", "#0", "#1")]


def preference(value: str, kind: str = "boolean", name: str = "on") -> Preference:
    return Preference(place="", name=name, type=kind, value=value)


def joined(
    rows: dict[str, list[Fact]], *files: tuple[str, str, str], texts: dict[str, str] | None = None
) -> list[GateInState]:
    found = list(gates_in_state(TablesAtHand(rows, (*APP, *files), texts)))
    assert {artefact for artefact, _ in found} <= {"dex"}
    return [row for _, row in found]


def settings(*preferences: Preference, path: str = f"{DATA}guard.xml", states: list[GateState] | None = None) -> Any:
    (row,) = joined({"dex": [*(states or FLAG)], "xml": [*preferences]}, ("North", path, "xml")) or (None,)
    return row


@pytest.mark.parametrize(("value", "truth"), [("true", "open"), ("false", "closed")])
def test_a_setting_of_the_app_says_what_its_gate_is(value: str, truth: str) -> None:
    row = settings(preference(value))
    assert (row.on_handset, row.seen_in, row.variables, row.unseen) == ("North", ("xml",), (ON,), ())
    assert (row.open_in, row.closed_in) == ((("cn",), ()) if truth == "open" else ((), ("cn",)))


def test_a_key_that_is_not_in_the_file_is_absent_and_counts_as_that() -> None:
    row = settings(preference("true", name="other"))
    assert (row.values, row.unseen, row.closed_in) == (("absent",), (), ("cn",))


@pytest.mark.parametrize(
    "path",
    [f"{DATA}other.xml", "data/data/org.example.other/shared_prefs/guard.xml", "guard.xml",
     "data/data/org.example.notes/files/guard.xml", f"{DATA}sub/guard.xml", f"{DATA}guard.xml.bak/x"],
)  # fmt: skip
def test_another_file_says_nothing(path: str) -> None:
    assert settings(preference("true"), path=path) is None


def test_files_of_other_layouts_of_app_data_are_found() -> None:
    for top in ("app-data/", "data/user/0/", "data/user_de/0/", ""):
        assert settings(preference("true"), path=f"{top}org.example.notes/shared_prefs/guard.xml") is not None


def test_default_preferences_are_named_by_the_package() -> None:
    states = [state({"preference:default/on": value}, is_open=value == "#1") for value in ("-", "#0", "#1")]
    row = settings(preference("true"), path=f"{DATA}org.example.notes_preferences.xml", states=states)
    assert row.open_in == ("cn",)


def test_the_state_of_another_handset_is_not_taken() -> None:
    rows: dict[str, list[Fact]] = {"dex": [*FLAG], "xml": [preference("true")], "off": [preference("false")]}
    found = joined(rows, ("East", "Notes.apk", "dex"), ("East", f"{DATA}guard.xml", "xml"),
                   ("North", f"{DATA}guard.xml", "off"), ("West", f"{DATA}guard.xml", "xml"))  # fmt: skip
    assert [(row.on_handset, row.open_in) for row in found] == [("East", ("cn",)), ("North", ())]


def test_two_files_that_disagree_are_not_seen() -> None:
    rows: dict[str, list[Fact]] = {"dex": [*FLAG], "one": [preference("true")], "two": [preference("false")]}
    places = (("North", f"{DATA}guard.xml", "one"), ("North", "data/user/10/org.example.notes/shared_prefs/guard.xml",
              "two"))  # fmt: skip
    assert joined(rows, *places) == []
    same = joined({**rows, "two": [preference("true"), preference("x", "string", "more")]}, *places)
    assert [(row.open_in, row.seen_in) for row in same] == [(("cn",), ("one", "two"))]


BOTH = [state({ON: on, "preference:other/free": free}, is_open=on == free == "#1")
        for on in ("-", "#0", "#1") for free in ("-", "#0", "#1")]  # fmt: skip


@pytest.mark.parametrize(("value", "told"), [("true", ((), ())), ("false", ((), ("cn",)))])
def test_what_is_not_seen_may_be_anything(value: str, told: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    row = settings(preference(value), states=BOTH)
    assert (row.unseen, row.values[1]) == (("preference:other/free",), "not seen")
    assert (row.open_in, row.closed_in) == told


LEVELS = [state({LEVEL: f"#{value}"}, is_open=value > 5, ordered=(LEVEL,)) for value in (-1, 0, 1, 2, 4, 5, 6)]


@given(st.integers(-(2**63), 2**63 - 1))
def test_of_ordered_numbers_the_next_below_stands_for_those_that_are_not_told(value: int) -> None:
    row = settings(preference(str(value), "long", "level"), states=LEVELS)
    assert (row.open_in == ("cn",)) == (value > 5)
    assert row.unseen == ()


@pytest.mark.parametrize("value", [7, 2**31, -(2**31)])
def test_other_numbers_stand_for_themselves_alone(value: int) -> None:
    states = [state({LEVEL: f"#{one}"}, is_open=one > 5) for one in (0, 1, 6)]
    row = settings(preference(str(value), "int", "level"), states=states)
    assert (row.unseen, row.open_in, row.closed_in) == ((LEVEL,), (), ())


@pytest.mark.parametrize(("kind", "value"), [("string", "true"), ("float", "1.0"), ("set", '["a"]'), ("int", "1e3")])
def test_a_value_of_another_type_stands_for_none(kind: str, value: str) -> None:
    row = settings(preference(value, kind))
    assert (row.unseen, row.open_in, row.closed_in) == ((ON,), (), ())


ANSWERS = [state({"remote:on": value}, is_open=value == "#1", kind="answer", addresses=(f"{ENDPOINT}?v=",))
           for value in ("-", "#0", "#1")]  # fmt: skip


def snapshot(file: str, day: str = "2021-09-20", endpoint: str = f"{ENDPOINT}?v=1") -> Snapshot:
    return Snapshot(place="", endpoint=endpoint, taken=f"{day}T10:00:00Z", file=file, status=200, parameters="{}")


def answered(*bodies: str, **more: Any) -> list[GateInState]:
    """What dated answers say, one a day, from a folder of snapshots."""
    days = [snapshot(f"{at}.json", f"2021-{1 + at // 28:02}-{1 + at % 28:02}", **more) for at in range(len(bodies))]
    places = [("North", f"s/{at}.json", f"body-{at}") for at in range(len(bodies))]
    texts = {f"body-{at}": body for at, body in enumerate(bodies)}
    return joined({"dex": [*ANSWERS], "toml": [*days]}, ("North", "s/snapshots.toml", "toml"), *places, texts=texts)


@pytest.mark.parametrize(
    ("body", "values", "is_open"),
    [('{"on": true}', ("1",), True), ('{"on": false}', ("0",), False), ('{"deep": [{"on": 1}]}', ("1",), True),
     ("{}", ("absent",), False), ('{"on": null}', ("absent",), False), ("[]", ("absent",), False)],
)  # fmt: skip
def test_an_answer_says_what_a_gate_is_behind_it(body: str, values: tuple[str, ...], is_open: bool) -> None:  # noqa: FBT001
    (row,) = answered(body)
    assert (row.kind, row.day, row.values, row.seen_in) == ("answer", "2021-01-01", values, ("body-0",))
    assert (row.open_in == ("cn",), row.closed_in == ("cn",)) == (is_open, not is_open)


@pytest.mark.parametrize("body", ["", "no json", '"on"', "1", '{"on": true', '{"on": true, "x": {"on": false}}',
                                  '{"on": [true]}', "[" * 100_000, '{"on": 1.5}'])  # fmt: skip
def test_what_does_not_say_one_thing_is_not_told(body: str) -> None:
    assert answered(body) == []


def test_the_same_answer_is_told_on_its_first_day() -> None:
    found = answered('{"on": true}', '{"on": true, "v": 2}', '{"on": false}', "{}")
    assert [(row.day, row.values) for row in found] == [
        ("2021-01-01", ("1",)), ("2021-01-03", ("0",)), ("2021-01-04", ("absent",)),
    ]  # fmt: skip


def test_answers_of_another_address_are_not_taken() -> None:
    assert answered('{"on": true}', endpoint="http://cfg.example.test/guard2") == []
    assert answered('{"on": true}', endpoint="https://cfg.example.test/guard") == []


@pytest.mark.parametrize(("count", "told"), [(MAX_ANSWERS, MAX_ANSWERS), (MAX_ANSWERS + 1, MAX_ANSWERS)])
def test_only_so_many_different_answers_are_told(count: int, told: int) -> None:
    assert len(answered(*(f'{{"on": {at}}}' for at in range(count)))) == told


def test_an_answer_in_a_capture_counts_by_its_address() -> None:
    transfer = Transfer(
        entry=0, started="2021-09-21T10:00:00Z", day="2021-09-21", method="GET", scheme="http",
        host="cfg.example.test", port=80, path="/guard", address="", status=200, request_bytes=0, response_bytes=9,
        response_sha256="body", mime="", cleartext=True, evidence="proxy_log", app="",
    )  # fmt: skip
    rows: dict[str, list[Fact]] = {"dex": [*ANSWERS], "har": [transfer]}
    (row,) = joined(rows, ("North", "x.har", "har"), texts={"body": '{"on": true}'})
    assert (row.day, row.open_in, row.seen_in) == ("2021-09-21", ("cn",), ("body",))


def test_nothing_is_read_where_no_gate_asks() -> None:
    assert joined({"xml": [preference("true")]}, ("North", f"{DATA}guard.xml", "xml")) == []


@given(st.dictionaries(st.text(max_size=4), st.one_of(st.booleans(), st.integers(), st.text(max_size=4)), max_size=6))
def test_scalars_of_a_flat_document_come_back(document: dict[str, Any]) -> None:
    found = scalars(json.dumps(document))
    assert found is not None
    assert found == {
        key: f"={value}" if isinstance(value, str) else f"#{int(value)}" for key, value in document.items()
    }


@given(st.text(max_size=80))
def test_any_text_is_read_or_left(text: str) -> None:
    found = scalars(text)
    assert found is None or all(isinstance(value, str) for value in found.values())


@pytest.mark.parametrize(("nodes", "read"), [(10, True), (11, False)])
def test_a_document_of_too_many_values_is_not_read(monkeypatch: pytest.MonkeyPatch, nodes: int, read: bool) -> None:  # noqa: FBT001
    monkeypatch.setattr(module, "MAX_NODES", 10)
    assert (scalars(json.dumps(dict.fromkeys(map(str, range(nodes)), 1))) is not None) is read
