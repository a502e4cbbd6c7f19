"""Claims about the handsets of the case come first; those about others stand apart; alike standings are said once."""

import msgspec

from assay.model.verdict import Standing, Verdict
from assay.reports.results import CaseResults
from assay.reports.sections.claims import claim_book, letter, scope_words
from assay.verdicts.claim import ClaimScope
from assay.verdicts.letter import questions
from tests.reports import case_rows, synthetic

CASE = synthetic.case()
NORTH, WEST, EAST = case_rows.NAMES


def with_standings(**standings: tuple[Standing, ...]) -> CaseResults:
    template = CASE.claims[0]
    claims = tuple(msgspec.structs.replace(template, id=f"r/{name}", who=name[0]) for name in sorted(standings))
    verdicts = tuple(
        Verdict(
            claim=f"r/{name}", handset=handset, standing=standing, reasons=(), evidence=(), would_change=(),
            not_examined=(),
        )
        for name, each in standings.items()
        for handset, standing in zip(case_rows.NAMES, each, strict=True)
    )  # fmt: skip
    return msgspec.structs.replace(CASE, claims=claims, verdicts=verdicts)


def test_a_claim_about_other_handsets_only_stands_apart() -> None:
    other, untested = Standing.OTHER_SCOPE, Standing.UNTESTED
    book = claim_book(with_standings(a=(other, other, other), b=(untested, other, other)))
    assert [view.claim.id for group in book.elsewhere for view in group.claims] == ["r/a"]
    assert [view.claim.id for group in book.about for view in group.claims] == ["r/b"]


def test_what_one_speaker_said_stands_together() -> None:
    one = Standing.SUPPORTED
    book = claim_book(with_standings(a1=(one, one, one), a2=(one, one, one), b1=(one, one, one)))
    assert [(group.who, len(group.claims)) for group in book.about] == [("a", 2), ("b", 1)]


def test_alike_standings_are_grouped_and_different_reasons_keep_them_apart() -> None:
    book = claim_book(with_standings(a=(Standing.UNTESTED, Standing.SUPPORTED, Standing.UNTESTED)))
    (view,) = book.about[0].claims
    assert [[one.handset for one in group] for group in view.alike] == [[NORTH, EAST], [WEST]]


def test_the_questions_stand_in_the_order_of_the_letter_and_nowhere_else() -> None:
    names = list(questions())
    template = CASE.claims[0]
    claims = tuple(msgspec.structs.replace(template, id=name) for name in sorted(names))
    verdicts = tuple(msgspec.structs.replace(CASE.verdicts[0], claim=name, handset="") for name in sorted(names))
    asked = msgspec.structs.replace(CASE, claims=claims, verdicts=verdicts)
    assert [view.claim.id for view in letter(asked)] == names
    assert claim_book(asked).about == claim_book(asked).elsewhere == ()


def test_a_scope_is_said_in_words() -> None:
    assert scope_words(ClaimScope()) == "any handset, build, market and date"
    scope = ClaimScope(make=("A", "B"), market=("EU",), until="2021-12-31")
    assert scope_words(scope) == "make A or B, market EU, evidence of any day to 2021-12-31"
