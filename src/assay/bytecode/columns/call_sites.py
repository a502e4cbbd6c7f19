"""Hashes of method handles and call sites, put together from what they name.

Source: Android Open Source Project, "Dalvik executable format": method_handle_item, call_site_item.
"""

import hashlib

import numpy as np

from assay.bytecode.columns.hashes import HANDLE, MISSING, member_hashes, named
from assay.bytecode.columns.name_bytes import FIRST_INVOCATION, NameBytes
from assay.bytecode.columns.record import U8
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import Reference
from assay.bytecode.tables import Rows
from assay.model.errors import Unreadable
from assay.model.problem import Problem

MAX_CALL_SITES = 1 << 16
"""Most call sites that are read: an instruction names one with sixteen bits."""


def handle_hashes(handles: Rows, fields: U8, methods: U8) -> U8:
    """Return the hash of each method handle: of its kind and its member."""
    kinds, members = handles["kind"].astype(np.uint64), handles["member"].astype(np.uint32)
    found = settled(np.where(kinds < FIRST_INVOCATION, named(fields, members), named(methods, members)))
    return member_hashes(HANDLE, settled(kinds), found, settled(kinds))


def call_site_hashes(dex: DexFile) -> tuple[U8, list[Problem]]:
    """Return the hash of each call site, over its values as bytes, and the problems met."""
    names = NameBytes(dex)
    out = np.full(min(len(dex.tables.call_sites), MAX_CALL_SITES), MISSING, np.uint64)
    try:
        for row in range(len(out)):
            out[row] = _hash(names.name(Reference.CALL_SITE, row))
    except Unreadable as why:
        return settled(out), [_left_out(why)]
    return settled(out), []


def _hash(raw: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "little")


def _left_out(why: Unreadable) -> Problem:
    cost = "methods that differ in nothing but a call site look the same until they are compared by bytes"
    return Problem(place="", what=f"call sites: {why.what}", instead="the rest counts as one", cost=cost)
