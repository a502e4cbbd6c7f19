"""The letter's questions are answered in two sentences from whatever the case holds, whoever made the handsets."""

import re

import msgspec
import pytest

from assay.findings import rulebook
from assay.model.case import Handset
from assay.model.finding import Finding
from assay.model.verdict import Standing, Verdict
from assay.verdicts import claimbook, letter
from assay.verdicts.claim import Topic
from tests.verdicts.samples import EAST, NORTH, claim, finding

CLAIMS = claimbook.load(rulebook.load())
GDPR, WORDS, VERIFY = "mep-2022/guarantee-gdpr", "mep-2022/guarantee-no-censorship", "mep-2022/verify-findings"
NOWHERE = Handset(name="file.har")


def verdict(standing: Standing, handset: str = "North", gap: str = "") -> Verdict:
    return Verdict(
        claim="r/c",
        handset=handset,
        standing=standing,
        reasons=(),
        evidence=(),
        would_change=(),
        not_examined=(gap,) if gap else (),
    )


def ask(
    question: str,
    findings: list[Finding],
    verdicts: list[Verdict] | None = None,
    handsets: tuple[Handset, ...] = (NORTH,),
) -> Verdict:
    about = claim("r/c", topics=tuple(Topic))
    asked = next(one for one in CLAIMS if one.id == question)
    return letter.answer(asked, [about, asked], verdicts or [], findings, handsets)


def test_every_question_is_a_claim_and_ends_in_a_sentence_without_condition() -> None:
    assert set(letter.questions()) == {one.id for one in CLAIMS if one.id.startswith("mep-2022/")}
    rules = {rule.id for rule in rulebook.load()}
    for question in letter.questions().values():
        for sentences in (question.first, question.second):
            assert (sentences[-1].rules, sentences[-1].claims) == ((), "")
            assert {rule for one in sentences for rule in one.rules} <= rules
        assert set(question.contradicted_by) <= rules


@pytest.mark.parametrize("question", [GDPR, WORDS, VERIFY, "mep-2022/aware-of-implications"])
@pytest.mark.parametrize("handsets", [(), (NORTH,), (EAST,), (NOWHERE,), (NORTH, EAST)])
def test_every_question_has_two_sentences_for_any_case(question: str, handsets: tuple[Handset, ...]) -> None:
    found = ask(question, [], [], handsets)
    assert found.handset == ""
    assert len(found.reasons) == 2
    assert all(reason.endswith(".") and "{" not in reason for reason in found.reasons)


def test_a_refusal_within_the_union_contradicts_and_is_told() -> None:
    seen = finding("trials/input-refused", subject="org.example.notes · t1")
    found = ask(WORDS, [seen], [verdict(Standing.UNTESTED, gap="gates: not examined by this version")])
    assert found.standing is Standing.CONTRADICTED
    assert found.evidence == (seen.id,)
    assert "It cannot be guaranteed for North" in found.reasons[0]
    assert "org.example.notes · t1" in found.reasons[0]
    assert found.reasons[1] == "What remains open is above all: gates."


def test_a_refusal_in_another_market_is_told_and_decides_nothing() -> None:
    seen = finding("trials/input-refused", handset="East")
    found = ask(WORDS, [seen], [verdict(Standing.UNTESTED)], (NORTH, EAST))
    assert found.standing is Standing.UNTESTED
    assert found.reasons[0].startswith(
        "On handsets of the European Union (North) no refusal was observed, which is no guarantee: on East, outside the"
    )
    assert ask(WORDS, [seen], [], (EAST,)).standing is Standing.OTHER_SCOPE


def test_a_refusal_on_a_handset_of_unknown_market_leaves_it_undecided() -> None:
    found = ask(WORDS, [finding("trials/input-refused", handset="file.har")], [], (NOWHERE,))
    assert found.standing is Standing.UNDECIDED


def test_a_list_alone_is_told_as_a_list_alone() -> None:
    lists = [finding("lists/carries-term-list", subject=name) for name in ("L-1", "L-2")]
    found = ask(WORDS, lists)
    assert found.reasons[0].startswith(
        "Lists of words or phrases (2 different ones) lie on North, where no refusal was"
    )
    assert found.standing is Standing.UNTESTED


