"""Looking up in a table of constants by something that is read: what comes out says what was read, in another form."""

from itertools import islice

from assay.bytecode.provenance.terms import Kind, Term, Terms

LOOKUP = "lookup"
"""The name of an OPERATION whose inputs are a table and what is looked up in it."""
MAX_TERMS = 256
"""Most terms of a table, and of what is looked up, that are gone through."""
_READ = frozenset({Kind.CALL, Kind.PARAMETER, Kind.STORE, Kind.FIELD})
_BROUGHT = frozenset({Kind.STORE, Kind.PARAMETER, Kind.FIELD})
_THROUGH = frozenset({Kind.CHOICE, Kind.OPERATION, Kind.CONTENT})
_FIXED = frozenset({Kind.CONSTANT, Kind.OBJECT, Kind.CUT})


def looked_up(terms: Terms, table: int, index: int) -> bool:
    """Return whether a table holds constants alone while what is looked up in it was read, and is no mere counter."""
    return _reads(terms, index) and _is_fixed(terms, table)


def is_plain_map(terms: Terms, map_: int, held: int) -> bool:
    """Return whether a map is made here, and what it holds are numbers, truth values and texts of the code."""
    if terms[map_].kind is not Kind.OBJECT:
        return False
    leaves = list(islice(terms.below(held), MAX_TERMS + 1))
    plain = [each for each in leaves if terms[each].kind in {Kind.CONSTANT, Kind.CHOICE, Kind.CONTENT} or each == map_]
    boxed = [each for each in leaves if terms[each].name.startswith("Ljava/lang/Boolean;->")]
    return 1 < len(leaves) == len({*plain, *boxed}) <= MAX_TERMS


def _is_fixed(terms: Terms, table: int) -> bool:
    """Return whether a term is made of constants, through calls on them alone that bring nothing from elsewhere."""
    below = list(islice(terms.below(table), MAX_TERMS + 1))
    ends = [terms[each] for each in below if not terms.followed(each)]
    brought = any(terms[each].kind in _BROUGHT or _brings(terms[each]) for each in below)
    return len(below) <= MAX_TERMS and not brought and all(each.kind in _FIXED for each in ends)


def _brings(term: Term) -> bool:
    """Return whether a call brings something from elsewhere, as its model says."""
    return term.kind is Kind.CALL and term.model is not None and bool(term.model.source or term.model.store)


def _reads(terms: Terms, index: int) -> bool:
    """Return whether something that is read goes into a number: more than how long something is."""
    seen, todo = {index}, [index]
    while todo and len(seen) <= MAX_TERMS:
        own = terms[todo.pop()]
        if own.kind in _READ and not _measures(own):
            return True
        if own.kind in _THROUGH and not _measures(own):
            more = [each for each in own.inputs if each not in seen]
            seen.update(more)
            todo += more
    return False


def _measures(term: Term) -> bool:
    """Return whether a term says how long something is, or where in it something stands."""
    if term.kind is Kind.CALL and term.model is not None:
        return term.model.test is not None or any(flow.op == "length" for flow in term.model.flows)
    return term.name == "array-length"
