"""Which features of a library go into the table: rare ones, of many versions, spread over its classes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.shapes.features import features
from assay.bytecode.strings import text_of
from assay.model.source import BufferSource
from assay.reference.sdks import Sdks
from tests.sdks.material import Library

MOST = 1000
"""Most features of one SDK; large classes first."""
MOST_SDKS = 2
"""Features that more SDKs share are left out, and all that code of no SDK has too."""
MOST_OF_A_CLASS = 6
ELSEWHERE = ""


class Class(NamedTuple):
    """One class of a library: its SDK, its name, its instructions, and its features as (hash, kind)."""

    sdk: str
    name: str
    instructions: int
    features: tuple[tuple[int, int], ...]


class Seen:
    """What was seen of one SDK over all versions: features with their versions, kinds and classes."""

    def __init__(self) -> None:
        self.versions: dict[int, set[str]] = defaultdict(set)
        self.kinds: dict[int, int] = {}
        self.classes: dict[str, set[int]] = defaultdict(set)
        self.sizes: dict[str, int] = defaultdict(int)
        self.sources: dict[str, None] = {}

    def add(self, one: Class, version: str, source: str) -> None:
        self.sources[source] = None
        self.sizes[one.name] = max(self.sizes[one.name], one.instructions)
        for feature, kind in one.features:
            self.versions[feature].add(version)
            self.kinds[feature] = kind
            self.classes[one.name].add(feature)


def classes(raw: bytes, table: Sdks) -> Iterator[Class]:
    """Yield the classes of a DEX file, each with the SDK whose prefix it has."""
    dex = DexFile(BufferSource(raw))
    built = columns.build(dex)
    found = features(dex, built)
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, feature, kind in zip(found.classes.tolist(), found.hashes.tolist(), found.kinds.tolist(), strict=True):
        rows[row].append((feature, kind))
    for row, type_ in enumerate(built.class_types.tolist()):
        name = text_of(built.descriptor(type_))[1:-1].replace("/", ".")
        number = table.named(name.rpartition(".")[0])
        sdk = ELSEWHERE if number is None else table.rows[number].id
        yield Class(sdk, name, int(found.instructions[row]), tuple(rows[row]))


def seen(libraries: Iterable[Library], table: Sdks) -> dict[str, Seen]:
    """Return what was seen of each SDK, of the code of none under `ELSEWHERE`."""
    all_: dict[str, Seen] = defaultdict(Seen)
    for library in libraries:
        for raw in library.dex:
            for one in classes(raw, table):
                version = library.versions.get(one.sdk, "")
                all_[one.sdk].add(one, version, library.source)
    return all_


def chosen(all_: dict[str, Seen], sdk: str, most: int = MOST) -> list[int]:
    """Return the features of an SDK that go into the table, ascending."""
    one = all_[sdk]
    elsewhere = all_[ELSEWHERE].versions if ELSEWHERE in all_ else {}
    shared = {feature for feature in one.versions if feature in elsewhere or _sharers(all_, feature) > MOST_SDKS}
    queues = [_queue(one, name, shared) for name in sorted(one.classes, key=lambda name: (-one.sizes[name], name))]
    taken: dict[int, None] = {}
    for queue in queues:
        for feature in queue[:MOST_OF_A_CLASS]:
            if len(taken) < most:
                taken[feature] = None
    return sorted(taken)


def _sharers(all_: dict[str, Seen], feature: int) -> int:
    return sum(feature in one.versions for one in all_.values())


def _queue(one: Seen, name: str, shared: set[int]) -> list[int]:
    """Return the features of a class that are left, those of most versions first, texts before what code changes."""
    left = [feature for feature in one.classes[name] if feature not in shared]
    return sorted(left, key=lambda feature: (-len(one.versions[feature]), one.kinds[feature] != 0,
                                             -one.kinds[feature], feature))  # fmt: skip
