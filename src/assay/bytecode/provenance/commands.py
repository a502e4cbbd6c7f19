"""What a command gives that a program has the system run: told by the name of the program in its words."""

import re
from itertools import islice

from assay.bytecode.provenance.terms import Kind, Term, Terms
from assay.reference.models import models

MOST_LOOKED_AT = 512
"""Most terms below what reads a command's output that are looked at for the command."""
_RUN = "effect.execute"
_APART = re.compile(r"[\s;|&()'\"`]+")


def given(terms: Terms, number: int) -> str:
    """Return the label of what a term reads of a command's output; empty where it reads none, or of another command.

    Names of programs that have a label are keys of the store ``command``; the last step of a path counts.
    """
    term = terms[number]
    if term.kind is not Kind.CALL or term.model is None or not any(flow.op == "read" for flow in term.model.flows):
        return ""
    for each in islice(terms.below(number), MOST_LOOKED_AT):
        if _runs(terms[each]):
            return _of_command(terms, each)
    return ""


def _runs(term: Term) -> bool:
    return term.kind is Kind.CALL and term.model is not None and term.model.sink == _RUN


def _of_command(terms: Terms, number: int) -> str:
    """Return the label of the first program with one among the constants that a command is made of."""
    for each in islice(terms.below(number), MOST_LOOKED_AT):
        value = terms[each].value
        if terms[each].kind is not Kind.CONSTANT or not isinstance(value, str):
            continue
        for word in _APART.split(value):
            if (key := models().key("command", word.rpartition("/")[2])) is not None:
                return key.source
    return ""
