"""Where code calls: one row an invoke instruction, over all parts."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.record import U4, Columns
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import OPCODES, Reference
from assay.bytecode.program.hierarchy import U1
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.symbols import I4, I8

NONE, VIRTUAL, SUPER, DIRECT, STATIC, INTERFACE, POLYMORPHIC, CUSTOM = range(8)
"""How an instruction calls (invoke-KIND)."""
_KINDS = ("virtual", "super", "direct", "static", "interface", "polymorphic", "custom")


def _kinds() -> U1:
    """Return how each opcode calls, `NONE` where it does not. Shape (256,)."""
    found = np.zeros(256, np.uint8)
    for value, row in enumerate(OPCODES):
        if row.name.startswith("invoke-"):
            found[value] = 1 + _KINDS.index(row.name.removeprefix("invoke-").removesuffix("/range"))
    return settled(found)


KINDS = _kinds()
PROTO = int(Reference.PROTO)
"""Kind of the second reference of an invoke-polymorphic, which is no call of its own."""


class Sites(NamedTuple):
    """Calls in the order of definitions, then of code.

    `callers` i4 definition; `pcs` u4 offset in 16-bit units from the method's first instruction; `kinds` u1;
    `references` i4: the method id by running number, for `CUSTOM` the call site id of the part.
    """

    callers: I4
    pcs: U4
    kinds: U1
    references: I4


def sites(parts: Sequence[Columns], linked: Linked) -> tuple[Sites, int]:
    """Return all calls but those in shadowed classes, and the number of the latter."""
    rows = [_of_part(part, linked, row) for row, part in enumerate(parts)]
    empty = Sites(np.zeros(0, np.int32), np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.int32))
    stacked = [each for each, _ in rows] or [empty]
    whole = Sites(
        settled(np.concatenate([each.callers for each in stacked])),
        settled(np.concatenate([each.pcs for each in stacked])),
        settled(np.concatenate([each.kinds for each in stacked])),
        settled(np.concatenate([each.references for each in stacked])),
    )
    return whole, sum(left for _, left in rows)


def _of_part(part: Columns, linked: Linked, row: int) -> tuple[Sites, int]:
    first, end = linked.definition_starts[row], linked.definition_starts[row + 1]
    classes = linked.definition_classes[first:end]
    shadowed = np.where(classes >= 0, linked.shadowed[classes], False).astype(np.uint8)  # noqa: FBT003 - a value
    room = int(((KINDS[part.reference_opcodes] != NONE) & (part.reference_kinds != PROTO)).sum())
    found = Sites(
        np.empty(room, np.int32), np.empty(room, np.uint32), np.empty(room, np.uint8), np.empty(room, np.int32)
    )
    written = _read(
        part.reference_starts, part.reference_opcodes, part.reference_kinds, part.reference_pcs, part.reference_indices,
        KINDS, settled(shadowed), int(first), int(linked.names.method_starts[row]), found,
    )  # fmt: skip
    cut = slice(written)
    return Sites(found.callers[cut], found.pcs[cut], found.kinds[cut], found.references[cut]), room - written


@kernel
def _read(
    starts: I8,
    opcodes: U1,
    sorts: U1,
    pcs: U4,
    indices: U4,
    kinds: U1,
    shadowed: U1,
    definition: int,
    method: int,
    out: Sites,
) -> int:
    written = 0
    for row in range(starts.size - 1):
        if shadowed[row]:
            continue
        for i in range(starts[row], starts[row + 1]):
            kind = kinds[opcodes[i]]
            if kind and sorts[i] != PROTO:
                out.callers[written], out.pcs[written], out.kinds[written] = definition + row, pcs[i], kind
                out.references[written] = int64(indices[i]) + (0 if kind == CUSTOM else method)
                written += 1
    return written
