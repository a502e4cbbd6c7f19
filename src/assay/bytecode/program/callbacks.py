"""Which definitions override methods of types outside the application: what the platform may call back.

With the framework in the program that is known; without it every method that is dispatched by its receiver's class may
override one of a supertype that was not seen. Object is known either way.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled
from assay.bytecode.program.hierarchy import U1, Hierarchy
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.overrides import Overrides
from assay.bytecode.program.symbols import I4

NOT, POSSIBLE, CERTAIN = range(3)
"""It overrides nothing outside; a supertype that was not seen may have such a method; it overrides one that is known.
"""


def callbacks(linked: Linked, hierarchy: Hierarchy, overrides: Overrides, object_methods: I4, application: int) -> U1:
    """Return `NOT`, `POSSIBLE` or `CERTAIN` for each definition.

    Definitions from `application` on are those of the framework; `object_methods` are the signatures of Object.
    """
    found = np.full(len(linked.definition_access), NOT, np.uint8)
    virtual = overrides.virtual.astype(np.bool_)
    possible = virtual.copy()
    possible[possible] = outside(linked, hierarchy)[linked.definition_classes[possible]]
    found[possible] = POSSIBLE
    if hierarchy.object >= linked.classes:
        found[virtual & np.isin(linked.definition_signatures, object_methods)] = CERTAIN
    lower = np.repeat(np.arange(len(found)), np.diff(overrides.upper_starts))
    found[lower[overrides.uppers >= application]] = CERTAIN
    found[application:] = NOT
    return settled(found)


def outside(linked: Linked, hierarchy: Hierarchy) -> npt.NDArray[np.bool_]:
    """Return which classes have a supertype outside the program other than Object."""
    marks = np.zeros(hierarchy.nodes, np.bool_)
    marks[linked.classes :] = True
    if hierarchy.object >= linked.classes:
        marks[hierarchy.object] = False
    found = np.zeros(linked.classes, np.bool_)
    for node in np.flatnonzero(marks).tolist():
        found[hierarchy.all_subtypes(node)] = True
    return found
