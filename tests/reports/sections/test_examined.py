"""What was not examined is counted by part, told apart from what failed, and tied to the claims it matters for."""

import msgspec

from assay.reports.sections.examined import SHOWN, examined
from tests.reports import case_rows, synthetic

CASE = synthetic.case()


def test_each_gap_names_the_claims_it_matters_for_once() -> None:
    (gap,) = examined(CASE).gaps
    assert gap.what == "the native library"
    assert gap.claims == tuple(sorted(claim.id for claim in CASE.claims))


def test_looked_skipped_and_failed_are_three_numbers() -> None:
    rows = {row.analyser: (row.looked, row.skipped, row.failed, row.reasons) for row in examined(CASE).partly}
    assert rows == {
        "find_term_lists@1": (1, 0, 1, ("cut short",)),
        "find_transfers@1": (0, 1, 0, ("size",)),
    }


def test_what_could_not_be_followed_makes_coverage_incomplete() -> None:
    rows = case_rows.Rows()
    rows.looked("whole@1", rows.artefact("a", "A"))
    rows.looked("partly@1", rows.artefact("b", "A"), odd_strings=2)
    found = examined(msgspec.structs.replace(CASE, database=rows.database()))
    assert [(row.analyser, row.not_followed) for row in found.partly] == [("partly@1", (("odd strings", 2),))]
    assert [row.analyser for row in found.wholly] == ["whole@1"]


def test_equal_problems_are_one_row_with_its_count_and_first_places() -> None:
    rows = case_rows.Rows()
    for number in range(SHOWN + 1):
        problem = {"part": "json", "place": "", "what": "cut", "instead": "left out", "cost": "one"}
        rows.case["problem"].append({"artefact": rows.artefact(f"p{number}", "A", "B"), **problem})
    (group,) = examined(msgspec.structs.replace(CASE, database=rows.database())).problems
    assert (group.count, group.places) == (SHOWN + 1, tuple(f"p{number}" for number in range(SHOWN)))


def test_artefacts_that_were_skipped_are_named_by_their_path_with_the_reason() -> None:
    rows = case_rows.Rows()
    rows.looked("reader:json@1", rows.artefact("a.json", "A"))
    rows.looked("reader:unknown", rows.artefact("odd.bin", "A", kind="unknown"), "skipped", "no reader recognises it")
    rows.looked(
        "reader:webassembly@1", rows.artefact("a.wasm", "A", "B", kind="webassembly"), "skipped", "by name only"
    )
    rows.looked("find_terms@1", rows.artefact("b.json", "A"), "skipped", "no list given")
    found = examined(msgspec.structs.replace(CASE, database=rows.database())).skipped
    assert [(one.path, one.reason) for one in found] == [
        ("a.wasm", "by name only"),
        ("odd.bin", "no reader recognises it"),
    ]
