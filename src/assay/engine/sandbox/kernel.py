"""System calls that the standard library does not offer, and what their refusals mean."""

import ctypes
import errno
import os

_LIBC = ctypes.CDLL(None, use_errno=True)

REASONS = {
    errno.ENOSYS: "not in this kernel",
    errno.EOPNOTSUPP: "switched off in this kernel",
    errno.EINVAL: "not in this kernel",
    errno.EPERM: "refused to this process",
    errno.EACCES: "refused to this process",
}
"""Why a mechanism is missing, by error number; the words name no version, so that they are the same everywhere."""


def call(number: int, *arguments: object) -> int:
    """Make a system call by number and return what it gives. Raises: OSError."""
    return _checked(_LIBC.syscall(ctypes.c_long(number), *arguments))


def control(option: int, *arguments: int) -> int:
    """Make a call of prctl(2). Raises: OSError."""
    longs = [ctypes.c_ulong(one) for one in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(_LIBC.prctl(ctypes.c_int(option), *longs))


def reason(error: OSError) -> str:
    """Return why a mechanism is missing."""
    return REASONS.get(error.errno or 0) or os.strerror(error.errno or 0)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
