"""Where caches lie: ``ASSAY_CACHE``, else the user's cache folder, else beside the case when the home is read-only."""

import os
from pathlib import Path

RESULTS = "results.sqlite"
KERNELS = "kernels"


def cache_home(fallback: Path) -> Path:
    """Return a folder that can be written, made if need be; `fallback` is used when no other can.

    The path is absolute: workers have a current folder of their own.
    """
    folder = writable()
    if folder is None:
        fallback.mkdir(parents=True, exist_ok=True)
        return fallback.absolute()
    return folder


def prepare_kernels() -> None:
    """Let compiled kernels be kept in the cache folder, for this process and its workers.

    Without a folder of the user's own nothing is set: code that is run is never taken from a shared place.
    """
    folder = writable()
    if folder is not None:
        os.environ.setdefault("NUMBA_CACHE_DIR", str(folder / KERNELS))


def writable() -> Path | None:
    """Return the folder of the user's own, made if need be, None where it cannot be written."""
    folder = _wanted()
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


def _wanted() -> Path | None:
    if named := os.environ.get("ASSAY_CACHE"):
        return Path(named).absolute()
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(base) / "assay" if base else Path.home() / ".cache" / "assay"
    except RuntimeError:
        return None
