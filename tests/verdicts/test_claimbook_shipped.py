"""Shipped claims held against made evidence of one handset: what stands, and why, as the dispute's own terms demand."""

import msgspec
import pytest

from assay.findings import rulebook
from assay.findings.evaluate import findings_of
from assay.findings.examples import database_of
from assay.model.case import Acquisition, Handset
from assay.model.verdict import Verdict
from assay.verdicts import claimbook
from assay.verdicts.decide import decide
from tests.verdicts.made_evidence import (
    FILE,
    LIST,
    XIAOMI,
    Rows,
    came,
    changed,
    looked,
    parameters,
    placed,
    planted,
    stored,
    term,
    together,
    trial,
)

RULES = {rule.id: rule for rule in rulebook.load()}
CLAIMS = {claim.id: claim for claim in claimbook.load(RULES.values())}
FILLED = {"planted": ("planted_hit",), "lists": ("term_list", "term", "census")}

TAIWAN = msgspec.structs.replace(XIAOMI, market="TW", build="V12.0.10.0.QJDTWXM")
ONEPLUS = msgspec.structs.replace(XIAOMI, make="OnePlus", model="OnePlus 8T", build="KB2003_11")
HUAWEI = msgspec.structs.replace(XIAOMI, make="Huawei", model="P40", build="10.1")
BSI = msgspec.structs.replace(XIAOMI, acquisition=Acquisition(who="BSI", when="2021-12-01"))
EARLY = msgspec.structs.replace(XIAOMI, acquisition=Acquisition(who="x", when="2020-03-01"))

LATE = msgspec.structs.replace(XIAOMI, acquisition=Acquisition(who="x", when="2023-12-01"))

NOTHING: Rows = {}
CFG, NAMED_HOST = "cfg.example.test", "globalapi.ad.xiaomi.com"
OUTSIDE = together(planted(), placed(2, "stats.example.test", ["SG"], in_eea="outside", adequacy="none"))
INSIDE = together(planted(), placed(2, "stats.example.test", ["IE"], in_eea="inside", adequacy="member"))
US = together(planted(), placed(2, "stats.example.test", ["US"], in_eea="outside", adequacy="none"))
DISPUTED = together(planted(), placed(2, "stats.example.test", ["IE", "SG"], in_eea="disputed", adequacy="disputed"))
LISTS_READ = looked("lists", artefact=FILE)
LISTS_OPAQUE = looked("lists", artefact=FILE, opaque=True)
UNKNOWN = planted(4, host="b.example.test")
NAMED = together(
    stored(), term("自由西藏"), term("89 Democracy Movement"), term("The Voice of America"),
)  # fmt: skip

