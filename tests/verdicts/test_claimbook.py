"""The shipped claims are whole and honest, and a faulty claim is refused with a message that helps."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from assay.bytecode.sites.record import SAID, Reason
from assay.findings import rulebook
from assay.findings.database import Database
from assay.model.errors import RulebookError
from assay.reference.planted_forms import NOTATIONS
from assay.verdicts import claimbook
from assay.verdicts.claim import Claim, Condition
from assay.verdicts.claimbook import catalogue
from assay.verdicts.standing import Logic

EMPTY = Database.over({})
RULES = rulebook.load()
CLAIMS = claimbook.load(RULES)
DEMO = claimbook.load(RULES, [Path(str(files("assay") / "data" / "demo" / "claims"))])

IDS = """
bsi-2022/no-transfer-observed citizenlab-2024/keyboard-leak forbes-2020/urls-in-incognito
huawei-2021/no-processing-outside-device law/national-intelligence-law
mep-2022/aware-of-implications mep-2022/guarantee-gdpr mep-2022/guarantee-no-censorship mep-2022/verify-findings
ncc-2022/blocks-websites ncc-2022/maker-can-rearm ncc-2022/no-user-switch ncc-2022/returns-browsing
ncc-2022/server-list-emptied ncc-2022/word-count-2000
ncsc-2021/449-records ncsc-2021/banned-terms ncsc-2021/encrypted-sms ncsc-2021/excessive-collection
ncsc-2021/filters-on-match ncsc-2021/filters-user-content ncsc-2021/list-downloaded ncsc-2021/list-in-seven-apps
ncsc-2021/list-regularly-updated ncsc-2021/off-in-eu ncsc-2021/oneplus-nothing-found ncsc-2021/recognises-terms
ncsc-2021/remotely-activable ncsc-2021/server-in-singapore ncsc-2021/sixty-one-parameters ncsc-2021/store-redirect
ncsc-2021/stored-in-third-country ncsc-2021/third-country-transfer ncsc-2021/vulnerabilities
tcd-2021/installed-apps-sent tcd-2021/relinkable-identifiers
xiaomi-2021/ads-only xiaomi-2021/gdpr-compliance xiaomi-2021/no-user-restriction xiaomi-2021/protects-from-harm
"""
GOOD = """
wording = "It does."
paraphrase = true
language = "en"
short = "it does"
who = "Somebody"
when = "2021-09"
strength = "asserted"
logic = "exists"
source = "a source"
as_of = "2021-09-30"
verified = "secondary"
unexamined = ["timers"]
what_would_change = ["other evidence"]
[[supports]]
rule = "lists/list-downloaded"
at_least = "observed"
[[needs]]
evidence = "trial"
"""


def conditions(claim: Claim) -> Iterator[Condition]:
    yield from (*claim.supports, *claim.contradicts, *claim.capability)
    yield from (one for power in claim.power for one in (power.holds, power.lacks) if one)


def test_the_shipped_claims_are_those_whose_ids_were_promised() -> None:
    assert [claim.id for claim in CLAIMS] == IDS.split()


@pytest.mark.parametrize("claim", DEMO, ids=lambda claim: claim.id)
def test_every_condition_names_columns_that_its_rule_gives(claim: Claim) -> None:
    queries = {rule.id: rule.query for rule in RULES}
    for one in conditions(claim):
        named = {*one.where, *one.any_of, *one.none_of, *one.minimum, *one.maximum}
        assert named <= {*EMPTY.columns(queries[one.rule]), "subject", "profile"}, one.rule


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_claim_is_honest_on_how_far_its_source_was_checked(claim: Claim) -> None:
    assert claim.verified in {"secondary", "unverified"}
    assert ("excerpts" in claim.source) == (claim.verified == "secondary" and claim.who != "Xiaomi")


def test_no_witness_of_a_universal_claim_is_mere_absence_of_trouble() -> None:
    universal = [claim for claim in DEMO if claim.logic in (Logic.NONE, Logic.ONLY, Logic.CONDUCT)]
    assert universal
    assert [claim.id for claim in universal if not all(one.possible for one in claim.supports)] == []


def test_kinds_of_planted_values_that_claims_and_rules_name_can_be_planted() -> None:
    named = {kind for claim in DEMO for one in conditions(claim) for kind in one.where.get("kind", ())}
    for rule in RULES:
        for quoted in re.findall(r"kind IN \(([^)]*)\)", rule.query):
            named |= set(re.findall(r"'([^']+)'", quoted)) if rule.id.startswith("traffic/") else set()
    assert {"imei", "visited_url", "installed_package"} <= named
    assert named <= set(NOTATIONS)


def test_claims_that_turn_on_comparisons_or_gates_ask_the_rules_on_them() -> None:
    asked = {claim.id: {one.rule for one in conditions(claim)} for claim in DEMO}
    for name in ("ncsc-2021/remotely-activable", "ncsc-2021/off-in-eu", "specimen-2021/can-be-activated-remotely"):
        assert "comparisons/remote-switch" in asked[name]
    for name in ("ncsc-2021/filters-user-content", "xiaomi-2021/ads-only", "specimen-2021/advertisements-only"):
        assert {"comparisons/user-text", "comparisons/page-text", "comparisons/unknown-text"} <= asked[name]


def test_silence_on_comparisons_counts_where_every_app_was_followed_and_nothing_unknown_is_left() -> None:
    """Each claim that silence on comparisons decides, asks for the look at all apps."""
    for claim in DEMO:
        rules = {one.rule for one in conditions(claim) if one.rule.startswith("comparisons/")}
        if claim.power and rules:
            assert "comparison" in {power.looked for power in claim.power}, claim.id


def test_what_is_decided_is_told_in_the_words_of_the_analyser() -> None:
    said = {f"candidates left out: {text}" for text in SAID.values()}
    left = {text for text in catalogue().decided["comparison"] if text.startswith("candidates left out")}
    assert left < said
    assert f"candidates left out: {SAID[Reason.UNTYPED]}" not in left, "it may be text: that is a gap"


def folder(tmp_path: Path, content: str, name: str = "own/claim.toml") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return tmp_path


def test_a_claim_of_the_user_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    claims = claimbook.load(RULES, [folder(tmp_path, GOOD)])
    assert {claim.id for claim in claims} - set(IDS.split()) == {"own/claim"}


def test_a_claim_of_the_user_cannot_take_a_shipped_id(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="a claim of this id is shipped"):
        claimbook.load(RULES, [folder(tmp_path, GOOD, "ncsc-2021/449-records.toml")])


FAULTS = {
    "a field too many": ('colour = "red"\n' + GOOD, "unknown field `colour`"),
    "no such strength": (GOOD.replace('"asserted"', '"proven"'), "Invalid enum value 'proven'"),
    "no such logic": (GOOD.replace('"exists"', '"perhaps"'), "Invalid enum value 'perhaps'"),
    "no such verification": (GOOD.replace('"secondary"', '"sure"'), "Invalid enum value 'sure'"),
    "no day": (GOOD.replace('"2021-09-30"', '"autumn"'), "as_of is no day or month"),
    "nobody": (GOOD.replace('"Somebody"', '" "'), "who is empty"),
    "no way to change it": (GOOD.replace('["other evidence"]', "[]"), "what would change its standing"),
    "no such rule": (GOOD.replace("lists/list-downloaded", "lists/list-burnt"), "there is no rule lists/list-burnt"),
    "no such grade": (GOOD.replace('"observed"', '"certain"'), "not a grade: 'certain'"),
    "no such gap": (GOOD.replace('"timers"', '"fences"'), "there is no gap fences"),
    "no such evidence": (GOOD.replace('"trial"', '"rumour"'), "there is no kind of evidence rumour"),
    "no such table": (GOOD + '[[power]]\nsays = "x"\nlooked = "secrets"\n', "there is no table secrets"),
    "power without a thing": (GOOD + '[[power]]\nsays = "x"\n', "not exactly one of looked, holds and lacks"),
    "witnesses where nothing decides": (GOOD.replace('"exists"', '"not testable"'), "and yet something is named"),
    "conduct by code": (
        GOOD.replace('"exists"', '"conduct"').replace('"observed"', '"carried"'),
        "decided by observations only",
    ),
    "capability of something that exists": (
        GOOD + '[[capability]]\nrule = "code/compares-text"\n',
        "a capability matters to conduct only",
    ),
    "nothing that decides": (
        GOOD.replace('unexamined = ["timers"]', "").split("[[supports]]")[0],
        "nothing decides it",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_claim_is_refused_with_its_file_and_the_fault(tmp_path: Path, fault: str) -> None:
    content, message = FAULTS[fault]
    with pytest.raises(RulebookError, match=f"own/claim.toml: .*{message}"):
        claimbook.load(RULES, [folder(tmp_path, content)])


def test_a_claim_outside_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="stands in no report"):
        claimbook.load(RULES, [folder(tmp_path, GOOD, "claim.toml")])
