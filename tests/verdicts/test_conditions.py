import pytest

from assay.model.grade import Grade, GradeRange
from assay.verdicts.claim import Condition
from assay.verdicts.conditions import heaviest, weigh, witnesses
from assay.verdicts.standing import Weight
from tests.verdicts.samples import finding

RULE = "lists/carries-term-list"
INTERVAL = GradeRange(Grade.DORMANT, Grade.REACHABLE, ("cfg.on",))


@pytest.mark.parametrize(
    ("at_least", "weight"),
    [
        ("carried", Weight.CERTAIN),
        ("dormant", Weight.CERTAIN),
        ("reachable", Weight.POSSIBLE),
        ("observed", Weight.ABSENT),
    ],
)
def test_a_grade_that_only_may_reach_what_is_asked_is_a_possible_witness(at_least: str, weight: Weight) -> None:
    assert weigh(Condition(rule=RULE, at_least=at_least), finding(RULE, grade=INTERVAL)) is weight


def test_another_rule_is_no_witness() -> None:
    assert weigh(Condition(rule=RULE), finding("lists/list-downloaded")) is Weight.ABSENT


def test_a_condition_marked_possible_never_makes_a_certain_witness() -> None:
    assert weigh(Condition(rule=RULE, possible=True), finding(RULE)) is Weight.POSSIBLE


LIST = finding(RULE, subject="L-1", raw="449, 450", distinct="431", names="words, brands", hosts="")


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (Condition(rule=RULE, where={"names": ("words",)}), True),
        (Condition(rule=RULE, where={"names": ("words, brands",)}), True),
        (Condition(rule=RULE, where={"names": ("word",)}), False),
        (Condition(rule=RULE, where={"names": ("words",), "raw": ("449",)}), True),
        (Condition(rule=RULE, where={"names": ("words",), "raw": ("448",)}), False),
        (Condition(rule=RULE, where={"missing": ("x",)}), False),
        (Condition(rule=RULE, where={"subject": ("L-1",)}), True),
        (Condition(rule=RULE, where={"profile": ("cn",)}), False),
        (Condition(rule=RULE, any_of={"raw": ("1",), "distinct": ("431",)}), True),
        (Condition(rule=RULE, any_of={"raw": ("1",), "distinct": ("2",)}), False),
        (Condition(rule=RULE, none_of={"raw": ("449",)}), False),
        (Condition(rule=RULE, none_of={"raw": ("44",), "distinct": ("43",)}), True),
        (Condition(rule=RULE, minimum={"raw": 450}), True),
        (Condition(rule=RULE, minimum={"raw": 451}), False),
        (Condition(rule=RULE, maximum={"distinct": 431}), True),
        (Condition(rule=RULE, maximum={"distinct": 430}), False),
        (Condition(rule=RULE, minimum={"names": 0}), False),
    ],
)
def test_conditions_on_detail_look_at_its_items(condition: Condition, fits: bool) -> None:  # noqa: FBT001 - a row
    assert (weigh(condition, LIST) is Weight.CERTAIN) == fits


def test_a_finding_is_one_witness_with_its_greatest_weight() -> None:
    conditions = [Condition(rule=RULE, possible=True), Condition(rule=RULE), Condition(rule="other/rule")]
    (witness,) = witnesses(conditions, [finding(RULE)])
    assert witness.weight is Weight.CERTAIN
    assert heaviest([witness]) is Weight.CERTAIN
    assert heaviest([]) is Weight.ABSENT


@pytest.mark.parametrize(
    ("profile", "weight"),
    [
        ("eu-lt", Weight.CERTAIN),
        ("cn", Weight.ABSENT),
        ("", Weight.ABSENT),
        ("EU", Weight.CERTAIN),
        ("european", Weight.ABSENT),
    ],
)
def test_the_union_stands_for_its_profiles_and_is_a_name_for_them(profile: str, weight: Weight) -> None:
    condition = Condition(rule="trials/input-refused", where={"profile": ("EU",)})
    assert weigh(condition, finding("trials/input-refused", profile=profile)) is weight