TABLE: list[tuple[str, Handset, Rows, str]] = [
    # the list came and lies in a file: by its name for certain, under another name perhaps; either half alone is not it
    ("ncsc-2021/list-downloaded", XIAOMI, together(came(), stored()), "supported"),
    ("ncsc-2021/list-downloaded", XIAOMI, together(came("/v1/x"), stored(file="emoji.json")), "undecided"),
    ("ncsc-2021/list-downloaded", XIAOMI, came(), "untested"),
    ("ncsc-2021/list-downloaded", XIAOMI, stored(), "untested"),
    ("ncsc-2021/list-in-seven-apps", XIAOMI, stored(), "undecided"),
    ("ncsc-2021/list-in-seven-apps", XIAOMI, stored(app="com.example.other"), "untested"),
    # a country: by two databases that agree; one alone, or a dispute, decides nothing
    ("ncsc-2021/server-in-singapore", XIAOMI, together(came(), placed(1, CFG, ["SG"])), "supported"),
    ("ncsc-2021/server-in-singapore", XIAOMI, together(came(), placed(1, CFG, ["IE"])), "contradicted"),
    ("ncsc-2021/server-in-singapore", XIAOMI, together(came(), placed(1, CFG, ["SG"], 1)), "undecided"),
    ("ncsc-2021/server-in-singapore", XIAOMI, together(came(), placed(1, CFG, ["IE"], 1)), "undecided"),
    ("ncsc-2021/server-in-singapore", XIAOMI, together(came(), placed(1, CFG, ["IE", "SG"])), "undecided"),
    ("ncsc-2021/server-in-singapore", XIAOMI, together(came("/x"), placed(1, CFG, ["IE"])), "untested"),
    ("ncsc-2021/449-records", XIAOMI, together(stored(), LISTS_READ), "supported"),
    ("ncsc-2021/449-records", XIAOMI, together(stored(name=LIST, file="x.json"), LISTS_READ), "supported"),
    ("ncsc-2021/449-records", XIAOMI, together(stored(raw=2210), LISTS_READ), "contradicted"),
    ("ncsc-2021/449-records", XIAOMI, together(stored(raw=2210), LISTS_OPAQUE), "untested"),
    ("ncsc-2021/449-records", XIAOMI, together(stored(file="brands.json"), LISTS_READ), "untested"),
    ("ncsc-2021/banned-terms", XIAOMI, NAMED, "supported"),
    ("ncsc-2021/banned-terms", XIAOMI, together(stored(), term("free tibet")), "undecided"),
    ("ncsc-2021/banned-terms", XIAOMI, together(stored(file="dictionary.txt"), term("free tibet")), "undecided"),
    ("ncsc-2021/banned-terms", XIAOMI, together(stored(), term("umbrella"), LISTS_READ), "untested"),
    # trials: the list of that name, under a profile of the Union; anything else is perhaps another function
    ("ncsc-2021/filters-on-match", XIAOMI, together(stored(), trial()), "supported"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(stored(file="rude.txt"), trial()), "undecided"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(stored(), trial(shown=False)), "untested"),
    ("ncsc-2021/filters-user-content", XIAOMI, together(stored(), trial()), "supported"),
    ("ncsc-2021/recognises-terms", XIAOMI, together(stored(), trial("masked")), "supported"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(stored(), trial()), "contradicted"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(stored(), trial(profile="cn")), "untested"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(stored(), trial(list_id="")), "undecided"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(stored(), trial(), changed(added=["b"])), "untested"),
    ("ncsc-2021/list-regularly-updated", XIAOMI, changed(added=["b"]), "supported"),
    ("ncsc-2021/list-regularly-updated", XIAOMI, changed(added=["b"], requests="other"), "undecided"),
    ("ncsc-2021/list-regularly-updated", XIAOMI, changed(added=["b"], name="brands"), "undecided"),
    ("ncsc-2021/sixty-one-parameters", XIAOMI, parameters(61), "supported"),
    ("ncsc-2021/sixty-one-parameters", XIAOMI, parameters(62), "undecided"),
    ("ncsc-2021/sixty-one-parameters", XIAOMI, parameters(60), "untested"),
    ("ncsc-2021/sixty-one-parameters", XIAOMI, parameters(61, app="com.example.other"), "untested"),
    # personal data: adequacy is a property, a host in the United States is outside as one in Singapore is
    ("ncsc-2021/third-country-transfer", XIAOMI, OUTSIDE, "supported"),
    ("ncsc-2021/third-country-transfer", XIAOMI, US, "supported"),
    ("ncsc-2021/third-country-transfer", XIAOMI, DISPUTED, "undecided"),
    ("ncsc-2021/third-country-transfer", XIAOMI, together(INSIDE, looked("planted")), "contradicted"),
    ("ncsc-2021/third-country-transfer", XIAOMI, together(INSIDE, looked("planted", opaque=True)), "untested"),
    ("ncsc-2021/third-country-transfer", XIAOMI, together(INSIDE, looked("planted", outcome="failed")), "untested"),
    ("ncsc-2021/third-country-transfer", XIAOMI, together(INSIDE, UNKNOWN, looked("planted")), "untested"),
    ("ncsc-2021/third-country-transfer", XIAOMI, together(INSIDE), "untested"),
    ("ncsc-2021/third-country-transfer", XIAOMI, planted(bits=9), "untested"),
    ("ncsc-2021/stored-in-third-country", XIAOMI, OUTSIDE, "not testable"),
    ("ncsc-2021/excessive-collection", XIAOMI, parameters(61), "untested"),
    ("ncsc-2021/encrypted-sms", XIAOMI, OUTSIDE, "untested"),
    ("ncsc-2021/store-redirect", HUAWEI, OUTSIDE, "untested"),
    ("ncsc-2021/oneplus-nothing-found", ONEPLUS, NOTHING, "untested"),
    ("ncsc-2021/oneplus-nothing-found", ONEPLUS, together(came(), stored()), "contradicted"),
    ("ncsc-2021/oneplus-nothing-found", ONEPLUS, OUTSIDE, "undecided"),
    ("ncsc-2021/vulnerabilities", XIAOMI, came(cleartext=True), "undecided"),
    ("ncsc-2021/vulnerabilities", XIAOMI, NOTHING, "untested"),
    ("ncc-2022/word-count-2000", TAIWAN, together(stored(raw=2001), LISTS_READ), "supported"),
    ("ncc-2022/word-count-2000", TAIWAN, together(stored(raw=2000), LISTS_READ), "contradicted"),
    ("ncc-2022/word-count-2000", TAIWAN, stored(raw=2000), "untested"),
    ("ncc-2022/blocks-websites", TAIWAN, together(stored(), trial()), "untested"),
    ("ncc-2022/returns-browsing", TAIWAN, planted(kind="visited_url"), "undecided"),
    ("ncc-2022/no-user-switch", TAIWAN, stored(), "untested"),
    ("ncc-2022/server-list-emptied", TAIWAN, changed(emptied=True), "supported"),
    ("ncc-2022/server-list-emptied", TAIWAN, changed(emptied=True, requests="other"), "undecided"),
    ("ncc-2022/server-list-emptied", TAIWAN, changed(added=["b"]), "untested"),
    ("ncc-2022/maker-can-rearm", TAIWAN, changed(added=["b"], name="words", host=NAMED_HOST), "supported"),
    ("ncc-2022/maker-can-rearm", TAIWAN, changed(), "untested"),
    ("bsi-2022/no-transfer-observed", BSI, came(), "contradicted"),
    ("bsi-2022/no-transfer-observed", BSI, came("/stickers"), "undecided"),
    ("bsi-2022/no-transfer-observed", BSI, NOTHING, "untested"),
    ("bsi-2022/no-transfer-observed", XIAOMI, came(), "other scope"),
    # conduct: capability never contradicts, a run without refusal speaks for it and settles nothing
    ("xiaomi-2021/no-user-restriction", XIAOMI, trial(), "contradicted"),
    ("xiaomi-2021/no-user-restriction", XIAOMI, trial(profile="cn"), "contradicted"),
    ("xiaomi-2021/no-user-restriction", XIAOMI, trial(shown=False), "untested"),
    ("xiaomi-2021/no-user-restriction", XIAOMI, trial("none"), "undecided"),
    ("xiaomi-2021/no-user-restriction", XIAOMI, together(came(), stored()), "untested"),
    ("xiaomi-2021/ads-only", XIAOMI, together(stored(), trial()), "contradicted"),
    ("xiaomi-2021/ads-only", XIAOMI, together(stored(file="rude.txt"), trial()), "undecided"),
    ("xiaomi-2021/protects-from-harm", XIAOMI, NAMED, "untested"),
    ("xiaomi-2021/gdpr-compliance", XIAOMI, OUTSIDE, "not testable"),
    ("huawei-2021/no-processing-outside-device", HUAWEI, OUTSIDE, "undecided"),
    ("tcd-2021/installed-apps-sent", XIAOMI, planted(kind="installed_package"), "supported"),
    ("tcd-2021/installed-apps-sent", XIAOMI, planted(kind="imei"), "untested"),
    ("tcd-2021/relinkable-identifiers", XIAOMI, together(planted(), planted(kind="imei")), "supported"),
    ("tcd-2021/relinkable-identifiers", XIAOMI, together(planted(), planted(5, kind="imei")), "untested"),
    ("forbes-2020/urls-in-incognito", EARLY, planted(kind="incognito_url", chain=["base64"]), "supported"),
    ("forbes-2020/urls-in-incognito", EARLY, planted(kind="visited_url", chain=["base64"]), "undecided"),
    ("forbes-2020/urls-in-incognito", XIAOMI, planted(kind="incognito_url", chain=["base64"]), "other scope"),
    ("citizenlab-2024/keyboard-leak", LATE, planted(kind="typed_canary"), "undecided"),
    ("citizenlab-2024/keyboard-leak", XIAOMI, planted(kind="typed_canary"), "other scope"),
    ("law/national-intelligence-law", XIAOMI, OUTSIDE, "not testable"),
]  # fmt: skip


