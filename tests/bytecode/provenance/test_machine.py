"""Questions that ask further questions: cycles, budgets, and what is kept."""

from assay.bytecode.provenance import machine as module
from assay.bytecode.provenance.machine import Answers, Machine, Question, Work

CUT, SPENT = -7, -8


class Sums:
    """Answers a node with 1 and the answers of those it leads to; cut ones count nothing."""

    def __init__(self, edges: dict[int, list[int]], budget: int = 1000) -> None:
        self.edges, self.worked = edges, 0
        self.machine = Machine(self._begin, Answers(lambda: CUT, lambda: SPENT), lambda: 0, budget)

    def ask(self, node: int) -> int:
        return self.machine.ask(Question("sum", (node,)))

    def _begin(self, question: Question) -> Work:
        self.worked += 1
        (node,) = question.given
        assert isinstance(node, int)
        total = 1
        for each in self.edges.get(node, []):
            answer = yield Question("sum", (each,))
            total += answer if answer not in (CUT, SPENT) else 0
        return total


def test_each_question_is_worked_out_once() -> None:
    sums = Sums({0: [1, 2], 1: [3], 2: [3], 3: []})
    assert sums.ask(0) == 5
    assert sums.worked == 4
    assert sums.ask(1) == 2
    assert sums.worked == 4


def test_depth_needs_no_stack_of_python() -> None:
    sums = Sums({node: [node + 1] for node in range(150)})
    assert sums.ask(0) == 151
    assert sums.machine.exhausted == 0


def test_an_answer_from_within_a_cycle_is_not_kept_with_its_cut() -> None:
    """From 0: 0 -> 1 -> cut, so 1 counts alone there; asked for itself, 1 sees 0."""
    sums = Sums({0: [1], 1: [0, 2], 2: []})
    assert sums.ask(0) == 3
    assert sums.ask(1) == 1 + 3 + 1
    again = Sums({0: [1], 1: [0, 2], 2: []})
    assert again.ask(1) == 3


def test_answers_that_hang_on_an_open_question_pass_with_it() -> None:
    """2 is asked twice below 0 and worked out once, for its answer hangs on the same open question."""
    sums = Sums({0: [1, 2], 1: [2], 2: [0]})
    assert sums.ask(0) == 1 + (1 + 1) + 1
    assert sums.worked == 3


def test_the_budget_is_met_at_one_question_more() -> None:
    chain = {node: [node + 1] for node in range(4)}
    for budget, answer, met in ((5, 5, 0), (4, 4, 1)):
        sums = Sums(chain, budget)
        assert sums.ask(0) == answer
        assert sums.machine.exhausted == met


def test_what_the_budget_cut_short_is_worked_out_anew_for_others() -> None:
    sums = Sums({node: [node + 1] for node in range(9)}, 4)
    assert sums.ask(0) == 4
    assert sums.ask(6) == 4
    assert sums.ask(0) == 4


def test_depth_has_a_limit() -> None:
    most = module.MOST_DEPTH
    assert Sums({node: [node + 1] for node in range(most - 1)}, 3 * most).ask(0) == most
    sums = Sums({node: [node + 1] for node in range(most)}, 3 * most)
    assert sums.ask(0) == most
    assert sums.machine.exhausted == 1


def test_a_task_has_so_many_steps_and_what_they_cut_short_is_not_kept() -> None:
    sums = Sums({0: [1], 1: [2], 2: []})
    sums.machine.allow(3)
    assert (sums.ask(0), sums.machine.refused) == (3, 0)
    assert (sums.ask(0), sums.ask(7), sums.machine.refused) == (3, SPENT, 1)
    short = Sums({0: [1], 1: [2], 2: []})
    short.machine.allow(2)
    assert (short.ask(0), short.machine.refused) == (2, 1)
    short.machine.allow()
    assert (short.ask(0), short.machine.refused) == (3, 1)
