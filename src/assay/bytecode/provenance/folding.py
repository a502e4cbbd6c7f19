"""Arithmetic on constants, in 32 or 64 bits as the instruction has it.

Source: Android Open Source Project, "Dalvik bytecode", mathematical details for selected opcodes.
"""

from collections.abc import Callable, Sequence

from assay.bytecode.provenance.terms import Kind, Term

_BINARY: dict[str, Callable[[int, int, int], int]] = {
    "add": lambda a, b, _: a + b,
    "sub": lambda a, b, _: a - b,
    "rsub": lambda a, b, _: b - a,
    "mul": lambda a, b, _: a * b,
    "and": lambda a, b, _: a & b,
    "or": lambda a, b, _: a | b,
    "xor": lambda a, b, _: a ^ b,
    "shl": lambda a, b, bits: a << (b & (bits - 1)),
    "shr": lambda a, b, bits: a >> (b & (bits - 1)),
    "ushr": lambda a, b, bits: (a & ((1 << bits) - 1)) >> (b & (bits - 1)),
    "div": lambda a, b, _: abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1),
    "rem": lambda a, b, _: abs(a) % abs(b) * (1 if a >= 0 else -1),
}
_NARROWED = {"int-to-byte": 8, "int-to-short": 16, "long-to-int": 32, "int-to-long": 64}


def folded(name: str, operands: Sequence[Term]) -> int | None:
    """Return what an instruction gives for constants; None for others, and for division by zero."""
    known = [each.value for each in operands if each.kind is Kind.CONSTANT and isinstance(each.value, int)]
    if len(known) != len(operands) or not known:
        return None
    if len(known) == 1:
        return _one(name, known[0])
    stem, _, type_ = name.partition("/")[0].partition("-")
    rule, bits = _BINARY.get(stem), {"int": 32, "long": 64}.get(type_)
    if rule is None or bits is None or len(known) != 2 or (stem in {"div", "rem"} and known[1] == 0):
        return None
    return signed(rule(known[0], known[1], bits), bits)


def _one(name: str, number: int) -> int | None:
    if name in _NARROWED:
        return signed(number, _NARROWED[name])
    if name == "int-to-char":
        return number & 0xFFFF
    stem, _, type_ = name.partition("-")
    bits = {"int": 32, "long": 64}.get(type_, 0)
    if stem in {"neg", "not"} and bits:
        return signed(-number if stem == "neg" else ~number, bits)
    return None


def signed(number: int, bits: int) -> int:
    """Return the lowest bits as a signed number."""
    return ((number + (1 << (bits - 1))) & ((1 << bits) - 1)) - (1 << (bits - 1))