def held(claim: str, handset: Handset, rows: Rows) -> Verdict:
    claimed = CLAIMS[claim]
    of = [*claimed.supports, *claimed.contradicts, *claimed.capability]
    of += [one for power in claimed.power for one in (power.holds, power.lacks) if one]
    names = sorted({one.rule for one in of})
    database = database_of(RULES["traffic/contacts-recipients"], rows)
    findings = [finding for name in names for finding in findings_of(RULES[name], database)]
    (verdict,) = decide([claimed], findings, database, [handset], list(RULES.values()), FILLED)
    return verdict


@pytest.mark.parametrize(("claim", "handset", "rows", "expected"), TABLE)
def test_a_claim_stands_as_the_evidence_of_a_handset_makes_it(
    claim: str, handset: Handset, rows: Rows, expected: str
) -> None:
    verdict = held(claim, handset, rows)
    assert str(verdict.standing) == expected
    assert bool(verdict.evidence) == (
        expected in {"supported", "undecided"} or any("against" in r for r in verdict.reasons)
    )
    assert verdict.reasons


def test_every_shipped_claim_stands_in_the_table() -> None:
    asked = {name for name in CLAIMS if name.startswith("mep-2022/")}
    assert {claim for claim, *_ in TABLE} == set(CLAIMS) - asked


@pytest.mark.parametrize("claim", sorted({claim for claim, *_ in TABLE if claim.startswith("ncsc-2021/")}))
@pytest.mark.parametrize(
    "change",
    [{"make": "Samsung"}, {"model": "Mi 9"}, {"market": "CN"}, {"acquisition": Acquisition(when="2022-01-10")}],
    ids=["make", "model", "market", "day"],
)
def test_evidence_of_another_handset_market_or_day_never_decides_what_the_agency_said(
    claim: str, change: dict[str, object]
) -> None:
    handset = msgspec.structs.replace(XIAOMI, **change)
    assert str(held(claim, handset, together(came(), stored(), trial(), OUTSIDE)).standing) == "other scope"


def test_a_handset_whose_day_is_not_stated_is_decided_on_nothing() -> None:
    undated = msgspec.structs.replace(XIAOMI, acquisition=Acquisition())
    verdict = held("ncsc-2021/list-downloaded", undated, together(came(), stored()))
    assert str(verdict.standing) == "undecided"
    assert "the day of this acquisition is not stated" in verdict.reasons[0]
