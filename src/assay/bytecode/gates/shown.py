"""Conditions as short text, for reports: what is asked of which variable."""

from assay.bytecode.gates.formula import Branch
from assay.bytecode.gates.subjects import Subject

_SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "ge": "≥", "gt": ">", "le": "≤"}
_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}
_MOST_CONSTANTS = 6


def condition(subject: Subject, branch: Branch, opcode: str) -> str:
    """Return what has to hold for a branch to be taken its way."""
    names = ", ".join(dict.fromkeys(variable.name for variable, _ in subject.variables))
    names = names or "; ".join(subject.lost) or "build constant"
    if branch.result:
        return f"depends on {names}"
    constants = [each for each in subject.constants if each not in {None, 0, 1, ""}]
    among = ", ".join(str(each) for each in sorted(map(str, constants))[:_MOST_CONSTANTS])
    if len(constants) > _MOST_CONSTANTS:
        among += f" and {len(constants) - _MOST_CONSTANTS} more"
    if "switch" in opcode:
        return f"{names} {'is' if branch.taken else 'is not'} one of {among or list(branch.keys)}"
    test = opcode.removeprefix("if-").removesuffix("z")
    sense = test if branch.taken else _OPPOSITE.get(test, test)
    if opcode.endswith("z") and test in {"eq", "ne"}:
        holds = sense == "ne"
        return f"{'' if holds else 'not '}{_asked(names, among)}"
    return f"{names} {_SIGNS.get(sense, sense)} {among or '0'}"


def _asked(names: str, among: str) -> str:
    return f"{names} in {{{among}}}" if among else names
