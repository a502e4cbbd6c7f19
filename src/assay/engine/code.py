"""The code of many apps as arrays: what `assay.open_code` gives."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Self

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.columns import Columns
from assay.engine import code_query
from assay.engine.code_given import App
from assay.engine.code_records import AppProgram, FoundProblem
from assay.engine.linked import Linked
from assay.engine.links import Links

U1 = npt.NDArray[np.uint8]
U4 = npt.NDArray[np.uint32]

MAPPED = 4
"""Files whose columns are held mapped at a time; the system keeps in memory what it can."""


class Place(NamedTuple):
    """Where a DEX file lies: the row of the app in `Code.apps`, and the printed locator below it."""

    app: int
    locator: str


class CodeFile:
    """One DEX file, however often it was found."""

    def __init__(self, sha256: str, size: int, places: tuple[Place, ...], columns: Callable[[str], Columns]) -> None:
        """Take its sha256, its size in bytes, where it lies, sorted, and what gives columns by sha256."""
        self.sha256 = sha256
        self.size = size
        self.places = places
        self._columns = columns

    @property
    def columns(self) -> Columns:
        """Its columns (`assay.bytecode.columns.record.Columns`), mapped from the store. Raises: CaseError."""
        return self._columns(self.sha256)

    @property
    def apps(self) -> tuple[int, ...]:
        """Rows of `Code.apps` in which it lies, ascending."""
        return tuple(sorted({place.app for place in self.places}))


class Rows(msgspec.Struct, frozen=True, eq=False):
    """What was found, in the order of files, then of rows: `file` u4 row of `Code.files`, `row` u4 of its table."""

    file: U4
    row: U4

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.row)


class Calls(msgspec.Struct, frozen=True, eq=False):
    """Calls in the order of files, then of code. A file that lies in several apps counts once; `apps` tells them.

    `file` u4: row of `Code.files`; `definition` u4: row of the definitions of that file; `pc` u4: offset of the call in
    16-bit code units from the method's first instruction; `opcode` u1. `apps` u4: rows of `Code.apps` that hold any of
    these files, ascending.
    """

    file: U4
    definition: U4
    pc: U4
    opcode: U1
    apps: U4

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.pc)


class Code:
    """All DEX files below a path; nothing is held open between two questions."""

    def __init__(
        self,
        apps: Sequence[App],
        files: Sequence[tuple[str, int, tuple[Place, ...]]],
        problems: Sequence[FoundProblem],
        programs: Sequence[AppProgram | None],
        columns: Callable[[str], Columns],
        links: Links,
        close: Callable[[], None],
    ) -> None:
        """Use `assay.open_code`."""
        self.apps = tuple(apps)
        self.problems = tuple(problems)
        """What was wrong on the way to DEX files; what is wrong in one stands in the `problems` of its columns."""
        self.programs = tuple(programs)
        """The code of each app linked as its class loader sees it, in numbers, in the order of `apps`.

        None where an app has no code on a class path, or where linking it is among the problems.
        """
        self._get = columns
        self._links = links
        self._close = close
        self._mapped: dict[str, Columns] = {}
        self.files = tuple(CodeFile(sha256, size, places, self._columns) for sha256, size, places in files)

    def __enter__(self) -> Self:
        """Return the code."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of everything."""
        self.close()

    def close(self) -> None:
        """Let go of everything; without a folder to keep indices in, they are removed."""
        self._mapped.clear()
        self._close()

    def find_strings(self, text: str | bytes) -> Rows:
        """Return every string table row that is exactly this text (MUTF-8 bytes where bytes are given)."""
        raw = text if isinstance(text, bytes) else code_query.mutf8(text)
        return _rows(code_query.strings(columns, raw) for columns in self._each())

    def find_methods(
        self,
        method: str | None = None,
        *,
        owner: str | None = None,
        name: str | None = None,
        prototype: str | None = None,
    ) -> Rows:
        """Return every row of the tables of methods that is this one, like ``Lorg/x/A;->m(I)V``, or has these parts.

        A row names a method; it is defined in the same file, in another one, or on the handset. Raises: UsageError.
        """
        asked = code_query.wanted(method, owner, name, prototype)
        return _rows(code_query.methods(columns, asked) for columns in self._each())

    def callers(
        self,
        method: str | None = None,
        *,
        owner: str | None = None,
        name: str | None = None,
        prototype: str | None = None,
    ) -> Calls:
        """Return every call that names this method, like ``Lorg/x/A;->m(I)V``, or one of these parts.

        A call through a subclass names the subclass: leave `owner` out to see those, too. Raises: UsageError.
        """
        asked = code_query.wanted(method, owner, name, prototype)
        found = [code_query.calls(columns, code_query.methods(columns, asked)) for columns in self._each()]
        file = np.repeat(np.arange(len(found), dtype=np.uint32), [len(pcs) for _, pcs, _ in found])
        definition, pc = _joined([one[0] for one in found]), _joined([one[1] for one in found])
        opcode = np.concatenate([np.empty(0, np.uint8), *(one[2] for one in found)])
        apps = sorted({app for number in np.unique(file).tolist() for app in self.files[number].apps})
        return Calls(file, definition, pc, opcode, np.array(apps, np.uint32))

    def method_name(self, file: int, method: int) -> str:
        """Return a row of a file's table of methods like ``Lorg/x/A;->m(I)V``; what is no text is escaped."""
        owner, name, prototype = (part.decode("utf-8", "backslashreplace") for part in self._key(file, method))
        return f"{owner}->{name}{prototype}"

    def definition_name(self, file: int, definition: int) -> str:
        """Return a definition of a file like ``Lorg/x/A;->m(I)V``."""
        return self.method_name(file, int(self.files[file].columns.definition_methods[definition]))

    def linked(self) -> Linked:
        """Return each class, method and body once, and how many apps hold it.

        What was linked before at this path is kept in the cache folder: only files that came since are linked.
        """
        held: dict[int, list[str]] = {}
        for file in self.files:
            for app in file.apps:
                held.setdefault(app, []).append(file.sha256)
        order = [file.sha256 for file in self.files]
        return Linked(self._links.of([tuple(sorted(files)) for files in held.values()], order, self._get), order)

    def _key(self, file: int, method: int) -> tuple[bytes, bytes, bytes]:
        return self.files[file].columns.method_key(method)

    def _each(self) -> Iterator[Columns]:
        for file in self.files:
            yield file.columns

    def _columns(self, sha256: str) -> Columns:
        found = self._mapped.pop(sha256, None) or self._get(sha256)
        self._mapped[sha256] = found
        if len(self._mapped) > MAPPED:
            del self._mapped[next(iter(self._mapped))]
        return found


def _rows(found: Iterator[U4]) -> Rows:
    rows = list(found)
    return Rows(np.repeat(np.arange(len(rows), dtype=np.uint32), [len(one) for one in rows]), _joined(rows))


def _joined(parts: Sequence[U4]) -> U4:
    return np.concatenate([np.empty(0, np.uint32), *parts])
