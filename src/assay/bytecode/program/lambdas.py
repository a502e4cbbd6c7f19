"""What invoke-custom calls in the end: the method that a lambda or method reference runs, or the bootstrap method.

The columns do not hold call sites; they are read from the files of parts that have any.
Source: Android Open Source Project, "Dalvik executable format": call_site_item; java.lang.invoke.LambdaMetafactory.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from assay.bytecode.call_sites import HandleKind, MethodHandle, implementation, read_method_handle, recipe
from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import Reference
from assay.bytecode.program import sites
from assay.bytecode.program.part import Part


class Bootstrap(IntEnum):
    """What is known of the method that links a call site."""

    LAMBDA = 0
    CONCATENATION = 1
    UNKNOWN = 2


class Custom(NamedTuple):
    """What a call site leads to: `method` is an id of its part, -1 = unknown; `kind` as in `sites`."""

    bootstrap: Bootstrap
    method: int
    kind: int


_KINDS = {HandleKind.INVOKE_INSTANCE: sites.VIRTUAL, HandleKind.INVOKE_INTERFACE: sites.INTERFACE}


def custom_calls(parts: Sequence[Part]) -> list[dict[int, Custom]]:
    """Return, for each part, what the call sites that its code names lead to."""
    found = []
    for part in parts:
        columns = part.columns
        used = columns.reference_indices[columns.reference_kinds == Reference.CALL_SITE]
        wanted = sorted(set(used.tolist()))
        dex = part.dex() if wanted else None
        found.append({index: _read(dex, index) for index in wanted} if dex is not None else {})
    return found


def _read(dex: DexFile, index: int) -> Custom:
    site = dex.call_site(index)
    handle = implementation(site, dex.tables, dex.names)
    if handle is not None and handle.calls:
        return Custom(Bootstrap.LAMBDA, handle.member, _KINDS.get(handle.kind, sites.STATIC))
    known = recipe(site, dex.tables, dex.names) is not None
    bootstrap = None if site.bootstrap is None else read_method_handle(dex.tables, site.bootstrap)
    return Custom(Bootstrap.CONCATENATION if known else Bootstrap.UNKNOWN, _member(bootstrap), sites.STATIC)


def _member(handle: MethodHandle | None) -> int:
    return handle.member if handle is not None and handle.calls else -1
