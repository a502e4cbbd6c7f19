"""Assay: an independent verification bench for smartphones."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.engine.open_code import open_code

__all__ = ["__version__", "open_code"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load what the package exports on first use. Raises: AttributeError."""
    if name != "open_code":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assay.engine.cache_home import prepare_kernels  # noqa: PLC0415 - the folder is chosen before kernels load
    from assay.engine.loading import for_good  # noqa: PLC0415 - what the package exports loads on first use

    prepare_kernels()
    with for_good():
        from assay.engine.open_code import open_code  # noqa: PLC0415 - loading it takes a while

    return open_code
