"""Shipped claims held against what code compares: a witness, coverage with nothing unknown left, or neither.

Capability and conduct stay apart: code decides what can happen; what a vendor says it never did, only a run decides.
"""

from typing import Any

import msgspec
import pytest

from assay.findings import rulebook
from assay.findings.evaluate import findings_of
from assay.findings.examples import database_of
from assay.model.case import Handset
from assay.verdicts import claimbook
from assay.verdicts.decide import decide
from tests.verdicts.made_evidence import LIST, XIAOMI, Rows, looked, stored, together

RULES = {rule.id: rule for rule in rulebook.load()}
CLAIMS = {claim.id: claim for claim in claimbook.load(RULES.values())}
FILLED = {"comparisons": ("comparison",)}
TAIWAN = msgspec.structs.replace(XIAOMI, market="TW", build="V12.0.10.0.QJDTWXM")
DECIDED = "candidates left out: the types of the operands are not text"


def compared(
    text: str = "typed", file: str = LIST, consequences: tuple[str, ...] = ("refused",), profile: str = "eu-lt",
    remote_content: str = "yes", **gate: str,
) -> Rows:  # fmt: skip
    """Return a comparison with the list in a file, its gate under one profile: closed and fixed unless stated."""
    one = {"comparison": f"c-{text}-{file}", "artefact": "dex"}
    line = {"unset": "closed", "server_opens": "no", "server_closes": "no", "user_opens": "no", "profile": profile}
    row: dict[str, Any] = {
        "package": "com.miui.player", "text_origin": text, "list_origin": "downloaded",
        "consequences": list(consequences),
        "list_detail": [f"store:file:{file}"], "remote_content": remote_content,
    }  # fmt: skip
    return {
        "occurrence": [{"artefact": "dex", "locator": "dex", "path": "classes.dex"}],
        "comparison": [one | row],
        "gate_truth": [one | line | gate],
        "assumed_profile": [{"handset": "North", "profile": profile}],
    }


def asks(controller: str, text: str = "typed") -> Rows:
    named = {"comparison": f"c-{text}-{LIST}", "artefact": "dex", "variable": "v", "stage": "use"}
    return {"gate_variable": [named | {"controller": controller}]}


def stands(which: str, file: str = LIST) -> Rows:
    """Return what the settings of the handset make of a gate under its own profile: open_in or closed_in."""
    state = {"comparison": f"c-typed-{file}", "artefact": "dex", "on_handset": "North", "kind": "settings"}
    return {"handset": [{"name": "North", "profile": "eu-lt"}], "gate_in_state": [state | {which: ["eu-lt"]}]}


def followed(what: str = DECIDED) -> Rows:
    """Return the coverage of all code, in which something was counted."""
    rows = looked("comparisons", artefact="dex")
    rows["coverage"][0]["not_followed"] = [{"what": what, "count": 3}]
    return {**rows, "occurrence": [{"artefact": "dex", "locator": "dex", "path": "classes.dex"}]}


ALL = followed()
HAS = stored()
OPENS: dict[str, Any] = {"server_opens": "yes"}
OPEN: dict[str, Any] = {"unset": "open"}
OTHER = "words.json"
ADS = compared("advertisement", consequences=("dropped",))
SHOWN = "capability shown, conduct untested"

