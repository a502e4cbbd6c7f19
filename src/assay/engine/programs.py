"""The code of one file linked as a class loader sees it, and what is told of it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from assay.bytecode.columns import Columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.program.statistics import statistics
from assay.engine.code_records import AppProgram
from assay.model.limits import MIB
from assay.model.locator import Locator

MAX_BYTES = 512 * MIB
"""DEX bytes on a class path up to which it is linked: columns and call graph take several times as much memory."""
_NAME = re.compile(rb"classes([2-9]|[1-9][0-9]+)?\.dex")
_BASE = b"base"


def on_class_path(locator: Locator) -> bool:
    """Say whether a DEX file may be on a class path: it is the file that was given, or its name says so."""
    return not locator.steps or _NAME.fullmatch(locator.steps[-1].member) is not None


def class_path(locators: Sequence[Locator]) -> list[Locator]:
    """Return those of the package or bundle that was given, in order; packages within packages are other apps."""
    found = [locator for locator in locators if on_class_path(locator)]
    nearest = min((len(locator.steps) for locator in found), default=0)
    return sorted((locator for locator in found if len(locator.steps) == nearest), key=_order)


def figures(parts: Sequence[tuple[Columns, Callable[[], DexFile]]]) -> AppProgram:
    """Return what is told of a program of these parts. Raises: Unreadable."""
    program = Program([Part(columns.dex_sha256, "", columns, dex) for columns, dex in parts])
    counts = statistics(program.calls)
    return AppProgram(
        parts=tuple(columns.dex_sha256 for columns, _ in parts),
        classes=program.linked.classes,
        definitions=program.application_definitions,
        shadowed=len(program.shadowed),
        sites=counts.sites,
        edges=counts.edges,
        fan_out=counts.fan_out,
        followed=counts.followed,
        cap=counts.cap,
        unknown=dict(sorted(Counter(one.sort for one in program.unknowns).items())),
        problems=program.problems,
    )


def _order(locator: Locator) -> tuple[bool, str, int]:
    """Return where a DEX file stands: those of the base first, then splits by name, each by the number of the file."""
    if not locator.steps:
        return False, "", 0
    package, name = locator.parent(), _NAME.fullmatch(locator.steps[-1].member)
    of_split = bool(package.steps) and not package.steps[-1].member.rpartition(b"/")[2].startswith(_BASE)
    return of_split, str(package), int(name[1] or 1) if name else 0
