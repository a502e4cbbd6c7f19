"""Counts become one problem a sort."""

import numpy as np

from assay.bytecode import faults
from assay.model.problem import Problem

SORTS = (("cats bark", "ignored", "sleep"), ("dogs mew", "heard", "nothing"))


def test_only_what_was_met_is_a_problem() -> None:
    assert faults.problems(faults.tally(2), SORTS) == []
    met = np.array([[0, 7], [3, 0x1F]])
    said = Problem(place="0x1f+4", what="dogs mew (3; the first here)", instead="heard", cost="nothing")
    assert faults.problems(met, SORTS) == [said]
