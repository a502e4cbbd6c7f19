"""What workers are held by on this machine, and whether they are: for `assay doctor`."""

import tempfile
from pathlib import Path

import msgspec

from assay.engine.executors import MIB
from assay.engine.pool import Pool
from assay.engine.records import Refused, Tried, TryEverything
from assay.engine.sandbox.level import Sandbox
from assay.engine.sandbox.self_test import READABLE
from assay.engine.settings import Settings
from assay.engine.spool import Spool

SECONDS = 30.0


class SelfTest(msgspec.Struct, frozen=True, kw_only=True):
    """The level that a worker reached and what it was refused when it tried; nothing tried when it did not answer."""

    sandbox: Sandbox
    things: tuple[Refused, ...]


def self_test() -> SelfTest:
    """Let a worker try every forbidden thing, at whatever level it reaches."""
    with tempfile.TemporaryDirectory(prefix="assay-") as folder:
        outside = Path(folder) / "outside"
        outside.mkdir()
        (outside / READABLE).write_bytes(b"")
        with Spool(Path(folder) / "spool") as spool:
            return _tried(spool, outside)


def _tried(spool: Spool, outside: Path) -> SelfTest:
    settings = Settings(exhibits="", spool=str(spool.folder), memory_bytes=1024 * MIB)
    with Pool(settings, {}, spool, 1, SECONDS, allow_unsandboxed=True) as pool:
        answer, _ = pool.ask(TryEverything(outside=str(outside)))
        things = answer.things if isinstance(answer, Tried) else ()
        return SelfTest(sandbox=pool.sandbox, things=things)
