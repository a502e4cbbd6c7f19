"""Loads the many modules that the bench stands on, numba above all, without going through all of them again and again.

The garbage collector looks at everything that lives each time it comes round, and once more when a process ends. What
loading makes lives as long as the process: it is left out.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

FEW = 20_000
"""So many objects, or more, are no fresh process: what somebody else made is not ours to leave out."""


@contextmanager
def for_good() -> Iterator[None]:
    """Have what is loaded within looked at by no collection, in a process that holds little else when this begins."""
    fresh, collects = len(gc.get_objects()) < FEW, gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if fresh:
            gc.freeze()
        if collects:
            gc.enable()
