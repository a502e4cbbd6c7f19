"""seccomp: a filter of system calls, as a program of the kernel's packet filter (seccomp(2), linux/filter.h)."""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence

from assay.engine.sandbox.kernel import call, control
from assay.engine.sandbox.landlock import PR_SET_NO_NEW_PRIVS
from assay.engine.sandbox.syscalls import AARCH64, NEWEST, OWN_PROCESS, X86_64, Condition, conditional, plain

SET_MODE_FILTER, GET_ACTION_AVAIL = 1, 2
ALL_THREADS = 1
ALLOW, KILL = 0x7FFF_0000, 0x8000_0000
REFUSE, NOT_THERE = 0x0005_0000 | errno.EPERM, 0x0005_0000 | errno.ENOSYS
X32 = 0x4000_0000
"""Calls of the x32 ABI carry this bit and would pass by a filter of other numbers."""

LOAD, AND, RETURN = 0x20, 0x54, 0x06
IF_EQUAL, IF_GREATER, IF_AT_LEAST = 0x15, 0x25, 0x35
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
"""Offsets in bytes into ``struct seccomp_data``; both architectures are little-endian."""
SECCOMP = {X86_64: 317, AARCH64: 277}
MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}

FILTER = "filter"

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, constant."""


def architecture() -> int | None:
    """Return the architecture of this process, None where no filter is written for it."""
    return MACHINES.get(platform.machine()) if sys.maxsize > 1 << 32 else None


def missing() -> str:
    """Return why no filter can be set, empty where it can. Raises: OSError with the kernel's own reason."""
    found = architecture()
    if found is None:
        return f"no filter is written for {platform.machine()}"
    call(SECCOMP[found], ctypes.c_uint(GET_ACTION_AVAIL), ctypes.c_uint(0), struct.pack("=I", REFUSE & 0xFFFF_0000))
    return ""


def install() -> str:
    """Set the filter for every thread of this process and return what to call it. Raises: OSError."""
    found = architecture()
    if found is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    program = b"".join(struct.pack("=HBBI", *one) for one in assembled(found, os.getpid()))
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    control(PR_SET_NO_NEW_PRIVS, 1)
    if call(SECCOMP[found], ctypes.c_uint(SET_MODE_FILTER), ctypes.c_uint(ALL_THREADS), header):
        raise OSError(errno.EAGAIN, "a thread did not take the filter")
    return FILTER


def assembled(machine: int, process: int) -> list[Instruction]:
    """Return the filter for an architecture and the number of the process that takes it."""
    program = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, machine),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (IF_AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, REFUSE),
    ]
    for first, last in _ranges(plain(machine)):
        program += [(IF_AT_LEAST, 0, 2, first), (IF_GREATER, 1, 0, last), (RETURN, 0, 0, ALLOW)]
    for number, condition in conditional(machine).items():
        block = list(_tested(condition, process))
        program += [(IF_EQUAL, 0, len(block), number), *block]
    return [*program, (IF_AT_LEAST, 0, 1, NEWEST), (RETURN, 0, 0, NOT_THERE), (RETURN, 0, 0, REFUSE)]


def _tested(condition: Condition, process: int) -> Iterator[Instruction]:
    at = ARGUMENTS + 8 * condition.argument
    if condition.wide:
        yield from ((LOAD, 0, 0, at + 4), (IF_EQUAL, 1, 0, 0), (RETURN, 0, 0, REFUSE))
    yield (LOAD, 0, 0, at)
    yield (AND, 0, 0, condition.mask)
    for value in condition.values:
        yield (IF_EQUAL, 0, 1, process if value == OWN_PROCESS else value)
        yield (RETURN, 0, 0, REFUSE if condition.inverse else ALLOW)
    yield (RETURN, 0, 0, ALLOW if condition.inverse else REFUSE)


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
