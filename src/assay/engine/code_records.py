"""What passes between the supervisor and workers that index code, and what the cache keeps of it."""

import msgspec

from assay.model.problem import Problem


class IndexCode(msgspec.Struct, frozen=True, kw_only=True, tag="index-code"):
    """An exhibit in which every DEX file is to be indexed, at any depth; columns are left in the worker's folder."""

    sha256: str
    without: tuple[str, ...] = ()


class FoundCode(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A DEX file: where it lies, its sha256, its size in bytes, and whether the worker left its columns."""

    locator: str
    sha256: str
    size: int
    made: bool = False


class FoundProblem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A problem met on the way to code, with the locator of the artefact in which it was met."""

    locator: str
    problem: Problem


class Indexed(msgspec.Struct, frozen=True, kw_only=True, tag="indexed"):
    """What an exhibit holds, sorted by locator; equal DEX files at several places have a row each."""

    exhibit: str
    files: tuple[FoundCode, ...]
    problems: tuple[FoundProblem, ...]


def name_of(sha256: str) -> str:
    """Return the name under which a worker leaves columns in its folder."""
    return f"{sha256}.columns"
