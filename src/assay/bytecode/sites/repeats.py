"""Which instructions stand between a backward branch and where it leads: a loop, as compilers lay code out.

This needs no control flow graph, so it can be asked of all code at once. It is a hint; what decides about one method is
`assay.bytecode.flow.loops`.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.call_sites import HandleKind
from assay.bytecode.class_data import ACC_SYNTHETIC
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import TARGET_OPERAND, Reference
from assay.bytecode.tables import U4

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


def repeated(dex: DexFile) -> U1:
    """Return 1 for each row of the references that such a branch encloses."""
    code, references = dex.instructions, dex.references
    found = np.zeros(len(references.pc), np.uint8)
    _enclose(
        code.starts, code.pc, code.opcode, (code.a, code.b, code.c), settled(TARGET_OPERAND), references.starts,
        references.pc, found,
    )  # fmt: skip
    return settled(found)


MAX_HANDED_ON = 2
"""Most methods that compilers made between a functional interface and what its writer wrote."""
_FUNCTIONS = (b"test", b"apply", b"accept", b"invoke", b"call", b"onNext")
"""Names of the one method of functional interfaces: what is handed over is asked for one element after the other."""


def asked_in_loops(dex: DexFile, rows: U1) -> npt.NDArray[np.bool_]:
    """Return, by method id, whether a method of the same name and prototype may be asked again and again.

    That is where a call in a loop names it, where it is the method of a functional interface or is called by one, and
    where a method handle holds it; what methods that compilers made of such ones call is asked with them. `rows` are
    those of `repeated`. The class does not count: which class's method runs is decided at run time.
    """
    references, methods = dex.references, dex.tables.methods
    functions = np.isin(methods["name"], [index for name in _FUNCTIONS for index in dex.find_string(name)])
    inside = functions[references.method] | (rows == 1)
    called = references.index[inside & (references.kind == Reference.METHOD)]
    keys = methods["name"].astype(np.int64) << 16 | methods["proto"]
    held = dex.tables.method_handles["member"][dex.tables.method_handles["kind"] >= HandleKind.INVOKE_STATIC]
    asked = np.concatenate([called, held[held < len(methods)]])
    marks = np.zeros(len(methods), np.bool_)
    marks[asked] = True
    marks = np.isin(keys, keys[marks]) | functions
    made = np.zeros(len(methods), np.bool_)
    made[dex.methods.method[dex.methods.access & ACC_SYNTHETIC != 0]] = True
    for _ in range(MAX_HANDED_ON):
        handed = (marks & made)[references.method] & (references.kind == Reference.METHOD)
        marks[references.index[handed]] = True
        marks = np.isin(keys, keys[marks])
    return marks


@kernel
def _enclose(  # noqa: C901 - one function, as the rules of kernels ask
    starts: I8, pc: U4, opcode: U1, operands: tuple[I4, I4, I4], which: U1, reference_starts: I8, reference_pc: U4,
    found: U1,
) -> None:  # fmt: skip
    """Go through each method once to find its branches back, and once more to see what they enclose."""
    a, b, c = operands
    for body in range(starts.size - 1):
        low, high = starts[body], starts[body + 1]
        if low == high or reference_starts[body] == reference_starts[body + 1]:
            continue
        begins, ends = int64(-1), int64(-1)
        reference = reference_starts[body + 1] - 1
        for row in range(high - 1, low - 1, -1):
            operand = which[opcode[row]]
            if operand:
                step = int64(a[row] if operand == 1 else (b[row] if operand == 2 else c[row]))
                target = int64(pc[row]) + step
                if step <= 0 and target >= 0:
                    if ends < 0 or int64(pc[row]) < begins:
                        begins, ends = target, int64(pc[row])
                    begins = min(begins, target)
            while reference >= reference_starts[body] and int64(reference_pc[reference]) >= int64(pc[row]):
                if ends >= 0 and begins <= int64(reference_pc[reference]) <= ends:
                    found[reference] = 1
                reference -= 1
