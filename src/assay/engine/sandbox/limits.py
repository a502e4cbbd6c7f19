"""Limits of the kernel on a process (getrlimit(2)): a net below the limits in work units."""

import resource
from collections.abc import Mapping

CPU_SECONDS = 24 * 3600
"""Processor time of one worker over its whole life; the deadline of a part ends it long before."""
FILE_BYTES = 2 << 30
"""Largest file that a worker can write in its folder."""
OPEN_FILES = 256
ADDRESS_BYTES = 512 << 30
"""Addresses of one worker: files are mapped whole, but the tables of pages that nobody filled count nowhere."""
OUT_OF_MEMORY = 71
"""Exit status of a worker whose private memory ran out."""

_KINDS = {
    "as": resource.RLIMIT_AS,
    "core": resource.RLIMIT_CORE,
    "cpu": resource.RLIMIT_CPU,
    "data": resource.RLIMIT_DATA,
    "fsize": resource.RLIMIT_FSIZE,
    "memlock": resource.RLIMIT_MEMLOCK,
    "msgqueue": resource.RLIMIT_MSGQUEUE,
    "nofile": resource.RLIMIT_NOFILE,
}
"""No limit on the number of processes: it counts those of the whole user, and the filter lets none be made."""


def wanted(memory_bytes: int) -> dict[str, int]:
    """Return the limits of a worker, in bytes, seconds and counts; `memory_bytes` bounds private memory."""
    return {
        "as": ADDRESS_BYTES,
        "core": 0,
        "cpu": CPU_SECONDS,
        "data": memory_bytes,
        "fsize": FILE_BYTES,
        "memlock": 0,
        "msgqueue": 0,
        "nofile": OPEN_FILES,
    }


def take(limits: Mapping[str, int]) -> None:
    """Set limits for this process, for good; one that is lower already stays."""
    for name, value in limits.items():
        kind = _KINDS[name]
        _, hard = resource.getrlimit(kind)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (least, least))
