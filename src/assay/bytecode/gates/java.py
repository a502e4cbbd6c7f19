"""Operations on scalars as the platform computes them: arithmetic of 32 and 64 bits, and methods of strings.

Source: The Java Language Specification, chapter 15; AOSP "Dalvik bytecode": binops, unops; documentation of
java.lang.String. Strings are compared by code points here where Java compares UTF-16 units: only the order of strings
with supplementary characters differs.
"""

import base64
import math
import re
from collections.abc import Callable

from assay.bytecode.gates.possible import Scalar, Thing

_INT, _LONG = 32, 64


def whole(value: Scalar) -> int:
    """Return a whole number, null as 0. Raises: TypeError."""
    if value is None:
        return 0
    if isinstance(value, int):
        return value
    raise TypeError


def text(value: Scalar) -> str:
    """Return a string. Raises: TypeError."""
    if isinstance(value, str):
        return value
    raise TypeError


def shown(value: Scalar) -> str:
    """Return a scalar as it is appended to a string. Raises: TypeError."""
    if isinstance(value, tuple):
        raise TypeError
    return "null" if value is None else str(value)


def wrapped(value: int, bits: int) -> int:
    """Return a number as two's complement of so many bits."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def divided(a: int, b: int) -> int:
    """Return the quotient towards zero. Raises: ZeroDivisionError."""
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


_BINARY: dict[str, Callable[[int, int], int]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "rsub": lambda a, b: b - a, "mul": lambda a, b: a * b,
    "div": divided, "rem": lambda a, b: int(math.fmod(a, b)) if abs(a) < 1 << 52 else a - b * divided(a, b),
    "and": lambda a, b: a & b, "or": lambda a, b: a | b, "xor": lambda a, b: a ^ b,
    "shl": lambda a, b: a << (b & 63), "shr": lambda a, b: a >> (b & 63), "ushr": lambda a, b: (a & ~(-1 << 64)) >> b,
    "cmp": lambda a, b: (a > b) - (a < b),
}  # fmt: skip
_CUT = {"int-to-byte": 8, "int-to-short": 16, "long-to-int": 32, "int-to-long": 64}
_CHAR = 0xFFFF


def binary(name: str, a: Scalar, b: Scalar) -> Scalar:
    """Return the result of a binary instruction, e.g. ``add-int/lit8``. Raises: ValueError, ZeroDivisionError."""
    operation, _, type_ = name.partition("/")[0].partition("-")
    operation = "cmp" if operation in {"cmpl", "cmpg"} else operation
    if operation not in _BINARY or type_ in {"float", "double"}:
        raise ValueError(name)
    bits = _LONG if type_ == "long" else _INT
    if operation == "ushr":
        return wrapped((whole(a) & ((1 << bits) - 1)) >> (whole(b) & (bits - 1)), bits)
    if operation in {"shl", "shr"}:
        b = whole(b) & (bits - 1)
    return wrapped(_BINARY[operation](whole(a), whole(b)), bits)


def unary(name: str, a: Scalar) -> Scalar:
    """Return the result of a unary instruction, e.g. ``not-int``. Raises: ValueError."""
    if name in _CUT:
        return wrapped(whole(a), _CUT[name])
    if name == "int-to-char":
        return whole(a) & _CHAR
    if name.startswith("neg-"):
        return wrapped(-whole(a), _LONG if name.endswith("long") else _INT)
    if name.startswith("not-"):
        return ~whole(a)
    raise ValueError(name)


TESTS: dict[str, Callable[[int, int], bool]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b, "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b, "le": lambda a, b: a <= b,
}  # fmt: skip


def tested(test: str, a: Scalar, b: Scalar) -> bool:
    """Return whether a conditional branch is taken: ``eq``, ``ne``, ``lt`` … Raises: TypeError, ValueError."""
    if test in {"eq", "ne"}:
        same = (a or 0) == (b or 0) if isinstance(a, int | None) and isinstance(b, int | None) else _same(a, b)
        return same == (test == "eq")
    return TESTS[test](whole(a), whole(b))


def _same(a: Scalar, b: Scalar) -> bool:
    """Return whether two references are the same; two that are known only as not null may be. Raises: ValueError."""
    null = [value in (None, 0) and not isinstance(value, str) for value in (a, b)]
    if any(null):
        return all(null)
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    if isinstance(a, Thing) and isinstance(b, Thing) and a.once and b.once:
        return a.term == b.term
    raise ValueError


def hash_code(value: str) -> int:
    """Return `String.hashCode`."""
    found = 0
    for unit in memoryview(value.encode("utf-16-le", "surrogatepass")).cast("H"):
        found = (31 * found + unit) & 0xFFFFFFFF
    return wrapped(found, _INT)


def split(value: str, pattern: str) -> list[str]:
    """Return the pieces of a string between matches of a pattern, of which a leading backslash is the only escape."""
    return value.split(pattern.lstrip("\\") or pattern)


def _regex(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the code under examination; only plain ones, whose time is bounded. Raises: ValueError."""
    if not re.fullmatch(r"[\w\s|.^$(),:;@/=\-]{0,512}", pattern):
        raise ValueError(pattern)
    return re.compile(pattern)


