"""Where the call graph ends although the program goes on: native methods, reflection, loaded code, bootstrap methods.

Each is a row, never a silence: what the code behind it does is not known from the call graph.
"""

from enum import Enum
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.program import planning
from assay.bytecode.program import sites as kinds
from assay.bytecode.program.access import NATIVE
from assay.bytecode.program.known_methods import LOADING, NATIVE_LOADING, REFLECTION
from assay.bytecode.program.lambdas import Bootstrap

if TYPE_CHECKING:
    from assay.bytecode.program.program import Program


class Sort(Enum):
    """Why it is not known what a call reaches."""

    NATIVE_METHOD = "native method"
    NATIVE_LOADING = "loading of a native library"
    REFLECTION = "reflection"
    CODE_LOADING = "loading of code"
    BOOTSTRAP = "bootstrap method"


class Unknown(msgspec.Struct, frozen=True, order=True):
    """One unknown edge: `definition` is the native method, else the caller, whose code at `pc` (in 16-bit units) calls.

    `owner`, `name`, `prototype` are those of the method that is native or called, as bytes; empty where it has no name.
    """

    definition: int
    pc: int
    sort: str
    owner: bytes
    name: bytes
    prototype: bytes


def unknowns(program: "Program") -> tuple[Unknown, ...]:
    """Return the unknown edges of the application's own parts, by definition and place."""
    found = [*_native(program), *_called(program), *_bootstrapped(program)]
    return tuple(sorted(each for each in found if each.definition < program.application_definitions))


def _native(program: "Program") -> list[Unknown]:
    linked = program.linked
    rows = np.flatnonzero(linked.definition_access[: program.application_definitions] & NATIVE)
    owners = linked.definition_classes[rows]
    kept = rows[(owners < 0) | ~linked.shadowed[np.maximum(owners, 0)]] if len(linked.shadowed) else rows
    return [
        Unknown(row, 0, Sort.NATIVE_METHOD.value, *_name(program, int(linked.definition_methods[row])))
        for row in kept.tolist()
    ]


def _called(program: "Program") -> list[Unknown]:
    names, sites = program.linked.names, program.calls.sites
    found = []
    for sort, table in (
        (Sort.REFLECTION, REFLECTION), (Sort.CODE_LOADING, LOADING), (Sort.NATIVE_LOADING, NATIVE_LOADING),
    ):  # fmt: skip
        named = planning.named_in(names, table)
        calls = np.flatnonzero(sites.kinds != kinds.CUSTOM)
        found += _rows(program, sort, calls[named[sites.references[calls]]])
    return found


def _bootstrapped(program: "Program") -> list[Unknown]:
    meant = program.meant
    found = []
    for site in np.flatnonzero(meant.bootstraps == Bootstrap.UNKNOWN).tolist():
        method = int(meant.methods[site])
        names = _name(program, method) if method >= 0 else (b"", b"", b"")
        caller, pc = int(program.calls.sites.callers[site]), int(program.calls.sites.pcs[site])
        found.append(Unknown(caller, pc, Sort.BOOTSTRAP.value, *names))
    return found


def _rows(program: "Program", sort: Sort, rows: npt.NDArray[np.int64]) -> list[Unknown]:
    sites = program.calls.sites
    places = zip(sites.callers[rows].tolist(), sites.pcs[rows].tolist(), sites.references[rows].tolist(), strict=True)
    return [Unknown(caller, pc, sort.value, *_name(program, method)) for caller, pc, method in places]


def _name(program: "Program", method: int) -> tuple[bytes, bytes, bytes]:
    """Return class, name and prototype of a method id by running number."""
    if method < 0:
        return b"", b"", b""
    starts = program.linked.names.method_starts
    part = int(np.searchsorted(starts, method, side="right")) - 1
    return program.parts[part].columns.method_key(method - int(starts[part]))
