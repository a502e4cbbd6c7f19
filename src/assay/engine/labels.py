"""Labels against content: names never decide what a file is, but a name that promises something else is told."""

import posixpath

from assay.model.locator import percent_decode, percent_encode
from assay.model.problem import Problem

PART = "label"
"""What the problem table calls the part that compares labels."""

PROMISES: dict[str, tuple[str, ...]] = {
    ".aab": ("bundle",),
    ".apk": ("apk",),
    ".apkm": ("bundle", "apkm-encrypted"),
    ".apks": ("bundle",),
    ".dex": ("dex",),
    ".har": ("har",),
    ".jar": ("zip", "apk", "bundle"),
    ".json": ("json", "har"),
    ".oat": ("oat",),
    ".odex": ("oat", "odex"),
    ".vdex": ("vdex",),
    ".xapk": ("bundle",),
    ".zip": ("zip", "apk", "bundle"),
}
"""The kinds of artefact that an ending promises; other endings promise nothing."""


def mislabelled(path: str, kind: str) -> Problem | None:
    """Return the problem of an exhibit whose label promises another kind than its content has, None where it fits.

    `path` is the exhibit's label, percent-encoded.
    """
    ending = posixpath.splitext(percent_decode(path))[1].lower().decode("ascii", "replace")
    promised = PROMISES.get(ending)
    if promised is None or kind in promised:
        return None
    found = {"unknown": "no reader recognises its content", "unreadable": "nothing of it can be read"}
    return Problem(
        place="",
        what=f"{path}: called {percent_encode(ending.encode())}, but {found.get(kind, f'its content is {kind}')}",
        instead="examined as what its content is",
        cost=f"what only a {promised[0]} file shows was not found in it",
    )
