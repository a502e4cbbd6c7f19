"""What apps share, kept up to date: numbers of each file, and how many apps hold each number.

What a change costs grows with the files and apps that come and go, not with those that stay. A number that nobody holds
any more stays taken; `dead` says how many do.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.interning import count_holders
from assay.bytecode.columns.linking import Identities, Linker
from assay.bytecode.columns.record import U4, Columns

App = tuple[str, ...]
"""The sha256 of the DEX files of an app, each once, sorted."""
Read = Callable[[str], Columns]


class Numbered(NamedTuple):
    """The numbers of one file, and how many of its names are missing."""

    ids: Identities
    unnamed: int

    @property
    def size(self) -> int:
        """How many definitions there are."""
        return len(self.ids.methods)


class Sharing:
    """Numbers across files and apps. `counts`: for classes, methods and bodies, how many apps hold each number, u4."""

    def __init__(self, linker: Linker) -> None:
        """Begin with a linker that has seen nothing."""
        self.linker = linker
        self.files: dict[str, Numbered] = {}
        self.apps: Counter[App] = Counter()
        self.counts: tuple[U4, U4, U4] = (_none(), _none(), _none())
        self.added = 0
        """Definitions of files that came since this was made or restored."""

    @property
    def size(self) -> int:
        """Definitions of all files."""
        return sum(file.size for file in self.files.values())

    @property
    def unnamed(self) -> int:
        """Names that are missing in files."""
        return sum(file.unnamed for file in self.files.values())

    @property
    def live(self) -> tuple[int, int, int]:
        """Different classes, methods and bodies that somebody holds."""
        classes, methods, bodies = (int(np.count_nonzero(counts)) for counts in self.counts)
        return classes, methods, bodies

    @property
    def dead(self) -> int:
        """Methods that nobody holds any more."""
        return len(self.counts[1]) - self.live[1]

    def update(self, apps: Sequence[App], order: Sequence[str], read: Read) -> None:
        """Have exactly these apps; files that are new are read in this order."""
        for sha256, columns, bodies in self._numbered([file for file in order if file not in self.files], read):
            before = self.linker.unnamed
            classes, methods = self.linker.add_names(columns)
            self.files[sha256] = Numbered(Identities(classes, methods, bodies), self.linker.unnamed - before)
            self.added += len(methods)
        wanted = Counter(apps)
        gone, come = self.apps - wanted, wanted - self.apps
        self._count([*((app, -1) for app in gone.elements()), *((app, 1) for app in come.elements())])
        self.apps = wanted
        for sha256 in self.files.keys() - set(order):
            del self.files[sha256]

    def _numbered(self, missing: Sequence[str], read: Read) -> Iterator[tuple[str, Columns, U4]]:
        """Read, check and number the bodies of each file while the names of the one before are numbered."""

        def bodies(sha256: str) -> tuple[str, Columns, U4]:
            columns = read(sha256)
            return sha256, columns, self.linker.add_bodies(columns)

        with ThreadPoolExecutor(1) as beside:
            coming = [beside.submit(bodies, sha256) for sha256 in missing[:1]]
            for number in range(len(missing)):
                found = coming.pop().result()
                coming += [beside.submit(bodies, sha256) for sha256 in missing[number + 1 : number + 2]]
                yield found

    def _count(self, steps: Sequence[tuple[App, int]]) -> None:
        sizes = self.linker.counts
        classes, methods, bodies = (_grown(counts, size) for counts, size in zip(self.counts, sizes, strict=True))
        self.counts = (classes, methods, bodies)
        last = [np.zeros(size if steps else 0, np.uint32) for size in sizes]
        for holder, (app, step) in enumerate(steps, start=1):
            for sha256 in app:
                for ids, seen, counts in zip(_ids(self.files[sha256]), last, self.counts, strict=True):
                    count_holders(ids, holder, seen, counts, step)


def _ids(file: Numbered) -> tuple[U4, U4, U4]:
    return file.ids.classes, file.ids.methods, file.ids.bodies


def _none() -> U4:
    return np.zeros(0, np.uint32)


def _grown(counts: U4, size: int) -> U4:
    return np.concatenate([counts, np.zeros(size - len(counts), np.uint32)]) if size > len(counts) else counts
