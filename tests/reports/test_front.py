"""The verdict table says what findings, verdicts and coverage say, and "not examined" where they say nothing."""

import msgspec
import pytest

from assay.findings import rulebook
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.model.verdict import Standing, Verdict
from assay.reports.front import MOST_NAMED, NONE_FOUND, NOT_EXAMINED, FrontTable, RowSpec, front_table, specification
from assay.reports.results import CaseResults, Part
from tests.reports import case_rows, synthetic

NORTH, WEST, EAST = case_rows.NAMES


def finding(rule: str, handset: str, subject: str = "s", grade: Grade = Grade.CARRIED, **detail: str) -> Finding:
    return Finding(
        id=f"w-{case_rows.digest(rule + handset + subject)[:16]}", rule=rule, handset=handset, profile="",
        subject=subject, grade=GradeRange.exactly(grade), facts=("f-0",), detail=detail,
    )  # fmt: skip


def results(*held: Finding) -> CaseResults:
    """Return a case in which comparisons were looked for in what other analysers looked at."""
    case = synthetic.case()
    parts = [msgspec.structs.replace(one, emits=(*one.emits, "comparison")) for one in case.parts]
    return msgspec.structs.replace(case, findings=held, parts=tuple(parts))


def texts(table: FrontTable, label: str) -> list[str]:
    (row,) = [row for row in table.rows if label in row.label]
    return [cell.text for cell in row.cells]


def test_lists_are_counted_by_identity_and_none_found_needs_a_look() -> None:
    held = (finding("lists/carries-term-list", NORTH, "L-1"), finding("lists/carries-term-list", NORTH, "L-2"))
    assert texts(front_table(results(*held)), "carries word lists") == ["2", NONE_FOUND, NONE_FOUND]


def test_what_no_analyser_looked_at_is_not_examined() -> None:
    blind = msgspec.structs.replace(results(), parts=())
    assert texts(front_table(blind), "carries word lists") == [NOT_EXAMINED] * 3


def test_a_failed_look_is_no_look() -> None:
    only_failing = Part(
        sort="analyser", name="find_transfers", version=1, question="", emits=("term_list",), blind_to=("x y",),
        source="",
    )  # fmt: skip
    blind = msgspec.structs.replace(results(), parts=(only_failing,))
    assert texts(front_table(blind), "carries word lists") == [NOT_EXAMINED] * 3


@pytest.mark.parametrize(("outcome", "said"), [("looked", NONE_FOUND), ("failed", NOT_EXAMINED)])
def test_what_joining_failed_to_fill_is_not_examined(outcome: str, said: str) -> None:
    parts = tuple(
        Part(sort=sort, name=name, version=1, question="", emits=emits, blind_to=("x y",), source="")
        for sort, name, emits in (
            ("analyser", "find_term_lists", ("snapshot",)),
            ("joiner", "join_list_versions", ("list_change",)),
        )
    )
    joined = {"joiners": [{"analyser": "join_list_versions@1", "artefact": "", "outcome": outcome}]}
    table = front_table(msgspec.structs.replace(results(), parts=parts, run=joined))
    assert said in texts(table, "a server can change the words")
    assert NONE_FOUND not in texts(table, "a server can change the words") or outcome == "looked"


TYPED, SWITCH, FIXED = (f"comparisons/{name}" for name in ("user-text", "remote-switch", "no-remote-switch"))


def under(rule: str, handset: str, profile: str, subject: str = "s", **detail: str) -> Finding:
    """Return a dormant finding under a profile."""
    one = finding(rule, handset, f"{subject} {profile}", Grade.DORMANT, **detail)
    return msgspec.structs.replace(one, profile=profile)


