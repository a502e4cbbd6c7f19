from typing import Any

import msgspec
import pytest

from assay.model.grade import Grade, GradeRange
from assay.model.verdict import Standing, Verdict
from assay.verdicts.claim import Claim, ClaimScope, Condition, Power
from assay.verdicts.decide import decide
from assay.verdicts.standing import Logic
from tests.verdicts.samples import CARRIED, EAST, NORTH, claim, covered, finding

FILLED = {"find_planted_hits": ("planted_hit",), "find_term_lists": ("term_list", "term")}
SENT = "traffic/planted-value-sent"
INSIDE = "traffic/planted-value-inside-eea"
CLAIM = claim(
    supports=(Condition(rule=SENT, at_least="observed"),),
    power=(
        Power(says="captures were searched", looked="planted_hit"),
        Power(says="values were planted", holds=Condition(rule=INSIDE)),
        Power(says="no country is unknown", lacks=Condition(rule="traffic/planted-value-to-unknown-country")),
    ),
)
LOOKED = [("find_planted_hits@1", "har", "looked", "North")]


def verdict(claimed: Claim, findings: list, rows: list = LOOKED, **more: Any) -> Verdict:  # type: ignore[type-arg]
    (one,) = decide([claimed], findings, covered(rows, **more), [NORTH], filled=FILLED)
    return one


def test_a_witness_supports_and_is_the_evidence() -> None:
    one = verdict(CLAIM, [finding(SENT), finding(INSIDE)])
    assert one.standing is Standing.SUPPORTED
    assert one.evidence == (finding(SENT).id,)
    assert one.reasons == (f"for it: this phone {SENT}: s",)
    assert one.not_examined == ()


def test_coverage_with_power_contradicts_what_exists() -> None:
    one = verdict(CLAIM, [finding(INSIDE)])
    assert one.standing is Standing.CONTRADICTED
    assert one.reasons[-1] == (
        "it would have been seen, because captures were searched; that values were planted; that no country is unknown"
    )


@pytest.mark.parametrize(
    ("rows", "more", "gap"),
    [
        ([], {}, "planted_hit: nothing of this handset could show it"),
        ([("find_planted_hits@1", "har", "looked", "East")], {}, "planted_hit: nothing of this handset could show it"),
        ([("find_term_lists@1", "har", "looked", "North")], {}, "planted_hit: nothing of this handset could show it"),
        (
            [*LOOKED, ("find_planted_hits@1", "har2", "skipped", "North")],
            {},
            "planted_hit: 1 artefacts of this handset were skipped, failed or unreadable",
        ),
        (
            [*LOOKED, ("find_planted_hits@1", "har2", "failed", "North")],
            {},
            "planted_hit: 1 artefacts of this handset were skipped, failed or unreadable",
        ),
        (
            LOOKED,
            {"unreadable": [("broken", "North")]},
            "planted_hit: 1 artefacts of this handset were skipped, failed or unreadable",
        ),
    ],
)
def test_what_was_not_looked_at_takes_the_power_away_and_is_named(rows: list, more: dict, gap: str) -> None:  # type: ignore[type-arg]
    one = verdict(CLAIM, [finding(INSIDE)], rows, **more)
    assert one.standing is Standing.UNTESTED
    assert one.not_examined == (gap,)
    assert "silence is no answer here: it is not shown that captures were searched" in one.reasons


def test_what_could_not_be_followed_inside_a_capture_takes_the_power_away_and_is_named() -> None:
    one = verdict(CLAIM, [finding(INSIDE)], opaque="values that look encrypted")
    assert one.standing is Standing.UNTESTED
    assert one.not_examined == ("planted_hit: 2 × values that look encrypted",)
    assert verdict(CLAIM, [finding(SENT)], opaque="values that look encrypted").standing is Standing.SUPPORTED


def test_silence_decides_nothing_that_turns_on_what_was_not_examined() -> None:
    turning = msgspec.structs.replace(CLAIM, unexamined=("run-power",))
    one = verdict(turning, [finding(INSIDE)])
    assert one.standing is Standing.UNTESTED
    assert one.reasons[-1] == "silence is no answer here: it turns on what was not examined"
    assert verdict(turning, [finding(SENT), finding(INSIDE)]).standing is Standing.SUPPORTED


def test_what_could_not_be_read_on_another_handset_takes_nothing_away() -> None:
    assert verdict(CLAIM, [finding(INSIDE)], LOOKED, unreadable=[("broken", "East")]).standing is Standing.CONTRADICTED


