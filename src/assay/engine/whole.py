"""The examination of one app: its archives opened together, its code linked, the analysers that read apps run."""

from collections.abc import Iterator
from functools import cached_property, lru_cache, partial

from assay.applications.application import Application, Archive
from assay.artefacts.apk import Apk
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.engine.opening import Locations, open_document
from assay.engine.records import AppPlace, Whole
from assay.engine.shelf import Shelf
from assay.model.coverage import NotFollowed
from assay.model.errors import Unreadable
from assay.model.locator import Locator
from assay.registry import AnalyserSpec, Bench, Document, In

OPEN = 2
"""DEX files of an app that are kept open at a time: decoded they take several times their size in memory."""


def reads_applications(spec: AnalyserSpec) -> bool:
    """Say whether an analyser reads apps rather than single artefacts."""
    return issubclass(Application, spec.reads)


class WholeApplication:
    """Opens an app once for all analysers that read it."""

    def __init__(self, bench: Bench, locations: Locations, whole: Whole, shelf: Shelf) -> None:
        """Take the parts, the way to the bytes, what the app consists of, and the way to columns."""
        self._bench = bench
        self._locations = locations
        self.whole = whole
        self._shelf = shelf
        self._dex = lru_cache(maxsize=OPEN)(self._open_dex)

    @cached_property
    def application(self) -> Application:
        """The app, opened. Raises: Unreadable when one of its archives is not a package any more."""
        archives = tuple(map(self._archive, self.whole.archives))
        return Application(self.whole.package, archives, lambda: tuple(map(self._part, self.whole.code)))

    def left_out(self) -> Iterator[In]:
        """Yield what was not followed because it is beyond the limit."""
        if self.whole.left_out:
            missed = NotFollowed("DEX files of this app beyond the limit of those linked", self.whole.left_out)
            yield In(self.whole.archives[0].sha256, missed)

    def _archive(self, place: AppPlace) -> Archive:
        document = self._document(place)
        if not isinstance(document, Apk):
            raise Unreadable(f"{place.name} is not an application package")
        return Archive(place.sha256, place.name, document)

    def _part(self, place: AppPlace) -> Part:
        dex = partial(self._dex, place)
        return Part(place.sha256, place.name, self._shelf.columns(place.sha256, dex), dex)

    def _open_dex(self, place: AppPlace) -> DexFile:
        document = self._document(place)
        if not isinstance(document, DexFile):
            raise Unreadable(f"{place.name} is not a DEX file")
        return document

    def _document(self, place: AppPlace) -> Document | None:
        opened = open_document(self._bench, self._locations.source(Locator.parse(place.locator)))
        return None if opened is None else opened.document
