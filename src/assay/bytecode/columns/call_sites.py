"""Hashes of method handles and call sites, put together from what they name.

Source: Android Open Source Project, "Dalvik executable format": method_handle_item, call_site_item, encoded_array.
"""

from collections.abc import Mapping

import numpy as np

from assay.bytecode.columns.hashes import CALL_SITE, HANDLE, member_hashes, named
from assay.bytecode.columns.record import U8
from assay.bytecode.dex import DexFile
from assay.bytecode.tables import Rows

FIRST_INVOCATION = 4
"""Handles of this kind and above name a method, those below a field."""


def handle_hashes(handles: Rows, fields: U8, methods: U8) -> U8:
    """Return the hash of each method handle: of its kind and its member."""
    kinds, members = handles["kind"].astype(np.uint64), handles["member"].astype(np.uint32)
    found = np.where(kinds < FIRST_INVOCATION, named(fields, members), named(methods, members))
    return member_hashes(HANDLE, kinds, found, kinds)


def call_site_hashes(dex: DexFile, hashes: Mapping[int, U8]) -> U8:
    """Return the hash of each call site."""
    del hashes  # FIXME
    rows = np.arange(len(dex.tables.call_sites), dtype=np.uint64)
    return member_hashes(CALL_SITE, rows, rows, rows)