@pytest.mark.parametrize(
    "findings", [[], [finding(INSIDE), finding("traffic/planted-value-to-unknown-country")]], ids=["holds", "lacks"]
)
def test_conditions_on_findings_take_power_away_too(findings: list) -> None:  # type: ignore[type-arg]
    assert verdict(CLAIM, findings).standing is Standing.UNTESTED


def test_findings_of_another_handset_never_decide() -> None:
    other = [finding(SENT, handset="East"), finding(INSIDE, handset="East")]
    assert verdict(CLAIM, other).standing is Standing.UNTESTED


def test_another_scope_has_no_evidence_and_says_what_scope() -> None:
    scoped = claim(supports=CLAIM.supports, scope=ClaimScope(market=("CN",)), unexamined=("timers",))
    one = verdict(scoped, [finding(SENT)])
    assert one.standing is Standing.OTHER_SCOPE
    assert one.evidence == one.not_examined == ()
    assert one.reasons == ("the claim is about market CN; this handset has LT",)


def test_an_interval_leaves_a_claim_undecided_and_names_what_is_unresolved() -> None:
    grade = GradeRange(Grade.CARRIED, Grade.OBSERVED, ("whether a screen shows it",))
    one = verdict(claim(supports=CLAIM.supports, unexamined=("timers",)), [finding(SENT, grade=grade)])
    assert one.standing is Standing.UNDECIDED
    assert one.reasons == (f"perhaps for it: this phone {SENT}: s; unresolved: whether a screen shows it",)
    assert one.not_examined == ("timers in code: not examined by this version",)


def test_witnesses_on_both_sides_leave_a_claim_undecided() -> None:
    both = claim(supports=CLAIM.supports, contradicts=(Condition(rule=INSIDE),))
    one = verdict(both, [finding(SENT), finding(INSIDE)])
    assert one.standing is Standing.UNDECIDED
    assert len(one.evidence) == 2
    assert [reason.split(":")[0] for reason in one.reasons] == ["for it", "against it"]


def test_a_claim_on_what_is_not_built_yet_is_untested_and_names_the_gap() -> None:
    one = verdict(claim(unexamined=("timers", "loader-code")), [finding(SENT)])
    assert one.standing is Standing.UNTESTED
    assert one.not_examined == (
        "timers in code: not examined by this version",
        "code that loads a list: not examined by this version",
    )
    assert one.evidence == ()


DENIAL = claim(
    logic=Logic.CONDUCT,
    contradicts=(Condition(rule="trials/input-refused", at_least="observed"),),
    capability=(Condition(rule="code/compares-text", at_least="carried"),),
)


def test_a_denial_of_conduct_is_contradicted_by_an_observation_only() -> None:
    seen = verdict(DENIAL, [finding("trials/input-refused"), finding("code/compares-text", grade=CARRIED)])
    assert seen.standing is Standing.CONTRADICTED
    shown = verdict(DENIAL, [finding("code/compares-text", grade=CARRIED)])
    assert shown.standing is Standing.CAPABILITY_SHOWN
    assert shown.reasons == (
        "it is possible: this phone code/compares-text: s",
        "no recorded run within the claim's scope shows what it does",
        "no coverage could make silence an answer",
    )
    assert verdict(DENIAL, []).standing is Standing.UNTESTED


def test_what_no_phone_shows_says_so_and_nothing_else() -> None:
    one = verdict(claim(logic=Logic.NOT_TESTABLE), [finding(SENT)])
    assert (one.standing, one.reasons, one.evidence) == (
        Standing.NOT_TESTABLE,
        ("no examination of a phone can answer it",),
        (),
    )


def test_subjects_beyond_three_are_counted_and_hostile_names_are_made_printable() -> None:
    found = [finding(SENT, subject=f"s{n}\u202e\n") for n in range(5)]
    assert verdict(CLAIM, found).reasons == (
        f"for it: this phone {SENT}: s0\\u202e\\u000a, s1\\u202e\\u000a, s2\\u202e\\u000a and 2 more",
    )


def test_verdicts_come_in_the_order_of_claims_and_handsets() -> None:
    claims = [claim("b/second"), claim("a/first")]
    found = decide(claims, [], covered([]), [NORTH, EAST], filled=FILLED)
    assert [(one.claim, one.handset) for one in found] == [
        ("b/second", "North"),
        ("b/second", "East"),
        ("a/first", "North"),
        ("a/first", "East"),
    ]