GDPR_FIRST = {
    "traffic/planted-value-outside-eea": "were seen to leave the European Economic Area from North (s)",
    "traffic/planted-value-to-disputed-country": "whether they left the European Economic Area is not settled",
    "traffic/planted-value-sent": "to addresses inside the European Economic Area as far as databases name them",
    "traffic/contacts-recipients": "no planted value was found in it",
}


@pytest.mark.parametrize("rule", GDPR_FIRST)
def test_personal_data_are_told_by_the_gravest_finding_and_never_judged(rule: str) -> None:
    graver = list(GDPR_FIRST)[list(GDPR_FIRST).index(rule) :]
    found = ask(GDPR, [finding(one) for one in graver])
    assert GDPR_FIRST[rule] in found.reasons[0]
    assert found.standing is Standing.NOT_TESTABLE


def test_no_traffic_is_told_as_no_traffic() -> None:
    assert ask(GDPR, []).reasons[0] == (
        "No phone can show a guarantee, and no traffic of handsets within the scope of the question (North)"
        " was read at all."
    )


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ([], Standing.UNTESTED),
        ([Standing.UNTESTED, Standing.NOT_TESTABLE], Standing.UNTESTED),
        ([Standing.UNTESTED, Standing.SUPPORTED], Standing.UNDECIDED),
        ([Standing.UNDECIDED, Standing.CONTRADICTED], Standing.UNDECIDED),
        ([Standing.SUPPORTED, Standing.CONTRADICTED, Standing.OTHER_SCOPE], Standing.SUPPORTED),
    ],
)
def test_findings_are_verified_as_far_as_the_claims_are_decided(standings: list[Standing], expected: Standing) -> None:
    assert ask(VERIFY, [], [verdict(one) for one in standings]).standing is expected


def test_the_sentence_on_verification_counts() -> None:
    standings = [Standing.SUPPORTED, Standing.SUPPORTED, Standing.CONTRADICTED, Standing.UNTESTED]
    found = ask(VERIFY, [], [verdict(one, gap="gates: not examined by this version") for one in standings])
    assert found.reasons == (
        (
            "Public statements were held against handsets within their scope (North) 4 times, and were 2 times"
            " supported and 1 times contradicted."
        ),
        "They remained open 1 times, above all for want of: gates.",
    )


def test_names_from_evidence_are_made_printable() -> None:
    hostile = msgspec.structs.replace(NORTH, name="No\u202erth{all}")
    found = ask(GDPR, [finding("traffic/planted-value-sent", handset=hostile.name)], [], (hostile,))
    assert "No\\u202erth{all}" in found.reasons[0]


def test_no_count_of_claims_supports_a_guarantee() -> None:
    decided = [verdict(Standing.SUPPORTED), verdict(Standing.CONTRADICTED)]
    assert ask(WORDS, [], decided).standing is Standing.UNDECIDED
    assert ask(VERIFY, [], decided).standing is Standing.SUPPORTED


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("eu-lt", Standing.CONTRADICTED), ("", Standing.CONTRADICTED), ("cn", Standing.UNDECIDED)],
)
def test_a_handset_of_the_union_that_was_run_as_one_of_elsewhere_leaves_it_open(
    profile: str, expected: Standing
) -> None:
    found = ask(WORDS, [finding("trials/input-refused", profile=profile)], [verdict(Standing.UNTESTED)])
    assert found.standing is expected
    assert f"profile {profile or 'not stated'}" in found.reasons[0]


def test_a_case_without_a_handset_of_the_union_does_not_deny_a_refusal() -> None:
    found = ask(WORDS, [finding("trials/input-refused", handset="East")], [], (EAST,))
    assert "On handsets of the European Union (none in this case) no refusal was observed" in found.reasons[0]
    assert "on East, outside the European Union, a recorded trial shows" in found.reasons[0]


def test_a_list_that_only_came_in_a_capture_is_told_as_that() -> None:
    found = ask(WORDS, [finding("lists/list-downloaded", subject="L-1", handset="file.har")], [], (NOWHERE,))
    assert found.reasons[0].startswith("Lists (1 different ones) came to file.har in recorded answers")


@pytest.mark.parametrize("question", sorted(letter.questions()))
def test_no_sentence_says_that_something_is_clean_absent_or_illegal(question: str) -> None:
    asked = letter.questions()[question]
    for one in (*asked.first, *asked.second):
        assert re.search(r"\b(clean|absent|safe|illegal|unlawful|nothing was found)\b", one.says, re.IGNORECASE) is None
