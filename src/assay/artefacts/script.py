"""What every document of program text in a scripting language offers: its language, its strings, their places."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assay.model.problem import Problem

MAX_SCRIPT_STRINGS = 4_000_000
"""Most strings read from one script."""


class ScriptString(NamedTuple):
    """A string as the program sees it, escapes resolved, as text found; its place in bytes from the first of the file.

    The place holds what stands between the quotes as it is written, or the bytes of a constant.
    """

    offset: int
    length: int
    text: str


class Script:
    """A script, as source or as bytecode."""

    language: str
    """JavaScript or Lua."""
    version: str
    """Form and version where the file states one, e.g. ``Hermes 96``; ``source`` for program text."""
    functions: int | None
    """Functions it defines, None where they were not counted."""

    @property
    @abstractmethod
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met."""

    @abstractmethod
    def strings(self) -> Iterator[ScriptString]:
        """Yield its strings, by place or in the order of its tables."""
