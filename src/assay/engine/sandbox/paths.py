"""What every worker may read beside evidence: interpreter, libraries, our package, and what C libraries open."""

import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
TIME_ZONES = ("/usr/share/zoneinfo", "/etc/localtime")
OWN_PROCESS = tuple(f"/proc/self/{name}" for name in ("maps", "limits", "stat", "statm", "status"))
DEVICES = ("/dev/urandom", "/dev/random")
NULL = "/dev/null"
INSTALLED = ("site-packages", "dist-packages")
PACKAGE = "assay"


def readable(extensions: Iterable[str], kernels: str) -> tuple[str, ...]:
    """Return the paths, sorted; `extensions` are packages of the user's own, `kernels` the cache of compiled code."""
    found = {*LIBRARIES, *TIME_ZONES, *OWN_PROCESS, *DEVICES, *_interpreter(), *_installed(), kernels}
    for name in (PACKAGE, *extensions):
        found.update(_places(name.partition(".")[0]))
    return tuple(sorted(path for path in found if path))


def _interpreter() -> Iterator[str]:
    yield from (sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))
    yield from (f"{prefix}/{library}" for prefix in (sys.base_prefix, sys.prefix) for library in ("lib", "lib64"))
    yield from (path for path in sys.path if path.endswith((".zip", "lib-dynload")))


def _installed() -> Iterator[str]:
    """Yield the folders of installed packages; other folders of the path may hold anything and are left out."""
    yield from (path for path in sys.path if Path(path).name in INSTALLED)


def _places(package: str) -> Iterator[str]:
    spec = find_spec(package)
    if spec is not None:
        yield from spec.submodule_search_locations or [spec.origin or ""]
