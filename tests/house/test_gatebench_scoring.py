"""The scorer of gatebench, on claims written by hand."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from benchmarks.gatebench import examination, scoring, trivial
from benchmarks.gatebench.examination import Claim
from benchmarks.gatebench.specimens import Specimen
from benchmarks.gatebench.truth import MEMBERS
from tests.house import gatebench_idioms as idioms

PROFILES = ("eu-lt", "cn", "us", "unknown")
CASE = idioms.specimen(idioms.DOWNLOADED, idioms.SWITCH, number=1)
CLOSED = ("closed", "yes", "yes", "no")


def claim(specimen: Specimen = CASE, **other: Any) -> Claim:
    right = Claim(
        package=specimen.package,
        place="Lorg/example/A;->b()Z",
        list_origin="downloaded",
        text_origin="typed",
        consequences=("message", "refused"),
        gates=dict.fromkeys(PROFILES, CLOSED),
        remote_content="yes",
        remote_switch="yes",
        path_shown=True,
    )
    return dataclasses.replace(right, **other)


def scored(specimens: Sequence[Specimen], *claims: Claim) -> dict[str, Any]:
    return scoring.scored(specimens, claims)


def test_a_row_that_is_right_in_every_member_is_exact() -> None:
    result = scored([CASE], claim())
    assert result["tuple_exact"] == 1
    assert result["tuple_exact_held_back"] is None
    assert set(result["members"].values()) == {1}
    assert result["misses"] == []
    assert (result["cases"], result["decoys"], result["false_positives"]) == (1, 0, 0)


def test_without_a_row_every_member_is_missed() -> None:
    for result in (
        scored([CASE]),
        scored([CASE], claim(path_shown=False)),
        scored([CASE], claim(consequences=("none",))),
    ):
        assert result["tuple_exact"] == 0
        assert set(result["members"].values()) == {0}
        assert [miss["reason"] for miss in result["misses"]] == ["no claim with a consequence"]


def test_each_member_is_counted_by_itself() -> None:
    wrong: dict[str, dict[str, Any]] = {
        "list_origin": {"list_origin": "constants"},
        "text_origin": {"text_origin": "unknown"},
        "consequences": {"consequences": ("refused",)},
        "gate": {"gates": dict.fromkeys(PROFILES, ("closed", "yes", "yes", "yes"))},
        "remote_content": {"remote_content": "unknown"},
        "remote_switch": {"remote_switch": "no"},
    }
    for member, change in wrong.items():
        result = scored([CASE], claim(**change))
        assert result["tuple_exact"] == 0
        assert [name for name in MEMBERS if result["members"][name] == 0] == [member]
        assert result["misses"][0]["reason"] == f"wrong: {member}"


def test_an_open_gate_changes_the_grade_too() -> None:
    result = scored([CASE], claim(gates=dict.fromkeys(PROFILES, ("open", "yes", "yes", "no"))))
    assert result["misses"][0]["reason"] == "wrong: gate, grade"
    assert result["misses"][0]["members"]["grade"]["truth"]["cn"] == "dormant"
    assert result["misses"][0]["members"]["grade"]["said"]["cn"] == "reachable"


def test_a_profile_that_is_not_answered_is_missed() -> None:
    result = scored([CASE], claim(gates=dict.fromkeys(PROFILES[:3], CLOSED)))
    assert result["members"]["gate"] == 0


def test_the_best_row_counts_unless_another_contradicts_it() -> None:
    beside = claim(text_origin="device", list_origin="constants")
    assert scored([CASE], beside, claim())["tuple_exact"] == 1
    assert scored([CASE], claim(), claim())["tuple_exact"] == 1
    against = scored([CASE], claim(list_origin="constants"), claim())
    assert against["tuple_exact"] == 0
    assert set(against["members"].values()) == {1}
    assert against["misses"][0]["reason"] == "contradicted by another claim"


def test_an_address_that_an_intent_brings_may_be_called_either() -> None:
    case = idioms.specimen(idioms.DOWNLOADED, idioms.SWITCH, number=9, text=idioms.VIEWED)
    exact = [scored([case], claim(case, text_origin=word))["tuple_exact"] for word in ("url", "intent", "typed")]
    assert exact == [1, 1, 0]


def test_rows_of_another_package_do_not_count() -> None:
    assert scored([CASE], claim(package="org.example.other"))["tuple_exact"] == 0


def test_known_idioms_and_those_held_back_are_told_apart() -> None:
    held = idioms.specimen(idioms.HELD_BACK, idioms.SWITCH, number=2)
    right = claim(held, list_origin="constants", remote_content="no")
    result = scored([CASE, held], right)
    assert (result["tuple_exact"], result["tuple_exact_held_back"]) == (0, 1)
    assert set(result["members"].values()) == {0}


def test_a_negative_twin_with_a_consequence_is_a_false_positive() -> None:
    twins = [idioms.specimen(twin=twin, number=3) for twin in ("never-compared", "result-ignored", "dead-component")]
    for twin in twins:
        result = scored([twin], claim(twin))
        assert (result["cases"], result["decoys"], result["false_positives"]) == (0, 1, 1)
        assert result["misses"][0]["reason"] == "false positive"
        assert scored([twin], claim(twin, path_shown=False))["false_positives"] == 0


def test_where_other_text_is_compared_only_the_wrong_text_is_false() -> None:
    twin = idioms.specimen(twin="other-text", number=4)
    assert scored([twin], claim(twin))["false_positives"] == 1
    assert scored([twin], claim(twin, text_origin="packages"))["false_positives"] == 0


def test_a_decoy_may_be_reported_with_what_it_does() -> None:
    decoy = idioms.spelling()
    assert scored([decoy], claim(decoy, consequences=("message",)))["false_positives"] == 0
    assert scored([decoy], claim(decoy, consequences=("message", "refused")))["false_positives"] == 1


def test_what_nobody_can_decide_has_to_be_called_unknown() -> None:
    case = idioms.specimen(idioms.UNDECIDABLE, idioms.SWITCH, number=5)
    right = claim(case, list_origin="file", remote_content="unknown")
    assert scored([case], right)["cannot_follow_right"] == 1
    assert scored([case], right)["tuple_exact"] == 1
    assert scored([case], claim(case, list_origin="file", remote_content="no"))["cannot_follow_right"] == 0
    assert scored([CASE], claim())["cannot_follow_right"] is None


def test_saying_the_same_everywhere_is_right_for_the_most_frequent_and_wrong_for_every_decoy() -> None:
    again = idioms.specimen(idioms.DOWNLOADED, idioms.SWITCH, number=6)
    other = idioms.specimen(idioms.CONSTANTS, number=7)
    twin = idioms.specimen(twin="never-compared", number=8)
    result = scoring.score([CASE, other, again, twin], [], {each.name: b"" for each in (CASE, other, again, twin)})
    baseline = result["baseline"]
    assert isinstance(baseline, dict)
    assert baseline["finding_everywhere"]["tuple_exact"] == round(2 / 3, 4)
    assert baseline["finding_everywhere"]["false_positives"] == 1
    assert baseline["flow_insensitive"]["tuple_exact"] == 0


def test_names_alone_suggest_an_answer() -> None:
    code = b"contains\0Ljava/net/HttpURLConnection;\0Landroid/widget/EditText;\0Landroid/widget/Toast;"
    (found,) = trivial.by_names([CASE], {CASE.name: code})
    assert (found.list_origin, found.text_origin, found.consequences) == ("downloaded", "typed", ("message",))
    assert trivial.by_names([CASE], {CASE.name: code.replace(b"contains", b"")}) == []


def test_rows_of_the_fact_tables_become_claims() -> None:
    row: dict[str, Any] = {
        "comparison": "c-1", "package": CASE.package, "class_name": "Lorg/example/A;", "method": "b()Z", "api": "x",
        "list_origin": "downloaded", "text_origin": "typed", "consequences": ["refused", "message"], "gate": "true",
        "remote_content": "yes", "remote_switch": "yes", "path_shown": True, "unknowns": 0,
    }  # fmt: skip
    gate = {"comparison": "c-1", "unset": "closed", "server_opens": "yes", "server_closes": "yes", "user_opens": "no"}
    truths: list[dict[str, Any]] = [{**gate, "profile": profile} for profile in PROFILES]
    other: dict[str, Any] = {**gate, "comparison": "c-2", "profile": "cn", "unset": "open"}
    assert examination.claims([row], [*truths, other]) == [claim()]
