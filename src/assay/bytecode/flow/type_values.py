"""The numbers that stand for what a register holds.

Below zero: -(row + 1), an object that the new-instance at that row made and no constructor has finished.
From `FIRST_TYPE` on: a reference to an object of the type of index value - `FIRST_TYPE`, or null.
"""

UNSET = 0
"""Nothing was written to it."""
CONFLICT = 1
"""Different things on different paths, or half of a pair that was torn."""
ZERO = 2
"""The constant 0: whole number, floating point number, or null."""
CONSTANT = 3
"""32 bits that may be a whole or a floating point number."""
INTEGER = 4
"""A whole number of 32 bits or fewer, a truth value or a character."""
FLOAT = 5
WIDE, WIDE_HIGH = 6, 7
"""The two halves of 64 bits that may be a whole or a floating point number."""
LONG, LONG_HIGH = 8, 9
DOUBLE, DOUBLE_HIGH = 10, 11
UNINITIALISED_THIS = 12
"""The object whose constructor this is, before it has called another constructor."""
OBJECT = 15
"""A reference of a type that is not known."""
FIRST_TYPE = 16

NAMES = {
    UNSET: "unset", CONFLICT: "conflict", ZERO: "zero or null", CONSTANT: "int or float", INTEGER: "int",
    FLOAT: "float", WIDE: "long or double", WIDE_HIGH: "long or double, high half", LONG: "long",
    LONG_HIGH: "long, high half", DOUBLE: "double", DOUBLE_HIGH: "double, high half",
    UNINITIALISED_THIS: "uninitialised this", OBJECT: "object",
}  # fmt: skip
