"""What a comparison gives where it matches and where it does not, as two worlds that differ in nothing else."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from assay.bytecode.effects.answers import supposed as answered
from assay.bytecode.effects.loops import inside
from assay.bytecode.gates.evaluation import Evaluation
from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.formula import OPEN, SHUT, Branch, Formula, branches, conjunction, negation, replaced
from assay.bytecode.gates.gate import Gates
from assay.bytecode.gates.supposed import NOTHING, Supposed, Way
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.worlds import ANYTHING
from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.sites.record import Site

Ways = dict[Way, dict[Context, Truth]]


class Worlds(NamedTuple):
    """Where the comparison matches, and where it does not."""

    match: Evaluation
    plain: Evaluation
    given: tuple[Supposed, Supposed] = (NOTHING, NOTHING)

    def apart(self, branch: Branch) -> bool:
        """Return whether a match alone makes a difference to a branch, or to the other way out of its place."""
        other = msgspec.structs.replace(branch, taken=not branch.taken)
        ways = (branch,) if branch.exception or branch.keys or branch.result else (branch, other)
        return any(self.match.branch(way) != self.plain.branch(way) for way in ways)


def follows(reached: Formula, supposed: Worlds, asks: Callable[[Branch], bool], *, suppressed: bool) -> Formula:
    """Return when an effect follows a match, from when it is reached: branches that a match alone decides are decided.

    What is suppressed would be reached without a match, and is not with one; what it needs either way holds in both.
    `asks`: whether a branch depends on a variable of a gate too; these are left.
    """

    def left(branch: Branch) -> Formula:
        if asks(branch):
            return Formula("branch", branch=branch)
        return OPEN if supposed.match.branch(branch) is not Truth.NO else SHUT

    def whole(branch: Branch) -> Formula:
        return left(branch) if supposed.apart(branch) else Formula("branch", branch=branch)

    if not suppressed:
        return SHUT if supposed.match.of(reached) is Truth.NO else replaced(reached, whole)

    def without(branch: Branch) -> Formula:
        if not supposed.apart(branch):
            return Formula("branch", branch=branch)
        return OPEN if supposed.plain.branch(branch) is not Truth.NO else SHUT

    parts = reached.parts if reached.sort == "all" else (reached,)
    either = [part for part in parts if not any(map(supposed.apart, branches(part)))]
    decided = conjunction(part for part in parts if part not in either)
    plain = replaced(decided, without)
    needed = {part.branch for part in (plain.parts if plain.sort == "all" else (plain,)) if part.branch is not None}
    sure = {branch for branch in needed if not asks(branch)}

    def matched(branch: Branch) -> Formula:
        return left(branch) if supposed.apart(branch) else OPEN if branch in sure else Formula("branch", branch=branch)

    return conjunction([*either, plain, negation(replaced(decided, matched))])


def worlds(
    gates: Gates, evaluator: Evaluator, body: Body, site: Site, context: Context, beside: Ways | None = None
) -> Worlds | None:
    """Return the two worlds of a site, None where its instruction gives nothing that can be supposed.

    `beside`: how further branches go in both.
    """
    way = {**(beside or {}), **_on_the_way(gates.execution, evaluator.bodies, site, context)}
    match, plain = (answered(evaluator, body, site, context, match=each) for each in (True, False))
    if match.empty and plain.empty:
        return None
    without = gates.evaluation(ANYTHING, plain._replace(branches=_joined(way, plain.branches)))
    within = match._replace(branches=_joined(way, match.branches), instead=without)
    return Worlds(gates.evaluation(ANYTHING, within), without, (match, plain))


def _joined(way: Ways, own: Mapping[Way, Mapping[Context, Truth]]) -> Ways:
    return {each: {**way.get(each, {}), **own.get(each, {})} for each in {**way, **own}}


def _on_the_way(execution: Execution, bodies: Bodies, site: Site, context: Context) -> Ways:
    """Return that every branch which leads to the site is taken, and not the other way: else nothing is compared.

    Branches out of a loop around the place are left open: a loop ends at some time.
    """
    places = [(link.caller, link.row, context[:at]) for at, link in enumerate(context)]
    found: Ways = {}
    for definition, row, before in [*places, (site.definition, site.row, context)]:
        body, formula = bodies.of(definition), execution.within(definition, row, before)
        for part in formula.parts if formula.sort == "all" else (formula,):
            branch = part.branch
            if body is None or branch is None or branch.exception or branch.keys or _round(body, branch.row, row):
                continue
            found.setdefault((definition, branch.row, branch.taken), {})[before] = Truth.YES
            found.setdefault((definition, branch.row, not branch.taken), {})[before] = Truth.NO
    return found


def _round(body: Body, one: int, other: int) -> bool:
    """Return whether two instructions lie in one loop."""
    header = body.flow.loops.innermost(body.block(one))
    return header >= 0 and body.block(other) in inside(body, header)
