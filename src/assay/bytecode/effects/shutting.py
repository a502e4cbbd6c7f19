"""Constants that shut off what follows from a comparison: a method or field of the program that is always the same.

Whether what follows is there at all is asked as if they could be otherwise; that they are not is for the gate to say.
"""

from collections.abc import Iterator

from assay.bytecode.effects.supposing import Ways
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sites.record import Site


def shut(evaluator: Evaluator, site: Site, context: Context) -> Ways:
    """Return that branches on such constants go both ways: in the method of a site, and in callers on its way."""
    found: Ways = {}
    frames = [(link.caller, context[:at]) for at, link in enumerate(context)]
    for definition, before in [*frames, (site.definition, context)]:
        body = evaluator.bodies.of(definition)
        for row in () if body is None else _fixed(evaluator, body, before):
            for taken in (True, False):
                found.setdefault((definition, row, taken), {})[before] = Truth.YES
    return found


def _fixed(evaluator: Evaluator, body: Body, context: Context) -> Iterator[int]:
    """Yield the branches that ask for what is read or called, and is one constant."""
    for row in range(body.rows):
        if body.opcode(row) not in {"if-eqz", "if-nez"}:
            continue
        asked = body.row_of(body.reads(row)[0])
        if asked is None or not body.opcode(asked).startswith(("move-result", "sget", "iget")):
            continue
        term = evaluator.term(body.definition, body.reads(row)[0], context)
        if evaluator.terms[term].kind is Kind.CONSTANT:
            yield row
