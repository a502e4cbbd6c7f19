"""What a link's callee gives back: what each of its ends returns, with the control flow under which it does."""

from collections.abc import Generator

from assay.bytecode.provenance.ground import Ground, answers, value
from assay.bytecode.provenance.links_record import Context, Link, entered
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.terms import NATIVE, Guard

Pairs = Generator[Question, int, list[tuple[int, Guard | None]]]
"""Work that finds alternatives."""


def returned(ground: Ground, link: Link, context: Context) -> Pairs:
    """Work out what a callee returns that is come into from a caller in a context."""
    callee = ground.bodies.of(link.callee)
    found: list[tuple[int, Guard | None]] = []
    if callee is None:
        given = [each for each in link.arguments if each is not None]
        inputs = yield from answers(value(link.caller, each, context) for each in given)
        name = f"{NATIVE}{ground.program.method_name(link.callee)}"
        return [(ground.terms.unknown(name, tuple(inputs), definition=link.callee), None)]
    if any((link.caller, link.row, link.callee) == (one.caller, one.row, one.callee) for one in context):
        return [(ground.terms.cut("recursion"), None)]
    within = entered(context, link)
    for row, each in callee.returns:
        term = yield value(link.callee, each, within)
        found.append((term, Guard(link.callee, within, callee.block(row), -1)))
    return found
