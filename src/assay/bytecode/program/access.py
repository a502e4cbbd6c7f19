"""Access flags as the program needs them, and the package of each class.

Source: Android Open Source Project, "Dalvik executable format": access_flags; Java Virtual Machine Specification,
section 5.3 (the run-time package of a class is decided by its name and its loader).
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.symbols import I4

PRIVATE, STATIC, FINAL = 0x2, 0x8, 0x10
NATIVE, INTERFACE, ABSTRACT, CONSTRUCTOR = 0x100, 0x200, 0x400, 0x10000

U1 = npt.NDArray[np.uint8]


def virtual(linked: Linked) -> U1:
    """Return 1 for each definition that is linked and is dispatched by the class of the receiver, 0 for the others."""
    access = linked.definition_access
    plain = (access & (PRIVATE | STATIC | CONSTRUCTOR) == 0) & (linked.definition_signatures >= 0)
    plain[plain] = ~linked.shadowed[linked.definition_classes[plain]]
    names = linked.names
    named = (names.method_keys >> 32)[linked.definition_signatures[plain]]
    special = [symbol for name in (b"<init>", b"<clinit>") if (symbol := names.symbol(name)) >= 0]
    plain[plain] = ~np.isin(named, special)
    return settled(plain.astype(np.uint8))


def packages(linked: Linked) -> I4:
    """Return a number for the package of each class, the same for the same one; -1 where a class has no name."""
    symbols, found = linked.names.symbols, np.full(linked.classes, -1, np.int32)
    known: dict[bytes, int] = {}
    for row, symbol in enumerate(linked.class_symbols.tolist()):
        if symbol >= 0:
            found[row] = known.setdefault(symbols.of(symbol).rpartition(b"/")[0], len(known))
    return settled(found)
