"""Landlock: which files a process may still read and write (Linux, Documentation/userspace-api/landlock.rst).

Rights that a kernel does not know are left out, later ones are added by its ABI: moving between folders at 2,
truncating at 3, TCP at 4, ioctl on devices at 5, signals and abstract sockets at 6; 7 and later add nothing to take.
What an early ABI lets through, the filter of system calls refuses.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable, Sequence
from contextlib import suppress

from assay.engine.sandbox.kernel import call, control

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""Numbers of the system calls, the same on every architecture."""
ASK_VERSION = 1
PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
MAKE_REG = 1 << 8
TRUNCATE = 1 << 14

READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | MAKE_REG | TRUNCATE
"""In the folder that may be written: files of any content, but no folders, links, sockets or devices.

Files stay where they are: one that was removed while it is open would be in no quota.
"""
ON_FILES = WRITE_FILE | READ_FILE | TRUNCATE
"""The rights that a rule on a single file can name."""

FILES_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right over files that an ABI knows; later ones know those of 5."""
TCP = 0b11
SCOPES = 0b11
"""Abstract sockets of others, and signals to others."""


def abi() -> int:
    """Return the ABI of this kernel, at least 1. Raises: OSError where it has none."""
    return call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))


def attributes(version: int) -> bytes:
    """Return what a ruleset takes away at an ABI, as bytes of ``struct landlock_ruleset_attr`` of that ABI."""
    fields = [FILES_BY_ABI[min(version, 5)]]
    if version >= 4:
        fields.append(TCP)
    if version >= 6:
        fields.append(SCOPES)
    return struct.pack(f"={len(fields)}Q", *fields)


def restrict(readable: Iterable[str], writable: Sequence[str], files: Iterable[str]) -> int:
    """Take from the calling thread all files but those below the given paths, and return the ABI.

    `readable` may be read, `writable` also written, `files` read and written but not made; a path that does not exist
    gives nothing. Threads that run already keep what they have. Raises: OSError.
    """
    version = abi()
    given = attributes(version)
    ruleset = call(CREATE_RULESET, given, ctypes.c_size_t(len(given)), ctypes.c_uint32(0))
    try:
        handled = FILES_BY_ABI[min(version, 5)]
        for paths, rights in ((readable, READ), (writable, WRITE), (files, READ_FILE | WRITE_FILE)):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        control(PR_SET_NO_NEW_PRIVS, 1)
        call(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return version


def _allow(ruleset: int, path: str, rights: int) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                rights &= ON_FILES
            rule = struct.pack("=Qi", rights, place)
            call(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), rule, ctypes.c_uint32(0))
        finally:
            os.close(place)
