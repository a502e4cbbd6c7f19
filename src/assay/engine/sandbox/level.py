"""How well workers are closed in: what is reached, what can be had here, and what to say where it is not enough."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from assay.engine.sandbox import landlock, limits, seccomp
from assay.engine.sandbox.kernel import reason
from assay.model.errors import SandboxError

NOT_USED = "not used: serial, the work was done in the supervising process"

NOT_RECORDED = "not recorded: the case was run by an earlier version"


class Level(StrEnum):
    """Full: files by Landlock, system calls by seccomp, limits. Partial: one of the two is missing. None: both are."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Sandbox(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker is held by, for the run record; a mechanism that is missing gives its reason.

    `allowed_without` when the user allowed less than the full level. Nothing here names a machine or a kernel's
    version, and no digest of a stage is taken over it.
    """

    level: Level
    landlock: str
    seccomp: str
    rlimits: Mapping[str, int]
    allowed_without: bool = False


def level(*, files: bool, calls: bool) -> Level:
    """Return the level of those of the two mechanisms that are there."""
    if files and calls:
        return Level.FULL
    return Level.PARTIAL if files or calls else Level.NONE


def serial() -> Sandbox:
    """Return what holds work that is done in the supervising process: nothing."""
    return Sandbox(level=Level.NONE, landlock=NOT_USED, seccomp=NOT_USED, rlimits={})


def unknown() -> Sandbox:
    """Return what held workers when no record says so: nothing that is known."""
    return Sandbox(level=Level.NONE, landlock=NOT_RECORDED, seccomp=NOT_RECORDED, rlimits={})


def available(memory_bytes: int) -> Sandbox:
    """Return what this kernel offers, without taking any of it."""
    files, landlocked = _asked(lambda: f"ABI {landlock.abi()}")
    calls, filtered = _asked(_filter)
    return Sandbox(
        level=level(files=files, calls=calls),
        landlock=landlocked,
        seccomp=filtered,
        rlimits=limits.wanted(memory_bytes),
    )


def required(found: Sandbox, *, allow_unsandboxed: bool) -> Sandbox:
    """Return the sandbox as it goes into the record. Raises: SandboxError where it is not full and that is not allowed.

    The message names the mechanism that is missing.
    """
    if found.level == Level.FULL:
        return found
    if not allow_unsandboxed:
        raise SandboxError(
            "the sandbox of the workers",
            lacking(found),
            "Use a machine or container that has both, or accept work on evidence without it: --allow-unsandboxed",
        )
    return msgspec.structs.replace(found, allowed_without=True)


def worst(one: Sandbox, other: Sandbox) -> Sandbox:
    """Return the one that holds less."""
    order = list(Level)
    return max(one, other, key=lambda sandbox: order.index(sandbox.level))


def lacking(found: Sandbox) -> str:
    """Return what is missing of the full level, in words."""
    return f"the level is “{found.level}”: Landlock {found.landlock}; seccomp {found.seccomp}"


def _filter() -> str:
    why = seccomp.missing()
    if why:
        raise NotImplementedError(why)
    return seccomp.FILTER


def _asked(ask: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, ask()
    except NotImplementedError as why:
        return False, str(why)
    except OSError as error:
        return False, reason(error)
