"""From bytes to documents: identification by content, and the members of containers under unique names."""

from collections.abc import Callable, Iterator

import msgspec

from assay.evidence.store import Store
from assay.model.errors import CaseError, Unreadable
from assay.model.limits import MAX_ARTEFACT_BYTES
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

    Raises: Unreadable when readers recognised it and none could read anything of it.
    """
    refused: list[Problem] = []
    if source.size > MAX_ARTEFACT_BYTES:
        raise Unreadable(f"{source.size} bytes are over the limit of {MAX_ARTEFACT_BYTES}")
    for spec in bench.readers:
        if spec.recognise(source):
            try:
                return Opened(spec=spec, document=spec.open(source), refused=tuple(refused))
            except Unreadable as why:
                refused.append(_refusal(spec, why))
    if refused:
        raise Unreadable("; ".join(problem.what for problem in refused))
    return None


def _refusal(spec: ReaderSpec, why: Unreadable) -> Problem:
    return Problem(
        place="", what=f"looks like {spec.kind}: {why.what}", instead="tried as another format", cost=why.cost
    )


def named_members(container: Container) -> Iterator[tuple[bytes, Member]]:
    """Yield members with names made unique: the n-th of a name (n ≥ 2) gets a zero byte and n behind it."""
    seen: set[bytes] = set()
    for member in container.members():
        name, count = member.name, 1
        while name in seen:
            count += 1
            name = member.name + b"\0%d" % count
        seen.add(name)
        yield name, member


class Locations:
    """Opens artefacts by locator; the members of the containers used last are kept."""

    KEPT = 4

    def __init__(self, bench: Bench, exhibit: OpenExhibit) -> None:
        """Take the parts and the function that opens an exhibit by sha256."""
        self._bench = bench
        self._exhibit = exhibit
        self._kept: dict[str, dict[bytes, Member]] = {}

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
        members = self._kept.pop(name, None)
        if members is None:
            members = dict(self._read_members(container))
        self._kept[name] = members
        while len(self._kept) > self.KEPT:
            del self._kept[next(iter(self._kept))]
        return members

    def _read_members(self, container: Locator) -> Iterator[tuple[bytes, Member]]:
        opened = open_document(self._bench, self.source(container))
        if opened is None or not isinstance(opened.document, Container):
            raise Unreadable(f"{container} is not a container")
        return named_members(opened.document)


def from_store(store: Store) -> OpenExhibit:
    """Return the function that opens the exhibits of a store; a missing one raises Unreadable."""

    def exhibit(sha256: str) -> ByteSource:
        try:
            return store.open(sha256)
        except CaseError as error:
            raise Unreadable(error.fact) from None

    return exhibit
