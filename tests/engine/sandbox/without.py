"""A machine that lacks a mechanism: ``without.py CALLS COMMAND…`` runs a command whose system calls fail as not there.

CALLS are names of `NUMBERS`, joined by commas. The filter is written here by hand, apart from the one under test.
"""

import ctypes
import errno
import os
import struct
import sys

NUMBERS = {"x86_64": {"landlock": 444, "seccomp": 317}, "aarch64": {"landlock": 444, "seccomp": 277}}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2


def program(numbers: list[int]) -> bytes:
    lines = [(0x20, 0, 0, 0)]
    for number in numbers:
        lines += [(0x15, 0, 1, number), (0x06, 0, 0, 0x0005_0000 | errno.ENOSYS)]
    return b"".join(struct.pack("=HBBI", *line) for line in [*lines, (0x06, 0, 0, 0x7FFF_0000)])


if __name__ == "__main__":
    libc = ctypes.CDLL(None, use_errno=True)
    code = program([NUMBERS[os.uname().machine][name] for name in sys.argv[1].split(",")])
    held = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(held)))
    assert libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    assert libc.prctl(PR_SET_SECCOMP, FILTER, header) == 0
    os.execv(sys.argv[2], sys.argv[2:])
