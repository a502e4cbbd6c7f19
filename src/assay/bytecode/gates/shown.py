"""Conditions as short text, for reports: what is asked of which variable."""

from assay.bytecode.gates.formula import Branch
from assay.bytecode.gates.subjects import Subject
from assay.bytecode.provenance.terms import Kind, Terms

_SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "ge": "≥", "gt": ">", "le": "≤"}
_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}
_MOST_CONSTANTS = 6
_MOST_TURNS = 16
"""Most operations on one answer that are looked through for which way round it is asked."""
_MOST_BELOW = 256
"""Most terms below an answer that are looked through for a variable."""
_THROUGH = ("required", "check-cast", "move")


def condition(subject: Subject, branch: Branch, opcode: str, terms: Terms) -> str:
    """Return what has to hold for a branch to be taken its way; where the code mixes it, only on what it depends."""
    names = ", ".join(dict.fromkeys(variable.name for variable, _ in subject.variables))
    names = names or "; ".join(subject.lost) or "build constant"
    constants = [each for each in subject.constants if each not in {None, 0, 1, ""}]
    among = ", ".join(str(each) for each in sorted(map(str, constants))[:_MOST_CONSTANTS])
    if len(constants) > _MOST_CONSTANTS:
        among += f" and {len(constants) - _MOST_CONSTANTS} more"
    if branch.result:
        return f"depends on {names}"
    if "switch" in opcode:
        return f"{names} {'is' if branch.taken else 'is not'} one of {among or list(branch.keys)}"
    test = opcode.removeprefix("if-").removesuffix("z")
    sense = test if branch.taken else _OPPOSITE.get(test, test)
    if not opcode.endswith("z") or test not in {"eq", "ne"}:
        return f"{names} {_SIGNS.get(sense, sense)} {among or '0'}"
    numbers = frozenset(number for _, number in subject.variables)
    straight = asked_straight(terms, subject.operands[0], numbers) if len(subject.operands) == 1 else None
    if straight is None:
        return f"depends on {_asked(names, among)}"
    return f"{'' if (sense == 'ne') == straight else 'not '}{_asked(names, among)}"


def asked_straight(terms: Terms, number: int, variables: frozenset[int]) -> bool | None:
    """Return whether a truth value is what is asked of some terms, False for its opposite, None where it is mixed."""
    straight = True
    for _ in range(_MOST_TURNS):
        term = terms[number]
        if term.kind is Kind.OPERATION and term.name.startswith("xor-int") and len(term.inputs) == 2:
            turned = terms[term.inputs[1]]
            if turned.kind is not Kind.CONSTANT or turned.value not in {0, 1}:
                return None
            straight = straight == (turned.value == 0)
            number = term.inputs[0]
        elif term.kind is Kind.OPERATION and term.name in _THROUGH and term.inputs:
            number = term.inputs[0]
        elif term.kind in {Kind.CHOICE, Kind.OPERATION, Kind.UNKNOWN}:
            return None
        else:
            test = term.model.test if term.kind is Kind.CALL and term.model is not None else None
            reached = not variables or _reaches(terms, number, variables)
            return straight != (test is not None and test.negated) if reached else None
    return None


def _reaches(terms: Terms, number: int, variables: frozenset[int]) -> bool:
    """Return whether one of some terms goes into another, without a choice between."""
    seen, todo = {number}, [number]
    while todo and len(seen) <= _MOST_BELOW:
        each = todo.pop()
        if each in variables:
            return True
        more = [] if terms[each].kind is Kind.CHOICE else [one for one in terms[each].inputs if one not in seen]
        seen.update(more)
        todo += more
    return False


def _asked(names: str, among: str) -> str:
    return f"{names} in {{{among}}}" if among else names
