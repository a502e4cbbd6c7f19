"""Formulas: how they are put together, evaluated, cut down and printed."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assay.bytecode.gates.formula import (
    MAX_ASKED,
    OPEN,
    SHUT,
    Branch,
    Formula,
    branches,
    conjunction,
    disjunction,
    evaluated,
    implied,
    kept,
    lost,
    negation,
    printed,
    reasons,
    replaced,
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


ODD = {
    "keys": Branch(0, (), 3, taken=True, keys=(7,)),
    "exception": Branch(0, (), 3, taken=True, exception=True),
    "result": Branch(0, (), 3, taken=True, result=True),
}
"""What tells a way out apart from one whose opposite is the other way out of the same test."""
ways = st.one_of(
    st.builds(Branch, st.just(0), st.just(()), st.integers(0, 2), st.booleans()),
    st.builds(lambda way, taken: replace(way, taken=taken), st.sampled_from([*ODD.values()]), st.booleans()),
)
conditions = st.recursive(
    st.one_of(st.sampled_from([OPEN, SHUT, lost("why")]), st.builds(lambda way: Formula("branch", branch=way), ways)),
    lambda parts: st.one_of(
        st.builds(lambda kind, several: Formula(kind, tuple(several)), st.sampled_from(["all", "any"]),
                  st.lists(parts, max_size=3)),
        st.builds(lambda part: Formula("not", (part,)), parts),
    ),
    max_leaves=10,
)  # fmt: skip


class Table:
    """A line of a table of truth: three tests that hold or not, and what each other way out is."""

    def __init__(self, tests: list[bool], others: dict[str, bool]) -> None:
        self.tests, self.others = tests, others

    def of(self, way: Branch) -> Truth:
        odd = next((name for name in ODD if getattr(way, name)), "")
        holds = self.others[f"{odd}{way.taken}"] if odd else self.tests[way.row] == way.taken
        return Truth.YES if holds else Truth.NO

    def says(self, formula: Formula) -> Truth:
        """By the meaning of the words alone: all is the least, any the most, not the other end, lost in between."""
        if formula.sort in {"branch", "open", "shut", "lost"}:
            fixed = {"open": Truth.YES, "shut": Truth.NO, "lost": Truth.MAYBE}
            return self.of(formula.branch) if formula.branch is not None else fixed[formula.sort]
        truths = [self.says(part) for part in formula.parts]
        if formula.sort == "not":
            return Truth(Truth.YES - truths[0])
        return min(truths, default=Truth.YES) if formula.sort == "all" else max(truths, default=Truth.NO)


OTHERS = [f"{odd}{taken}" for odd in ODD for taken in (True, False)]
tables = st.builds(
    Table,
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.fixed_dictionaries({other: st.booleans() for other in OTHERS}),
)


@given(st.lists(conditions, max_size=4), tables)
def test_what_is_joined_denied_or_evaluated_has_the_truth_of_its_table(parts: list[Formula], table: Table) -> None:
    truths = [table.says(part) for part in parts]
    assert table.says(conjunction(parts)) is min(truths, default=Truth.YES)
    assert table.says(disjunction(parts)) is max(truths, default=Truth.NO)
    assert [table.says(negation(part)) for part in parts] == [Truth.YES - truth for truth in truths]
    assert [evaluated(part, table.of) for part in parts] == truths


@given(conditions, st.lists(conditions, min_size=12, max_size=12), tables)
def test_a_branch_that_is_replaced_has_the_truth_of_what_stands_there(
    formula: Formula, others: list[Formula], table: Table
) -> None:
    def by(way: Branch) -> Formula:
        return others[4 * way.taken + way.row if way.row < 3 else 8 + [*ODD].index(odd_of(way))]

    class Other(Table):
        def of(self, way: Branch) -> Truth:
            return table.says(by(way))

    assert table.says(replaced(formula, by)) is Other([], {}).says(formula)


def odd_of(way: Branch) -> str:
    return next(name for name in ODD if getattr(way, name))


def test_a_test_that_goes_either_way_always_holds() -> None:
    one, other = leaf(1), Formula("branch", branch=Branch(0, (), 1, taken=False))
    assert disjunction([one, other]) == disjunction([other, one]) == OPEN
    assert disjunction([leaf(0), disjunction([one, leaf(2)]), other]) == OPEN
    assert disjunction([leaf(0), other]) != OPEN
    assert disjunction([conjunction([leaf(0), one]), other]) != OPEN
    assert negation(conjunction([one, other])) == OPEN


@pytest.mark.parametrize("odd", [*ODD])
def test_other_ways_out_are_no_opposites(odd: str) -> None:
    """A switch with other keys, an exception, another end of a method: both may be, or neither."""
    one, other = (Formula("branch", branch=replace(ODD[odd], taken=taken)) for taken in (True, False))
    assert disjunction([one, other]) == Formula("any", (one, other))
    assert negation(one) == Formula("not", (one,))
    assert negation(negation(one)) == one
    assert implied(OPEN, disjunction([one, other])) == (False, True)


def test_ways_out_of_other_places_are_no_opposites() -> None:
    one = Formula("branch", branch=Branch(0, (), 1, taken=True))
    for place in (Branch(1, (), 1, taken=False), Branch(0, (), 2, taken=False)):
        assert disjunction([one, Formula("branch", branch=place)]).sort == "any"


@given(conditions, conditions)
def test_what_implies_what_by_all_lines_of_the_table(one: Formula, other: Formula) -> None:
    lines = [
        Table(list(tests), dict(zip(OTHERS, others, strict=True)))
        for tests in product((False, True), repeat=3)
        for others in product((False, True), repeat=len(OTHERS))
    ]
    pairs = [(line.says(one), line.says(other)) for line in lines]
    assert implied(one, other) == (all(a <= b for a, b in pairs), all(b <= a for a, b in pairs))


@given(conditions, st.sets(st.integers(0, 2)), tables)
def test_what_is_kept_holds_for_some_answers_of_all_else(formula: Formula, rows: set[int], table: Table) -> None:
    """Of the best answer: what is lost stays so. Without the ways out that have no opposites, which are kept here."""
    less = kept(formula, lambda way: any(getattr(way, odd) for odd in ODD) or way.row in rows)
    assert all(any(getattr(way, odd) for odd in ODD) or way.row in rows for way in branches(less))
    answers = [
        Table([table.tests[row] if row in rows else answer for row, answer in enumerate(tests)], table.others)
        for tests in product((False, True), repeat=3)
    ]
    assert Table(table.tests, table.others).says(less) is max(line.says(formula) for line in answers)


def test_a_gate_beside_a_question_that_is_asked_both_ways_is_kept() -> None:
    gate, asked = leaf(0), leaf(1)
    formula = conjunction([asked, negation(conjunction([asked, negation(gate)]))])
    assert kept(formula, lambda way: way.row == 0) == gate


def test_more_questions_than_are_gone_through_hold_wherever_they_are_asked() -> None:
    def asked(many: int) -> Formula:
        others = [leaf(row) for row in range(1, many + 1)]
        return conjunction([*others, negation(conjunction([*others, negation(leaf(0))]))])

    assert kept(asked(MAX_ASKED), lambda way: way.row == 0) == leaf(0)
    assert kept(asked(MAX_ASKED + 1), lambda way: way.row == 0) == OPEN


def test_so_many_tests_are_compared_and_one_more_is_not() -> None:
    """Both ways out of a test are one of them; other ways out are one each."""
    most = conjunction(leaf(row) for row in range(MAX_ASKED))
    assert implied(most, negation(leaf(0))) == (False, False)
    assert implied(most, leaf(0)) == (True, False)
    assert implied(most, leaf(MAX_ASKED)) is None
    less = conjunction([*(leaf(row) for row in range(MAX_ASKED - 2)), Formula("branch", branch=ODD["keys"])])
    other = Formula("branch", branch=replace(ODD["keys"], taken=False))
    assert implied(less, other) == (False, False)
    assert implied(less, conjunction([other, leaf(MAX_ASKED)])) is None


def test_formulas_as_text() -> None:
    formula = conjunction([leaf(0), disjunction([leaf(1), conjunction([leaf(2), lost("native")])])])
    assert printed(formula, lambda branch: "abc"[branch.row]) == "a and (b or (c and unknown (native)))"
    assert printed(OPEN, lambda _: "") == "true"
    assert printed(SHUT, lambda _: "") == "false"
    assert list(reasons(formula)) == ["native"]
    assert [branch.row for branch in branches(formula)] == [0, 1, 2]


def test_what_is_said_already_is_left_out_of_the_text() -> None:
    """The law of absorption: a and (a or b) is a, as is a or (a and b)."""
    a, b, c = leaf(0), leaf(1), leaf(2)
    inner = Formula("any", (Formula("all", (a, b)), Formula("all", (a, Formula("any", (a, b))))))
    assert printed(Formula("all", (a, inner)), lambda branch: "abc"[branch.row]) == "a"
    other = Formula("any", (Formula("all", (a, b)), Formula("all", (b, c))))
    assert printed(Formula("all", (a, other)), lambda branch: "abc"[branch.row]) == "a and ((a and b) or (b and c))"


def test_tests_in_the_same_words_are_said_once() -> None:
    both = conjunction([leaf(0), disjunction([leaf(1), leaf(2)])])
    assert printed(both, lambda branch: "aab"[branch.row]) == "a"


@given(conditions, tables)
def test_the_text_says_what_the_formula_says(formula: Formula, table: Table) -> None:
    """Read as Python, with each test in words of its own; lost parts and other ways out are words, too."""
    names: dict[str, str] = {}

    def of(way: Branch) -> str:
        odd = next((name for name in ODD if getattr(way, name)), "")
        name = f"{odd or 'test'}{way.row}{way.taken}"
        names[name] = str(table.of(way) is Truth.YES)
        return name

    text = printed(formula, of).replace("unknown (why)", "lost").replace("true", "True").replace("false", "False")
    values = {name: value == "True" for name, value in names.items()}
    for lost_holds in (True, False):
        said = eval(text, {"__builtins__": {}}, {**values, "lost": lost_holds})
        assert said is meant(formula, table, lost_holds=lost_holds)


def meant(formula: Formula, table: Table, *, lost_holds: bool) -> bool:
    if formula.branch is not None:
        return table.of(formula.branch) is Truth.YES
    parts = [meant(part, table, lost_holds=lost_holds) for part in formula.parts]
    known = {"open": True, "shut": False, "lost": lost_holds}
    if formula.sort in known:
        return known[formula.sort]
    return not parts[0] if formula.sort == "not" else all(parts) if formula.sort == "all" else any(parts)