PREDICATES: dict[str, Callable[[Scalar, Scalar], bool]] = {
    "equals": lambda a, b: a == b,
    "equals-ignore-case": lambda a, b: isinstance(b, str) and text(a).casefold() == b.casefold(),
    "contains": lambda a, b: text(b) in text(a),
    "starts-with": lambda a, b: text(a).startswith(text(b)),
    "ends-with": lambda a, b: text(a).endswith(text(b)),
    "matches-regex": lambda a, b: _regex(text(b)).fullmatch(text(a)) is not None,
    "find-regex": lambda a, b: _regex(text(b)).search(text(a)) is not None,
}
"""Predicates with two operands, by the names of models (`assay.reference.models`)."""
COMPARISONS: dict[str, Callable[[Scalar, Scalar], int]] = {
    "index-of": lambda a, b: text(a).find(text(b)),
    "compare": lambda a, b: (text(a) > text(b)) - (text(a) < text(b)) if isinstance(a, str) else whole(a) - whole(b),
}


def decoded(value: Scalar) -> Scalar:
    """Return the text that Base64 stands for, of either alphabet. Raises: TypeError for what is no text in it."""
    raw = re.sub(r"\s|=", "", text(value)).translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(raw + "=" * (-len(raw) % 4), validate=True).decode()
    except ValueError as cause:
        raise TypeError from cause


def formatted(pattern: Scalar, *given: Scalar) -> Scalar:
    """Return what `String.format` makes with ``%s`` and ``%d`` alone. Raises: ValueError for others, TypeError."""
    pieces = re.split(r"%(?:(\d)\$)?[sd]", text(pattern))
    plain, numbers = pieces[::2], [int(number) - 1 if number else at for at, number in enumerate(pieces[1::2])]
    if any("%" in piece for piece in plain) or any(not 0 <= number < len(given) for number in numbers):
        raise ValueError(pattern)
    return plain[0] + "".join(shown(given[at]) + piece for at, piece in zip(numbers, plain[1:], strict=True))


CHANGES: dict[str, Callable[[Scalar], Scalar]] = {
    "lower": lambda a: text(a).lower(),
    "upper": lambda a: text(a).upper(),
    "trim": lambda a: text(a).strip(),
    "to-string": lambda a: a if isinstance(a, str) else "null" if a is None else str(whole(a)),
    "number": lambda a: int(text(a)) if isinstance(a, str) else whole(a),
    "copy": lambda a: a,
    "decode-base64": decoded,
    "encode-base64": lambda a: base64.b64encode(text(a).encode()).decode(),
    "decode-text": text,
    "encode-text": text,
}
"""What operations of models make of one operand; bytes stand as the text that they encode."""


FIELDS: dict[str, Scalar] = {
    "Ljava/lang/Boolean;->TRUE:Ljava/lang/Boolean;": 1,
    "Ljava/lang/Boolean;->FALSE:Ljava/lang/Boolean;": 0,
}
"""Fields whose values are known, by their references."""
METHODS: dict[tuple[str, str], tuple[int, Callable[..., Scalar]]] = {
    ("Ljava/lang/String;", "hashCode"): (1, lambda a: hash_code(text(a))),
    ("Ljava/lang/Object;", "hashCode"): (1, lambda a: hash_code(text(a))),
    ("Ljava/lang/String;", "length"): (1, lambda a: len(text(a).encode("utf-16-le", "surrogatepass")) // 2),
    ("Ljava/lang/CharSequence;", "length"): (1, lambda a: len(text(a).encode("utf-16-le", "surrogatepass")) // 2),
    ("Ljava/lang/Math;", "abs"): (1, lambda a: wrapped(abs(whole(a)), _INT)),
    ("Ljava/lang/Math;", "floorMod"): (2, lambda a, b: whole(a) % whole(b)),
    ("Ljava/lang/Math;", "min"): (2, lambda a, b: min(whole(a), whole(b))),
    ("Ljava/lang/Math;", "max"): (2, lambda a, b: max(whole(a), whole(b))),
    ("Ljava/lang/Boolean;", "parseBoolean"): (1, lambda a: int(isinstance(a, str) and a.lower() == "true")),
    ("Ljava/lang/Boolean;", "logicalAnd"): (2, lambda a, b: whole(a) & whole(b)),
    ("Ljava/lang/Boolean;", "logicalOr"): (2, lambda a, b: whole(a) | whole(b)),
    ("Ljava/lang/Integer;", "parseInt"): (1, lambda a: int(text(a))),
    ("Ljava/lang/Long;", "parseLong"): (1, lambda a: int(text(a))),
    ("Ljava/lang/Integer;", "compare"): (2, lambda a, b: (whole(a) > whole(b)) - (whole(a) < whole(b))),
}
"""Methods that are computed, by class and name: the number of operands, and what they give."""