def test_a_trial_makes_a_comparison_observed_where_code_shows_less() -> None:
    held = (
        under(TYPED, NORTH, "eu-lt", text="typed", consequences="message, refused"),
        under(TYPED, EAST, "cn", text="typed", consequences="message, refused"),
        finding("trials/refused-text-stands-on-list", EAST, grade=Grade.OBSERVED),
        finding("trials/input-refused", EAST, grade=Grade.OBSERVED, consequence="refused"),
    )
    table = front_table(results(*held))
    assert texts(table, "compares one with text") == ["dormant", NONE_FOUND, "observed"]
    assert texts(table, "consequence") == ["message, refused", NONE_FOUND, "refused"]
    assert texts(table, "switch it on") == [NONE_FOUND, NONE_FOUND, "on"]


def test_a_handset_is_told_under_its_own_profile_and_by_what_was_observed_under_any() -> None:
    other = (under(SWITCH, NORTH, "cn", whose="user"), under(FIXED, NORTH, "eu-lt", whose="user"))
    assert texts(front_table(results(*other)), "switch it on")[0] == "no"
    run = finding("trials/refused-text-stands-on-list", NORTH, grade=Grade.OBSERVED)
    seen = (*other, msgspec.structs.replace(run, profile="cn"))
    assert texts(front_table(results(*seen)), "switch it on")[0] == "on"
    nowhere = tuple(msgspec.structs.replace(one, profile="") for one in synthetic.case().handsets)
    assert texts(front_table(msgspec.structs.replace(results(*other), handsets=nowhere)), "switch it on")[0] == "yes"


def test_advertisements_and_messages_stand_in_rows_of_their_own() -> None:
    held = (
        under(TYPED, NORTH, "eu-lt", text="sms"),
        under(SWITCH, WEST, "eu-lt", whose="advertisement"),
        finding("comparisons/advertisement-text", WEST, grade=Grade.REACHABLE),
    )
    table = front_table(results(*held))
    assert texts(table, "compares one with text") == [NONE_FOUND] * 3
    assert texts(table, "other text") == ["dormant", NONE_FOUND, NONE_FOUND]
    assert texts(table, "advertisements") == [NONE_FOUND, "reachable", NONE_FOUND]
    assert texts(table, "switch it on") == [NONE_FOUND] * 3


def test_gates_get_a_name_for_the_row_and_the_note_says_what_each_asks() -> None:
    held = (
        under(TYPED, NORTH, "eu-lt", text="typed", gate="m and f", asks="m (build)"),
        under(TYPED, WEST, "eu-lt", "s", text="typed", gate="f", asks="f (server)"),
        under(TYPED, WEST, "eu-lt", "t", text="typed", gate="true", asks=""),
        under(TYPED, EAST, "cn", text="typed", gate="m and f", asks="m (build)"),
    )
    (row,) = [row for row in front_table(results(*held)).rows if row.label == "gate"]
    assert [cell.text for cell in row.cells] == ["g1", "g2, g3", "g1"]
    assert row.note == "g1: m (build); g2: f (server); g3: nothing"


@pytest.mark.parametrize("count", [MOST_NAMED, MOST_NAMED + 1])
def test_names_in_a_cell_and_its_note_are_bounded(count: int) -> None:
    held = [under(TYPED, NORTH, "eu-lt", f"s{n}", text="typed", gate=f"v{n}", asks=f"v{n}") for n in range(count)]
    (row,) = [row for row in front_table(results(*held)).rows if row.label == "gate"]
    more = count > MOST_NAMED
    assert row.cells[0].text == (f"{count} different" if more else ", ".join(f"g{n + 1}" for n in range(count)))
    assert row.note.endswith("; and 1 more") == more


def test_comparisons_are_not_examined_where_no_part_looked() -> None:
    table = front_table(msgspec.structs.replace(results(), parts=()))
    for label in ("compares one with text", "gate", "switch it on"):
        assert texts(table, label) == [NOT_EXAMINED] * 3


def test_recipients_are_counted_once_however_many_values_they_get() -> None:
    rule = "traffic/planted-value-outside-eea"
    held = [finding(rule, WEST, f"{kind} → h", host="h") for kind in ("imei", "aid")]
    held.append(finding(rule, WEST, "imei → g", host="g"))
    assert texts(front_table(results(*held)), "outside the EEA")[1] == "2"