TABLE: list[tuple[str, Handset, Rows, str]] = [
    # a server can open it under a profile of the Union; the list's own name makes it certain, another perhaps
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(**OPENS)), "supported"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(file=OTHER, **OPENS)), "undecided"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(), ALL), "contradicted"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared()), "untested"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(), followed("something unread")), "untested"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(server_opens="unknown"), ALL), "untested"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(**OPEN), ALL), "untested"),
    ("ncsc-2021/remotely-activable", XIAOMI, together(HAS, compared(profile="cn", **OPENS)), "untested"),
    # closed whatever is sent; a gate that a server opens hangs on what it sent that day
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared()), "supported"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(file=OTHER)), "undecided"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(**OPENS)), "undecided"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(**OPEN)), "undecided"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(**OPENS), stands("closed_in")), "supported"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(**OPENS), stands("open_in")), "contradicted"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(file=OTHER), stands("open_in", OTHER)), "undecided"),
    ("ncsc-2021/off-in-eu", XIAOMI, together(HAS, compared(profile="cn")), "untested"),
    # list, comparison, consequence
    ("ncsc-2021/filters-on-match", XIAOMI, together(HAS, compared()), "supported"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(HAS, ADS), "supported"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(HAS, compared(file=OTHER)), "undecided"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(HAS, compared(consequences=("logged",))), "untested"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(HAS, compared(consequences=()), ALL), "contradicted"),
    ("ncsc-2021/filters-on-match", XIAOMI, together(HAS, ALL), "contradicted"),
    ("ncsc-2021/filters-on-match", XIAOMI, ALL, "untested"),
    ("ncsc-2021/recognises-terms", XIAOMI, together(HAS, compared(consequences=())), "supported"),
    ("ncsc-2021/recognises-terms", XIAOMI, ALL, "contradicted"),
    # whose text it is
    ("ncsc-2021/filters-user-content", XIAOMI, together(HAS, compared("search")), "supported"),
    ("ncsc-2021/filters-user-content", XIAOMI, together(HAS, compared("page")), "supported"),
    ("ncsc-2021/filters-user-content", XIAOMI, together(HAS, ADS, ALL), "contradicted"),
    ("ncsc-2021/filters-user-content", XIAOMI, together(HAS, ADS), "untested"),
    ("ncsc-2021/filters-user-content", XIAOMI, together(HAS, compared("unknown"), ALL), "undecided"),
    ("xiaomi-2021/ads-only", XIAOMI, together(HAS, compared("search", consequences=())), "contradicted"),
    ("xiaomi-2021/ads-only", XIAOMI, together(HAS, compared(file=OTHER), ADS, ALL), "undecided"),
    ("xiaomi-2021/ads-only", XIAOMI, together(HAS, ADS, ALL), "supported"),
    ("xiaomi-2021/ads-only", XIAOMI, together(HAS, ADS, compared("unknown"), ALL), "undecided"),
    ("xiaomi-2021/ads-only", XIAOMI, together(HAS, ADS), "untested"),
    ("xiaomi-2021/ads-only", XIAOMI, together(HAS, ALL), "untested"),
    ("ncc-2022/blocks-websites", TAIWAN, together(HAS, compared("url", consequences=("navigation",))), "supported"),
    ("ncc-2022/blocks-websites", TAIWAN, together(HAS, compared("url"), ALL), "contradicted"),
    # who can switch it
    ("ncc-2022/no-user-switch", TAIWAN, together(HAS, compared(), asks("user")), "contradicted"),
    ("ncc-2022/no-user-switch", TAIWAN, together(HAS, compared(), asks("vendor's server"), ALL), "supported"),
    ("ncc-2022/no-user-switch", TAIWAN, together(HAS, compared(), asks("unknown"), ALL), "untested"),
    ("ncc-2022/no-user-switch", TAIWAN, together(HAS, compared(), asks("vendor's server")), "untested"),
    ("ncc-2022/maker-can-rearm", TAIWAN, together(HAS, compared()), "supported"),
    ("ncc-2022/maker-can-rearm", TAIWAN, together(HAS, compared(remote_content="no")), "untested"),
    # conduct: a path is a capability, and never more
    ("xiaomi-2021/no-user-restriction", XIAOMI, together(HAS, compared(**OPEN), ALL), SHOWN),
    ("xiaomi-2021/no-user-restriction", XIAOMI, together(HAS, compared()), SHOWN),
    ("xiaomi-2021/no-user-restriction", XIAOMI, together(HAS, compared(consequences=("logged",)), ALL), "untested"),
    ("xiaomi-2021/no-user-restriction", XIAOMI, together(HAS, ADS, ALL), "untested"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "handset", "rows", "expected"), TABLE)
def test_a_claim_stands_as_the_code_of_a_handset_makes_it(
    claim: str, handset: Handset, rows: Rows, expected: str
) -> None:
    claimed = CLAIMS[claim]
    one = next(iter(RULES.values()))
    database = database_of(one, rows)
    named = {each.rule for each in (*claimed.supports, *claimed.contradicts, *claimed.capability)}
    named |= {each.rule for power in claimed.power for each in (power.holds, power.lacks) if each}
    findings = [finding for name in sorted(named) for finding in findings_of(RULES[name], database)]
    (verdict,) = decide([claimed], findings, database, [handset], list(RULES.values()), FILLED)
    assert str(verdict.standing) == expected, verdict.reasons
