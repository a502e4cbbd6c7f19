"""What a comparison gives where it matches and where it does not, as two worlds that differ in nothing else."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from assay.bytecode.gates.evaluation import NOTHING, Evaluation, Supposed
from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.formula import OPEN, SHUT, Branch, Formula, conjunction, negation, replaced
from assay.bytecode.gates.gate import Gates
from assay.bytecode.gates.possible import Possible, Scalar, Thing, just
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.worlds import ANYTHING
from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sites.record import Site

_SAME = {"compare", "compare-ignore-case", "disjoint"}
_PLACES = {"index-of", "index-of-any"}
_OBJECTS = {"look-up", "trie-step", "automaton-step"}
_CURSOR = frozenset({"moveToFirst", "moveToNext", "getCount", "hasNext", "isPresent", "size", "length"})
_EMPTY = frozenset({"isEmpty", "isAfterLast"})


class Worlds(NamedTuple):
    """Where the comparison matches, and where it does not."""

    match: Evaluation
    plain: Evaluation
    given: tuple[Supposed, Supposed] = (NOTHING, NOTHING)

    def apart(self, branch: Branch) -> bool:
        """Return whether a match alone makes a difference to a branch, or to the other way out of its place."""
        other = msgspec.structs.replace(branch, taken=not branch.taken)
        ways = (branch,) if branch.exception or branch.keys else (branch, other)
        return any(self.match.branch(way) != self.plain.branch(way) for way in ways)

    def only_on_match(self, match: Truth, plain: Truth) -> bool:
        """Return whether something happens on a match and never otherwise."""
        return match is not Truth.NO and plain is Truth.NO


def follows(reached: Formula, supposed: Worlds, asks: Callable[[Branch], bool], *, suppressed: bool) -> Formula:
    """Return when an effect follows a match, from when it is reached: branches that a match alone decides are decided.

    What is suppressed would be reached without a match, and is not with one. `asks`: whether a branch depends on a
    variable of a gate too; these are left.
    """

    def left(branch: Branch) -> Formula:
        if asks(branch):
            return Formula("branch", branch=branch)
        return OPEN if supposed.match.branch(branch) is not Truth.NO else SHUT

    def whole(branch: Branch) -> Formula:
        return left(branch) if supposed.apart(branch) else Formula("branch", branch=branch)

    if not suppressed:
        return replaced(reached, whole)
    without = replaced(reached, lambda one: OPEN if supposed.apart(one) else Formula("branch", branch=one))
    matched = replaced(reached, lambda one: left(one) if supposed.apart(one) else OPEN)
    return conjunction([without, negation(matched)])


def worlds(gates: Gates, evaluator: Evaluator, body: Body, site: Site, context: Context) -> Worlds | None:
    """Return the two worlds of a site, None where its instruction gives nothing that can be supposed."""
    way = _on_the_way(gates.execution, evaluator.bodies, site, context)
    answers = {match: _supposed(evaluator, body, site, context, match=match) for match in (True, False)}
    if not any(answer.values or answer.branches for answer in answers.values()):
        return None
    both = {match: answer._replace(branches={**way, **answer.branches}) for match, answer in answers.items()}
    plain = gates.evaluation(ANYTHING, both[False])
    match = gates.evaluation(ANYTHING, both[True]._replace(instead=plain))
    return Worlds(match, plain, (answers[True], answers[False]))


def _on_the_way(
    execution: Execution, bodies: Bodies, site: Site, context: Context
) -> dict[tuple[int, int, Context, bool], Truth]:
    """Return that every branch which leads to the site is taken, and not the other way: else nothing is compared.

    Branches out of a loop around the place are left open: a loop ends at some time.
    """
    places = [(link.caller, link.row, context[:at]) for at, link in enumerate(context)]
    found = {}
    for definition, row, before in [*places, (site.definition, site.row, context)]:
        body, formula = bodies.of(definition), execution.within(definition, row, before)
        for part in formula.parts if formula.sort == "all" else (formula,):
            branch = part.branch
            if body is None or branch is None or branch.exception or branch.keys or _round(body, branch.row, row):
                continue
            found[definition, branch.row, before, branch.taken] = Truth.YES
            found[definition, branch.row, before, not branch.taken] = Truth.NO
    return found


def _round(body: Body, one: int, other: int) -> bool:
    """Return whether two instructions lie in one loop."""
    header = body.flow.loops.innermost(body.block(one))
    return header >= 0 and body.block(other) in _inside(body, header)


def _supposed(evaluator: Evaluator, body: Body, site: Site, context: Context, *, match: bool) -> Supposed:
    opcode = body.opcode(site.row)
    if opcode.startswith("if-"):
        equal = opcode.startswith("if-eq")
        taken = equal == match
        places = {(site.definition, site.row, context, way): Truth.YES if way == taken else Truth.NO
                  for way in (True, False)}  # fmt: skip
        return Supposed(branches={**places, **_leaving(body, site, context, match=match)})
    value = body.result(site.row)
    if value is None:
        own = body.value_of(site.row)
        value = own if body.readers(own) else None
    if value is None:
        return Supposed()
    term = evaluator.term(site.definition, value, context)
    values: dict[int, Possible] = {term: just(_answer(site.operator, term, match=match))}
    values.update(_derived(evaluator, term, match=match))
    return Supposed(values=values, branches=_leaving(body, site, context, match=match))


def _answer(operator: str, term: int, *, match: bool) -> Scalar:
    """Return what an operator gives on a match, or without one."""
    if operator in _SAME:
        return int(not match)
    if operator in _PLACES:
        return 0 if match else -1
    if operator in _OBJECTS:
        return Thing(term) if match else None
    return int(match)


def _derived(evaluator: Evaluator, term: int, *, match: bool) -> dict[int, Possible]:
    """Return what is asked of a result that is itself asked: whether rows, elements or a value came."""
    found = {}
    for number in range(term, len(evaluator.terms)):
        own = evaluator.terms[number]
        if own.kind is Kind.CALL and own.inputs[:1] == (term,):
            name = own.name.partition("->")[2].partition("(")[0]
            if name in _CURSOR | _EMPTY:
                found[number] = just(int(match == (name in _CURSOR)))
    return found


def _leaving(body: Body, site: Site, context: Context, *, match: bool) -> dict[tuple[int, int, Context, bool], Truth]:
    """Return that a loop which a match leaves is not left before it: branches out of it that ask something else.

    Only where some way leads from the match out of the loop without coming round; else all elements are gone through.
    """
    flow = body.flow
    block = body.block(site.row)
    header = flow.loops.innermost(block)
    if not match or header < 0:
        return {}
    inside = _inside(body, header)
    leaving = [edge for edge in range(len(flow.edges.target))
               if int(flow.edges.source[edge]) in inside and int(flow.edges.target[edge]) not in inside
               and int(flow.edges.kind[edge]) in {0, 1}]  # fmt: skip
    before = [edge for edge in leaving if _dominates(body, int(flow.edges.source[edge]), block)
              and int(flow.edges.source[edge]) != block]  # fmt: skip
    if len(before) == len(leaving):
        return {}
    found = {}
    for edge in before:
        row = int(flow.blocks.first[int(flow.edges.source[edge]) + 1]) - 1
        if body.opcode(row).startswith("if-"):
            found[site.definition, row, context, int(flow.edges.kind[edge]) == 1] = Truth.NO
    return found


def _inside(body: Body, header: int) -> set[int]:
    """Return the blocks of a loop, those of loops within it too."""
    loops, found = body.flow.loops, set()
    for block in range(len(body.flow.blocks.range)):
        at = loops.innermost(block)
        while at >= 0 and at != header:
            at = int(loops.outer[at])
        if at == header:
            found.add(block)
    return found


def _dominates(body: Body, one: int, other: int) -> bool:
    immediate = body.flow.dominators.tolist()
    at = other
    while at >= 0 and at != one:
        above = immediate[at]
        if above == at:
            return False
        at = above
    return at == one
