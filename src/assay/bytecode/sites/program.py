"""The motif scan of a whole program: the candidates of all its parts, by the program's own definitions."""

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled
from assay.bytecode.program.program import Program
from assay.bytecode.sites.record import I4, Sites, joined
from assay.bytecode.sites.scan import sites

I8 = npt.NDArray[np.int64]


def program_sites(program: Program) -> Sites:
    """Return the candidates of the application's parts, those in shadowed classes left out.

    Definitions are numbers of the program; method ids stay those of the part that the definition lies in.
    """
    return joined([_of_part(program, part) for part in range(program.application_parts)])


def _of_part(program: Program, part: int) -> Sites:
    found = sites(program.parts[part].dex())
    first = int(program.linked.definition_starts[part])
    numbers: I4 = (found.definition + first).astype(np.int32)
    classes = program.linked.definition_classes[numbers]
    seen = np.ones(len(classes), np.bool_)
    seen[classes >= 0] = ~program.linked.shadowed[classes[classes >= 0]]
    columns = {name: getattr(found, name) for name in found.__struct_fields__} | {"definition": settled(numbers)}
    return Sites(**columns).taken(np.flatnonzero(seen))
