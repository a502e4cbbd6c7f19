"""What pieces of a specimen come to together."""

from benchmarks.gatebench.fragments import PROFILES, Idiom, fill, literal
from benchmarks.gatebench.truth import GateRow, Gates, Truth, assignments, switches
from tests.house import gatebench_idioms as idioms

USER = Idiom(
    "gate",
    "test-user",
    idioms._switch,
    opens=lambda _profile, state: bool(state.get("wanted")),
    user={"wanted": (True,)},
)
ALWAYS_OPEN = GateRow("open", "yes", "no", "yes")


def test_without_gates_it_is_open_and_nothing_closes_it() -> None:
    assert Gates(()).table() == {profile.id: ALWAYS_OPEN for profile in PROFILES}


def test_a_market_opens_one_profile_and_no_server_changes_that() -> None:
    table = Gates((idioms.MARKET,)).table()
    assert table["cn"] == ALWAYS_OPEN
    assert {table[profile] for profile in ("eu-lt", "us", "unknown")} == {GateRow("closed", "no", "yes", "no")}


def test_a_switch_and_a_market_are_a_switch_in_that_market_alone() -> None:
    specimen = idioms.specimen(idioms.DOWNLOADED, idioms.MARKET, idioms.SWITCH)
    assert specimen.truth
    assert specimen.truth.members() == {
        "list_origin": "downloaded",
        "text_origin": "typed",
        "consequences": ("message", "refused"),
        "gate": idioms.gates({"cn": ("closed", "yes", "yes", "no")}, ("closed", "no", "yes", "no")),
        "remote_content": "yes",
        "remote_switch": {"eu-lt": "no", "cn": "yes", "us": "no", "unknown": "no", "any": "yes"},
        "grade": dict.fromkeys(("eu-lt", "cn", "us", "unknown"), "dormant"),
    }


def test_what_the_user_sets_is_no_switch_of_a_server() -> None:
    row = Gates((USER,)).row(PROFILES[0])
    assert row == GateRow("closed", "no", "yes", "yes")
    assert Gates((USER, idioms.SWITCH)).row(PROFILES[0]) == GateRow("closed", "no", "yes", "no")


def test_a_switch_is_unknown_where_one_of_its_senses_is() -> None:
    found = switches({"a": ("open", "yes", "unknown", "no"), "b": ("open", "no", "unknown", "no")})
    assert found == {"a": "unknown", "b": "no", "any": "unknown"}


def test_a_twin_whose_gate_is_shut_is_a_case_that_is_closed_everywhere() -> None:
    truth = idioms.specimen(idioms.CONSTANTS, twin="gate-false").truth
    assert truth
    assert set(truth.gates.values()) == {GateRow("closed", "no", "yes", "no")}


def test_other_twins_have_no_truth_but_that_nothing_follows() -> None:
    twins = ("never-compared", "result-ignored", "dead-component", "other-text")
    assert [idioms.specimen(twin=twin).truth for twin in twins] == [None] * 4


def test_what_nobody_can_decide_is_unknown_and_the_rest_is_not() -> None:
    truth = Truth("file", "typed", ("refused",), {"cn": ALWAYS_OPEN}, "no", ("remote_content", "gate"))
    members = truth.members()
    assert members["remote_content"] == "unknown"
    assert members["gate"] == {"cn": ("unknown",) * 4}
    assert members["list_origin"] == "file"


def test_assignments_are_all_combinations() -> None:
    assert assignments({}) == []
    assert assignments({"a": (1, 2), "b": (3,)}) == [{"a": 1, "b": 3}, {"a": 2, "b": 3}]


def test_java_literals_are_ascii() -> None:
    assert literal('a"b\\c\nü€') == '"a\\"b\\\\c\\n\\u00fc\\u20ac"'
    assert fill("@a@ @Override\n@b@", a=1, b="x") == "1 @Override\nx"
