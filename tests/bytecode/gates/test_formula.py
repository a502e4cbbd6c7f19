"""Formulas: how they are put together, evaluated, cut down and printed."""

from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.gates.formula import (
    OPEN,
    SHUT,
    Branch,
    Formula,
    branches,
    conjunction,
    disjunction,
    evaluated,
    kept,
    lost,
    printed,
    reasons,
)
from assay.bytecode.gates.truth import Truth


def leaf(row: int) -> Formula:
    return Formula("branch", branch=Branch(0, (), row, taken=True))


formulas = st.recursive(
    st.sampled_from([OPEN, SHUT, lost("why"), *(leaf(row) for row in range(4))]),
    lambda parts: st.builds(lambda kind, several: Formula(kind, tuple(several)), st.sampled_from(["all", "any"]),
                            st.lists(parts, min_size=1, max_size=3)),
    max_leaves=8,
)  # fmt: skip
worlds = st.lists(st.sampled_from(Truth), min_size=4, max_size=4)


@given(st.lists(formulas, max_size=4), worlds)
def test_joining_changes_no_truth(parts: list[Formula], world: list[Truth]) -> None:
    def of(branch: Branch) -> Truth:
        return world[branch.row]

    truths = [evaluated(part, of) for part in parts]
    assert evaluated(conjunction(parts), of) is min(truths, default=Truth.YES)
    assert evaluated(disjunction(parts), of) is max(truths, default=Truth.NO)


@given(formulas, worlds)
def test_branches_that_are_left_out_hold(formula: Formula, world: list[Truth]) -> None:
    def of(branch: Branch) -> Truth:
        return Truth.YES if branch.row == 0 else world[branch.row]

    less = kept(formula, lambda branch: branch.row != 0)
    assert all(branch.row != 0 for branch in branches(less))
    assert evaluated(less, of) is evaluated(formula, of)


def test_formulas_as_text() -> None:
    formula = conjunction([leaf(0), disjunction([leaf(1), conjunction([leaf(2), lost("native")])])])
    assert printed(formula, lambda branch: "abc"[branch.row]) == "a and (b or (c and unknown (native)))"
    assert printed(OPEN, lambda _: "") == "true"
    assert printed(SHUT, lambda _: "") == "false"
    assert list(reasons(formula)) == ["native"]
    assert [branch.row for branch in branches(formula)] == [0, 1, 2]
