"""What the instruction of a comparison gives where it matches, and where it does not."""

import msgspec

from assay.bytecode.effects.loops import Ways, leaving, together
from assay.bytecode.effects.marks import held, marks, tested
from assay.bytecode.effects.replacing import Replaced
from assay.bytecode.gates.possible import SOME, Possible, Scalar, Thing, just
from assay.bytecode.gates.supposed import Supposed
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.sites.record import Site

_PLACED = ("indexOf", "lastIndexOf", "binarySearch", "findAnyOf", "lastIndexOfAny", "findLastAnyOf")
_ZERO = ("compare", "noneMatch")
"""Methods that give zero on a match."""
_NOWHERE = just(0, -1)
"""What native code answers that finds nothing: a rank, a number of finds, or a place."""
_OPPOSITE = frozenset({"disjoint", "replace-and-compare"})
_CHARACTERS = frozenset({"character-loop", "contains-hash", "equals-bytes"})
_CHANGES = frozenset({"replace", "replace-regex"})
_HOLDING = frozenset({"retain", "remove"})
_WHAT_IS_LEFT = frozenset({"isEmpty", "size"})


def supposed(evaluator: Evaluator, body: Body, site: Site, context: Context, *, match: bool) -> Supposed:
    """Return what is supposed of a comparison that was come into by way of a context; nothing where it gives nothing.

    Of a chain of comparisons of one text with several constants the first matches, or none of them.
    """
    if site.family == "sql" and site.list[0] >= 0:
        site = msgspec.structs.replace(site, row=site.list[0])
    opcode = body.opcode(site.row)
    if opcode.startswith("if-"):
        return Supposed(branches=_under(body, context, _branch(body, site, opcode, match=match)))
    if "switch" in opcode:
        ways = {(site.row, taken): Truth.YES if taken == match else Truth.NO for taken in (True, False)}
        return Supposed(branches=_under(body, context, ways))
    call = body.call(site.row)
    ways = leaving(body, site.row, match=match)
    found = _given(evaluator, body, site, context, match=match)
    if call is not None:
        found = found._replace(values={**_others(body, site, call, context, match=match), **found.values})
    if site.family == "trie":
        rows = marks(body, site.row)
        ways |= tested(body, rows, match=match)
        found = found._replace(terms={**held(evaluator, body, rows, context, match=match), **found.terms})
    return found._replace(branches={**found.branches, **_under(body, context, ways)})


def _given(evaluator: Evaluator, body: Body, site: Site, context: Context, *, match: bool) -> Supposed:
    """Return what the instruction gives, as a call or as anything else."""
    call, value = body.call(site.row), body.result(site.row)
    if call is None:
        own = body.value_of(site.row)
        value = own if body.readers(own) else None
    if value is None:
        return _left(body, site, call, context, match=match)
    term = evaluator.term(site.definition, value, context)
    made = just(_answer(site.operator, call, body.opcode(site.row), term, match=match))
    if site.family == "native" and call is not None and not match and call.prototype.endswith((b")I", b")J")):
        made = _NOWHERE
    if call is None:
        return Supposed(terms={term: made})
    if site.operator not in _CHANGES:
        return Supposed(values={(body.definition, call.pc): {context: made}}, terms={term: made})
    made = SOME if match else _text(evaluator, body, site, context)
    values, branches = Replaced(evaluator, site, call, context).compared(match=match)
    return Supposed({**values, (body.definition, call.pc): {context: made}}, {term: made}, branches)


def _answer(operator: str, call: Call | None, opcode: str, term: int, *, match: bool) -> Scalar:
    """Return what an instruction gives on a match, or without one, by the type of what it gives."""
    if operator in _OPPOSITE:
        match = not match
    if call is None and not opcode.startswith("aget-object"):
        return int(match == opcode.startswith("aget"))
    gives = b"L" if call is None else call.prototype.rpartition(b")")[2]
    if gives[:1] in {b"L", b"["}:
        return Thing(term) if match else None
    name = "" if call is None else call.name.decode("utf-8", "backslashreplace")
    if gives in {b"I", b"J"} and name.startswith(_PLACED):
        return 0 if match else -1
    return int(match != name.startswith(_ZERO))


def _text(evaluator: Evaluator, body: Body, site: Site, context: Context) -> Possible:
    """Return the text itself: what is left of it where nothing in it is replaced."""
    row, number = site.text
    call = body.call(row) if row >= 0 else None
    if call is None or not 0 <= number < len(call.arguments):
        return SOME
    return just(Thing(evaluator.term(body.definition, call.arguments[number], context)))


def _left(body: Body, site: Site, call: Call | None, context: Context, *, match: bool) -> Supposed:
    """Return what a collection is asked after words were taken out of it, or all but words."""
    if call is None or site.operator not in _HOLDING or not call.arguments:
        return Supposed()
    found = {}
    for each in body.calls:
        name = each.name.decode("utf-8", "backslashreplace")
        if each.row > call.row and each.arguments[:1] == call.arguments[:1] and name in _WHAT_IS_LEFT:
            empty = match == (site.operator == "remove")
            found[body.definition, each.pc] = {context: just(int(empty == (name == "isEmpty")))}
    return Supposed(values=found)


def _branch(body: Body, site: Site, opcode: str, *, match: bool) -> Ways:
    """Return how a branch goes that is the comparison itself."""
    if site.operator == "character-loop":
        return together(body, site.row, equal=opcode.startswith("if-eq"), match=match)
    same = opcode.startswith("if-eq") == (site.operator in _CHARACTERS or not opcode.endswith("z"))
    taken = same == match
    ways = {(site.row, True): Truth.YES if taken else Truth.NO, (site.row, False): Truth.NO if taken else Truth.YES}
    return {**ways, **leaving(body, site.row, match=match)}


def _others(
    body: Body, site: Site, call: Call, context: Context, *, match: bool
) -> dict[tuple[int, int], dict[Context, Possible]]:
    """Return that none of the comparisons matches which the same method makes of the same text with other words.

    On a match of the first they may, or may not.
    """
    row, number = site.text
    if row != site.row or not 0 <= number < len(call.arguments):
        return {}
    found = {}
    for each in body.calls:
        alike = (each.owner, each.name, each.prototype) == (call.owner, call.name, call.prototype)
        if alike and each.row != call.row and each.arguments[number : number + 1] == (call.arguments[number],):
            answers = {_answer(site.operator, each, "", -1, match=one) for one in {match, False}}
            found[body.definition, each.pc] = {context: just(*answers)}
    return found


def _under(body: Body, context: Context, ways: Ways) -> dict[tuple[int, int, bool], dict[Context, Truth]]:
    return {(body.definition, row, taken): {context: truth} for (row, taken), truth in ways.items()}
