"""The handsets, exhibits and acquisitions of a case."""

from collections.abc import Set as AbstractSet

import msgspec

CASE_SCHEMA = 1
"""Version of the case folder; a case of a higher version is refused, of a lower one migrated."""


class Acquisition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who took the evidence, when, how and with what; empty text and None mean unknown, never guessed."""

    who: str = ""
    when: str = ""
    """RFC 3339, from a sidecar; never from file times."""
    how: str = ""
    tool: str = ""
    clock_offset_seconds: int | None = None
    """Phone clock minus true UTC, in seconds."""


class Handset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A make, model, market, build and patch level; `name` is what tables call it."""

    name: str
    make: str = ""
    model: str = ""
    market: str = ""
    """ISO 3166-1 alpha-2 code of the country it was sold in, or a vendor's market code."""
    build: str = ""
    android: str = ""
    patch_level: str = ""
    """Security patch level, YYYY-MM-DD."""
    profile: str = ""
    """The profile (assumed gate variables) that fits its market."""
    acquisition: Acquisition = Acquisition()


class Exhibit(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One file as acquired, named by its sha256, as part of one handset's evidence.

    `path` is the path below the folder that was given, raw bytes percent-encoded; a label, never opened.
    """

    sha256: str
    size: int
    handset: str
    path: str


class Occurrence(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Says where an artefact was found: printed locator, handset, and the exhibit's path as acquired."""

    artefact: str
    handset: str
    locator: str
    path: str

    def told_by(self, examined: AbstractSet[str]) -> bool:
        """Say whether the place lies inside a capture or inside a container at one of the printed locators `examined`.

        What is found there is a statement of what is examined, not of a laboratory.
        """
        steps = self.locator.split("!")
        around = {"!".join(steps[:depth]) for depth in range(1, len(steps))}
        return bool(around & examined) or any(step.startswith("har:") for step in steps[1:])


class Artefact(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Anything found inside an exhibit, named by its sha256; `kind` is the reader that recognised it, or unknown."""

    sha256: str
    size: int
    kind: str
