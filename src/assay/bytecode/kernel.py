"""How kernels are compiled: numba, bounds checked, kept in a cache folder where there is one to write to.

Rules that hold for every kernel:

- Bounds checks stop at the end of an array, but an index of -1 wraps round: kernels check signs themselves.
- A kernel calls only kernels of its own file and takes tables as arguments, because numba's cache looks at the
  time stamp of the kernel's own file alone.
- What runs for each instruction or string stands in one function, or in functions that take numbers: to hand an array
  on counts a reference up and down, which costs more than decoding an instruction (measured: 100 ns against 7).
- Array arguments are C-contiguous, aligned, little-endian and, where only read, not writeable (`settled`), so that
  each kernel has one compiled form.

The caller of the process chooses the cache folder with NUMBA_CACHE_DIR; without it numba uses the folder beside the
source or the user's cache folder, and where none can be written kernels are compiled anew in each process.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Function = TypeVar("Function", bound=Callable[..., Any])
Scalar = TypeVar("Scalar", bound=np.generic)

int64 = cast("Callable[[object], int]", np.int64)
"""Makes a number of an array a signed one of 64 bits: unsigned and signed together would become a float in a kernel."""


def kernel(function: Function) -> Function:
    """Compile `function` on its first call; it runs without the interpreter's lock."""
    try:
        return cast("Function", numba.njit(function, cache=True, nogil=True, boundscheck=True))
    except RuntimeError:  # numba found no folder that it can write to
        return cast("Function", numba.njit(function, nogil=True, boundscheck=True))


def settled(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return `array` contiguous, aligned and not writeable; a copy only where it is not so already."""
    ready = array.flags.c_contiguous and array.flags.aligned
    view = (array if ready else np.require(array, requirements=["C", "A"])).view()
    view.setflags(write=False)
    return view
