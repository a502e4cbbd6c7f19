"""What the figures were measured on, and how."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def described() -> dict[str, object]:
    """Return processor, versions, and whether the processor hashes by itself."""
    return {
        "sha_ni": sha_ni(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in ("numba", "numpy", "isal")},
    }


def sha_ni() -> bool | None:
    """Say whether the processor has SHA instructions, None where the system does not tell."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return None
    flags = {word for line in text.splitlines() if line.startswith(("flags", "Features")) for word in line.split()}
    return bool(flags & {"sha_ni", "sha2"})


def pin() -> int | None:
    """Hold the process to the last core it may use, and return its number; None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core
