"""What a specimen is: one application, or two of which one has the list that the other compares with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.gatebench.fragments import Idiom, Piece, State, World, joined
from benchmarks.gatebench.truth import Gates, Truth

COMPANION = "companion"
"""Stands where a twin's kind does, for the application that only has the list."""


@dataclass(frozen=True)
class Specimen:
    """One application: its sources and resources, how it is driven, and what is true of it."""

    name: str
    package: str
    idioms: tuple[Idiom, ...]
    twin: str
    sources: Mapping[str, str]
    pieces: tuple[Piece, ...]
    manifest: tuple[str, ...]
    application: str
    entries: tuple[str, ...]
    match: str
    plain: str
    on_match: tuple[str, ...]
    on_plain: tuple[str, ...]
    gates: Gates
    truth: Truth | None
    others: tuple[str, ...] = ()
    other_match: str = ""
    companion: "Specimen | None" = None

    @property
    def held_back(self) -> bool:
        """Return whether one of its idioms was held back."""
        return any(idiom.held_back for idiom in self.idioms)

    @property
    def kotlin(self) -> dict[str, str]:
        """Return the sources in Kotlin, by name of file."""
        return {name: text for piece in self.pieces for name, text in piece.kotlin.items()}

    @property
    def smali(self) -> dict[str, str]:
        """Return the sources in smali, by name of class."""
        return {name: text for piece in self.pieces for name, text in piece.smali.items()}

    @property
    def languages(self) -> set[str]:
        """Return the languages other than Java that it is written in."""
        return {str(idiom.language) for idiom in self.idioms} & {"kotlin", "smali"}

    def world(self, words: tuple[str, ...], state: State) -> World:
        """Return what stands outside, of all pieces together."""
        return joined(piece.world(words, state) for each in self.applications for piece in each.pieces)

    @property
    def applications(self) -> "tuple[Specimen, ...]":
        """Return what is installed: this one, and where there is one the other that has the list."""
        return (self, self.companion) if self.companion else (self,)

    def described(self) -> dict[str, object]:
        """Return what a person needs to find it again."""
        return {"name": self.name, "package": self.package, "idioms": [i.name for i in self.idioms], "twin": self.twin}


def installed(specimens: Iterable[Specimen]) -> list[Specimen]:
    """Return every application of the specimens."""
    return [each for specimen in specimens for each in specimen.applications]
