"""What the nodes of a trie or an automaton hold beside their children: the mark that a word ends there.

A step to another node is a match where that node has the mark. Where no child is there, some automata go on from their
root or along other links, whose nodes end no word then.
"""

from collections.abc import Iterator

from assay.bytecode.effects.loops import Ways
from assay.bytecode.gates.possible import SOME, Possible, just
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.heap_body import field_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.naming import field_named

_TEXT = b"Ljava/lang/String;"
_TYPES = frozenset({b"Z", b"B", b"S", b"I", _TEXT})
_SET = {"if-nez": True, "if-eqz": False, "if-gtz": True, "if-lez": False}
"""Whether a test holds where the mark is there."""
_SAME = ("move", "check-cast")


def marks(body: Body, row: int) -> list[int]:
    """Return the rows that read a mark of the node which a step at a row gives: asked for zero, or given back."""
    step = body.result(row) if body.call(row) is not None else body.value_of(row)
    if step is None:
        return []
    found = [each for each in range(body.rows) if body.opcode(each).startswith("iget") and _is_mark(body, each)]
    return [each for each in found if step in _nodes(body, body.reads(each)[0])]


def tested(body: Body, rows: list[int], *, match: bool) -> Ways:
    """Return how the branches go that ask for marks."""
    return {way: truth for row in rows for way, truth in _tested(body, body.value_of(row), match=match)}


def held(evaluator: Evaluator, body: Body, rows: list[int], context: Context, *, match: bool) -> dict[int, Possible]:
    """Return what the marks are, by numbers of terms; one that is a term of another place has no value of its own."""
    found: dict[int, Possible] = {}
    for row in rows:
        term = evaluator.term(body.definition, body.value_of(row), context)
        own = evaluator.terms[term]
        if (own.definition, own.pc) == (body.definition, body.pc(row)):
            text = _type(body, row) == _TEXT
            found[term] = (SOME if text else just(1)) if match else just(None if text else 0)
    return found


def _is_mark(body: Body, row: int) -> bool:
    readers = [body.opcode(each) for each in body.readers(body.value_of(row))]
    return _type(body, row) in _TYPES and any(each in _SET or each.startswith("return") for each in readers)


def _type(body: Body, row: int) -> bytes:
    return field_named(body.part.columns, field_at(body, row))[2]


def _nodes(body: Body, value: int) -> set[int]:
    """Return the values of the method that another may be, through copies, casts and junctions."""
    seen, todo = {value}, [value]
    while todo:
        for each in _before(body, todo.pop()):
            if each >= 0 and each not in seen:
                seen.add(each)
                todo.append(each)
    return seen


def _before(body: Body, value: int) -> tuple[int, ...]:
    if value >= body.values.first_junction:
        return tuple(body.values.sources(value))
    row = body.row_of(value)
    copied = row is not None and body.producer(row) is None and body.opcode(row).startswith(_SAME)
    return body.reads(row)[:1] if row is not None and copied else ()


def _tested(body: Body, value: int, *, match: bool) -> Iterator[tuple[tuple[int, bool], Truth]]:
    for row in body.readers(value):
        if (holds := _SET.get(body.opcode(row))) is not None:
            yield (row, holds), Truth.YES if match else Truth.NO
            yield (row, not holds), Truth.NO if match else Truth.YES