def test_a_cell_names_the_findings_that_carry_it() -> None:
    one = finding("lists/carries-term-list", NORTH)
    row = front_table(results(one)).rows[0]
    assert [cell.evidence for cell in row.cells] == [(one.id,), (), ()]
    assert [cell.blank for cell in row.cells] == [False, True, True]


def test_an_interval_is_printed_as_one() -> None:
    unsure = msgspec.structs.replace(
        finding("trials/refused-text-stands-on-list", NORTH), grade=GradeRange(Grade.DORMANT, Grade.REACHABLE, ("u",))
    )
    assert texts(front_table(results(unsure)), "compares one with text")[0] == "dormant…reachable"


def test_every_rule_that_a_row_names_is_shipped() -> None:
    shipped = {rule.id for rule in rulebook.load()}
    named = {rule for spec in specification().row for look in spec.look for rule in look.rules}
    assert named
    assert named <= shipped


@pytest.mark.parametrize("spec", specification().row, ids=lambda spec: spec.label)
def test_every_row_says_which_examination_fills_it(spec: RowSpec) -> None:
    assert spec.tables
    assert spec.look
    for look in spec.look:
        assert look.shows in {"count", "grade", "yes", "detail", "named", "says"}
        assert (look.shows in {"detail", "named"}) <= bool(look.detail)
        assert (look.shows == "says") == bool(look.says)


def with_claims(*standings: tuple[str, Standing]) -> CaseResults:
    """Return a case with a claim for each (id, standing on the first handset); the others hold it untested."""
    template = synthetic.case().claims[0]
    claims = tuple(msgspec.structs.replace(template, id=name, short=name, wording=name) for name, _ in standings)
    verdicts = tuple(
        Verdict(
            claim=name, handset=handset, standing=standing if handset == NORTH else Standing.UNTESTED, reasons=(),
            evidence=(), would_change=(), not_examined=(),
        )
        for name, standing in standings
        for handset in case_rows.NAMES
    )  # fmt: skip
    return msgspec.structs.replace(synthetic.case(), claims=claims, verdicts=verdicts)


def test_claims_stand_below_where_some_evidence_had_a_say() -> None:
    table = front_table(with_claims(("a/x", Standing.UNTESTED), ("a/y", Standing.CONTRADICTED)))
    assert texts(table, "a/y") == ["contradicted", "untested", "untested"]
    assert not any("a/x" in row.label for row in table.rows)


def test_a_named_claim_is_shown_untested_but_not_for_handsets_it_is_not_about() -> None:
    named = "a/remotely-activable"
    assert texts(front_table(with_claims((named, Standing.UNTESTED))), named) == ["untested"] * 3
    verdicts = with_claims((named, Standing.OTHER_SCOPE)).verdicts
    elsewhere = tuple(msgspec.structs.replace(one, standing=Standing.OTHER_SCOPE) for one in verdicts)
    other = msgspec.structs.replace(with_claims((named, Standing.OTHER_SCOPE)), verdicts=elsewhere)
    assert not any(named in row.label for row in front_table(other).rows)


def test_named_claims_come_first_and_the_number_is_bounded() -> None:
    named = "z/remotely-activable"
    many = [(f"a/{index:02}", Standing.SUPPORTED) for index in range(specification().most_claims)]
    table = front_table(with_claims(*many, (named, Standing.SUPPORTED)))
    labels = [row.label for row in table.rows[len(specification().row) :]]
    assert labels == [named, *(name for name, _ in many[:-1])]


def test_notes_come_from_the_facts() -> None:
    notes = {row.label: row.note for row in front_table(results()).rows}
    assert notes["a server can change the words"] == "3 dated versions, 1 empty"
    assert notes["personal data outside the EEA"] == "recipients on 2021-09-21"
    empty = {row.label: row.note for row in front_table(synthetic.empty()).rows}
    assert set(empty.values()) == {""}
