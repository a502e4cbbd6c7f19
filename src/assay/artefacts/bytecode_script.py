"""A script compiled to bytecode of the Lua family: constants collected function by function, as far as they go."""

from collections.abc import Iterator, Sequence

from assay.artefacts.byte_cursor import Cursor
from assay.artefacts.literals import Literals
from assay.artefacts.problem_log import ProblemLog
from assay.artefacts.script import MAX_SCRIPT_STRINGS, Script, ScriptString
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import ByteSource

MAX_BYTECODE_BYTES = 32 * MIB
"""Largest file of bytecode that is read, in bytes."""
MAX_FUNCTIONS = 1_000_000
"""Most functions read from one file."""


class BytecodeScript(Script):
    """A file of bytecode. A subclass reads the header and then functions, in `read`."""

    language = "Lua"

    def __init__(self, source: ByteSource) -> None:
        """Read all constants. Raises: Unreadable for a header that cannot be read, and for a large file."""
        if source.size > MAX_BYTECODE_BYTES:
            raise Unreadable(f"bytecode of {source.size} bytes is larger than the limit of {MAX_BYTECODE_BYTES}")
        self._view = source.view()
        self._log = ProblemLog()
        self._literals = Literals()
        self._count = 0
        self.cursor = Cursor(self._view)
        self.read_header()
        try:
            self.read_functions()
        except Unreadable as why:
            self._problem(why.what, "the strings before this place were kept", "strings behind it are not known")
        if self._literals.lost:
            self._problem(f"more than {MAX_SCRIPT_STRINGS} strings", "the first were kept", "later ones are not known")

    def read_header(self) -> None:
        """Read what stands before the functions. Raises: Unreadable."""
        raise NotImplementedError

    def read_functions(self) -> None:
        """Read the functions, and keep the places of their strings. Raises: Unreadable where they are damaged."""
        raise NotImplementedError

    @property
    def functions(self) -> int | None:  # type: ignore[override]
        """Functions that were read, the outermost included."""
        return self._count

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met, in the order they were met."""
        return self._log()

    def strings(self) -> Iterator[ScriptString]:
        """Yield the constant strings by place."""
        return self._literals.strings(self._view, bytes)

    def keep(self, size: int) -> None:
        """Step over the bytes of a string, and keep its place."""
        start = self.cursor.skip(size)
        self._literals.add(start, start + size, raw=True)

    def begin_function(self) -> None:
        """Count a function. Raises: Unreadable beyond `MAX_FUNCTIONS`."""
        self._count += 1
        if self._count > MAX_FUNCTIONS:
            raise Unreadable(f"more than {MAX_FUNCTIONS} functions")

    def _problem(self, what: str, instead: str, cost: str) -> None:
        self._log.add(ByteRange(self.cursor.at, 0), what, instead, cost)
