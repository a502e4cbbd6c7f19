"""What was wrong with a program as a whole, as problem records; those of single files are in their columns."""

from typing import TYPE_CHECKING

from assay.bytecode.program import dispatch
from assay.bytecode.program.resolution import GIVEN_UP
from assay.model import text
from assay.model.problem import Problem

if TYPE_CHECKING:
    from assay.bytecode.program.program import Program


def problems(program: "Program") -> tuple[Problem, ...]:
    """Return the problems of the stages that were made so far."""
    made = vars(program)
    found = [*_linking(program)]
    found += _hierarchy(program) if "hierarchy" in made else []
    found += _limits(program)
    return tuple(found)


def _linking(program: "Program") -> list[Problem]:
    wrong = program.linked.misplaced
    what = f"{wrong} members are defined by a class that is not the one that their id names"
    return [_problem(what, "they were not linked", "calls of them are not known")] if wrong else []


def _hierarchy(program: "Program") -> list[Problem]:
    found, hierarchy = [], program.hierarchy
    if len(hierarchy.cyclic):
        first = text.show(program.class_name(int(hierarchy.cyclic[0])))
        what = f"{len(hierarchy.cyclic)} classes are their own supertypes, {first} among them"
        found.append(_problem(what, "supertypes on the cycle were left out", "the runtime refuses these classes"))
    if hierarchy.cut:
        what = f"{hierarchy.cut} classes have so many supertypes that keeping them all would take too much memory"
        found.append(_problem(what, "the rest was left out", "overrides and calls may be missing"))
    return found


def _limits(program: "Program") -> list[Problem]:
    made, found = vars(program), []
    if "resolved" in made and (given_up := int((program.resolved.how == GIVEN_UP).sum())):
        what = f"{given_up} methods were not resolved, because that would take too long"
        found.append(_problem(what, "they count as outside the program", "calls of them are not known"))
    if "resolved_fields" in made and program.resolver.fields_given_up:
        what = "fields were not resolved, because that would take too long"
        found.append(_problem(what, "they count as outside the program", "uses of them are not known"))
    if "override_pairs" in made and not program.override_pairs.complete:
        what = "not all overriding methods were looked for, because that would take too long"
        found.append(_problem(what, "the rest was left out", "calls and callbacks may be missing"))
    if "calls" in made and (given_up := int((program.calls.targets.how == dispatch.GIVEN_UP).sum())):
        what = f"targets of {given_up} receivers and methods were not looked for, because that would take too long"
        found.append(_problem(what, "an upper bound of their number stands there", "these calls are not followed"))
    return found


def _problem(what: str, instead: str, cost: str) -> Problem:
    return Problem(place="", what=what, instead=instead, cost=cost)
