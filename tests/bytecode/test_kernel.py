"""Arrays as kernels take them, and kernels where nothing can be cached."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from assay.bytecode.kernel import settled

PROGRAM = """
import assay.bytecode.kernel, numba.core.caching, sys
if sys.argv[1] == "no folder":
    numba.core.caching.CacheImpl._locator_classes = []
add = assay.bytecode.kernel.kernel(compile("add = lambda a, b: a + b", sys.argv[2], "exec") and __import__("added").add)
print(add(1, 2))
"""


def test_settled_copies_only_what_must_be_copied() -> None:
    plain = np.arange(4, dtype=np.uint32)
    assert np.shares_memory(settled(plain), plain)
    for other in (plain[::2], np.frombuffer(b"." + plain.tobytes(), "<u4", offset=1)):
        fixed = settled(other)
        assert fixed.flags.c_contiguous
        assert fixed.flags.aligned
        assert not fixed.flags.writeable
        assert fixed.tolist() == other.tolist()
    assert plain.flags.writeable


def run(folder: Path, argument: str, **more: str) -> str:
    (folder / "added.py").write_text("def add(a, b):\n    return a + b\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), **more}
    command = [sys.executable, "-c", PROGRAM, argument, str(folder / "added.py")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120).stdout


def test_the_cache_lies_where_the_caller_wants_it(tmp_path: Path) -> None:
    cache = tmp_path / "kernels"
    assert run(tmp_path, "folder", NUMBA_CACHE_DIR=str(cache)) == "3\n"
    assert list(cache.rglob("*.nbi"))


def test_without_a_folder_kernels_are_compiled_all_the_same(tmp_path: Path) -> None:
    assert run(tmp_path, "no folder", NUMBA_CACHE_DIR="") == "3\n"
    assert not list(tmp_path.rglob("*.nbi"))
