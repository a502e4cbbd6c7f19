"""What files were found to hold before, in the cache folder: looked up without anything of the code engine."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path

from assay.engine import cache_home, indices
from assay.engine.cache import ResultCache, key
from assay.engine.code_records import Indexed

_WALKED = ("artefacts", "encodings", "registry", "engine/indexing.py", "engine/programs.py")


class Recalled:
    """What each file holds, by its sha256 and the sources that found it."""

    def __init__(self, home: Path) -> None:
        """Use the cache folder, which is there."""
        self._home = home

    def get(self, files: Iterable[str]) -> dict[str, Indexed]:
        """Return what is known of files of which the store has all columns. Raises: CaseError."""
        names = {_key(sha256): sha256 for sha256 in files}
        with self._results() as results:
            known = results.get(names, Indexed)
        store = indices.Indices(self._home / indices.FOLDER)
        return {
            names[name]: indexed
            for name, indexed in known.items()
            if all(store.has(file.sha256) for file in indexed.files)
        }

    def put(self, found: Mapping[str, Indexed]) -> None:
        """Keep what files hold, by their sha256. Raises: CaseError."""
        with self._results() as results:
            results.put({_key(sha256): indexed for sha256, indexed in found.items()})

    def _results(self) -> "closing[ResultCache]":
        return closing(ResultCache(self._home / cache_home.RESULTS))


def _key(sha256: str) -> str:
    return key("code", sha256, _made_by())


@cache
def _made_by() -> str:
    root = resources.files("assay")
    return key(indices.made_by(), dict(pair for part in _WALKED for pair in indices.sources(root.joinpath(part), part)))
