"""An app as it is installed: its archives, and its code as one class loader sees it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import msgspec

from assay.artefacts.apk import Apk
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.boundary import Boundary
from assay.model.problem import Problem
from assay.reference.models import models
from assay.registry import Member

MOST_PARTS = 512
"""Most DEX files of one app that are linked; the largest real ones have about fifty."""


class Archive(msgspec.Struct, frozen=True, eq=False):
    """One package of an app: its sha256, ``base`` or the name of its split, and what it holds."""

    sha256: str
    name: str
    document: Apk


class Application:
    """A base package and its splits, base first, and their DEX files in the order of the class path.

    DEX files that lie deeper in an archive come behind those of the class path: an app can load them itself. The parts
    of the code are named by the archive and their steps below it, e.g. ``base!zip:classes2.dex``.
    """

    def __init__(self, package: str, archives: Sequence[Archive], code: Callable[[], Sequence[Part]]) -> None:
        """Take the package name, empty where it is not known, the archives, and the way to the DEX files."""
        self.package = package
        self.archives = tuple(archives)
        self._parts = code
        self._problems: list[Problem] = []

    @property
    def problems(self) -> Sequence[Problem]:
        """Nothing of its own: archives and DEX files keep their problems."""
        return self._problems

    @property
    def base(self) -> Archive:
        """The base package, or the first split where the base is missing."""
        return self.archives[0]

    @cached_property
    def code(self) -> Program:
        """The code, linked on first use."""
        return Program(self._parts())

    @cached_property
    def bodies(self) -> Bodies:
        """Its methods, decoded on demand for all analysers, up to the libraries for which models speak."""
        return Bodies(self.code, Boundary(self.code, models().packages, self.package))

    def members(self, pattern: re.Pattern[bytes]) -> Iterator[tuple[Archive, Member]]:
        """Yield the members of all archives whose names match as a whole, in the order of the archives."""
        for archive in self.archives:
            for member in archive.document.members():
                if pattern.fullmatch(member.name):
                    yield archive, member
