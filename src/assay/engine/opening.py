"""From bytes to documents: identification by content, and the members of containers under unique names."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import msgspec

from assay.evidence.store import RESTORE, Store
from assay.model.errors import MismatchError, Unreadable
from assay.model.ids import sha256_hex
from assay.model.limits import MAX_ARTEFACT_BYTES, MAX_MEMBERS, MIB
from assay.model.locator import Locator
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import Bench, Container, Document, Member, ReaderSpec

OpenExhibit = Callable[[str], ByteSource]
"""From an exhibit's sha256 to its bytes."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A document with the reader that opened it and the readers that recognised the bytes and could not."""

    spec: ReaderSpec
    document: Document
    refused: tuple[Problem, ...]


def open_document(bench: Bench, source: ByteSource) -> Opened | None:
    """Open an artefact with the first reader that recognises its bytes and can read them; None where none knows them.

    Raises: Unreadable when readers recognised it and none could read anything of it; TypeError for a reader that
    gives something else than it declares.
    """
    refused: list[Problem] = []
    if source.size > MAX_ARTEFACT_BYTES:
        raise Unreadable(f"{source.size} bytes are over the limit of {MAX_ARTEFACT_BYTES}")
    for spec in bench.readers:
        if spec.recognise(source):
            try:
                document = spec.open(source)
            except Unreadable as why:
                refused.append(_refusal(spec, why))
            else:
                return Opened(spec=spec, document=_declared(spec, document), refused=tuple(refused))
    if refused:
        raise Unreadable("; ".join(problem.what for problem in refused))
    return None


def _declared(spec: ReaderSpec, document: Any) -> Document:  # noqa: ANN401 - whatever a reader gave
    if not isinstance(document, spec.gives) or not isinstance(document, Document):
        msg = f"the reader of {spec.kind} gave {type(document).__name__}, not {spec.gives.__name__}"
        raise TypeError(msg)
    return document


def _refusal(spec: ReaderSpec, why: Unreadable) -> Problem:
    return Problem(
        place="", what=f"looks like {spec.kind}: {why.what}", instead="tried as another format", cost=why.cost
    )


def named_members(container: Container) -> Iterator[tuple[bytes, Member]]:
    """Yield members with names made unique: the n-th of a name (n ≥ 2) gets a zero byte and n behind it."""
    seen: set[bytes] = set()
    counts: dict[bytes, int] = {}
    for member in container.members():
        name, count = member.name, counts.get(member.name, 1)
        while name in seen:
            count += 1
            name = member.name + b"\0%d" % count
        seen.add(name)
        counts[member.name] = count
        yield name, member


class Locations:
    """Opens artefacts by locator; the members of the containers used last are kept."""

    KEPT = 4
    KEPT_BYTES = 512 * MIB
    """Size in bytes of the containers that are kept beside the one in use."""

    def __init__(self, bench: Bench, exhibit: OpenExhibit) -> None:
        """Take the parts and the function that opens an exhibit by sha256."""
        self._bench = bench
        self._exhibit = exhibit
        self._kept: dict[str, tuple[int, dict[bytes, Member]]] = {}

    def source(self, locator: Locator) -> ByteSource:
        """Return the bytes of an artefact. Raises: Unreadable, also when nothing lies at the locator."""
        if not locator.steps:
            return self._exhibit(locator.exhibit)
        member = self._members(locator.parent()).get(locator.steps[-1].member)
        if member is None:
            raise Unreadable(f"nothing lies at {locator}")
        return member.open()

    def _members(self, container: Locator) -> dict[bytes, Member]:
        name = str(container)
        kept = self._kept.pop(name, None) or self._read_members(container)
        self._kept[name] = kept
        while len(self._kept) > self.KEPT or self._kept_before() > self.KEPT_BYTES:
            del self._kept[next(iter(self._kept))]
        return kept[1]

    def _kept_before(self) -> int:
        return sum(size for size, _ in list(self._kept.values())[:-1])

    def _read_members(self, container: Locator) -> tuple[int, dict[bytes, Member]]:
        source = self.source(container)
        opened = open_document(self._bench, source)
        if opened is None or not isinstance(opened.document, Container):
            raise Unreadable(f"{container} is not a container")
        return source.size, dict(islice(named_members(opened.document), MAX_MEMBERS))


def from_store(store: Store) -> OpenExhibit:
    """Return the function that opens the exhibits of a store, and checks each one's digest when it is first opened.

    That function raises CaseError for an exhibit that is missing, MismatchError for one that was changed.
    """
    checked: set[str] = set()

    def exhibit(sha256: str) -> ByteSource:
        source = store.open(sha256)
        if sha256 not in checked:
            if sha256_hex(source.view()) != sha256:
                raise MismatchError(str(store.path(sha256)), "the exhibit was changed since it was taken", RESTORE)
            checked.add(sha256)
        return source

    return exhibit
