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


class AppProgram(msgspec.Struct, frozen=True, kw_only=True):
    """The code of one app linked as its class loader sees it, in numbers (`assay.bytecode.program`).

    `parts`: sha256 of the DEX files in class path order: those named classes.dex, classes2.dex and so on of the
    package, or of the packages of a bundle, base first; others are loaded by code and no part of it. `classes`,
    `definitions`: all that are defined; `shadowed`: classes that the loader never finds. `sites`, `edges`, `fan_out`,
    `followed`, `cap`: calls as `assay.bytecode.program.statistics` counts them; `unknown`: places where the call graph
    ends although the program goes on, by sort. The framework of a handset is not part of it.
    """

    parts: tuple[str, ...]
    classes: int
    definitions: int
    shadowed: int
    sites: dict[str, int]
    edges: dict[str, int]
    fan_out: dict[str, int]
    followed: int
    cap: int
    unknown: dict[str, int]
    problems: tuple[Problem, ...]


class Indexed(msgspec.Struct, frozen=True, kw_only=True, tag="indexed"):
    """What an exhibit holds, sorted by locator; equal DEX files at several places have a row each.

    `program` is None where there is no code on a class path, or too much of it, which is a problem then.
    """

    exhibit: str
    files: tuple[FoundCode, ...]
    problems: tuple[FoundProblem, ...]
    program: AppProgram | None = None


def name_of(sha256: str) -> str:
    """Return the name under which a worker leaves columns in its folder."""
    return f"{sha256}.columns"
