"""Method references to methods of the platform: what a callback gives that runs one, whose code is not followed."""

from collections.abc import Generator, Sequence
from typing import NamedTuple

from assay.bytecode.call_sites import HandleKind, implementation
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, answers, named, value
from assay.bytecode.provenance.heap_body import value_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.naming import method_named
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.returns import Pairs
from assay.bytecode.provenance.terms import Guard, Kind, Term
from assay.reference.models_records import Callback


class _Referred(NamedTuple):
    """The platform's method that an object runs, and the terms of what the object holds for its first arguments."""

    call: Call
    held: tuple[int, ...]


def referred(
    ground: Ground, body: Body, call: Call, callback: Callback, given: Sequence[int], context: Context
) -> Pairs:
    """Work out what a callback of a call gives by the references that its object may be; `given`: its arguments."""
    at = None if callback.object.selector else value_at(body, call, callback.object)
    if at is None:
        return []
    term = yield value(body.definition, at, context)
    found: list[tuple[int, Guard | None]] = []
    for each in objects(ground.terms, term):
        target = yield from _target(ground, ground.terms[each])
        if target is not None:
            inputs = (*target.held, *given)
            made = Term(kind=Kind.CALL, name=named(target.call), inputs=inputs, definition=body.definition, pc=call.pc,
                        context=context, model=ground.model(target.call))  # fmt: skip
            found.append((_through(ground, made), None))
    return found


def _target(ground: Ground, made: Term) -> Generator[Question, int, _Referred | None]:
    body = ground.bodies.of(made.definition) if made.kind is Kind.OBJECT and made.pc >= 0 else None
    row = None if body is None else body.row_at(made.pc)
    site = None if body is None or row is None else body.call(row)
    if body is None or site is None or site.targets or not body.opcode(site.row).startswith("invoke-custom"):
        return None
    called = _called(body, site)
    if called is None:
        return None
    held = yield from answers(value(made.definition, each, made.context) for each in site.arguments)
    return _Referred(called, tuple(held))


def _called(body: Body, site: Call) -> Call | None:
    """Return a call of the method that an invoke-custom refers to; None where it refers to none that is called."""
    index, tables = body.operands[site.row][1], body.dex.tables
    if not 0 <= index < len(tables.call_sites):
        return None
    handle = implementation(body.dex.call_site(index), tables, body.dex.names)
    if handle is None or not handle.calls or handle.kind is HandleKind.INVOKE_CONSTRUCTOR:
        return None
    owner, name, prototype = method_named(body.part.columns, handle.member)
    return Call(site.row, site.pc, owner, name, prototype, handle.kind is HandleKind.INVOKE_STATIC, (), ())


def _through(ground: Ground, made: Term) -> int:
    """Return the operand that a call gives as it is, or the call."""
    flows = [] if made.model is None else [each for each in made.model.flows if each.target.root == "return"]
    same = [each for each in flows if each.op == "copy" and not each.source.selector and not each.target.selector]
    if len(flows) == 1 and same and (operand := made.operand(same[0].source)) is not None:
        return operand
    return ground.terms.add(made)
