"""Where caches lie: ``ASSAY_CACHE``, else the user's cache folder, else beside the case when the home is read-only."""

import os
from pathlib import Path

RESULTS = "results.sqlite"
KERNELS = "kernels"


def cache_home(fallback: Path) -> Path:
    """Return a folder that can be written, made if need be; `fallback` is used when no other can."""
    for folder in _wanted():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    fallback.mkdir(parents=True, exist_ok=True)
    return fallback


def _wanted() -> list[Path]:
    if named := os.environ.get("ASSAY_CACHE"):
        return [Path(named)]
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return [Path(base) / "assay" if base else Path.home() / ".cache" / "assay"]
    except RuntimeError:
        return []


def prepare(home: Path) -> None:
    """Let compiled kernels be kept in the cache folder, for this process and its workers."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(home / KERNELS))
